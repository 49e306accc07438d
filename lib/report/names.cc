#include "report/names.h"

namespace asmgw {

std::string changed_names(const std::vector<ClusterChanges>& clusters) {
  std::string names;
  for (const ClusterChanges& cluster : clusters) {
    if (!is_read(cluster)) continue;
    for (const ObjectChange& change : cluster.objects) {
      if (change.action == Action::Unchanged) continue;
      names += cluster.cluster.id + "/" + to_string(change.object.desired.ref) + "\n";
    }
  }
  return names;
}

}  // namespace asmgw
