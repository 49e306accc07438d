// How far is a Deployment's rollout? What its status says, read once into a small struct.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"

namespace asmgw {

/// Absent numbers of a status are 0.
struct DeploymentStatus {
  std::int64_t generation = 0, observed_generation = 0;
  std::int64_t wanted = 0, replicas = 0, updated = 0, available = 0;
  std::string revision;     ///< annotation deployment.kubernetes.io/revision
  std::string replica_set;  ///< named by the Progressing condition's message
  bool paused = false;
  bool deadline_exceeded = false;
  std::string replica_failure;  ///< message of condition ReplicaFailure (FailedCreate), or ""
};

DeploymentStatus deployment_status(const Json& deployment);

/// What hangs a pod, in its own words.
struct PodTrouble {
  std::string pod, reason, message;
  bool is_final = false;  ///< no need to wait and see: it will not get better by itself
};

/// The pods of a gateway at one moment.
struct PodCounts {
  std::int64_t all = 0;      ///< without those that are ending
  std::int64_t serving = 0;  ///< all ready ones
  std::int64_t fresh = 0;    ///< of the new revision
  std::int64_t fresh_ready = 0;
  std::vector<PodTrouble> troubles = {};  ///< of the new revision's pods
};

/// The pod-template-hash of the Deployment's newest ReplicaSet: the one that `status` names, else
/// the one of its revision; "" while there is none. `replica_sets`, `pods`: List objects.
std::string newest_hash(const Json& deployment, const DeploymentStatus& status,
                        const Json& replica_sets);

PodCounts count_pods(const Json& pods, const std::string& newest_hash);

}  // namespace asmgw
