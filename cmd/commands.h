// Which commands are there? The table that the dispatcher, help and "did you mean" read.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/deps.h"
#include "cmd/flags.h"

namespace asmgw::cmd {

/// A titled group of flags in `--help`.
struct FlagGroup {
  std::string_view title;
  std::vector<Flag> flags;
};

struct Command {
  std::string_view name;
  std::string_view group;     ///< of the overview: `Before you merge`
  std::string_view summary;   ///< one line of the overview
  std::string_view about;     ///< the first line of its own help
  std::string_view examples;  ///< two or three, indented by two
  std::vector<FlagGroup> (*flags)();
  std::string_view exit_codes;  ///< the last lines of its own help
  /// Runs it; gives the exit code. Throws Error for wrong usage.
  int (*run)(const GivenFlags& given, const Deps& deps);
};

/// All commands, in the order of the overview.
std::span<const Command> commands();

/// The whole program: finds the command, parses its flags, runs it, prints what it throws.
/// `arguments`: without the program's name.
int run_program(const std::vector<std::string>& arguments, const Deps& deps);

}  // namespace asmgw::cmd
