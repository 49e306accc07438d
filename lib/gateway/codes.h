// What can be wrong with a manifest? The codes of this room; their texts are page-sized elsewhere
// only in `explain`.
#pragma once

#include "base/doc.h"
#include "gateway/pod_codes.h"

namespace asmgw {

inline constexpr Code kNoGateway{"no-gateway", Severity::Error, "the input has no IstioGateway",
                                 "Every command works on IstioGateway documents.",
                                 "check the file, or its apiVersion and kind"};
inline constexpr Code kUnknownField{"unknown-field", Severity::Error, "not a field of IstioGateway",
                                    "A misspelt field would silently have no effect.",
                                    "correct the name, or take the field out"};
inline constexpr Code kWrongType{"wrong-type", Severity::Error, "a value of another type",
                                 "The mesh's API server refuses values of another type.",
                                 "write the value as the hint shows"};
inline constexpr Code kMissingField{"missing-field", Severity::Error, "a required field is missing",
                                    "Without it there is nothing to render.", "add the field"};
inline constexpr Code kBadValue{"bad-value", Severity::Error, "the value is not allowed",
                                "The API server or the vendor's documents allow only others.",
                                "use one of the allowed values"};
inline constexpr Code kOutOfRange{"out-of-range", Severity::Error, "a number out of its range",
                                  "The API server truncates integers beyond 32 bits in silence.",
                                  "use a number in the range that is named"};
inline constexpr Code kOverrideCluster{
    "override-cluster", Severity::Error, "an override for no cluster of it",
    "Its values would have no effect.", "correct the ID, or add it to clusterIds"};
inline constexpr Code kDuplicateCluster{
    "duplicate-cluster", Severity::Error, "a cluster ID stands twice",
    "One cluster gets one set of objects.", "remove one of the two"};
inline constexpr Code kDuplicateGateway{
    "duplicate-gateway", Severity::Error, "two gateways of one name",
    "Their objects would have the same names.", "rename one, or give only one file"};
inline constexpr Code kNamespace{"namespace", Severity::Error, "not in istio-system",
                                 "A gateway of Istio 1.6 or newer cannot read its configuration "
                                 "elsewhere and does not start.",
                                 "use istio-system, or --allow-namespace"};
inline constexpr Code kLbIdShared{
    "lb-id-shared", Severity::Error, "one load balancer for many clusters",
    "A load balancer cannot be shared across clusters.", "put the annotation into overrides"};
inline constexpr Code kPortName{"port-name", Severity::Error, "a port without its own name",
                                "A Service with several ports needs a unique name for each.",
                                "give each port a name of its own"};
inline constexpr Code kPortDuplicate{"port-duplicate", Severity::Error, "a port and protocol twice",
                                     "A Service lists each port and protocol once.",
                                     "remove one of the two"};
inline constexpr Code kTargetPortName{
    "target-port-name", Severity::Error, "no container port of that name",
    "The container has one named port, http-envoy-prom.", "give the number"};
inline constexpr Code kClassNeedsLb{"class-needs-lb", Severity::Error,
                                    "a load balancer class without one",
                                    "The API server refuses loadBalancerClass on other types.",
                                    "serviceType: LoadBalancer, or take it out"};
inline constexpr Code kCompressionEgress{
    "compression-egress", Severity::Error, "compression of an egress gateway",
    "The mesh compresses at ingress gateways only.", "take compression out"};
inline constexpr Code kCompressionNeedsGzip{
    "compression-needs-gzip", Severity::Error, "compression without a method",
    "gzip is the only method, and nothing is compressed without it.", "gzip: {}"};
inline constexpr Code kContentType{
    "content-type", Severity::Error, "a type that never matches",
    "Envoy compares the whole MIME type without parameters; wildcards are unknown to it.",
    "as in text/html"};
inline constexpr Code kPolicyNeedsLb{"policy-needs-lb", Severity::Error,
                                     "a traffic policy on ClusterIP",
                                     "The API server refuses externalTrafficPolicy there.",
                                     "take it out, or use LoadBalancer or NodePort"};
inline constexpr Code kOverrideNoEffect{
    "override-no-effect", Severity::Warning, "this field cannot be overridden",
    "The vendor's list of overridable fields lacks it.", "set it for all clusters, or take it out"};
inline constexpr Code kPrefixConflict{
    "prefix-conflict", Severity::Warning, "one annotation in both prefixes",
    "Of alicloud- and alibaba-cloud- the newer wins.", "take one of the two out"};
inline constexpr Code kLegacyField{"legacy-field", Severity::Warning, "a field of old meshes",
                                   "It has no effect since Istio 1.6.", "take it out"};
inline constexpr Code kAsmVersion{
    "asm-version", Severity::Warning, "newer than the given ASM version",
    "The mesh of that version does not know it.", "take it out, or give the right --asm-version"};
inline constexpr Code kPolicyEgress{
    "policy-egress", Severity::Warning, "a traffic policy on egress",
    "externalTrafficPolicy is for ingress gateways only.", "take it out"};
inline constexpr Code kNodePortRange{"node-port-range", Severity::Warning,
                                     "a nodePort outside 30000-32767",
                                     "It passes every dry run and fails at apply, unless the "
                                     "cluster's range is wider.",
                                     "use a port of the range"};
inline constexpr Code kTargetPort0{"target-port-0", Severity::Note, "0 means: same as port",
                                   "0 is Go's unset value, and Kubernetes defaults it so.",
                                   "nothing"};
inline constexpr Code kNodePort{"node-port", Severity::Note, "a nodePort is given",
                                "A taken one is refused.", "nothing"};
inline constexpr Code kAnnotationsNeedLb{"annotations-need-lb", Severity::Note,
                                         "not rendered without LoadBalancer",
                                         "serviceAnnotations describe a load balancer.", "nothing"};
inline constexpr Code kNotRendered{"not-rendered", Severity::Note, "not a field of the workload",
                                   "autoCreateGatewayYaml makes an Istio Gateway in the mesh.",
                                   "nothing"};
inline constexpr Code kBaseUnused{"base-unused", Severity::Note, "a base value that nobody uses",
                                  "Every cluster has an override of it.", "nothing"};
inline constexpr Code kSkippedDocuments{"skipped-documents", Severity::Note,
                                        "documents of other kinds",
                                        "Only IstioGateway documents are read.", "nothing"};

}  // namespace asmgw
