// What can an edit do? The risks that a comparison finds.
#pragma once

#include "base/doc.h"
#include "diff/service_codes.h"

namespace asmgw {

inline constexpr Code kRollingRestart{
    "rolling-restart",
    Severity::Disruptive,
    "the pod template changes",
    "The Deployment controller replaces every pod when the template differs, whatever the "
    "difference. It keeps to rollingMaxUnavailable; a PodDisruptionBudget it does not ask. While "
    "spec.paused is true it waits.",
    "check that the nodes have room for the peak",
    "env: a value changes"};
inline constexpr Code kFloorZero{
    "floor-zero",
    Severity::Disruptive,
    "at some moment no pod is ready",
    "replicas - maxUnavailable is 0. A PodDisruptionBudget does not prevent it: the Deployment "
    "controller deletes old pods, it does not evict them.",
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
inline constexpr Code kSelectorImmutable{
    "selector-immutable",
    Severity::Destructive,
    "the Deployment must be re-created",
    "Kubernetes refuses another selector on a live Deployment. Ours is always app and istio of the "
    "gateway.",
    "delete it by hand and apply; to keep serving, run another Deployment meanwhile",
    "an earlier tool made it with the label version: v1 in its selector"};
inline constexpr Code kPrivileged{
    "privileged",
    Severity::Warning,
    "a privileged container is added",
    "kernel becomes an init container that is privileged and runs as root. A namespace may refuse "
    "such pods (Pod Security, policies): then no new pod starts.",
    "check that the namespace admits it, or take kernel out",
    "kernel: {enabled: true, parameters: {net.core.somaxconn: \"4096\"}}"};
inline constexpr Code kVolumeSourceMissing{
    "volume-source-missing",
    Severity::Warning,
    "its ConfigMap or Secret is absent",
    "configVolumes and secretVolumes are optional for the pod: it starts without them, and the "
    "files are not there. Only whether the object exists is looked at, where the user may get it.",
    "create it in that cluster, or take the volume out",
    "configVolumes: [{name: c, mountPath: /etc/c, configMapName: absent}]"};
inline constexpr Code kNotInjected{
    "not-injected",
    Severity::Warning,
    "the new pods would get no proxy",
    "An injected Deployment has the image auto, which the mesh's webhook replaces in its pods. "
    "Nothing does so where the namespace has the label istio-injection: disabled, or no webhook "
    "*sidecar-injector.istio.io matches the labels and the revision.",
    "join the cluster to the mesh; or name proxy.image in the config file: then the Deployment "
    "carries the proxy itself",
    "a gateway for a cluster that is not in the mesh yet"};
inline constexpr Code kPruneNeeded{"prune-needed",
                                   Severity::Warning,
                                   "ours, goes only with --prune",
                                   "What the manifest no longer asks for is deleted on request.",
                                   "add --prune, or ask for it again",
                                   "maxReplicas is taken out"};
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
