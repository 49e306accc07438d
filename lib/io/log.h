// Where do the lines of -v go? To standard error, with the time.
#pragma once

#include <functional>
#include <string_view>

namespace asmgw::io {

/// Takes a line of a level (6 = requests, as in kubectl) from any thread.
using Log = std::function<void(int level, std::string_view line)>;

/// Writes lines of a level up to `verbosity` to standard error; 0 = none at all. Never secrets:
/// that is up to who calls it.
Log log_to_stderr(int verbosity);

}  // namespace asmgw::io
