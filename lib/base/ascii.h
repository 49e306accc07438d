// How are plain words made alike before they are compared?
#pragma once

#include <string>
#include <string_view>

namespace asmgw {

/// A to Z in lower case; every other byte as it is.
std::string lower(std::string_view text);

/// Without the white space at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace asmgw
