#include "support/golden/case.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <stdexcept>

#include "base/error.h"
#include "cmd/commands.h"

namespace asmgw::test {
namespace {

namespace fs = std::filesystem;

const std::string kHome = "/home/golden";

/// What the runner reads; the program does not see it.
constexpr std::array kOwnFiles = {"args", "stdout", "stderr", "exit",  "clusters",
                                  "env",  "stdin",  "setup",  "users", "before.yaml"};

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  std::istringstream stream(file_text(path));
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::string kubeconfig_of(const std::set<std::string>& clusters) {
  std::string entries, contexts, users;
  for (const std::string& id : clusters) {
    entries += fmt::format("- name: {0}\n  cluster: {{ server: \"https://{0}.test:6443\" }}\n", id);
    users += fmt::format("- name: {0}\n  user: {{ token: token-of-{0} }}\n", id);
    contexts += fmt::format("- name: {0}\n  context: {{ cluster: {0}, user: {0} }}\n", id);
  }
  return "apiVersion: v1\nkind: Config\nclusters:\n" + entries + "users:\n" + users +
         "contexts:\n" + contexts;
}

std::string cluster_of(const Endpoint& endpoint) {
  const std::string begin = "https://", end = ".test:6443";
  if (!endpoint.url.starts_with(begin) || !endpoint.url.ends_with(end)) return {};
  return endpoint.url.substr(begin.size(), endpoint.url.size() - begin.size() - end.size());
}

/// Starts at one moment; sleeping passes the time at once.
class FakeClock final : public Clock {
 public:
  std::chrono::system_clock::time_point now() override {
    const std::scoped_lock lock(mutex_);
    return now_;
  }
  void sleep(std::chrono::milliseconds time, std::stop_token) override {
    const std::scoped_lock lock(mutex_);
    now_ += time;
  }

 private:
  std::mutex mutex_;
  std::chrono::system_clock::time_point now_{
      std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + std::chrono::hours{6} +
      std::chrono::minutes{12} + std::chrono::seconds{4}};
};

/// Problems from several threads.
class Problems {
 public:
  void add(std::string problem) {
    const std::scoped_lock lock(mutex_);
    all_.push_back(std::move(problem));
  }
  std::vector<std::string> take() { return std::move(all_); }

 private:
  std::mutex mutex_;
  std::vector<std::string> all_;
};

class Unconnected final : public Transport {
 public:
  std::vector<Response> send(std::span<const Request> requests, std::stop_token) override {
    std::vector<Response> responses(requests.size());
    for (Response& response : responses) response.failure = Response::Failure::Unreachable;
    return responses;
  }
  Response stream(const Request&, const std::function<bool(std::string_view)>&,
                  std::stop_token) override {
    Response response;
    response.failure = Response::Failure::Unreachable;
    return response;
  }
};

std::string plain(std::string path) {
  while (path.starts_with("./")) path.erase(0, 2);
  while (path.ends_with('/')) path.pop_back();
  return path;
}

bool is_below(const std::string& path, const std::string& directory) {
  return directory == "." ? !path.starts_with('/') : path.starts_with(directory + "/");
}

cmd::Files files_of(const GoldenCase& golden, Problems& problems) {
  cmd::Files files;
  files.read = [&golden](const std::string& path) -> std::optional<std::string> {
    const auto file = golden.files.find(plain(path));
    if (file == golden.files.end()) return std::nullopt;
    return file->second;
  };
  files.list = [&golden](const std::string& path, bool recursive) {
    const std::string directory = plain(path);
    std::vector<std::string> names;
    for (const auto& [name, text] : golden.files) {
      if (!is_below(name, directory)) continue;
      const std::string rest = directory == "." ? name : name.substr(directory.size() + 1);
      if (!recursive && rest.find('/') != std::string::npos) continue;
      names.push_back((path.ends_with('/') ? path : path + "/") + rest);
    }
    return names;
  };
  files.is_directory = [&golden](const std::string& path) {
    return std::any_of(golden.files.begin(), golden.files.end(),
                       [&](const auto& file) { return is_below(file.first, plain(path)); });
  };
  files.is_program = [](const std::string&) { return false; };
  files.is_exposed = [](const std::string&) { return false; };
  files.read_stdin = [&golden, &problems]() -> std::optional<std::string> {
    if (!golden.standard_input) problems.add("standard input is read, and there is no file stdin");
    return golden.standard_input.value_or("");
  };
  files.make_private_directory = [&problems] {
    problems.add("a directory is made");
    return std::string("/tmp/golden");
  };
  files.write_new = [](const std::string&, const std::string&) {};
  files.remove_directory = [](const std::string&) {};
  return files;
}

cmd::Terminal no_terminal(Problems& problems) {
  cmd::Terminal terminal;
  terminal.read_line = [&problems]() -> std::optional<std::string> {
    problems.add("a question is asked, and there is no terminal");
    return std::nullopt;
  };
  return terminal;
}

}  // namespace

std::string file_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  if (stream) text << stream.rdbuf();
  return text.str();
}

GoldenCase read_case(const fs::path& folder) {
  GoldenCase golden;
  golden.folder = folder;
  golden.arguments = lines_of(folder / "args");
  if (golden.arguments.empty()) throw std::runtime_error("no arguments in " + folder.string());
  std::set<std::string> clusters;
  for (const std::string& id : lines_of(folder / "clusters")) clusters.insert(id);
  for (const std::string& line : lines_of(folder / "env")) {
    golden.environment[line.substr(0, line.find('='))] = line.substr(line.find('=') + 1);
  }
  if (fs::exists(folder / "stdin")) golden.standard_input = file_text(folder / "stdin");
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = fs::relative(entry.path(), folder).string();
    const std::string text = file_text(entry.path());
    if (name.starts_with("live/")) {
      const std::string id = entry.path().stem().string();
      try {
        golden.live[id] = parse_recording(text);
      } catch (const Error& error) {
        throw std::runtime_error(entry.path().string() + ": " + error.what());
      }
      clusters.insert(id);
    } else if (name.starts_with("home/")) {
      golden.files[kHome + name.substr(4)] = text;
    } else if (std::find(kOwnFiles.begin(), kOwnFiles.end(), name) == kOwnFiles.end()) {
      golden.files[name] = text;
    }
  }
  const std::string kubeconfig = kHome + "/.kube/config";
  if (!clusters.empty()) golden.files.try_emplace(kubeconfig, kubeconfig_of(clusters));
  return golden;
}

Outcome run_case(const GoldenCase& golden, const ConnectToCluster& connect) {
  Problems problems;
  FakeClock clock;
  std::ostringstream out, err;
  const cmd::Deps deps{
      out,
      err,
      [&](const std::string& name) -> std::optional<std::string> {
        const auto variable = golden.environment.find(name);
        if (variable == golden.environment.end()) return std::nullopt;
        return variable->second;
      },
      kHome,
      files_of(golden, problems),
      no_terminal(problems),
      [&](const Endpoint& endpoint, int) -> std::unique_ptr<Transport> {
        std::unique_ptr<Transport> transport = connect(cluster_of(endpoint));
        if (transport != nullptr) return transport;
        problems.add("connected to " + endpoint.url + ", for which there is no file in live/");
        return std::make_unique<Unconnected>();
      },
      [&](const Program& program, std::stop_token) {
        problems.add("ran " + program.argv.front());
        return ProgramResult{.end = ProgramResult::End::NotFound};
      },
      clock,
      std::stop_token()};
  const int code = cmd::run_program(golden.arguments, deps);
  return {out.str(), err.str(), code, problems.take()};
}

Outcome replay_case(const GoldenCase& golden) {
  std::map<std::string, std::unique_ptr<Replay>> replays;
  for (const auto& [id, recording] : golden.live) {
    const Recording& own =
        recording.same_as.empty() ? recording : golden.live.at(recording.same_as);
    replays[id] = std::make_unique<Replay>(id, own);
  }
  Outcome outcome = run_case(golden, [&](const std::string& id) -> std::unique_ptr<Transport> {
    const auto replay = replays.find(id);
    return replay != replays.end() ? replay_transport(*replay->second) : nullptr;
  });
  for (const auto& [id, replay] : replays) {
    for (std::string& problem : replay->problems()) outcome.problems.push_back(std::move(problem));
  }
  return outcome;
}

}  // namespace asmgw::test
