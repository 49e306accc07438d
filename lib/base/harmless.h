// How is a text of unknown origin shown, so that a terminal obeys no command in it?
#pragma once

#include <string>
#include <string_view>

namespace asmgw {

/// Control characters as `\x1b`, line breaks as blanks: others' texts must not move the cursor.
std::string harmless(std::string_view text);

}  // namespace asmgw
