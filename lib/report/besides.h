// What is there to say of clusters besides their changes? Notes, what is not compared, unchanged.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "diff/change_set.h"
#include "report/groups.h"
#include "report/layout.h"

namespace asmgw {

/// `note: namespace istio-system is missing in X; …`, each after an empty line. `each`: or only the
/// first of a kind, and how many more there are.
std::string notes_text(const std::vector<ClusterChanges>& clusters, bool each,
                       const Screen& screen);

/// Why a cluster was not compared; `id`: as displayed.
std::string not_compared_text(const ClusterChanges& cluster, const std::string& id,
                              const Screen& screen);

/// Why the clusters of a group were not compared: the first ones' errors, below the group's head.
/// `see`: the command that shows where each one goes.
std::string not_compared_text(const Group& group, const std::vector<ClusterChanges>& clusters,
                              const std::vector<std::string>& all_ids, const std::string& see,
                              const Screen& screen);

/// What a format that only names or shows objects cannot say, for standard error: the manifest's
/// findings, clusters that were not compared, objects that are blocked, refused or unknown.
std::string problems_text(const Findings& findings, const std::vector<ClusterChanges>& clusters,
                          const Screen& screen);

/// `Unchanged: ServiceAccount, Role, RoleBinding in 8 clusters`; "" for none.
std::string unchanged_text(const std::vector<ClusterChanges>& clusters, const Screen& screen);

}  // namespace asmgw
