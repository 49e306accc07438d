// Has this text changed? The digest that plans, reports and outputs name.
#pragma once

#include <string>
#include <string_view>

namespace asmgw {

/// SHA-256 of the bytes, 64 lower-case hex digits.
std::string sha256(std::string_view bytes);

}  // namespace asmgw
