// Do the new pods become ready? Follows one rollout: the new revision, not an old healthy status.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>

#include "base/seams.h"
#include "kube/client.h"
#include "plan/result.h"

namespace asmgw {

/// What is known of a rollout at one moment, for progress.
struct RolloutMoment {
  std::int64_t new_ready = 0, wanted = 0, serving = 0, floor = 0;
  std::string waits_for;  ///< `2 pods start`, `CrashLoopBackOff`
};

struct FollowOptions {
  std::chrono::seconds timeout{600};
  std::function<void(const RolloutMoment&)> on_moment;
};

/// Watches until the rollout has converged, has failed, hangs for good, or the time is up (page 6).
RolloutResult follow(const Promise& promise, kube::Client& client, Clock& clock,
                     const FollowOptions& options, std::stop_token stop);

}  // namespace asmgw
