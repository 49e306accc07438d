// How are one cluster's steps carried out? In order, and not beyond the first that fails.
#pragma once

#include <functional>
#include <stop_token>

#include "kube/client.h"
#include "plan/plan.h"
#include "plan/result.h"

namespace asmgw {

/// Writes the steps, the only function that does. A write in flight is awaited; when stopped, or
/// after a step that was not applied, the later ones are skipped. `on_step` hears of each.
ClusterResult execute(const ClusterPlan& plan, kube::Client& client,
                      const std::function<void(const ObjectRef&, const StepResult&)>& on_step,
                      std::stop_token stop);

}  // namespace asmgw
