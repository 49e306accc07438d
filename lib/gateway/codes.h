// What can be wrong with a manifest? The codes of this room; their texts are page-sized elsewhere
// only in `explain`.
#pragma once

#include "base/doc.h"
#include "gateway/pod_codes.h"
#include "gateway/service_codes.h"

namespace asmgw {

inline constexpr Code kNoGateway{"no-gateway",
                                 Severity::Error,
                                 "the input has no IstioGateway",
                                 "Every command works on IstioGateway documents.",
                                 "check the file, or its apiVersion and kind",
                                 "a file that holds only a VirtualService"};
inline constexpr Code kUnknownField{"unknown-field",
                                    Severity::Error,
                                    "not a field of IstioGateway",
                                    "A misspelt field would silently have no effect.",
                                    "correct the name, or take the field out",
                                    "replicaCounts: 4   (meant: replicaCount)"};
inline constexpr Code kWrongType{"wrong-type",
                                 Severity::Error,
                                 "a value of another type",
                                 "The mesh's API server refuses values of another type.",
                                 "write the value as the hint shows",
                                 "rollingMaxSurge: 1   (a number; the field is text: \"1\")"};
inline constexpr Code kMissingField{"missing-field",
                                    Severity::Error,
                                    "a required field is missing",
                                    "Without it there is nothing to render.",
                                    "add the field",
                                    "spec: {clusterIds: [c8a4b2xxxxxx]}   (no ports)"};
inline constexpr Code kBadValue{"bad-value",
                                Severity::Error,
                                "the value is not allowed",
                                "The API server or the vendor's documents allow only others.",
                                "use one of the allowed values",
                                "serviceType: Loadbalancer"};
inline constexpr Code kOutOfRange{"out-of-range",
                                  Severity::Error,
                                  "a number out of its range",
                                  "The API server truncates integers beyond 32 bits in silence.",
                                  "use a number in the range that is named",
                                  "port: 70000"};
inline constexpr Code kOverrideCluster{"override-cluster",
                                       Severity::Error,
                                       "an override for no cluster of it",
                                       "Its values would have no effect.",
                                       "correct the ID, or add it to clusterIds",
                                       "overrides: {c9f3e8xxxxxx: …}, clusterIds has c9f3e7xxxxxx"};
inline constexpr Code kDuplicateCluster{
    "duplicate-cluster",         Severity::Error,
    "a cluster ID stands twice", "One cluster gets one set of objects.",
    "remove one of the two",     "clusterIds: [c8a4b2xxxxxx, c8a4b2xxxxxx]"};
inline constexpr Code kDuplicateGateway{"duplicate-gateway",
                                        Severity::Error,
                                        "two gateways of one name",
                                        "Their objects would have the same names.",
                                        "rename one, or give only one file",
                                        "two documents with metadata.name: web in one input"};
inline constexpr Code kNamespace{"namespace",
                                 Severity::Error,
                                 "not in istio-system",
                                 "A gateway of Istio 1.6 or newer cannot read its configuration "
                                 "elsewhere and does not start.",
                                 "use istio-system, or --allow-namespace",
                                 "metadata: {name: web, namespace: default}"};
inline constexpr Code kOverrideNoEffect{"override-no-effect",
                                        Severity::Warning,
                                        "this field cannot be overridden",
                                        "The vendor's list of overridable fields lacks it.",
                                        "set it for all clusters, or take it out",
                                        "overrides: {c9f3e7xxxxxx: {podLabels: {team: one}}}"};
inline constexpr Code kLegacyField{"legacy-field",          Severity::Warning,
                                   "a field of old meshes", "It has no effect since Istio 1.6.",
                                   "take it out",           "sds: {enabled: true}"};
inline constexpr Code kAsmVersion{
    "asm-version",
    Severity::Warning,
    "newer than the given ASM version",
    "The mesh of that version does not know it.",
    "take it out, or give the right --asm-version",
    "loadBalancerClass: alibabacloud.com/nlb with --asm-version v1.16"};
inline constexpr Code kEnvBuiltin{
    "env-builtin",
    Severity::Warning,
    "a variable that the proxy has itself",
    "Your value replaces it; newer meshes set some by reference and then refuse the pod.",
    "take it out, unless you mean it",
    "env: [{name: ISTIO_META_DNS_CAPTURE, …}], or another that the proxy sets"};
inline constexpr Code kDrainNotApplied{
    "drain-not-applied",
    Severity::Warning,
    "the drain time is not put in",
    "podAnnotations has a proxy.istio.io/config, which stays as it is.",
    "write terminationDrainDuration there yourself",
    "…/gateway-drain-timeout-seconds: \"40\" beside podAnnotations with proxy.istio.io/config"};
inline constexpr Code kNotRendered{"not-rendered",
                                   Severity::Note,
                                   "a value without effect of its own",
                                   "autoCreateGatewayYaml makes an Istio Gateway in the mesh; a "
                                   "min_content_length of 0 is Envoy's 30.",
                                   "nothing",
                                   "autoCreateGatewayYaml: true"};
inline constexpr Code kBaseUnused{
    "base-unused",
    Severity::Note,
    "a base value that nobody uses",
    "Every cluster has an override of it.",
    "nothing",
    "replicaCount: 2 in the base, and an override of it for every cluster"};
inline constexpr Code kSkippedDocuments{"skipped-documents",
                                        Severity::Note,
                                        "documents of other kinds",
                                        "Only IstioGateway documents are read.",
                                        "nothing",
                                        "a VirtualService beside the IstioGateway in one file"};

}  // namespace asmgw
