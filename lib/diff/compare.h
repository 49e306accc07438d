// What is the difference between what is and what would be? Pure.
#pragma once

#include <vector>

#include "diff/change_set.h"

namespace asmgw {

/// How an answer that is no object reads: its code and words. Given by the caller, for the words
/// are those of the client.
struct Wording {
  Finding (*refused)(const Refused&);
  Finding (*unread)(const Unread&);
};

/// Compares each object of a cluster with its foreseen state. `missing`: rights that looking around
/// has shown to be missing, to be named where nothing can be compared.
ClusterChanges compare(const Cluster& cluster, std::vector<ObservedObject> objects,
                       const Wording& wording, const std::set<Right>& missing = {});

/// A cluster about which nothing can be said.
ClusterChanges not_compared(const Cluster& cluster, Finding error);

/// What only many clusters together show; the clusters keep their order.
ChangeSet side_by_side(std::vector<ClusterChanges> clusters);

}  // namespace asmgw
