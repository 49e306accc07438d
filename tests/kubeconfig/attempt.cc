#include "attempt.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace asmgw::test {
namespace {

namespace fs = std::filesystem;

/// Notes how it is run, then prints what the row wants of this run, or else of the last one.
// clang-format off
constexpr std::string_view kPlugin = R"sh(#!/bin/sh
here=${0%/*}
n=$(($(grep -c '^run' "$here/runs" 2>/dev/null) + 1))
{
  echo "run $*"
  echo "input $(wc -c)"
  echo "word $WORD"
  echo "info $KUBERNETES_EXEC_INFO"
} >>"$here/runs"
while [ ! -e "$here/print-$n" ] && [ $n -gt 0 ]; do n=$((n - 1)); done
[ $n -eq 0 ] || cat "$here/print-$n"
)sh";
// clang-format on

constexpr std::string_view kGateway = R"(apiVersion: istio.alibabacloud.com/v1beta1
kind: IstioGateway
metadata: {name: web, namespace: istio-system}
spec:
  clusterIds: [c1]
  ports: [{name: http, port: 80, targetPort: 8080}]
)";

std::string read_text(const fs::path& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string folded(const std::string& text) {
  std::istringstream in(text);
  std::string result, word;
  while (in >> word) result += (result.empty() ? "" : " ") + word;
  return result;
}

bool is_proxy(const Json& note) {
  const std::string listener = note["listener"];
  return listener.starts_with("proxy") || listener.starts_with("socks");
}

std::string end_of(bool succeeded, const Json& notes) {
  if (succeeded) return "served";
  bool reached = false, reached_proxy = false;
  for (const Json& note : notes) {
    if (!is_proxy(note) && note.size() > 1) return "refused";
    (is_proxy(note) ? reached_proxy : reached) = true;
  }
  return reached ? "handshake" : reached_proxy ? "proxy" : "before";
}

/// The plugin's notes, run by run; JSON is spelled as we spell it.
std::vector<std::string> runs_in(const fs::path& file) {
  std::istringstream in(read_text(file));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("info {")) line = "info " + Json::parse(line.substr(5)).dump();
    if (line.starts_with("run"))
      lines.push_back(line);
    else if (!lines.empty() && !line.empty())
      lines.back() += "\n" + line;
  }
  return lines;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// Runs a program in a folder with both outputs in one file. Its exit code.
int run_in(const fs::path& folder, std::vector<std::string> command,
           std::vector<std::string> environment, const fs::path& out) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, command[0].c_str(), &actions, nullptr,
                                 pointers(command).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot run " + command[0]);
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

Folder::Folder(const Row& row, const Json& values) : row_(row), values_(values) {
  std::string path = (fs::temp_directory_path() / "asmgw-kubeconfig-XXXXXX").string();
  if (mkdtemp(path.data()) == nullptr) throw std::runtime_error("no folder " + path);
  path_ = path;
  values_["dir"] = path;
  values_["padding"] = std::string(3'000'000, '-');
  fs::create_directories(path_ / "elsewhere");
  for (const auto& [name, content] : row.files.items()) write(name, content);
  write("gateway.yaml", std::string(kGateway));
  write("plugin", std::string(kPlugin));
  for (std::size_t i = 0; i < row.prints.size(); ++i)
    write(fmt::format("print-{}", i + 1), row.prints[i]);
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

/// A text as it is, a null as an empty folder, an object as JSON; what starts as a script may be
/// run, everything else is for our eyes only.
void Folder::write(const std::string& name, const Json& content) const {
  const fs::path path = path_ / name;
  fs::create_directories(content.is_null() ? path : path.parent_path());
  if (content.is_null()) return;
  const Json whole = name == "plugin" ? content : filled_in(content);
  const std::string text = whole.is_string() ? whole.get<std::string>() : whole.dump();
  std::ofstream(path, std::ios::binary) << text;
  fs::permissions(path, fs::perms(text.starts_with("#!") ? 0700 : 0600));
}

Json Folder::filled_in(const Json& content) const {
  if (content.is_string()) return filled(content.get<std::string>(), values_);
  Json result = content;
  if (content.is_structured())
    for (auto& value : result) value = filled_in(value);
  return result;
}

Row Folder::expected() const {
  Row row = row_;
  row.both.says = filled(row.both.says, values_);
  row.both.sent = filled_in(row.both.sent);
  if (row.ours) row.ours->says = filled(row.ours->says, values_);
  if (row.ours) row.ours->sent = filled_in(row.ours->sent);
  if (row.ours) row.ours->besides = filled_in(row.ours->besides);
  return row;
}

Attempt Folder::kubectl(Recorder& recorder) const {
  std::vector<std::string> command = {"kubectl"};
  if (row_.how != "list") command.push_back("--kubeconfig=" + (path_ / "config").string());
  if (!row_.use.empty()) command.push_back("--context=" + row_.use);
  command.insert(command.end(), {"get", "--raw", "/version"});
  return run(command, recorder);
}

Attempt Folder::ours(Recorder& recorder) const {
  std::vector<std::string> command = {"kubectl-asmgw", "clusters", "-f", path_ / "gateway.yaml"};
  const std::string config = path_ / "config";
  if (row_.how == "file")
    command.push_back("--cluster-context=c1=" + config + (row_.use.empty() ? "" : "#" + row_.use));
  else if (row_.how == "flag")
    command.push_back("--kubeconfig=" + config);
  if (row_.how != "file") command.push_back("--context=" + row_.use);
  return run(command, recorder);
}

Attempt Folder::run(std::vector<std::string> command, Recorder& recorder) const {
  for (const std::string& argument : row_.arguments) command.push_back(filled(argument, values_));
  std::vector<std::string> variables = {
      "HOME=" + path_.string(), fmt::format("PATH={}/bin:{}", path_.string(), environment("PATH"))};
  for (const char* name : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS"})
    if (!environment(name).empty())
      variables.push_back(fmt::format("{}={}", name, environment(name)));
  for (const auto& [name, value] : row_.environment)
    variables.push_back(name + "=" + filled(value, values_));
  fs::remove(path_ / "runs");
  const int code =
      run_in(path_ / "elsewhere", std::move(command), std::move(variables), path_ / "out");
  Attempt attempt;
  const Json notes = recorder.take();
  attempt.ends = end_of(code == 0, notes);
  attempt.text = folded(read_text(path_ / "out"));
  for (const Json& note : notes)
    if (note.size() > 1) attempt.sent.insert(note.dump());
  attempt.runs = runs_in(path_ / "runs");
  return attempt;
}

}  // namespace asmgw::test
