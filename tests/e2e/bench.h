// How does a test use the built plugin and real clusters? Through real kubectl, as a user would.
#pragma once

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace asmgw::e2e {

using Json = nlohmann::json;

inline const std::string kOne = "c8a4b2xxxxxx";  // the clusters of the vendor's examples
inline const std::string kTwo = "c9f3e7xxxxxx";

/// What a process did.
struct Outcome {
  int code = -1;  ///< exit code; 128 + signal
  std::string out, err;
  std::chrono::milliseconds took{0};
};

/// The start of what nobody may print; "" when there is nothing of it in the text: a private key of
/// the clusters, or what tests plant as a secret, which begins with `sesame-`: tokens, passwords,
/// the data of the Secret `sesame` that both clusters have.
std::string secret_in(const std::string& text);

/// Runs a program to its end, or sends it a signal (SIGINT) after `interrupt_after`. That it prints
/// a secret is a failure.
Outcome run(const std::vector<std::string>& command,
            std::chrono::milliseconds interrupt_after = std::chrono::milliseconds(0),
            const std::map<std::string, std::string>& environment = {}, int signal = 2);

/// `kubectl asmgw ARGUMENTS`, with one kubeconfig per cluster ID.
Outcome asmgw(std::vector<std::string> arguments);

/// kubectl in one cluster.
Outcome kubectl(const std::string& cluster, std::vector<std::string> arguments);

/// The kubeconfig of a cluster, and the folder that holds one per ID.
std::string kubeconfig(const std::string& cluster);
std::string kubeconfig_dir();

/// An object of istio-system; null when it is absent.
Json get(const std::string& cluster, const std::string& kind, const std::string& name);

/// kind/name → resourceVersion of everything that a gateway of that name may own, pods left out.
std::map<std::string, std::string> versions(const std::string& cluster, const std::string& gateway);

/// A moment of a cluster, and every state that objects of a resource (`deployments`) with the
/// gateway's label have had since, in their order.
std::string moment(const std::string& cluster);
std::vector<Json> history(const std::string& cluster, const std::string& resource,
                          const std::string& gateway, const std::string& since);

/// deployment.kubernetes.io/revision of the gateway's Deployment.
std::string revision(const std::string& cluster, const std::string& gateway);

/// Requests in a cluster's audit log by asmgw, as `VERB URI`, from `since` on.
std::vector<std::string> audited(const std::string& cluster, std::size_t since = 0);

/// The text of a file; of a file of tests/examples.
std::string read(const std::string& path);
std::string example(const std::string& name);

/// Writes a file into a folder of this test run; gives its path.
std::string write(const std::string& name, const std::string& text);

/// `text` with the first `from` replaced; `from` must be there.
std::string replaced(std::string text, const std::string& from, const std::string& to);

/// A small gateway of one cluster; `more`: further lines of its spec, indented by two.
std::string gateway(const std::string& name, const std::string& cluster, const std::string& more);

/// Takes the gateway's objects out of both clusters.
void clean(const std::string& gateway);

/// A credential plugin that gives the certificate of a cluster's administrator and adds a line
/// `run` to a file for each of its runs.
struct CountedPlugin {
  std::string program, log;
};
CountedPlugin counted_plugin(const std::string& name, const std::string& cluster);

/// Forwards TCP connections to a port of loopback and counts them; without a target it accepts and
/// never answers.
class Forwarder {
 public:
  explicit Forwarder(int target_port);
  ~Forwarder();
  Forwarder(const Forwarder&) = delete;
  Forwarder& operator=(const Forwarder&) = delete;

  int port() const { return port_; }
  int connections() const;

 private:
  struct State;
  State* state_;
  int port_ = 0;
};

}  // namespace asmgw::e2e
