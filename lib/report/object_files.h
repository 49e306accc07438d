// What would `kubectl diff` compare? Objects as YAML before and after, without what is noise.
#pragma once

#include <string>
#include <vector>

#include "diff/change_set.h"

namespace asmgw {

/// An object that changes, as two files. "" stands for an object that is not there.
struct ObjectFiles {
  std::string cluster;  ///< whole ID
  std::string name;     ///< apps.v1.Deployment.istio-system.istio-web
  std::string live, after;
};

/// Sorted by cluster and name. Left out: managedFields, resourceVersion, generation, uid, times,
/// status. What a dry run allocated is "(allocated by the server)": each dry run invents it anew.
/// An object in conflict is shown as if its fields were taken; of what was refused or is unknown
/// there is nothing to show.
std::vector<ObjectFiles> object_files(const std::vector<ClusterChanges>& clusters);

/// Unified differences with three lines of context, below the stable names live/CLUSTER/NAME and
/// after/CLUSTER/NAME; `patch` understands them.
std::string unified_diff(const std::vector<ObjectFiles>& files);

}  // namespace asmgw
