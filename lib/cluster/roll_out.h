// In which order do clusters get their changes, and when does it stop?
#pragma once

#include <functional>
#include <stop_token>

#include "base/seams.h"
#include "kube/client.h"
#include "plan/result.h"

namespace asmgw {

struct RolloutOptions {
  bool wait = true;  ///< follow each rollout to its end
  std::chrono::seconds timeout{600};
  bool keep_going = false;  ///< go on after a failed cluster
};

/// One cluster at a time in the plan's order, stop at the first failure. The only way to `execute`.
RunResult roll_out(const Plan& plan, const RolloutOptions& options,
                   const std::function<kube::Client(const Cluster&)>& connect, Clock& clock,
                   EventSink& events, std::stop_token stop);

}  // namespace asmgw
