// What is a golden case? A folder that holds what is given and what shall come out.
//
//   args              one argument per line, the command first
//   stdout, stderr    what shall be printed (no file: nothing)
//   exit              the exit code
//   live/<ID>.json    what that cluster's API server answers, see recording.h
//   clusters          cluster IDs, one a line, that have a context and are never asked
//   env               NAME=VALUE, one a line
//   stdin             standard input
//   home/…            files below the user's home
//   anything else     a file that the program sees under its name in the folder
//
// Of recording only: before.yaml, setup, users (scripts/update-golden).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cmd/deps.h"
#include "support/golden/recording.h"

namespace asmgw::test {

struct GoldenCase {
  std::filesystem::path folder;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> files;  ///< by path, as the program names them
  std::map<std::string, std::string> environment;
  std::optional<std::string> standard_input;
  std::map<std::string, Recording> live;  ///< by cluster ID
};

struct Outcome {
  std::string out, err;
  int exit_code = 0;
  std::vector<std::string> problems;  ///< what was used that the case does not give
};

/// Throws std::runtime_error for a folder that is no case.
GoldenCase read_case(const std::filesystem::path& folder);

using ConnectToCluster = std::function<std::unique_ptr<Transport>(const std::string& cluster)>;

/// Runs the command in process, off a terminal. The kubeconfig has a context for each cluster, and
/// `connect` gives what answers.
Outcome run_case(const GoldenCase& golden, const ConnectToCluster& connect);

/// Runs it with the recorded answers.
Outcome replay_case(const GoldenCase& golden);

/// The text, or "" when there is no such file.
std::string file_text(const std::filesystem::path& path);

}  // namespace asmgw::test
