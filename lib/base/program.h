// How is another program run? With its own words, never through a shell.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace asmgw {

/// A program that prints an answer, as a credential plugin does. Its standard error is ours.
struct Program {
  std::vector<std::string> argv = {};  ///< first a path, or a name that PATH resolves
  std::vector<std::pair<std::string, std::string>> environment = {};  ///< besides ours
  bool interactive = false;  ///< it may read our standard input, and has no time limit
  bool shows = false;        ///< its standard output is ours, too, and nothing of it is kept
  std::chrono::milliseconds time_limit{60'000};
};

/// How it ended.
struct ProgramResult {
  enum class End {
    Exited,      ///< by itself, with `code`
    NotFound,    ///< no such file, or no such name in PATH
    NotStarted,  ///< the system refuses; `why`
    Killed,      ///< by signal `code`
    TimedOut,
    TooLarge,  ///< it printed over 1 MiB
    Stopped,   ///< the caller's stop_token
  };
  End end = End::Exited;
  int code = 0;
  std::string why = {};
  std::string out = {};  ///< its standard output: may hold secrets
};

/// Runs it to its end. Does not throw.
using RunProgram = std::function<ProgramResult(const Program& program, std::stop_token stop)>;

}  // namespace asmgw
