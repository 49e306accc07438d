// What does a command need of the outside world? Everything it may touch stands here; main gives
// the real ones, tests give stand-ins.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/program.h"
#include "base/seams.h"

namespace asmgw::cmd {

struct Files {
  /// The text, or nullopt when the file does not exist. Throws Error.
  std::function<std::optional<std::string>(const std::string& path)> read;
  std::function<std::vector<std::string>(const std::string& path, bool recursive)> list;
  std::function<bool(const std::string& path)> is_directory;
  std::function<bool(const std::string& path)> is_program;  ///< may we run it?
  /// May others than its owner read it? Then what it keeps secret is not.
  std::function<bool(const std::string& path)> is_exposed;
  std::function<std::optional<std::string>()> read_stdin;
  /// A new directory for what is needed for a moment, only its owner's. Throws Error.
  std::function<std::string()> make_private_directory;
  /// A new file, its missing parents too, only their owner's. Throws Error.
  std::function<void(const std::string& path, const std::string& text)> write_new;
  std::function<void(const std::string& path)> remove_directory;  ///< and what is in it
};

struct Terminal {
  bool in = false, out = false, err = false;  ///< is that stream a terminal?
  int columns = 80;
  bool utf8 = true;
  std::function<std::optional<std::string>()> read_line = {};
};

using ConnectTo = std::function<std::unique_ptr<Transport>(const Endpoint&, int verbosity)>;

struct Deps {
  std::ostream& out;  ///< the result
  std::ostream& err;  ///< progress, log, usage errors
  std::function<std::optional<std::string>(const std::string& name)> environment;
  std::string home;
  Files files;
  Terminal terminal;
  ConnectTo connect;
  RunProgram run_program;
  Clock& clock;
  std::stop_token stop;
};

}  // namespace asmgw::cmd
