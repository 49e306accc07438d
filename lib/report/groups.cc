#include "report/groups.h"

#include <algorithm>

namespace asmgw {
namespace {

/// A, B … Z, AA, AB …
std::string letter_of(std::size_t index) {
  std::string letter(1, static_cast<char>('A' + index % 26));
  return index < 26 ? letter : letter_of(index / 26 - 1) + letter;
}

/// The common objects that do not change in the cluster.
std::vector<std::string> lacking_in(const ClusterParts& cluster, const Folded& folded) {
  std::vector<std::string> titles;
  for (const CommonPart& common : folded.common) {
    const auto is_it = [&](const Part& part) { return part.title == common.part.title; };
    if (std::none_of(cluster.parts.begin(), cluster.parts.end(), is_it)) {
      titles.push_back(common.part.title);
    }
  }
  return titles;
}

std::map<std::string, std::size_t> sections_by_cluster(const Folded& folded) {
  std::map<std::string, std::size_t> sections;
  for (std::size_t i = 0; i < folded.sections.size(); ++i) {
    for (const std::string& cluster : folded.sections[i].clusters) sections[cluster] = i;
  }
  return sections;
}

/// Joins the first group that is like this one, or is the last.
template <class IsLike>
void put(Group group, const IsLike& is_like, std::vector<Group>& groups) {
  const auto found = std::find_if(groups.begin(), groups.end(), is_like);
  if (found == groups.end()) return groups.push_back(std::move(group));
  found->clusters.push_back(group.clusters.front());
}

}  // namespace

std::vector<ClusterChanges> of_gateway(const GatewayHead& gateway, const ChangeSet& changes) {
  std::vector<ClusterChanges> own;
  for (const ClusterChanges& cluster : changes.clusters) {
    const auto& ids = gateway.clusters;
    const bool is_own = is_control_plane(cluster.cluster)
                            ? gateway.in_control_plane
                            : std::find(ids.begin(), ids.end(), cluster.cluster.id) != ids.end();
    if (!is_own) continue;
    own.push_back(cluster);
    std::erase_if(own.back().objects, [&](const ObjectChange& change) {
      return change.object.desired.gateway != gateway.name;
    });
  }
  return own;
}

std::vector<ClusterParts> parts_of(const std::vector<ClusterChanges>& clusters,
                                   const std::vector<std::string>& all_ids, const Screen& screen) {
  std::vector<ClusterParts> parts;
  for (const ClusterChanges& cluster : clusters) {
    if (!is_read(cluster)) continue;
    ClusterParts shown{short_id(cluster.cluster.id, all_ids), {}};
    for (const ObjectChange& change : cluster.objects) {
      if (change.action == Action::Unchanged && change.risks.empty()) continue;
      shown.parts.push_back(part_of(change, screen));
    }
    parts.push_back(std::move(shown));
  }
  return parts;
}

std::vector<Group> groups_of(const std::vector<ClusterChanges>& clusters,
                             const std::vector<ClusterParts>& parts, const Folded& folded,
                             const std::vector<std::string>& all_ids) {
  const std::map<std::string, std::size_t> sections = sections_by_cluster(folded);
  std::vector<Group> groups, not_compared;
  for (const ClusterParts& cluster : parts) {
    Group group{"", {cluster.cluster}, {}, lacking_in(cluster, folded), nullptr};
    const auto section = sections.find(cluster.cluster);
    if (section != sections.end()) group.section = section->second;
    const auto is_like = [&](const Group& other) {
      return other.section == group.section && other.lacking == group.lacking;
    };
    put(group, is_like, groups);
  }
  std::stable_partition(groups.begin(), groups.end(),
                        [](const Group& group) { return !group.section && group.lacking.empty(); });
  for (const ClusterChanges& cluster : clusters) {
    if (is_read(cluster)) continue;
    const auto is_like = [&](const Group& other) {
      return other.not_compared->error->code->name == cluster.error->code->name &&
             reason_of(*other.not_compared) == reason_of(cluster);
    };
    put({"", {short_id(cluster.cluster.id, all_ids)}, {}, {}, &cluster}, is_like, not_compared);
  }
  groups.insert(groups.end(), not_compared.begin(), not_compared.end());
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i].letter = letter_of(i);
  return groups;
}

std::map<std::string, std::string> group_letters(const std::vector<ClusterChanges>& clusters) {
  std::vector<ClusterChanges> own;
  for (const ClusterChanges& cluster : clusters) {
    if (!is_control_plane(cluster.cluster)) own.push_back(cluster);
  }
  const std::vector<ClusterParts> parts = parts_of(own, {}, {});
  std::map<std::string, std::string> letters;
  for (const Group& group : groups_of(own, parts, fold(parts, Alike::InValues), {})) {
    for (const std::string& id : group.clusters) letters[id] = group.letter;
  }
  return letters;
}

std::string reason_of(const ClusterChanges& cluster) {
  if (cluster.error->message.ends_with("reading is allowed")) return "read only";
  if (cluster.state == ClusterChanges::State::Unreachable) return "not reached";
  if (cluster.state == ClusterChanges::State::Forbidden) return "no right to it";
  return "error";
}

}  // namespace asmgw
