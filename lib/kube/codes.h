// What can go wrong on the way to a cluster: the codes of this room.
#pragma once

#include "base/doc.h"

namespace asmgw::kube {

inline constexpr Code kBadKubeconfig{"bad-kubeconfig",
                                     Severity::Error,
                                     "a kubeconfig cannot be used",
                                     "kubectl would refuse this file or entry as well.",
                                     "correct the file at the place that is named",
                                     "a context that names a user the file does not define"};
inline constexpr Code kExposedKubeconfig{"exposed-kubeconfig",
                                         Severity::Warning,
                                         "others may read a kubeconfig",
                                         "Whoever reads it can do what its user can do.",
                                         "chmod 600 FILE",
                                         "a kubeconfig with the mode 0644"};
inline constexpr Code kNoContext{
    "no-context",
    Severity::Error,
    "no context fits the cluster ID",
    "asmgw talks only to a cluster that something names.",
    "--cluster-context ID=CONTEXT, or clusters: in the config file",
    "clusterIds: [c8a4b2xxxxxx], and no context is called so or ends in -c8a4b2xxxxxx"};
inline constexpr Code kAmbiguousContext{"ambiguous-context",
                                        Severity::Error,
                                        "several contexts fit the cluster ID",
                                        "A wrong guess would change the wrong cluster.",
                                        "choose one with --cluster-context ID=CONTEXT",
                                        "contexts admin-c8a4b2xxxxxx and dev-c8a4b2xxxxxx"};
inline constexpr Code kAckMerge{"ack-merge",
                                Severity::Error,
                                "the merge points at another cluster",
                                "Every ACK kubeconfig calls its cluster entry `kubernetes`; in a "
                                "merge the first file's entry wins without a word.",
                                "--kubeconfig-dir DIR, or --cluster-context ID=FILE",
                                "KUBECONFIG=a.yaml:b.yaml, both with a cluster entry `kubernetes`"};
inline constexpr Code kSameServer{"same-server",
                                  Severity::Error,
                                  "two cluster IDs lead to one server",
                                  "One cluster would get both configurations.",
                                  "correct one mapping",
                                  "two IDs mapped to contexts of one API server"};
inline constexpr Code kUnreachable{"unreachable",
                                   Severity::Error,
                                   "no answer in time",
                                   "No connection, a TLS or name failure, or no answer in time.",
                                   "see where it goes: kubectl asmgw clusters",
                                   "dial tcp 192.0.2.20:6443: connection timed out"};
inline constexpr Code kUnauthorized{"unauthorized",
                                    Severity::Error,
                                    "the credentials are refused",
                                    "The API server answers 401, or the credential "
                                    "plugin gives nothing to show it.",
                                    "renew the kubeconfig's credentials",
                                    "a token of the kubeconfig that has expired"};
inline constexpr Code kForbidden{"forbidden",
                                 Severity::Error,
                                 "a right is missing",
                                 "The API server answers 403: reading needs get; a dry run needs "
                                 "the right to patch (and create), though it writes nothing.",
                                 "ask for the verb that the server names",
                                 "a role with get and list, but without patch for deployments"};
inline constexpr Code kNoNamespace{"no-namespace",
                                   Severity::Note,
                                   "the namespace is missing",
                                   "Everything in a namespace that does not exist is new.",
                                   "create the namespace before apply",
                                   "a new cluster without the namespace istio-system"};
inline constexpr Code kNotServed{"not-served",
                                 Severity::Error,
                                 "the server has no such resource",
                                 "The API group or resource is not served (no CRD).",
                                 "check that the context leads to the right cluster",
                                 "an EnvoyFilter where Istio's CRDs are not installed"};
inline constexpr Code kWebhookDown{"webhook-down",
                                   Severity::Error,
                                   "an admission webhook does not answer",
                                   "The API server asks it for every write, dry runs too.",
                                   "repair or remove the webhook that the server names",
                                   "failed calling webhook … connection refused"};
inline constexpr Code kPolicyRefused{
    "policy-refused",
    Severity::Error,
    "a policy refuses the object",
    "A ValidatingAdmissionPolicy of the cluster denied the request.",
    "change the manifest, or ask the policy's owner",
    "a policy that forbids Services of type LoadBalancer"};
inline constexpr Code kServerError{"server-error",
                                   Severity::Error,
                                   "the server refuses, or fails",
                                   "Any other refusal or answer of the API server.",
                                   "read the server's words",
                                   "500 etcdserver: request timed out"};

}  // namespace asmgw::kube
