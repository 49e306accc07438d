// Which kubeconfigs are tried, and what shall become of them? The rows of cases/*.yaml.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace asmgw::test {

/// What becomes of one attempt to reach the server.
struct Expectation {
  /// `served`; `refused`: the server answers and refuses; `handshake`: a server got a connection
  /// and no request; `proxy`: only a proxy was reached; `before`: nothing was. "" = as kubectl.
  std::string ends;
  std::string says;            ///< a part of what is printed
  Json sent = Json::object();  ///< members of a request (recorder/main.go, note)
  Json besides;                ///< of ours: members of requests that come on top, or null
  std::optional<int> runs;     ///< of the exec plugin
};

/// One kubeconfig, or several, and how the programs are told of them. `$NAME` in any text is a
/// value of the recorder, `$dir`, the row's own folder, or `$padding`, 3 MB; `$$` is a dollar.
struct Row {
  std::string theme, name;
  std::string how;  ///< `file`: it alone; `flag`: by --kubeconfig; `list`: by the environment
  std::string use;  ///< the context, or "": the current one
  Json files;       ///< by path in the folder: text, or an object written as JSON; `config`
  std::map<std::string, std::string> environment;
  std::vector<std::string> arguments;  ///< of both programs
  std::vector<Json> prints;            ///< what the exec plugin prints, run by run
  Expectation both;                    ///< what kubectl does, and we
  std::optional<Expectation> ours;     ///< what we do otherwise, on purpose
  std::string because;                 ///< the reason of `ours`
};

/// All rows of a folder, by theme (the file's name). Throws std::runtime_error where a row is not
/// as described in README.md.
std::vector<Row> read_table(const std::filesystem::path& folder);

/// `text` with each `$NAME` replaced. Throws std::runtime_error for an unknown one.
std::string filled(const std::string& text, const Json& values);

}  // namespace asmgw::test
