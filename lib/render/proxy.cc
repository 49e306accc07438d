// The proxy of a Deployment that nothing injects, as upstream's classic charts have it (tests/mesh
// compares the two by path).
#include <fmt/format.h>

#include <vector>

#include "render/body.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

/// One of the proxy's own variables: what stands beside its name, and why.
struct OwnVariable {
  std::string name;
  Json members;
  Origin origin = built_in();
};

struct OwnVolume {
  std::string name, mount_path;
  Json members;
  Origin origin = built_in();
};

Json field_ref(std::string_view path) {
  return {{"fieldRef", {{"apiVersion", "v1"}, {"fieldPath", path}}}};
}

OwnVariable text(std::string name, const std::string& value, Origin origin = built_in()) {
  return {std::move(name), {{"value", value}}, std::move(origin)};
}

OwnVariable of_field(std::string name, std::string_view path) {
  return {std::move(name), {{"valueFrom", field_ref(path)}}};
}

/// In the charts' order. Not ISTIO_META_UNPRIVILEGED_POD: with it the control plane sends no
/// listener below 1024. ISTIO_CPU_LIMIT is the number of worker threads: without it a thread for
/// each CPU of the node would share the container's limit.
std::vector<OwnVariable> variables(const EffectiveGateway& gateway, const Proxy& proxy) {
  const std::string workload = "istio-" + gateway.name;
  const Located<std::string>& address = proxy.discovery_address;
  const Origin discovery = from_config(address.at, "proxy.discoveryAddress");
  std::vector<OwnVariable> all = {
      text("PILOT_CERT_PROVIDER", "istiod"),
      text("CA_ADDR", address.value, discovery),
      of_field("NODE_NAME", "spec.nodeName"),
      of_field("POD_NAME", "metadata.name"),
      of_field("POD_NAMESPACE", "metadata.namespace"),
      of_field("INSTANCE_IP", "status.podIP"),
      of_field("HOST_IP", "status.hostIP"),
      {"ISTIO_CPU_LIMIT",
       {{"valueFrom", {{"resourceFieldRef", {{"divisor", "1"}, {"resource", "limits.cpu"}}}}}}},
      of_field("SERVICE_ACCOUNT", "spec.serviceAccountName"),
      text("ISTIO_META_WORKLOAD_NAME", workload),
      text("ISTIO_META_OWNER", fmt::format("kubernetes://apis/apps/v1/namespaces/{}/deployments/{}",
                                           gateway.ns, workload)),
      text("ISTIO_META_MESH_ID", proxy.mesh_id.value,
           from_config(proxy.mesh_id.at, "proxy.meshId")),
      text("TRUST_DOMAIN", proxy.trust_domain.value,
           from_config(proxy.trust_domain.at, "proxy.trustDomain")),
      text("ISTIO_META_CLUSTER_ID", gateway.cluster),
      of_field("ISTIO_META_NODE_NAME", "spec.nodeName"),
      text("PROXY_CONFIG", dump({{"discoveryAddress", address.value}}), discovery),
  };
  if (!proxy.network.value.empty()) {
    all.push_back(text("ISTIO_META_NETWORK", proxy.network.value,
                       from_config(proxy.network.at, "proxy.network")));
  }
  return all;
}

/// Of a variable that the user gives as well only the name is written, which keeps its place.
void set_own_variables(Body& body, const EffectiveGateway& gateway, const Proxy& proxy) {
  for (OwnVariable& variable : variables(gateway, proxy)) {
    if (has_variable(gateway, variable.name)) variable.members = Json::object();
    body.set(proxy_container() / "env" / item("name", variable.name), std::move(variable.members),
             std::move(variable.origin));
  }
}

std::vector<OwnVolume> volumes(const Proxy& proxy) {
  const Json empty{{"emptyDir", Json::object()}};
  const auto item_of_podinfo = [](std::string_view name) {
    Json entry = field_ref(fmt::format("metadata.{}", name));
    entry["path"] = name;
    return entry;
  };
  const Json token{{"audience", "istio-ca"}, {"expirationSeconds", 43200}, {"path", "istio-token"}};
  const std::string& revision = proxy.revision.value;
  const std::string mesh = revision.empty() ? "istio" : "istio-" + revision;
  return {
      {"workload-socket", "/var/run/secrets/workload-spiffe-uds", empty},
      {"credential-socket", "/var/run/secrets/credential-uds", empty},
      {"workload-certs", "/var/run/secrets/workload-spiffe-credentials", empty},
      {"istio-envoy", "/etc/istio/proxy", empty},
      {"istio-data", "/var/lib/istio/data", empty},
      {"istiod-ca-cert",
       "/var/run/secrets/istio",
       {{"configMap", {{"name", "istio-ca-root-cert"}}}}},
      {"podinfo",
       "/etc/istio/pod",
       {{"downwardAPI",
         {{"items", Json::array({item_of_podinfo("labels"), item_of_podinfo("annotations")})}}}}},
      {"istio-token",
       "/var/run/secrets/tokens",
       {{"projected", {{"sources", Json::array({{{"serviceAccountToken", token}}})}}}}},
      {"config-volume",
       "/etc/istio/config",
       {{"configMap", {{"name", mesh}, {"optional", true}}}},
       from_config(proxy.revision.at, "proxy.revision")},
  };
}

void set_own_volumes(Body& body, const Proxy& proxy) {
  for (const OwnVolume& volume : volumes(proxy)) {
    body.set(pod_spec() / "volumes" / item("name", volume.name), volume.members, volume.origin);
    Json mount{{"name", volume.name}};
    if (volume.name == "istio-token") mount["readOnly"] = true;
    body.set(proxy_container() / "volumeMounts" / item("mountPath", volume.mount_path), mount,
             built_in());
  }
}

}  // namespace

void carry_proxy(Body& body, const EffectiveGateway& gateway, const Proxy& proxy) {
  body.set(proxy_container() / "image", proxy.image.value,
           from_config(proxy.image.at, "proxy.image"));
  body.set(proxy_container() / "args",
           {"proxy", "router", "--domain", "$(POD_NAMESPACE).svc.cluster.local",
            "--proxyLogLevel=warning", "--proxyComponentLogLevel=misc:error",
            "--log_output_level=default:info"},
           built_in());
  set_own_variables(body, gateway, proxy);
  set_own_volumes(body, proxy);
}

}  // namespace asmgw
