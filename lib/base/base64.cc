#include "base/base64.h"

namespace asmgw {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string encode_base64(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    unsigned bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      text += k > group.size() ? '=' : kAlphabet[bits >> (18 - 6 * k) & 63u];
  }
  return text;
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  unsigned bits = 0;
  int digits = 0;
  int padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=') {
      if (digits % 4 < 2 || digits % 4 + padding == 4) return std::nullopt;
      ++padding;
      continue;
    }
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos || padding > 0) return std::nullopt;
    bits = bits << 6 | static_cast<unsigned>(digit);
    ++digits;
    if (digits % 4 != 0) continue;
    for (const unsigned shift : {16u, 8u, 0u}) bytes += static_cast<char>(bits >> shift & 0xffu);
  }
  const int left = digits % 4;
  if (left + padding != 0 && left + padding != 4) return std::nullopt;
  if (left == 2) bytes += static_cast<char>(bits >> 4 & 0xffu);
  if (left == 3) {
    bytes += static_cast<char>(bits >> 10 & 0xffu);
    bytes += static_cast<char>(bits >> 2 & 0xffu);
  }
  return bytes;
}

}  // namespace asmgw
