// What does `25%` or `1` of a rollout mean?
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace asmgw {

/// rollingMaxSurge, rollingMaxUnavailable: a number of pods, or a percentage of the replicas.
struct RollingAmount {
  std::int64_t number = 0;
  bool is_percent = false;
};

/// `1`, `25%`; nothing for anything else.
std::optional<RollingAmount> parse_rolling(std::string_view text);

}  // namespace asmgw
