// What do the overrides make of a new gateway? The effective values that differ by cluster.
#pragma once

#include <string>
#include <vector>

#include "diff/change_set.h"
#include "report/layout.h"

namespace asmgw {

/// "Set per cluster", for objects that are created in two or more clusters; "" when nothing
/// differs.
std::string matrix_text(const std::vector<ClusterChanges>& clusters,
                        const std::vector<std::string>& all_ids, const Screen& screen);

}  // namespace asmgw
