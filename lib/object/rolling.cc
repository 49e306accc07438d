#include "object/rolling.h"

#include <charconv>

namespace asmgw {

std::optional<RollingAmount> parse_rolling(std::string_view text) {
  RollingAmount amount;
  if (text.ends_with('%')) {
    amount.is_percent = true;
    text.remove_suffix(1);
  }
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
    return std::nullopt;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount.number);
  if (error != std::errc() || amount.number > 2147483647) return std::nullopt;
  return amount;
}

}  // namespace asmgw
