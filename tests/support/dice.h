// Which number comes next? The same for the same seed, with every library.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace asmgw::test {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}

  /// From `least` to `most`, both included.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    const auto count = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least) + 1;
    const std::uint64_t number = (std::uint64_t{engine_()} << 32) | engine_();
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(least) +
                                     (count == 0 ? number : number % count));
  }
  bool chance(int in_hundred) { return between(1, 100) <= in_hundred; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(from.size()) - 1))];
  }

 private:
  std::mt19937 engine_;
};

}  // namespace asmgw::test
