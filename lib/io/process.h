// How is another program run? For real.
#pragma once

#include "base/program.h"

namespace asmgw::io {

/// Runs a program: found in PATH when its name has no separator, with our environment and the
/// program's own on top, its standard error ours. Off the terminal it reads nothing and is a
/// process group of its own, so that its end ends what it started. A stop ends it at once.
ProgramResult run_program(const Program& program, std::stop_token stop);

}  // namespace asmgw::io
