// Which clusters are told of together? Where there are many, those of which the same is said.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diff/change_set.h"
#include "report/fold.h"
#include "report/head.h"

namespace asmgw {

/// More clusters than this are told of in groups.
inline constexpr std::size_t kMostRows = 12;

struct Group {
  std::string letter;                       ///< A … Z, AA …: by position
  std::vector<std::string> clusters;        ///< in their order; never empty
  std::optional<std::size_t> section = {};  ///< how they differ: index of Folded::sections
  std::vector<std::string> lacking = {};    ///< common objects that do not change here
  const ClusterChanges* not_compared = {};  ///< the first of those that were not
};

/// What concerns one gateway: its clusters, its objects.
std::vector<ClusterChanges> of_gateway(const GatewayHead& gateway, const ChangeSet& changes);

/// What is shown of each cluster that was read. `all_ids`: of the run, to shorten them.
std::vector<ClusterParts> parts_of(const std::vector<ClusterChanges>& clusters,
                                   const std::vector<std::string>& all_ids, const Screen& screen);

/// In the order of the screen: first who does not differ from the common part, then by the first
/// cluster of each, last who was not compared. `parts` and `folded` are of `clusters`, among which
/// the control plane is not.
std::vector<Group> groups_of(const std::vector<ClusterChanges>& clusters,
                             const std::vector<ClusterParts>& parts, const Folded& folded,
                             const std::vector<std::string>& all_ids);

/// Each cluster's letter, by its whole ID.
std::map<std::string, std::string> group_letters(const std::vector<ClusterChanges>& clusters);

/// Why a cluster was not compared, in two words: `not reached`.
std::string reason_of(const ClusterChanges& cluster);

}  // namespace asmgw
