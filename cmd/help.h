// What can be done, and how? Written from the table of commands.
#pragma once

#include <string>

#include "cmd/commands.h"

namespace asmgw::cmd {

/// `kubectl asmgw --help`
std::string overview();

/// `kubectl asmgw COMMAND --help`
std::string help_of(const Command& command);

}  // namespace asmgw::cmd
