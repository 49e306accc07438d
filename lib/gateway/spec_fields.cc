// The rows of the spec: the fields of page 2's table, in the order of `explain`.
#include <array>

#include "gateway/field_row.h"

namespace asmgw {
namespace {

constexpr std::string_view kGatewayTypes[] = {"ingress", "egress"};
constexpr std::string_view kServiceTypes[] = {"LoadBalancer", "NodePort", "ClusterIP"};
constexpr std::string_view kPolicies[] = {"Cluster", "Local"};
constexpr std::string_view kDnsPolicies[] = {"ClusterFirst", "ClusterFirstWithHostNet", "Default",
                                             "None"};

// Headings of `explain`.
constexpr std::string_view kService = "Service";
constexpr std::string_view kPods = "Pods";
constexpr std::string_view kNumbers = "Number of pods and rollout";
constexpr std::string_view kCompression = "Compression";
constexpr std::string_view kLegacy = "Legacy, or without effect here";

constexpr std::array kSpecFields = {
    field<&GatewaySpec::gateway_type>(
        "gatewayType", {.means = "Does the gateway let traffic into the mesh, or out of it?",
                        .default_value = "ingress",
                        .becomes = "nothing of its own; compression, traffic policy: ingress only",
                        .words = kGatewayTypes,
                        .examples = {"ingress", "egress", "{externalTrafficPolicy: Local}"}}),
    field<&GatewaySpec::cluster_ids>(
        "clusterIds",
        {.means = "The ACK cluster IDs in which the gateway is provisioned; no duplicates.",
         .becomes = "one set of objects in each cluster",
         .required = true,
         .examples = {"[c8a4b2xxxxxx]", "[c8a4b2xxxxxx, c9f3e7xxxxxx]"}}),
    field<&GatewaySpec::overrides>(
        "overrides",
        {.means = "Other values for single clusters, by ID.",
         .becomes = "the objects of that cluster",
         .examples = {"{c9f3e7xxxxxx: {replicaCount: 2}}", "{c9f3e7xxxxxx: {replicaCount: 3}}"}}),

    field<&GatewaySpec::ports>(
        "ports", {.means = "The ports of the Service.",
                  .becomes = "Service spec.ports; Deployment container ports before ASM v1.16",
                  .group = kService,
                  .required = true,
                  .restarts = Restarts::UntilAsm116,
                  .examples = {"[{name: http2, port: 80, targetPort: 8080}]",
                               "[{name: http2, port: 80, targetPort: 8081}]"}}),
    field<&GatewaySpec::service_type>(
        "serviceType",
        {.means = "How the Service is reached.",
         .default_value = "LoadBalancer",
         .becomes = "Service spec.type",
         .watch_out = "leaving LoadBalancer deletes the load balancer and its address",
         .group = kService,
         .words = kServiceTypes,
         .overridable = Overridable::FromAsm116,
         .examples = {"NodePort", "LoadBalancer"}}),
    field<&GatewaySpec::load_balancer_class>(
        "loadBalancerClass", {.means = "Which kind of load balancer is made.",
                              .default_shown = "none (CLB)",
                              .values = "alibabacloud.com/nlb = NLB (Kubernetes 1.24 or newer)",
                              .becomes = "Service spec.loadBalancerClass",
                              .not_with = "another serviceType than LoadBalancer",
                              .watch_out = "cannot change on a live Service",
                              .since = "1.18",
                              .group = kService,
                              .immutable = true,
                              .examples = {"alibabacloud.com/nlb", "example.com/other"}}),
    field<&GatewaySpec::load_balancer_ip>(
        "loadBalancerIP", {.means = "The address that the load balancer shall have.",
                           .becomes = "Service spec.loadBalancerIP",
                           .watch_out = "deprecated in Kubernetes",
                           .group = kService,
                           .examples = {"203.0.113.7", "203.0.113.8"}}),
    field<&GatewaySpec::external_traffic_policy>(
        "externalTrafficPolicy",
        {.means = "Local keeps the client's address and uses only nodes that run a pod.",
         .default_shown = "Cluster",
         .becomes = "Service spec.externalTrafficPolicy",
         .not_with = "serviceType ClusterIP; gatewayType egress (not rendered)",
         .group = kService,
         .words = kPolicies,
         .examples = {"Cluster", "Local"}}),
    field<&GatewaySpec::service_annotations>(
        "serviceAnnotations",
        {.means = "What the cloud controller makes of the load balancer.",
         .becomes = "Service metadata.annotations, of type LoadBalancer only",
         .group = kService,
         .overridable = Overridable::Yes,
         .examples =
             {"{service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec: slb.s1.small}",
              "{service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec: slb.s2.small}"}}),
    field<&GatewaySpec::service_labels>("serviceLabels",
                                        {.means = "Labels of the Service.",
                                         .becomes = "Service metadata.labels",
                                         .group = kService,
                                         .examples = {"{team: one}", "{team: two}"}}),

    field<&GatewaySpec::env>(
        "env", {.means = "Environment variables of the proxy, by value or by reference.",
                .becomes = "Deployment containers[istio-proxy].env",
                .watch_out = "another order restarts pods, too",
                .group = kPods,
                .restarts = Restarts::Listed,
                .examples = {"[{name: ONE, value: a}, {name: TWO, value: b}]",
                             "[{name: ONE, value: c}, {name: TWO, value: b}]"}}),
    field<&GatewaySpec::resources>(
        "resources",
        {.means = "CPU and memory of each pod.",
         .default_value = "{limits: {cpu: '2', memory: 2G}, requests: {cpu: 200m, memory: 256Mi}}",
         .values = "Kubernetes quantities; 2000m and 2, 1024Mi and 1Gi are the same",
         .becomes = "Deployment containers[istio-proxy].resources",
         .group = kPods,
         .overridable = Overridable::Yes,
         .restarts = Restarts::Listed,
         .examples = {"{requests: {cpu: 100m}}", "{requests: {cpu: 150m}}"}}),
    field<&GatewaySpec::pod_labels>("podLabels",
                                    {.means = "Labels of the pods.",
                                     .becomes = "Deployment template metadata.labels",
                                     .not_with = "app, istio: the selector's [label-reserved]",
                                     .group = kPods,
                                     .restarts = Restarts::Listed,
                                     .examples = {"{team: one}", "{team: two}"}}),
    field<&GatewaySpec::pod_annotations>("podAnnotations",
                                         {.means = "Annotations of the pods.",
                                          .becomes = "Deployment template metadata.annotations",
                                          .group = kPods,
                                          .overridable = Overridable::Yes,
                                          .restarts = Restarts::Listed,
                                          .examples = {"{note: one}", "{note: two}"}}),
    field<&GatewaySpec::node_selector>("nodeSelector",
                                       {.means = "Only nodes with these labels run the pods.",
                                        .becomes = "Deployment template spec.nodeSelector",
                                        .group = kPods,
                                        .restarts = Restarts::Listed,
                                        .examples = {"{disk: ssd}", "{disk: nvme}"}}),
    field<&GatewaySpec::affinity>(
        "affinity",
        {.means = "Which nodes the pods prefer or need, and near which pods.",
         .values = "as in a pod: nodeAffinity, podAffinity, podAntiAffinity",
         .becomes = "Deployment template spec.affinity",
         .group = kPods,
         .restarts = Restarts::Listed,
         .examples = {"{podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: "
                      "[{weight: 50, podAffinityTerm: {topologyKey: zone}}]}}",
                      "{podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: "
                      "[{weight: 60, podAffinityTerm: {topologyKey: zone}}]}}"}}),
    field<&GatewaySpec::tolerations>(
        "tolerations",
        {.means = "Taints of nodes that do not keep the pods away.",
         .values = "as in a pod: key, operator, value, effect, tolerationSeconds",
         .becomes = "Deployment template spec.tolerations",
         .group = kPods,
         .restarts = Restarts::Listed,
         .examples = {"[{key: gateway, operator: Exists}]", "[{key: edge, operator: Exists}]"}}),
    field<&GatewaySpec::host_network>(
        "hostNetwork", {.means = "Do the pods use their node's network?",
                        .default_value = "false",
                        .becomes = "Deployment template spec.hostNetwork",
                        .watch_out = "nothing injects the proxy there: name proxy.image",
                        .group = kPods,
                        .restarts = Restarts::Listed,
                        .examples = {"false", "true"}}),
    field<&GatewaySpec::dns_policy>(
        "dnsPolicy", {.means = "How the pods resolve names.",
                      .default_shown = "ClusterFirst",
                      .becomes = "Deployment template spec.dnsPolicy",
                      .watch_out = "unset under hostNetwork: ClusterFirstWithHostNet",
                      .group = kPods,
                      .words = kDnsPolicies,
                      .restarts = Restarts::Listed,
                      .examples = {"ClusterFirst", "Default"}}),
    field<&GatewaySpec::config_volumes>(
        "configVolumes",
        {.means = "ConfigMaps that the proxy's container sees as files, read-only.",
         .becomes = "Deployment template spec.volumes, volumeMounts",
         .group = kPods,
         .restarts = Restarts::Listed,
         .examples = {"[{name: lua, configMapName: lua-libs, mountPath: /var/lib/lua}]",
                      "[{name: lua, configMapName: lua-libs, mountPath: /var/lib/lua2}]"}}),
    field<&GatewaySpec::secret_volumes>(
        "secretVolumes",
        {.means = "Secrets that the proxy's container sees as files, read-only.",
         .becomes = "Deployment template spec.volumes, volumeMounts",
         .group = kPods,
         .restarts = Restarts::Listed,
         .examples = {"[{name: certs, secretName: web-certs, mountPath: /etc/web-certs}]",
                      "[{name: certs, secretName: web-certs2, mountPath: /etc/web-certs}]"}}),
    field<&GatewaySpec::kernel>("kernel",
                                {.means = "Kernel parameters, set before the proxy starts.",
                                 .becomes = "Deployment initContainers[kernel-parameters]",
                                 .watch_out = "under hostNetwork they change the node",
                                 .group = kPods,
                                 .restarts = Restarts::Listed}),
    field<&GatewaySpec::run_as_root>(
        "runAsRoot", {.means = "Does the proxy run as user 0?",
                      .default_shown = "unset",
                      .becomes = "Deployment containers[istio-proxy].securityContext",
                      .watch_out = "needed for target ports below 1024 where no sysctl allows them",
                      .group = kPods,
                      .restarts = Restarts::Inferred,
                      .examples = {"false", "true"}}),
    field<&GatewaySpec::readiness_probe>(
        "readinessProbe", {.means = "When is a pod ready for traffic?",
                           .default_shown = "30, 2, 1",
                           .becomes = "Deployment containers[istio-proxy].readinessProbe",
                           .group = kPods,
                           .restarts = Restarts::Inferred}),
    field<&GatewaySpec::lifecycle>(
        "lifecycle", {.means = "What runs after the proxy's start, and before its end.",
                      .values = "as in a container: postStart, preStop",
                      .becomes = "Deployment containers[istio-proxy].lifecycle",
                      .group = kPods,
                      .restarts = Restarts::Inferred,
                      .examples = {"{preStop: {exec: {command: [sleep, '5']}}}",
                                   "{preStop: {exec: {command: [sleep, '6']}}}"}}),
    field<&GatewaySpec::disable_container_port_exposed>(
        "disableContainerPortExposed",
        {.means = "false lists the gateway's ports as container ports.",
         .default_shown = "unset",
         .becomes = "Deployment containers[istio-proxy].ports",
         .watch_out = "unset: listed before ASM v1.16, not listed from it on",
         .group = kPods,
         .restarts = Restarts::Inferred,
         .examples = {"true", "false"}}),

    field<&GatewaySpec::replica_count>(
        "replicaCount", {.means = "Number of pods.",
                         .default_value = "1",
                         .becomes = "Deployment spec.replicas; nothing while an autoscaler has it",
                         .watch_out = "outside minReplicas to maxReplicas it has no effect",
                         .group = kNumbers,
                         .min = 1,
                         .max = kInt32,
                         .zero_is_unset = true,
                         .overridable = Overridable::Yes,
                         .examples = {"1", "2"}}),
    field<&GatewaySpec::min_replicas>(
        "minReplicas", {.means = "The fewest pods that the autoscaler keeps.",
                        .becomes = "HorizontalPodAutoscaler spec.minReplicas",
                        .not_with = "a smaller maxReplicas; no maxReplicas (no autoscaler)",
                        .group = kNumbers,
                        .min = 1,
                        .max = kInt32,
                        .zero_is_unset = true,
                        .overridable = Overridable::FromAsm116,
                        .examples = {"1", "2", "{maxReplicas: 4}"}}),
    field<&GatewaySpec::max_replicas>("maxReplicas",
                                      {.means = "The most pods; it alone makes an autoscaler.",
                                       .becomes = "HorizontalPodAutoscaler spec.maxReplicas",
                                       .group = kNumbers,
                                       .min = 1,
                                       .max = kInt32,
                                       .zero_is_unset = true,
                                       .overridable = Overridable::FromAsm116,
                                       .examples = {"4", "5"}}),
    field<&GatewaySpec::autoscale_enabled>(
        "autoscaleEnabled", {.means = "false: no autoscaler, whatever maxReplicas says.",
                             .default_shown = "unset",
                             .becomes = "HorizontalPodAutoscaler, or none",
                             .watch_out = "the vendor does not document it; this is our reading",
                             .group = kNumbers,
                             .overridable = Overridable::FromAsm116,
                             .examples = {"false", "true", "{maxReplicas: 4}"}}),
    field<&GatewaySpec::cpu>("cpu", {.means = "The autoscaler's CPU target.",
                                     .becomes = "HorizontalPodAutoscaler spec.metrics",
                                     .group = kNumbers,
                                     .overridable = Overridable::FromAsm116}),
    field<&GatewaySpec::memory>("memory", {.means = "The autoscaler's memory target.",
                                           .becomes = "HorizontalPodAutoscaler spec.metrics",
                                           .group = kNumbers,
                                           .overridable = Overridable::FromAsm116}),
    field<&GatewaySpec::rolling_max_surge>(
        "rollingMaxSurge",
        {.means = "How many pods may run beyond the wanted number during a rollout.",
         .default_value = "100%",
         .values = R"("1" (pods) or "25%" (of replicas, rounded up); quotes needed for 1)",
         .becomes = R"(Deployment spec.strategy.rollingUpdate.maxSurge ("1" as number))",
         .not_with = "rollingMaxUnavailable 0 when this is 0 as well",
         .watch_out = "hostNetwork: a surge pod needs a node where the port is free",
         .group = kNumbers,
         .examples = {"25%", "50%"}}),
    field<&GatewaySpec::rolling_max_unavailable>(
        "rollingMaxUnavailable",
        {.means = "How many of the wanted pods may be missing during a rollout.",
         .default_value = "25%",
         .values = R"("1" (pods) or "25%" (of replicas, rounded down); at most 100%)",
         .becomes = R"(Deployment spec.strategy.rollingUpdate.maxUnavailable ("1" as number))",
         .not_with = "rollingMaxSurge 0 when this is 0 as well",
         .group = kNumbers,
         .examples = {"10%", "20%"}}),

    field<&GatewaySpec::compression>(
        "compression", {.means = "Compression of answers, by gzip.",
                        .becomes = "EnvoyFilter of the control plane, once for all clusters",
                        .not_with = "gatewayType egress",
                        .group = kCompression}),

    field<&GatewaySpec::mesh_expansion_ports>(
        "meshExpansionPorts",
        {.means = "Legacy: further ports of the Service, after ports.",
         .becomes = "Service spec.ports",
         .group = kLegacy,
         .examples = {"[{name: expansion, port: 15011}]", "[{name: expansion, port: 15012}]"}}),
    field<&GatewaySpec::requested_network_view>(
        "requestedNetworkView",
        {.means = "Legacy: the networks whose endpoints the gateway is told.",
         .becomes = "Deployment containers[istio-proxy].env[ISTIO_META_REQUESTED_NETWORK_VIEW]",
         .group = kLegacy,
         .restarts = Restarts::Inferred,
         .examples = {"network1", "network2"}}),
    field<&GatewaySpec::sds>("sds", {.means = "Legacy: no effect since Istio 1.6.",
                                     .becomes = "nothing",
                                     .group = kLegacy,
                                     .examples = {"{enabled: true}", "{enabled: false}"}}),
    field<&GatewaySpec::application_ports>("applicationPorts",
                                           {.means = "Legacy: no effect since Istio 1.6.",
                                            .becomes = "nothing",
                                            .group = kLegacy,
                                            .examples = {"'80'", "'80,443'"}}),
    field<&GatewaySpec::auto_create_gateway_yaml>(
        "autoCreateGatewayYaml", {.means = "Does the mesh make an Istio Gateway as well?",
                                  .becomes = "nothing here",
                                  .group = kLegacy,
                                  .examples = {"false", "true"}}),
};

}  // namespace

std::span<const FieldRow<GatewaySpec>> spec_fields() { return kSpecFields; }

}  // namespace asmgw
