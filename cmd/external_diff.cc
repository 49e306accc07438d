#include "cmd/external_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/error.h"
#include "cmd/codes.h"

namespace asmgw::cmd {
namespace {

/// A directory that is gone with this object.
class Scratch {
 public:
  explicit Scratch(const Files& files) : files_(files), path_(files.make_private_directory()) {}
  ~Scratch() { files_.remove_directory(path_); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& path() const { return path_; }

 private:
  const Files& files_;
  const std::string path_;
};

std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  while (!command.empty()) {
    const std::size_t end = std::min(command.find(' '), command.size());
    if (end > 0) words.emplace_back(command.substr(0, end));
    command.remove_prefix(std::min(end + 1, command.size()));
  }
  return words;
}

/// A cluster's ID may hold what a file's name may not.
std::string safe(std::string name) {
  std::replace_if(
      name.begin(), name.end(),
      [](unsigned char c) { return c <= ' ' || c == '/' || c == '\\' || c == 0x7F; }, '_');
  return name.starts_with('.') ? "_" + name.substr(1) : name;
}

std::string problem_of(const ProgramResult& result) {
  using End = ProgramResult::End;
  switch (result.end) {
    case End::Exited:
      return result.code <= 1 ? "" : fmt::format("ended with code {}", result.code);
    case End::NotFound:
      return "was not found";
    case End::NotStarted:
      return "was not started: " + result.why;
    case End::Killed:
      return fmt::format("was ended by signal {}", result.code);
    case End::TimedOut:
      return "took too long";
    case End::TooLarge:
    case End::Stopped:
      return "was stopped";
  }
  ASMGW_BUG("end out of range");
}

}  // namespace

void run_external_diff(const std::string& command, const std::vector<ObjectFiles>& files,
                       const Deps& deps) {
  if (files.empty()) return;
  Program program{.argv = words_of(command)};
  program.interactive = deps.terminal.in && deps.terminal.out;
  program.time_limit = std::chrono::minutes(10);
  program.shows = true;
  const Scratch scratch(deps.files);
  for (const ObjectFiles& file : files) {
    const std::string name = safe(file.cluster + "." + file.name);
    deps.files.write_new(scratch.path() + "/live/" + name, file.live);
    deps.files.write_new(scratch.path() + "/after/" + name, file.after);
  }
  program.argv.push_back(scratch.path() + "/live");
  program.argv.push_back(scratch.path() + "/after");
  deps.out << std::flush;
  const std::string problem = problem_of(deps.run_program(program, deps.stop));
  if (problem.empty()) return;
  throw Error(finding(kExternalDiff, fmt::format("{} {}", program.argv.front(), problem),
                      "it is what KUBECTL_EXTERNAL_DIFF names: " + command));
}

}  // namespace asmgw::cmd
