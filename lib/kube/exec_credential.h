// How do we and a credential plugin talk? The API group client.authentication.k8s.io, as text.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/seams.h"
#include "kube/kubeconfig.h"
#include "kube/login.h"

namespace asmgw::kube {

/// The cluster that a plugin is told of with `provideClusterInfo`.
struct ExecCluster {
  Endpoint endpoint = {};        ///< url, tls_server_name, insecure, ca_pem, proxy, compressed
  std::string config_json = {};  ///< of the cluster's extension, or empty
};

/// The value of KUBERNETES_EXEC_INFO. `cluster`: nullptr unless it is to be told.
std::string exec_info(const ExecConfig& config, bool interactive, const ExecCluster* cluster);

/// What a plugin gives.
struct ExecCredential {
  Proof proof;
  std::optional<std::chrono::system_clock::time_point> expires;
};

/// Reads a plugin's output. Throws Error [unauthorized] in client-go's words when it is not what
/// was asked for; no word of the output is in it.
ExecCredential read_exec_credential(const ExecConfig& config, const std::string& output);

/// An RFC 3339 time, in UTC or with an offset; nothing when it is none.
std::optional<std::chrono::system_clock::time_point> parse_rfc3339(const std::string& text);

}  // namespace asmgw::kube
