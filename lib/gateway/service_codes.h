// What can be wrong with what a manifest says about its Service and its load balancer?
#pragma once

#include "base/doc.h"

namespace asmgw {

inline constexpr Code kLbIdShared{
    "lb-id-shared",
    Severity::Error,
    "one load balancer for many clusters",
    "A load balancer cannot be shared across clusters.",
    "put the annotation into overrides",
    "serviceAnnotations with …-loadbalancer-id: lb-1 in the base, and two clusterIds"};
inline constexpr Code kPortName{"port-name",
                                Severity::Error,
                                "a port without its own name",
                                "A Service with several ports needs a unique name for each.",
                                "give each port a name of its own",
                                "ports: [{port: 80}, {name: https, port: 443}]"};
inline constexpr Code kPortDuplicate{"port-duplicate",
                                     Severity::Error,
                                     "a port and protocol twice",
                                     "A Service lists each port and protocol once.",
                                     "remove one of the two",
                                     "ports: [{name: a, port: 80}, {name: b, port: 80}]"};
inline constexpr Code kTargetPortName{"target-port-name",
                                      Severity::Error,
                                      "no container port of that name",
                                      "The container has one named port, http-envoy-prom.",
                                      "give the number",
                                      "ports: [{port: 443, targetPort: https}]"};
inline constexpr Code kClassNeedsLb{
    "class-needs-lb",
    Severity::Error,
    "a load balancer class without one",
    "The API server refuses loadBalancerClass on other types.",
    "serviceType: LoadBalancer, or take it out",
    "serviceType: NodePort, loadBalancerClass: alibabacloud.com/nlb"};
inline constexpr Code kCompressionEgress{
    "compression-egress",
    Severity::Error,
    "compression of an egress gateway",
    "The mesh compresses at ingress gateways only.",
    "take compression out",
    "gatewayType: egress, compression: {enabled: true, gzip: {}}"};
inline constexpr Code kCompressionNeedsGzip{
    "compression-needs-gzip",
    Severity::Error,
    "compression without a method",
    "gzip is the only method, and nothing is compressed without it.",
    "gzip: {}",
    "compression: {enabled: true}"};
inline constexpr Code kContentType{
    "content-type",
    Severity::Error,
    "a type that never matches",
    "Envoy compares the whole MIME type without parameters; wildcards are unknown to it.",
    "as in text/html",
    "content_type: [text/*]"};
inline constexpr Code kPolicyNeedsLb{"policy-needs-lb",
                                     Severity::Error,
                                     "a traffic policy on ClusterIP",
                                     "The API server refuses externalTrafficPolicy there.",
                                     "take it out, or use LoadBalancer or NodePort",
                                     "serviceType: ClusterIP, externalTrafficPolicy: Local"};
inline constexpr Code kPrefixConflict{
    "prefix-conflict",
    Severity::Warning,
    "one annotation in both prefixes",
    "Of alicloud- and alibaba-cloud- the newer wins.",
    "take one of the two out",
    "…/alicloud-loadbalancer-spec: slb.s1.small beside …/alibaba-cloud-loadbalancer-spec: "
    "slb.s2.small"};
inline constexpr Code kPolicyEgress{"policy-egress",
                                    Severity::Warning,
                                    "a traffic policy on egress",
                                    "externalTrafficPolicy is for ingress gateways only.",
                                    "take it out",
                                    "gatewayType: egress, externalTrafficPolicy: Local"};
inline constexpr Code kNodePortRange{"node-port-range",
                                     Severity::Warning,
                                     "a nodePort outside 30000-32767",
                                     "It passes every dry run and fails at apply, unless the "
                                     "cluster's range is wider.",
                                     "use a port of the range",
                                     "ports: [{port: 80, nodePort: 8080}]"};
inline constexpr Code kTargetPort0{"target-port-0",
                                   Severity::Note,
                                   "0 means: same as port",
                                   "0 is Go's unset value, and Kubernetes defaults it so.",
                                   "nothing",
                                   "ports: [{port: 443, targetPort: 0}]"};
inline constexpr Code kNodePort{"node-port",
                                Severity::Note,
                                "a nodePort is given",
                                "A taken one is refused.",
                                "nothing",
                                "ports: [{port: 80, nodePort: 30080}]"};
inline constexpr Code kAnnotationsNeedLb{"annotations-need-lb",
                                         Severity::Note,
                                         "not rendered without LoadBalancer",
                                         "serviceAnnotations describe a load balancer.",
                                         "nothing",
                                         "serviceType: ClusterIP, serviceAnnotations: {…}"};

}  // namespace asmgw
