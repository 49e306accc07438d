#include "io/descriptor.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace asmgw::io {

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

std::string words_of(int error) {
  std::string text = std::generic_category().message(error);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

bool wait_readable(int descriptor, std::stop_token stop) {
  std::array<int, 2> pipe_ends{-1, -1};
  if (stop.stop_possible() && pipe2(pipe_ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
    pipe_ends = {-1, -1};  // then a stop is seen only when input arrives
  const Descriptor stopped(pipe_ends[0]);
  const Descriptor bell(pipe_ends[1]);
  const std::stop_callback ring(stop, [&] {
    const char byte = 0;
    if (write(bell.get(), &byte, 1) < 0) return;  // full: rung already
  });
  std::array<pollfd, 2> watched{pollfd{.fd = descriptor, .events = POLLIN, .revents = 0},
                                pollfd{.fd = stopped.get(), .events = POLLIN, .revents = 0}};
  while (!stop.stop_requested()) {
    const int ready = poll(watched.data(), watched.size(), -1);
    if (ready < 0 && errno != EINTR) return true;  // reading tells the reason
    if (ready > 0 && watched[0].revents != 0) return !stop.stop_requested();
  }
  return false;
}

}  // namespace asmgw::io
