#include "gateway/settings.h"

#include <array>
#include <charconv>

namespace asmgw {

bool is_older(const std::optional<AsmVersion>& given, const AsmVersion& wanted) {
  return given && *given < wanted;
}

std::optional<AsmVersion> parse_asm_version(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  text = text.substr(0, text.find('-'));
  std::array<int, 4> numbers{};
  std::size_t count = 0;
  while (count < numbers.size()) {
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), numbers[count]);
    if (error != std::errc() || numbers[count] < 0) return std::nullopt;
    ++count;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) break;
    if (text[0] != '.') return std::nullopt;
    text.remove_prefix(1);
  }
  if (count < 2 || !text.empty()) return std::nullopt;
  return AsmVersion{numbers[0], numbers[1], numbers[2], numbers[3]};
}

bool is_injected(const Proxy& proxy) {
  return proxy.image.value.empty() || proxy.image.value == "auto";
}

}  // namespace asmgw
