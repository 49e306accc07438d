// What can go wrong on the way to a cluster: the codes of this room.
#pragma once

#include "base/doc.h"

namespace asmgw::kube {

inline constexpr Code kBadKubeconfig{"bad-kubeconfig", Severity::Error,
                                     "a kubeconfig cannot be used",
                                     "kubectl would refuse this file or entry as well.",
                                     "correct the file at the place that is named"};
inline constexpr Code kNoContext{"no-context", Severity::Error, "no context fits the cluster ID",
                                 "asmgw talks only to a cluster that something names.",
                                 "--cluster-context ID=CONTEXT, or clusters: in the config file"};
inline constexpr Code kAmbiguousContext{"ambiguous-context", Severity::Error,
                                        "several contexts fit the cluster ID",
                                        "A wrong guess would change the wrong cluster.",
                                        "choose one with --cluster-context ID=CONTEXT"};
inline constexpr Code kAckMerge{"ack-merge", Severity::Error, "the merge points at another cluster",
                                "Every ACK kubeconfig calls its cluster entry `kubernetes`; in a "
                                "merge the first file's entry wins without a word.",
                                "--kubeconfig-dir DIR, or --cluster-context ID=FILE"};
inline constexpr Code kSameServer{
    "same-server", Severity::Error, "two cluster IDs lead to one server",
    "One cluster would get both configurations.", "correct one mapping"};
inline constexpr Code kUnreachable{"unreachable", Severity::Error, "no answer in time",
                                   "No connection, a TLS or name failure, or no answer in time.",
                                   "see where it goes: kubectl asmgw clusters"};
inline constexpr Code kUnauthorized{"unauthorized", Severity::Error, "the credentials are refused",
                                    "The API server answers 401.",
                                    "renew the kubeconfig's credentials"};
inline constexpr Code kForbidden{"forbidden", Severity::Error, "a right is missing",
                                 "The API server answers 403: reading needs get; a dry run needs "
                                 "the right to patch (and create), though it writes nothing.",
                                 "ask for the verb that the server names"};
inline constexpr Code kNoNamespace{"no-namespace", Severity::Note, "the namespace is missing",
                                   "Everything in a namespace that does not exist is new.",
                                   "create the namespace before apply"};
inline constexpr Code kNotServed{"not-served", Severity::Error, "the server has no such resource",
                                 "The API group or resource is not served (no CRD).",
                                 "check that the context leads to the right cluster"};
inline constexpr Code kWebhookDown{"webhook-down", Severity::Error,
                                   "an admission webhook does not answer",
                                   "The API server asks it for every write, dry runs too.",
                                   "repair or remove the webhook that the server names"};
inline constexpr Code kPolicyRefused{
    "policy-refused", Severity::Error, "a policy refuses the object",
    "A ValidatingAdmissionPolicy of the cluster denied the request.",
    "change the manifest, or ask the policy's owner"};
inline constexpr Code kServerError{"server-error", Severity::Error, "the server refuses, or fails",
                                   "Any other refusal or answer of the API server.",
                                   "read the server's words"};

}  // namespace asmgw::kube
