// Which rights does carrying it out need that no preview proves, and which are missing?
#pragma once

#include <set>
#include <vector>

#include "object/rights.h"
#include "survey/goal.h"
#include "survey/known.h"

namespace asmgw {

/// To follow rollouts: watch Deployments, list pods and ReplicaSets. To write: what only the dry
/// run of something else stands before (a RoleBinding whose Role is new). None unless the goal is
/// to be carried out.
std::vector<MayI> unproved_rights(const Goal& goal, const Known& known);

/// Those that the cluster denies; a question that it does not answer denies nothing.
struct MissingRights {
  std::set<Right> to_write;
  std::set<Right> to_follow;
};
MissingRights missing_rights(const Goal& goal, const Known& known);

}  // namespace asmgw
