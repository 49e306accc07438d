// What can be wrong with what a manifest says about its pods?
#pragma once

#include "base/doc.h"

namespace asmgw {

inline constexpr Code kRollingBothZero{"rolling-both-zero",
                                       Severity::Error,
                                       "no way to roll: both are zero",
                                       "The API server refuses a strategy that can never move.",
                                       "let one of the two be 1 or more",
                                       "rollingMaxSurge: \"0\", rollingMaxUnavailable: \"0\""};
inline constexpr Code kUnquotedKernelValue{
    "unquoted-kernel-value",
    Severity::Error,
    "a kernel value without quotes",
    "The mesh's API server wants text; 65535 without quotes is a number.",
    "quote the value",
    "net.core.somaxconn: 65535   (meant: \"65535\")"};
inline constexpr Code kUnknownKernel{"unknown-kernel",
                                     Severity::Error,
                                     "not one of the 18 kernel parameters",
                                     "The mesh sets these 18 and no others.",
                                     "kubectl asmgw explain kernel.parameters lists them",
                                     "kernel: {parameters: {net.core.rmem_max: \"1\"}}"};
inline constexpr Code kLabelReserved{"label-reserved",
                                     Severity::Error,
                                     "a label that is the selector's",
                                     "Service and Deployment find their pods by app and istio.",
                                     "take the label out",
                                     "podLabels: {app: web}"};
inline constexpr Code kEnvBuiltinKind{"env-builtin-kind",
                                      Severity::Error,
                                      "the proxy sets this variable itself",
                                      "Both entries would be merged and the pod refused.",
                                      "take the variable out",
                                      "env: [{name: POD_NAME, value: web-0}]"};
inline constexpr Code kHostNetworkNotInjected{
    "host-network-not-injected",
    Severity::Error,
    "no proxy image under hostNetwork",
    "The injection webhook skips every hostNetwork pod, which would keep the image `auto`.",
    "name the proxy's image in the config file",
    "hostNetwork: true, and no proxy.image in the config file"};
inline constexpr Code kHpaWithoutMax{"hpa-without-max",
                                     Severity::Warning,
                                     "a target or min, but no maxReplicas",
                                     "Only maxReplicas makes an autoscaler.",
                                     "add maxReplicas, or take the target out",
                                     "cpu: {targetAverageUtilization: 80}, and no maxReplicas"};
inline constexpr Code kMinOverMax{"min-over-max",
                                  Severity::Error,
                                  "minReplicas is above maxReplicas",
                                  "The API server refuses such an autoscaler.",
                                  "lower minReplicas, or raise maxReplicas",
                                  "minReplicas: 5, maxReplicas: 3"};
inline constexpr Code kVolumeDuplicate{"volume-duplicate",
                                       Severity::Error,
                                       "one volume name or mount path twice",
                                       "A pod has each volume name and each mount path once.",
                                       "give each its own name and path",
                                       "two configVolumes with name: lua"};
inline constexpr Code kVolumeReserved{
    "volume-reserved",
    Severity::Error,
    "a name or path of the proxy's own",
    "The injection webhook would put yours in the place of what the proxy needs.",
    "use another name or path",
    "configVolumes: [{name: istio-envoy, …}], or mountPath: /etc/istio/proxy"};
inline constexpr Code kKernelImage{"kernel-image",
                                   Severity::Error,
                                   "no image for the kernel parameters",
                                   "Nothing injects an init container, so auto would stay there.",
                                   "name an image: kernelInitImage: busybox:1.36",
                                   "kernelInitImage: auto   (in the config file)"};
inline constexpr Code kTargetWithoutRequest{
    "target-without-request",
    Severity::Warning,
    "a utilisation of no requests",
    "The autoscaler divides by the requests; without them it does nothing.",
    "add the request, or take the target out",
    "cpu: {targetAverageUtilization: 80}, resources: {requests: {memory: 256Mi}}"};
inline constexpr Code kReplicasOutsideBounds{
    "replicas-outside-bounds",
    Severity::Warning,
    "replicaCount outside min and max",
    "The autoscaler moves the number into its bounds at once.",
    "put replicaCount between the two, or take it out",
    "replicaCount: 1, minReplicas: 2, maxReplicas: 4"};
inline constexpr Code kLowPortNoRoot{
    "low-port-no-root",
    Severity::Warning,
    "a port that the proxy cannot bind",
    "Without root or a sysctl no port below 1024 can be bound: the pod never becomes ready.",
    "runAsRoot: true, or another targetPort",
    "hostNetwork: true, targetPort: 80, and no runAsRoot: true"};
inline constexpr Code kKernelGone{
    "kernel-gone",
    Severity::Warning,
    "the kernel has no such parameter",
    "tcp_tw_recycle is gone since Linux 4.12; tcp_tw_timeout is in vendor kernels only.",
    "take it out, unless your nodes have it",
    "kernel: {parameters: {net.ipv4.tcp_tw_recycle: \"1\"}}"};
inline constexpr Code kKernelNodeWide{
    "kernel-node-wide",
    Severity::Warning,
    "the parameter changes the whole node",
    "It does not belong to a network namespace: every pod of the node gets it.",
    "take it out, or set it for the nodes themselves",
    "kernel: {parameters: {vm.swappiness: \"10\"}}"};
inline constexpr Code kKernelHostNetwork{"kernel-host-network",
                                         Severity::Warning,
                                         "kernel parameters of the node",
                                         "Under hostNetwork the pod has no network of its own.",
                                         "take kernel out, or hostNetwork",
                                         "hostNetwork: true, kernel: {enabled: true, …}"};
inline constexpr Code kHostNetworkDns{
    "host-network-dns",
    Severity::Warning,
    "names of the cluster are not found",
    "ClusterFirst under hostNetwork falls back to the resolver of the node.",
    "dnsPolicy: ClusterFirstWithHostNet",
    "hostNetwork: true, dnsPolicy: ClusterFirst"};
inline constexpr Code kHostNetworkSurge{
    "host-network-surge",
    Severity::Warning,
    "a surge pod needs a node of its own",
    "Two pods of a gateway never share a node: their ports are the ports of the node.",
    "have as many free nodes as it surges, or rollingMaxSurge: \"0\"",
    "hostNetwork: true, rollingMaxSurge: 100%, replicaCount: 3   (6 nodes)"};
inline constexpr Code kHostNetworkPorts{
    "host-network-ports",
    Severity::Warning,
    "port clashes are not seen",
    "The scheduler sees only listed container ports; a clash keeps the proxy from starting.",
    "disableContainerPortExposed: false",
    "hostNetwork: true, disableContainerPortExposed: true"};

}  // namespace asmgw
