#include "bench.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <thread>

namespace asmgw::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) ADD_FAILURE() << name << " is not set; run these tests through ctest";
  return value != nullptr ? value : "";
}

fs::path folder() {
  static const fs::path path = fs::path(environment("ASMGW_DEVCLUSTER_DIR")) / "files";
  fs::create_directories(path);
  return path;
}

/// A descriptor that closes itself, for sockets and output files.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

void copy_until_closed(int from, int to, const std::atomic<bool>& stop) {
  char buffer[16384];
  while (!stop) {
    pollfd ready{from, POLLIN, 0};
    if (poll(&ready, 1, 100) <= 0) continue;
    const ssize_t got = recv(from, buffer, sizeof buffer, 0);
    if (got <= 0) break;
    for (ssize_t sent = 0; sent < got;) {
      const ssize_t more =
          send(to, buffer + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
      if (more <= 0) return;
      sent += more;
    }
  }
  shutdown(to, SHUT_WR);
}

int open_to(int port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close(descriptor);
    return -1;
  }
  return descriptor;
}

/// What stands for the secrets: in each private key's file the lines of its body, in a kubeconfig
/// the part of its base64 that is of the body.
std::vector<std::string> planted() {
  std::vector<std::string> all = {"sesame-", "c2VzYW1l", "PRIVATE KEY"};
  const fs::path clusters = environment("ASMGW_DEVCLUSTER_DIR");
  for (const std::string& id : {kOne, kTwo}) {
    for (const auto& file : fs::directory_iterator(clusters / id)) {
      if (file.path().extension() != ".key") continue;
      std::istringstream lines(read(file.path()));
      for (std::string line; std::getline(lines, line);)
        if (!line.starts_with("-----")) all.push_back(line);
    }
    const std::string config = read(kubeconfig(id)), name = "client-key-data: ";
    all.push_back(config.substr(config.find(name) + name.size() + 80, 60));
  }
  EXPECT_GT(all.size(), 20u);
  return all;
}

}  // namespace

std::string secret_in(const std::string& text) {
  static const std::vector<std::string> all = planted();
  for (const std::string& secret : all)
    if (text.find(secret) != std::string::npos) return secret.substr(0, 12);
  return {};
}

Outcome run(const std::vector<std::string>& command, std::chrono::milliseconds interrupt_after,
            const std::map<std::string, std::string>& more, int signal) {
  static std::atomic<int> count = 0;
  const std::string base =
      folder() / ("run-" + std::to_string(getpid()) + "-" + std::to_string(++count));
  std::vector<std::string> words;
  for (const char* name :
       {"PATH", "LANG", "ASAN_OPTIONS", "UBSAN_OPTIONS", "ASMGW_DEVCLUSTER_DIR"}) {
    if (const char* value = std::getenv(name)) words.push_back(std::string(name) + "=" + value);
  }
  words.push_back("HOME=" + folder().string());
  words.push_back("KUBECACHEDIR=" + (folder() / "cache").string());
  words.push_back("LC_ALL=C.UTF-8");
  for (const auto& [name, value] : more) words.push_back(name + "=" + value);
  std::vector<char*> argv, envp;
  std::vector<std::string> arguments = command;
  for (std::string& word : arguments) argv.push_back(word.data());
  for (std::string& word : words) envp.push_back(word.data());
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string out = base + ".out", err = base + ".err";
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const auto started = steady_clock::now();
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    ADD_FAILURE() << command[0] << " does not start: " << strerror(error);
    return {};
  }
  std::jthread interrupter;
  if (interrupt_after.count() > 0) {
    interrupter = std::jthread([pid, interrupt_after, signal](const std::stop_token& stop) {
      const auto end = steady_clock::now() + interrupt_after;
      while (!stop.stop_requested() && steady_clock::now() < end) poll(nullptr, 0, 10);
      if (!stop.stop_requested()) kill(pid, signal);
    });
  }
  int status = 0;
  waitpid(pid, &status, 0);
  const auto took =
      std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - started);
  Outcome outcome{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read(out),
                  read(err), took};
  fs::remove(out);
  fs::remove(err);
  EXPECT_EQ(secret_in(outcome.out) + secret_in(outcome.err), "") << testing::PrintToString(command);
  return outcome;
}

std::string kubeconfig_dir() { return environment("ASMGW_DEVCLUSTER_DIR") + "/by-id"; }

std::string kubeconfig(const std::string& cluster) {
  return environment("ASMGW_DEVCLUSTER_DIR") + "/" + cluster + "/kubeconfig";
}

Outcome asmgw(std::vector<std::string> arguments) {
  const bool resolves_clusters = arguments[0] != "validate" && arguments[0] != "render";
  arguments.insert(arguments.begin(), {"kubectl", "asmgw"});
  if (resolves_clusters) {
    arguments.insert(arguments.end(), {"--kubeconfig-dir", kubeconfig_dir()});
  }
  return run(arguments);
}

Outcome kubectl(const std::string& cluster, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {"kubectl", "--kubeconfig", kubeconfig(cluster), "-n", "istio-system"});
  return run(arguments);
}

Json get(const std::string& cluster, const std::string& kind, const std::string& name) {
  const Outcome outcome = kubectl(
      cluster, {"get", kind, name, "-o", "json", "--show-managed-fields", "--ignore-not-found"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  return outcome.out.empty() ? Json() : Json::parse(outcome.out);
}

std::map<std::string, std::string> versions(const std::string& cluster,
                                            const std::string& gateway) {
  const Outcome outcome =
      kubectl(cluster, {"get", "sa,roles,rolebindings,services,deployments,replicasets,hpa", "-l",
                        "app=istio-" + gateway, "-o", "json"});
  std::map<std::string, std::string> all;
  const Json list = Json::parse(outcome.out);
  for (const Json& object : list["items"]) {
    all[object["kind"].get<std::string>() + "/" + object["metadata"]["name"].get<std::string>()] =
        object["metadata"]["resourceVersion"];
  }
  return all;
}

std::string moment(const std::string& cluster) {
  const Outcome list = kubectl(cluster, {"get", "--raw", "/apis/apps/v1/deployments?limit=1"});
  return Json::parse(list.out)["metadata"]["resourceVersion"];
}

std::vector<Json> history(const std::string& cluster, const std::string& resource,
                          const std::string& gateway, const std::string& since) {
  const Outcome watch =
      kubectl(cluster, {"get", "--raw",
                        "/apis/apps/v1/namespaces/istio-system/" + resource +
                            "?watch=true&timeoutSeconds=1&labelSelector=app%3Distio-" + gateway +
                            "&resourceVersion=" + since});
  std::vector<Json> states;
  std::istringstream lines(watch.out);
  for (std::string line; std::getline(lines, line);) {
    const Json event = Json::parse(line);
    EXPECT_NE(event["type"], "ERROR") << line;
    states.push_back(event["object"]);
  }
  return states;
}

std::string revision(const std::string& cluster, const std::string& gateway) {
  const Json deployment = get(cluster, "deployment", "istio-" + gateway);
  return deployment["metadata"]["annotations"].value("deployment.kubernetes.io/revision", "");
}

std::vector<std::string> audited(const std::string& cluster, std::size_t since) {
  std::ifstream log(environment("ASMGW_DEVCLUSTER_DIR") + "/" + cluster + "/audit.log");
  std::vector<std::string> requests;
  for (std::string line; std::getline(log, line);) {
    const Json entry = Json::parse(line, nullptr, false);
    if (!entry.is_object() || !entry.value("userAgent", "").starts_with("kubectl-asmgw/")) continue;
    requests.push_back(entry.value("verb", "") + " " + entry.value("requestURI", ""));
  }
  requests.erase(requests.begin(),
                 requests.begin() + static_cast<std::ptrdiff_t>(std::min(since, requests.size())));
  return requests;
}

std::string read(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string example(const std::string& name) {
  return read(std::string(ASMGW_SOURCE_DIR) + "/tests/examples/" + name);
}

std::string write(const std::string& name, const std::string& text) {
  const fs::path path = folder() / name;
  std::ofstream(path) << text;
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  return path;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << "not in the text: " << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

std::string gateway(const std::string& name, const std::string& cluster, const std::string& more) {
  return "apiVersion: istio.alibabacloud.com/v1beta1\nkind: IstioGateway\n"
         "metadata:\n  name: " +
         name + "\n  namespace: istio-system\nspec:\n  clusterIds: [" + cluster +
         "]\n  ports:\n    - {name: http2, port: 80, targetPort: 80}\n" + more;
}

CountedPlugin counted_plugin(const std::string& name, const std::string& cluster) {
  const std::string folder = std::filesystem::path(kubeconfig(cluster)).parent_path();
  const std::string log = write(name + ".log", "");
  const std::string program = write(
      name, fmt::format(
                "#!/bin/sh\necho run >>{0}\nlines() {{ sed 's/$/\\\\n/' \"$1\" | tr -d '\\n'; }}\n"
                "printf '{{\"kind\":\"ExecCredential\",\"apiVersion\":"
                "\"client.authentication.k8s.io/v1\",\"status\":{{\"clientCertificateData\":"
                "\"%s\",\"clientKeyData\":\"%s\"}}}}' \"$(lines {1}/admin.crt)\" "
                "\"$(lines {1}/admin.key)\"\n",
                log, folder));
  EXPECT_EQ(run({"chmod", "+x", program}).code, 0);
  return {program, log};
}

void clean(const std::string& gateway) {
  for (const std::string& cluster : {kOne, kTwo}) {
    kubectl(cluster, {"delete", "sa,roles,rolebindings,services,deployments,hpa", "-l",
                      "app=istio-" + gateway, "--wait=true", "--ignore-not-found"});
  }
}

struct Forwarder::State {
  explicit State(int descriptor) : listening(descriptor) {}
  Descriptor listening;
  std::atomic<int> connections = 0;
  std::atomic<bool> stop = false;
  std::vector<std::jthread> threads = {};
};

Forwarder::Forwarder(int target_port) : state_(new State(socket(AF_INET, SOCK_STREAM, 0))) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int listening = state_->listening.number();
  EXPECT_EQ(bind(listening, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(listen(listening, 64), 0);
  socklen_t size = sizeof address;
  getsockname(listening, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  State* state = state_;
  state_->threads.emplace_back([state, target_port] {
    std::vector<std::unique_ptr<Descriptor>> open;  // outlive the threads that use them
    std::vector<std::jthread> pumps;
    while (!state->stop) {
      pollfd ready{state->listening.number(), POLLIN, 0};
      if (poll(&ready, 1, 100) <= 0) continue;
      const int client = accept(state->listening.number(), nullptr, nullptr);
      if (client < 0) continue;
      ++state->connections;
      open.push_back(std::make_unique<Descriptor>(client));
      if (target_port == 0) continue;
      const int server = open_to(target_port);
      open.push_back(std::make_unique<Descriptor>(server));
      pumps.emplace_back([=] { copy_until_closed(client, server, state->stop); });
      pumps.emplace_back([=] { copy_until_closed(server, client, state->stop); });
    }
  });
}

Forwarder::~Forwarder() {
  state_->stop = true;
  state_->threads.clear();
  delete state_;
}

int Forwarder::connections() const { return state_->connections; }

}  // namespace asmgw::e2e
