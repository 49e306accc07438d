// What is there to say of clusters besides their changes? Notes, what is not compared, unchanged,
// hidden.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "diff/change_set.h"
#include "report/layout.h"

namespace asmgw {

/// `note: namespace istio-system is missing in X; …`
std::string note_text(const Finding& note, const Screen& screen);

/// Why a cluster was not compared; `id`: as displayed.
std::string not_compared_text(const ClusterChanges& cluster, const std::string& id,
                              const Screen& screen);

/// `Unchanged: ServiceAccount, Role, RoleBinding in 8 clusters`; "" for none.
std::string unchanged_text(const std::vector<ClusterChanges>& clusters, const Screen& screen);

/// `Hidden: 24 differences without effect (managedFields 16, …)`; "" for none.
std::string hidden_text(const std::vector<ClusterChanges>& clusters);

}  // namespace asmgw
