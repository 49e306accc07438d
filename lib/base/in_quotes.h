// How does a text of the input stand in a message?
#pragma once

#include <string>
#include <string_view>

namespace asmgw {

/// In quotes and on one line, as JSON; of a long text only the beginning.
std::string in_quotes(std::string_view text);

}  // namespace asmgw
