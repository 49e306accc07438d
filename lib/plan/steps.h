// Which writes make a cluster as compared, and in which order? Hand-over and removal become plain
// steps here: executing knows no feature.
#pragma once

#include <vector>

#include "plan/plan.h"

namespace asmgw {

/// The steps of one cluster in the order of its objects, as a rule one each. An object that differs
/// only in ownership is written beside others only. After each step alone the replicas are kept,
/// and the same comparison finds what is still to be done.
std::vector<Step> steps_of(const ClusterChanges& changes);

}  // namespace asmgw
