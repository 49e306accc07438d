// -o name: what changes, a line each, for scripts.
#pragma once

#include <string>
#include <vector>

#include "diff/change_set.h"

namespace asmgw {

/// `c9f3e7xxxxxx/Deployment/istio-web`: the objects that are not as they shall be, by whole ID.
std::string changed_names(const std::vector<ClusterChanges>& clusters);

}  // namespace asmgw
