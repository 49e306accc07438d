// How many pods may be missing, and how many run at most, while a rollout replaces them?
#pragma once

#include "diff/change_set.h"

namespace asmgw {

/// The bounds of the rollout from one state of a Deployment to the next. R = live replicas; where
/// the replicas change in the same write, the larger counts for the peak, the smaller for the
/// floor.
Arithmetic rollout_arithmetic(const Json& before, const Json& after);

}  // namespace asmgw
