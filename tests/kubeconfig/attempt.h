// What does a program do with a row's kubeconfig? Run for real, watched by the recorder.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "recorder.h"
#include "table.h"

namespace asmgw::test {

/// What one program did.
struct Attempt {
  std::string ends;               ///< as in Expectation
  std::string text;               ///< all that it printed, white space folded
  std::set<std::string> sent;     ///< the distinct requests (JSON)
  std::vector<std::string> runs;  ///< of the exec plugin: arguments, environment, input
};

/// A row's folder with its files; goes with this object.
class Folder {
 public:
  Folder(const Row& row, const Json& values);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  /// The row with the values in what it expects.
  Row expected() const;

  /// `kubectl get --raw /version`.
  Attempt kubectl(Recorder& recorder) const;
  /// `kubectl-asmgw clusters`.
  Attempt ours(Recorder& recorder) const;

 private:
  void write(const std::string& name, const Json& content) const;
  Attempt run(std::vector<std::string> command, Recorder& recorder) const;
  Json filled_in(const Json& content) const;

  const Row& row_;
  Json values_;
  std::filesystem::path path_;
};

}  // namespace asmgw::test
