// How do bytes stand in a text?
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace asmgw {

std::string encode_base64(std::string_view bytes);

/// The bytes of a base64 text, by the rules of Go's decoder: padded, line breaks skipped, anything
/// else that is not of the alphabet refused (nullopt).
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace asmgw
