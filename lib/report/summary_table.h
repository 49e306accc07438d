// Cluster × object × action × restart × risk: the table above the last sentence.
#pragma once

#include <string>
#include <vector>

#include "diff/change_set.h"
#include "report/layout.h"

namespace asmgw {

/// One row per cluster. Up to three changed kinds are columns; more are one column OBJECTS.
std::string summary_table(const std::vector<ClusterChanges>& clusters,
                          const std::vector<std::string>& all_ids, const Screen& screen);

}  // namespace asmgw
