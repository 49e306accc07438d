// How is a file descriptor closed, and how is one read while somebody may call a stop?
#pragma once

#include <stop_token>
#include <string>

namespace asmgw::io {

/// Owns a descriptor, or none (-1).
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

/// What the operating system says of this errno, `permission denied`.
std::string words_of(int error);

/// Waits until `descriptor` can be read without waiting (data, its end, an error). False when
/// stopped before.
bool wait_readable(int descriptor, std::stop_token stop);

}  // namespace asmgw::io
