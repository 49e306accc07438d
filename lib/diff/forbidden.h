// What is there to say of a cluster in which rights are missing? One error that names them all.
#pragma once

#include <set>

#include "diff/change_set.h"

namespace asmgw {

/// `first`: why the first object was not compared; given back as it is unless that was a missing
/// right. Else: how many objects, every verb on every resource that the cluster has refused (and
/// those of `elsewhere`), and what can be done without them.
Finding all_forbidden(const ClusterChanges& changes, const std::set<Right>& elsewhere,
                      Finding first);

}  // namespace asmgw
