// What can an edit do? The risks that a comparison finds.
#pragma once

#include "base/doc.h"

namespace asmgw {

inline constexpr Code kRollingRestart{"rolling-restart",
                                      Severity::Disruptive,
                                      "the pod template changes",
                                      "The Deployment controller replaces every pod when the "
                                      "template differs, whatever the difference.",
                                      "check that the nodes have room for the peak",
                                      "env: a value changes"};
inline constexpr Code kFloorZero{
    "floor-zero",
    Severity::Disruptive,
    "at some moment no pod is ready",
    "replicas - maxUnavailable is 0.",
    "lower rollingMaxUnavailable, or add replicas",
    "replicaCount: 1, rollingMaxUnavailable: \"1\", and a new label of the pods"};
inline constexpr Code kReplicasDown{"replicas-down",
                                    Severity::Disruptive,
                                    "fewer replicas than live",
                                    "Pods end, and with them their connections.",
                                    "check that the others carry the load",
                                    "replicaCount: 4 → 2"};
inline constexpr Code kHpaBounds{
    "hpa-bounds",
    Severity::Disruptive,
    "the maximum is below current pods",
    "The autoscaler ends the pods above maxReplicas at once, and with them their connections.",
    "raise maxReplicas, or check that the others carry the load",
    "maxReplicas: 8 → 4, while 6 pods run"};
inline constexpr Code kPruneNeeded{"prune-needed",
                                   Severity::Warning,
                                   "ours, goes only with --prune",
                                   "What the manifest no longer asks for is deleted on request.",
                                   "add --prune, or ask for it again",
                                   "maxReplicas is taken out"};
inline constexpr Code kPortRemoved{"port-removed",
                                   Severity::Disruptive,
                                   "a listener goes away",
                                   "Clients of that port are refused.",
                                   "check that nobody uses the port",
                                   "ports: 8080 is taken out"};
inline constexpr Code kLbDeleted{"lb-deleted",
                                 Severity::Destructive,
                                 "load balancer and address are lost",
                                 "The cloud controller made the load balancer and deletes it with "
                                 "the Service's type; the address is not given back.",
                                 "keep type LoadBalancer, or let the address go",
                                 "serviceType: LoadBalancer → ClusterIP"};
inline constexpr Code kLocal{"local",
                             Severity::Note,
                             "the server has checked nothing",
                             "Without a dry run, what the API's own defaults and the recorded "
                             "owners say is foreseen; what webhooks, validation, quotas and "
                             "policies would say is not known.",
                             "with the right to patch: diff without --local",
                             "diff --local by somebody who may only read"};
inline constexpr Code kConflict{"conflict",
                                Severity::Warning,
                                "another manager owns this",
                                "Server-side apply refuses to change what another manager owns.",
                                "settle who owns the field, or take it with --force-conflicts",
                                "somebody ran kubectl edit on a field that the manifest sets"};
inline constexpr Code kRevertedBy{
    "reverted-by",
    Severity::Warning,
    "a manager writes this back each time",
    "A manager that writes its whole object overwrites what we had applied, and will again after "
    "the next apply: the last who writes wins.",
    "change it where that manager takes it from, or stop it",
    "the mesh's controller writes its Deployment again after an overlay"};
inline constexpr Code kAdoptNeeded{
    "adopt-needed",
    Severity::Warning,
    "only taking over makes this possible",
    "A list item that another manager owns stays beside ours, and the server refuses the two: a "
    "Service port under one name with another number, an env entry with value and valueFrom.",
    "--adopt MANAGER takes those items over",
    "a port's number changes in a Service that the mesh's controller made"};
inline constexpr Code kLeftOver{
    "left-over",
    Severity::Warning,
    "stays: another manager owns it too",
    "Server-side apply removes only what the applier owns alone; of what others own it drops its "
    "share, and the value stays.",
    "--adopt MANAGER takes it over, and so removes it; or keep it in the manifest",
    "an annotation is taken out of the manifest that kubectl annotate has set, too"};
inline constexpr Code kBeingDeleted{"being-deleted",
                                    Severity::Warning,
                                    "an apply onto it would be lost",
                                    "The object has a deletionTimestamp: it goes when its "
                                    "finalizers are done, and the apply with it.",
                                    "wait until it is gone, then apply",
                                    "kubectl delete service istio-web waits for a finalizer"};

}  // namespace asmgw
