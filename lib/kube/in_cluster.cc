#include "kube/in_cluster.h"

#include "base/error.h"
#include "kube/url.h"

namespace asmgw::kube {
namespace {

const std::string kAccount = "/var/run/secrets/kubernetes.io/serviceaccount/";
const std::string kName = "in-cluster";

bool is_readable(const std::string& path, const FileAccess& files) {
  try {
    return files.read(path).has_value();
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

std::optional<Kubeconfig> in_cluster_config(const Environment& environment,
                                            const FileAccess& files) {
  const std::string host = environment("KUBERNETES_SERVICE_HOST").value_or("");
  const std::string port = environment("KUBERNETES_SERVICE_PORT").value_or("");
  if (host.empty() || port.empty() || !is_readable(kAccount + "token", files)) return std::nullopt;
  ClusterEntry cluster{
      .server = text_of({.scheme = "https", .user = {}, .host = host, .port = port, .path = {}})};
  // without one the system's roots are trusted, as by client-go
  if (is_readable(kAccount + "ca.crt", files)) cluster.ca_file = kAccount + "ca.crt";
  const UserEntry user{.token_file = kAccount + "token"};
  Kubeconfig config;
  config.current_context = kName;
  config.contexts[kName] = {kAccount, {kName, kName, ""}};
  config.clusters[kName] = {kAccount, cluster};
  config.users[kName] = {kAccount, user};
  return config;
}

}  // namespace asmgw::kube
