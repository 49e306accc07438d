// Which names belong to the proxy itself? Variables, volumes and paths that a manifest must not
// take (page 3, measured with a real injection webhook).
#pragma once

#include <array>
#include <string_view>

namespace asmgw {

/// Variables that the proxy sets by reference: another entry of the name breaks the pod, in any
/// form.
inline constexpr std::array<std::string_view, 6> kUntouchableEnv = {
    "POD_NAME",        "POD_NAMESPACE", "INSTANCE_IP",
    "SERVICE_ACCOUNT", "HOST_IP",       "ISTIO_META_CLUSTER_ID"};

/// The proxy's other variables, of old meshes and new: an entry replaces its value, or is refused.
inline constexpr std::array<std::string_view, 20> kBuiltinEnv = {"PILOT_CERT_PROVIDER",
                                                                 "CA_ADDR",
                                                                 "CA_ROOT_CA",
                                                                 "NODE_NAME",
                                                                 "PROXY_CONFIG",
                                                                 "ISTIO_META_POD_PORTS",
                                                                 "ISTIO_META_APP_CONTAINERS",
                                                                 "ISTIO_META_INTERCEPTION_MODE",
                                                                 "ISTIO_META_NETWORK",
                                                                 "ISTIO_META_WORKLOAD_NAME",
                                                                 "ISTIO_META_OWNER",
                                                                 "ISTIO_META_MESH_ID",
                                                                 "ISTIO_META_NODE_NAME",
                                                                 "ISTIO_META_UNPRIVILEGED_POD",
                                                                 "ISTIO_META_DNS_CAPTURE",
                                                                 "TRUST_DOMAIN",
                                                                 "ISTIO_CPU_LIMIT",
                                                                 "GOMEMLIMIT",
                                                                 "GOMAXPROCS",
                                                                 "ISTIO_PROMETHEUS_ANNOTATIONS"};

inline constexpr std::array<std::string_view, 13> kReservedVolumes = {"istio-envoy",
                                                                      "istio-data",
                                                                      "istio-token",
                                                                      "istiod-ca-cert",
                                                                      "istio-podinfo",
                                                                      "workload-socket",
                                                                      "credential-socket",
                                                                      "workload-certs",
                                                                      "config-volume",
                                                                      "podinfo",
                                                                      "istio-certs",
                                                                      "custom-bootstrap-volume",
                                                                      "gke-workload-certificate"};

/// Reserved as such, and so is every path above one of them.
inline constexpr std::array<std::string_view, 11> kReservedPaths = {
    "/etc/istio/proxy",
    "/etc/istio/pod",
    "/etc/istio/config",
    "/etc/istio/custom-bootstrap",
    "/var/lib/istio/data",
    "/etc/certs",
    "/var/run/secrets/istio",
    "/var/run/secrets/tokens",
    "/var/run/secrets/workload-spiffe-uds",
    "/var/run/secrets/credential-uds",
    "/var/run/secrets/workload-spiffe-credentials"};

template <std::size_t kSize>
constexpr bool holds(const std::array<std::string_view, kSize>& names, std::string_view name) {
  for (const std::string_view one : names) {
    if (one == name) return true;
  }
  return false;
}

}  // namespace asmgw
