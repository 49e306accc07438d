#include "gateway/fields.h"

#include <array>

#include "base/error.h"
#include "gateway/read_value.h"

namespace asmgw {
namespace {

// What a member's type is called, for people.
constexpr std::string_view type_name(const std::string*) { return "string"; }
constexpr std::string_view type_name(const std::int64_t*) { return "int"; }
constexpr std::string_view type_name(const bool*) { return "bool"; }
constexpr std::string_view type_name(const IntOrText*) { return "int or string"; }
constexpr std::string_view type_name(const TextMap*) { return "map"; }
constexpr std::string_view type_name(const Quantities*) { return "map of quantities"; }
constexpr std::string_view type_name(const Resources*) { return "Resources"; }
constexpr std::string_view type_name(const UtilizationTarget*) { return "target"; }
constexpr std::string_view type_name(const ReadinessProbe*) { return "Probe"; }
constexpr std::string_view type_name(const std::vector<Located<std::string>>*) {
  return "[]string";
}
constexpr std::string_view type_name(const std::vector<Located<ServicePort>>*) {
  return "[]ServicePort";
}
constexpr std::string_view type_name(const std::vector<Located<EnvVar>>*) { return "[]EnvVar"; }

constexpr std::string_view type_name(const std::vector<Override>*) { return "map of spec"; }

template <class Member>
struct MemberOf;
template <class S, class V>
struct MemberOf<Field<V> S::*> {
  using Struct = S;
  using Value = V;
};

/// The row of one member: type name and functions follow from the member's type.
template <auto kMember>
constexpr auto field(std::string_view name, const FieldDoc& doc) {
  using Struct = typename MemberOf<decltype(kMember)>::Struct;
  using Value = typename MemberOf<decltype(kMember)>::Value;
  return FieldRow<Struct>{
      name,
      type_name(static_cast<const Value*>(nullptr)),
      doc,
      [](Struct& out, const Range& key, const Node& node, const FieldRow<Struct>& row,
         Findings& findings) {
        if (is_unset(node)) return;
        Value value{};
        const bool is_good = read_value(node, row.name, row.doc, value, findings);
        if (!is_good && !row.doc.required) return;  // a bad required one is not missing, too
        out.*kMember = Located<Value>{std::move(value), node.at, key};
      },
      [](Struct& base, const Struct& other) { merge_value(base.*kMember, other.*kMember); },
      [](const Struct& from) -> std::optional<Range> {
        if (!(from.*kMember)) return std::nullopt;
        return (from.*kMember)->at;
      }};
}

constexpr std::string_view kGatewayTypes[] = {"ingress", "egress"};
constexpr std::string_view kServiceTypes[] = {"LoadBalancer", "NodePort", "ClusterIP"};
constexpr std::string_view kPolicies[] = {"Cluster", "Local"};
constexpr std::string_view kDnsPolicies[] = {"ClusterFirst", "ClusterFirstWithHostNet", "Default",
                                             "None"};
constexpr std::string_view kProtocols[] = {"TCP",   "UDP",   "SCTP",     "HTTP", "HTTP2",
                                           "HTTPS", "GRPC",  "GRPC-Web", "TLS",  "MONGO",
                                           "REDIS", "MYSQL", "QUIC",     "HTTP3"};
constexpr std::int64_t kInt32 = 2147483647;

constexpr std::array kSpecFields = {
    field<&GatewaySpec::gateway_type>(
        "gatewayType",
        {.means = "Does the gateway let traffic into the mesh, or out of it?",
         .default_value = "ingress",
         .becomes = "Service spec.externalTrafficPolicy is rendered for ingress only",
         .words = kGatewayTypes}),
    field<&GatewaySpec::cluster_ids>(
        "clusterIds", {.means = "The ACK cluster IDs in which the gateway is provisioned.",
                       .becomes = "one set of objects in each cluster",
                       .required = true}),
    field<&GatewaySpec::overrides>("overrides",
                                   {.means = "Other values for single clusters, by ID.",
                                    .becomes = "the objects of that cluster"}),
    field<&GatewaySpec::ports>("ports", {.means = "The ports of the Service.",
                                         .becomes = "Service spec.ports",
                                         .required = true,
                                         .restarts = Restarts::UntilAsm116}),
    field<&GatewaySpec::service_type>("serviceType", {.means = "How the Service is reached.",
                                                      .default_value = "LoadBalancer",
                                                      .becomes = "Service spec.type",
                                                      .words = kServiceTypes,
                                                      .overridable = Overridable::FromAsm116}),
    field<&GatewaySpec::external_traffic_policy>(
        "externalTrafficPolicy",
        {.means = "Local keeps the client's address and uses only nodes that run a pod.",
         .becomes = "Service spec.externalTrafficPolicy",
         .words = kPolicies}),
    field<&GatewaySpec::service_annotations>(
        "serviceAnnotations", {.means = "What the cloud controller makes of the load balancer.",
                               .becomes = "Service metadata.annotations",
                               .overridable = Overridable::Yes}),
    field<&GatewaySpec::service_labels>(
        "serviceLabels", {.means = "Labels of the Service.", .becomes = "Service metadata.labels"}),
    field<&GatewaySpec::env>("env", {.means = "Environment variables of the proxy.",
                                     .becomes = "Deployment containers[istio-proxy].env",
                                     .restarts = Restarts::Listed}),
    field<&GatewaySpec::resources>(
        "resources",
        {.means = "CPU and memory of each pod.",
         .default_value = "{limits: {cpu: '2', memory: 2G}, requests: {cpu: 200m, memory: 256Mi}}",
         .becomes = "Deployment containers[istio-proxy].resources",
         .overridable = Overridable::Yes,
         .restarts = Restarts::Listed}),
    field<&GatewaySpec::pod_labels>("podLabels", {.means = "Labels of the pods.",
                                                  .becomes = "Deployment template metadata.labels",
                                                  .restarts = Restarts::Listed}),
    field<&GatewaySpec::pod_annotations>("podAnnotations",
                                         {.means = "Annotations of the pods.",
                                          .becomes = "Deployment template metadata.annotations",
                                          .overridable = Overridable::Yes,
                                          .restarts = Restarts::Listed}),
    field<&GatewaySpec::host_network>("hostNetwork",
                                      {.means = "Do the pods use their node's network?",
                                       .default_value = "false",
                                       .becomes = "Deployment template spec.hostNetwork",
                                       .restarts = Restarts::Listed}),
    field<&GatewaySpec::dns_policy>("dnsPolicy", {.means = "How the pods resolve names.",
                                                  .becomes = "Deployment template spec.dnsPolicy",
                                                  .words = kDnsPolicies,
                                                  .restarts = Restarts::Listed}),
    field<&GatewaySpec::run_as_root>(
        "runAsRoot", {.means = "Does the proxy run as user 0?",
                      .becomes = "Deployment containers[istio-proxy].securityContext",
                      .restarts = Restarts::Inferred}),
    field<&GatewaySpec::readiness_probe>(
        "readinessProbe", {.means = "When is a pod ready for traffic?",
                           .becomes = "Deployment containers[istio-proxy].readinessProbe",
                           .restarts = Restarts::Inferred}),
    field<&GatewaySpec::disable_container_port_exposed>(
        "disableContainerPortExposed",
        {.means = "false lists the gateway's ports as container ports.",
         .becomes = "Deployment containers[istio-proxy].ports",
         .restarts = Restarts::Inferred}),
    field<&GatewaySpec::replica_count>("replicaCount", {.means = "Number of pods.",
                                                        .default_value = "1",
                                                        .becomes = "Deployment spec.replicas",
                                                        .min = 0,
                                                        .max = kInt32,
                                                        .overridable = Overridable::Yes}),
    field<&GatewaySpec::cpu>("cpu", {.means = "The autoscaler's CPU target.",
                                     .becomes = "HorizontalPodAutoscaler spec.metrics",
                                     .overridable = Overridable::FromAsm116}),
    field<&GatewaySpec::memory>("memory", {.means = "The autoscaler's memory target.",
                                           .becomes = "HorizontalPodAutoscaler spec.metrics",
                                           .overridable = Overridable::FromAsm116}),
    field<&GatewaySpec::rolling_max_surge>(
        "rollingMaxSurge", {.means = "How many pods may run beyond the wanted number in a rollout.",
                            .default_value = "100%",
                            .becomes = "Deployment spec.strategy.rollingUpdate.maxSurge"}),
    field<&GatewaySpec::rolling_max_unavailable>(
        "rollingMaxUnavailable",
        {.means = "How many pods may be missing in a rollout.",
         .default_value = "25%",
         .becomes = "Deployment spec.strategy.rollingUpdate.maxUnavailable"}),
    field<&GatewaySpec::auto_create_gateway_yaml>(
        "autoCreateGatewayYaml",
        {.means = "Does the mesh make an Istio Gateway as well?", .becomes = "nothing here"}),
};

constexpr std::array kPortFields = {
    field<&ServicePort::name>("name", {.means = "Mandatory with more than one port; unique.",
                                       .becomes = "Service spec.ports[].name"}),
    field<&ServicePort::port>("port", {.means = "The port of the Service.",
                                       .becomes = "Service spec.ports[].port",
                                       .min = 1,
                                       .max = 65535,
                                       .required = true}),
    field<&ServicePort::target_port>("targetPort", {.means = "The port of the pods.",
                                                    .becomes = "Service spec.ports[].targetPort",
                                                    .min = 0,
                                                    .max = 65535}),
    field<&ServicePort::protocol>("protocol", {.means = "TCP, UDP, SCTP or one of Istio's words.",
                                               .default_value = "TCP",
                                               .becomes = "Service spec.ports[].protocol",
                                               .words = kProtocols}),
    field<&ServicePort::node_port>("nodePort", {.means = "The port of every node.",
                                                .becomes = "Service spec.ports[].nodePort",
                                                .min = 0,
                                                .max = 65535}),
};
constexpr std::array kEnvFields = {
    field<&EnvVar::name>("name", {.means = "The variable's name; unique."}),
    field<&EnvVar::value>("value", {.means = "Its value."}),
};
constexpr std::array kResourcesFields = {
    field<&Resources::limits>("limits", {.means = "What a pod may use at most."}),
    field<&Resources::requests>("requests", {.means = "What a pod is given for sure."}),
};
constexpr std::array kUtilizationFields = {
    field<&UtilizationTarget::target_average_utilization>(
        "targetAverageUtilization", {.means = "Percent of the requests.", .min = 1, .max = 100}),
};
constexpr std::array kProbeFields = {
    field<&ReadinessProbe::failure_threshold>(
        "failureThreshold",
        {.means = "So many failures: not ready.", .default_value = "30", .min = 0, .max = kInt32}),
    field<&ReadinessProbe::period_seconds>(
        "periodSeconds",
        {.means = "How often the pod is asked.", .default_value = "2", .min = 0, .max = kInt32}),
    field<&ReadinessProbe::success_threshold>("successThreshold",
                                              {.means = "So many successes: ready again.",
                                               .default_value = "1",
                                               .min = 0,
                                               .max = kInt32}),
};

/// Takes the places out of a tree: defaults have none.
void forget_places(Node& node) {
  node.at = {};
  for (Node& item : node.items) forget_places(item);
  for (auto& [key, value] : node.members) {
    key.at = {};
    forget_places(value);
  }
}

template <class Struct>
void read_default(Struct& out, const FieldRow<Struct>& row) {
  if (row.doc.default_value.empty()) return;
  Findings findings;
  std::vector<Node> documents = parse_yaml(
      findings.keep({std::string(row.name), std::string(row.doc.default_value)}), findings);
  if (documents.size() != 1) ASMGW_BUG("a default in fields.cc is not YAML");
  forget_places(documents[0]);
  row.read(out, {}, documents[0], row, findings);
  if (findings.has_errors()) ASMGW_BUG("a default in fields.cc is not valid");
}

GatewaySpec read_defaults() {
  GatewaySpec spec;
  for (const FieldRow<GatewaySpec>& row : kSpecFields) read_default(spec, row);
  ReadinessProbe probe;
  for (const FieldRow<ReadinessProbe>& row : kProbeFields) read_default(probe, row);
  spec.readiness_probe = Located<ReadinessProbe>{probe, {}, {}};
  return spec;
}

}  // namespace

std::span<const FieldRow<GatewaySpec>> spec_fields() { return kSpecFields; }
std::span<const FieldRow<ServicePort>> port_fields() { return kPortFields; }
std::span<const FieldRow<EnvVar>> env_fields() { return kEnvFields; }
std::span<const FieldRow<Resources>> resources_fields() { return kResourcesFields; }
std::span<const FieldRow<UtilizationTarget>> utilization_fields() { return kUtilizationFields; }
std::span<const FieldRow<ReadinessProbe>> probe_fields() { return kProbeFields; }

const GatewaySpec& default_spec() {
  static const GatewaySpec spec = read_defaults();
  return spec;
}

}  // namespace asmgw
