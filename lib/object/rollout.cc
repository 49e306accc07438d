#include "object/rollout.h"

#include <algorithm>
#include <array>

namespace asmgw {
namespace {

// What a container waits for when something is wrong. It may pass, as when a ConfigMap comes later,
// or last (page 6).
constexpr std::array<std::string_view, 8> kReasons = {
    "ImagePullBackOff",     "ErrImagePull",     "ErrImageNeverPull", "InvalidImageName",
    "CreateContainerError", "CrashLoopBackOff", "RunContainerError", "CreateContainerConfigError"};
constexpr std::int64_t kManyRestarts = 3;

const Json& list_at(const Json& json, std::initializer_list<std::string_view> path) {
  static const Json none = Json::array();
  const Json* found = find(json, path);
  return found != nullptr && found->is_array() ? *found : none;
}

bool is_ready(const Json& pod) {
  for (const Json& condition : list_at(pod, {"status", "conditions"})) {
    if (text_at(condition, {"type"}) == "Ready") return text_at(condition, {"status"}) == "True";
  }
  return false;
}

std::optional<PodTrouble> unschedulable(const Json& pod) {
  for (const Json& condition : list_at(pod, {"status", "conditions"})) {
    if (text_at(condition, {"type"}) != "PodScheduled" ||
        text_at(condition, {"reason"}) != "Unschedulable") {
      continue;
    }
    return PodTrouble{text_at(pod, {"metadata", "name"}), "Unschedulable",
                      text_at(condition, {"message"}), false};
  }
  return std::nullopt;
}

std::optional<PodTrouble> trouble_of(const Json& pod) {
  const std::string name = text_at(pod, {"metadata", "name"});
  for (const auto list : {"initContainerStatuses", "containerStatuses"}) {
    for (const Json& container : list_at(pod, {"status", list})) {
      const std::string reason = text_at(container, {"state", "waiting", "reason"});
      if (std::find(kReasons.begin(), kReasons.end(), reason) == kReasons.end()) continue;
      return PodTrouble{name, reason, text_at(container, {"state", "waiting", "message"}),
                        int_at(container, {"restartCount"}) >= kManyRestarts};
    }
  }
  if (text_at(pod, {"status", "phase"}) == "Failed") {
    // SysctlForbidden, Evicted: the ReplicaSet starts another
    return PodTrouble{name, text_at(pod, {"status", "reason"}), text_at(pod, {"status", "message"}),
                      false};
  }
  return unschedulable(pod);
}

}  // namespace

DeploymentStatus deployment_status(const Json& deployment) {
  DeploymentStatus status;
  status.generation = int_at(deployment, {"metadata", "generation"});
  status.observed_generation = int_at(deployment, {"status", "observedGeneration"});
  status.wanted = int_at(deployment, {"spec", "replicas"}, 1);
  status.replicas = int_at(deployment, {"status", "replicas"});
  status.updated = int_at(deployment, {"status", "updatedReplicas"});
  status.available = int_at(deployment, {"status", "availableReplicas"});
  status.revision =
      text_at(deployment, {"metadata", "annotations", "deployment.kubernetes.io/revision"});
  const Json* paused = find(deployment, {"spec", "paused"});
  status.paused = paused != nullptr && *paused == true;
  for (const Json& condition : list_at(deployment, {"status", "conditions"})) {
    const std::string message = text_at(condition, {"message"});
    if (text_at(condition, {"type"}) == "ReplicaFailure" &&
        text_at(condition, {"status"}) == "True") {
      status.replica_failure = message;
    }
    if (text_at(condition, {"type"}) != "Progressing") continue;
    status.deadline_exceeded = text_at(condition, {"status"}) == "False" &&
                               text_at(condition, {"reason"}) == "ProgressDeadlineExceeded";
    const std::size_t begin = message.find('"'), end = message.find('"', begin + 1);
    if (end != std::string::npos) status.replica_set = message.substr(begin + 1, end - begin - 1);
  }
  return status;
}

std::string newest_hash(const Json& deployment, const DeploymentStatus& status,
                        const Json& replica_sets) {
  const std::string uid = text_at(deployment, {"metadata", "uid"});
  for (const Json& set : list_at(replica_sets, {"items"})) {
    const bool is_owned =
        std::any_of(list_at(set, {"metadata", "ownerReferences"}).begin(),
                    list_at(set, {"metadata", "ownerReferences"}).end(),
                    [&](const Json& owner) { return text_at(owner, {"uid"}) == uid; });
    const std::string revision =
        text_at(set, {"metadata", "annotations", "deployment.kubernetes.io/revision"});
    if (is_owned && !revision.empty() && revision == status.revision) {
      return text_at(set, {"metadata", "labels", "pod-template-hash"});
    }
  }
  return {};
}

PodCounts count_pods(const Json& pods, const std::string& newest_hash) {
  PodCounts counts;
  for (const Json& pod : list_at(pods, {"items"})) {
    if (find(pod, {"metadata", "deletionTimestamp"}) != nullptr) continue;
    const bool ready = is_ready(pod);
    ++counts.all;
    if (ready) ++counts.serving;
    if (newest_hash.empty() ||
        text_at(pod, {"metadata", "labels", "pod-template-hash"}) != newest_hash) {
      continue;
    }
    ++counts.fresh;
    if (ready) ++counts.fresh_ready;
    if (ready) continue;
    if (std::optional<PodTrouble> trouble = trouble_of(pod)) counts.troubles.push_back(*trouble);
  }
  return counts;
}

}  // namespace asmgw
