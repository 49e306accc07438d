#include "report/fold.h"

#include <algorithm>
#include <map>
#include <optional>

namespace asmgw {
namespace {

bool is_common(std::size_t count, std::size_t all) {
  return all == 1 ? count == 1 : count >= 2 && 2 * count >= all;
}

/// Does the object stay, and is it to be changed, whether or not others' ownership forbids it?
bool is_update(const Part& part) {
  return part.action == Action::Update || part.action == Action::Handover ||
         part.action == Action::Conflict;
}

bool same_head(const Part& a, const Part& b) {
  return a.title == b.title && (a.mark == b.mark || (is_update(a) && is_update(b)));
}

const Part* part_like(const ClusterParts& cluster, const Part& part) {
  for (const Part& candidate : cluster.parts) {
    if (same_head(candidate, part)) return &candidate;
  }
  return nullptr;
}

bool has_item(const Part& part, const Item& item) {
  return std::find(part.items.begin(), part.items.end(), item) != part.items.end();
}

bool has_block(const Part& part, const Block& block) {
  return std::find(part.blocks.begin(), part.blocks.end(), block) != part.blocks.end();
}

std::ptrdiff_t count_marked(const std::vector<const Part*>& parts, const std::string& mark) {
  return std::count_if(parts.begin(), parts.end(),
                       [&](const Part* part) { return part->mark == mark; });
}

void take_head(const Part& of, Part& part) {
  part.mark = of.mark;
  part.paint = of.paint;
  part.action = of.action;
  part.remark = of.remark;
}

/// The common form of an object: the items and blocks of enough clusters, in the first's order.
CommonPart common_form(const Part& part, const std::vector<ClusterParts>& clusters) {
  CommonPart common;
  common.part = part;
  common.part.items.clear();
  common.part.blocks.clear();
  common.part.restarts = false;
  std::size_t restarts = 0;
  std::vector<const Part*> alike;
  for (const ClusterParts& cluster : clusters) {
    const Part* found = part_like(cluster, part);
    if (found == nullptr) {
      common.lacking.push_back(cluster.cluster);
      continue;
    }
    alike.push_back(found);
    if (found->restarts) ++restarts;
  }
  const auto usual =
      std::max_element(alike.begin(), alike.end(), [&](const Part* a, const Part* b) {
        return count_marked(alike, a->mark) < count_marked(alike, b->mark);
      });
  take_head(**usual, common.part);
  for (const Part* candidate : alike) {
    for (const Item& item : candidate->items) {
      const auto seen = [&](const CommonItem& known) { return known.item == item; };
      if (std::any_of(common.items.begin(), common.items.end(), seen)) continue;
      CommonItem entry{item, {}};
      std::size_t count = 0;
      for (const ClusterParts& cluster : clusters) {
        const Part* other = part_like(cluster, part);
        if (other != nullptr && has_item(*other, item)) {
          ++count;
        } else {
          entry.lacking.push_back(cluster.cluster);
        }
      }
      if (is_common(count, clusters.size())) common.items.push_back(std::move(entry));
    }
    for (const Block& block : candidate->blocks) {
      if (has_block(common.part, block)) continue;
      const auto count = std::count_if(alike.begin(), alike.end(),
                                       [&](const Part* other) { return has_block(*other, block); });
      if (is_common(static_cast<std::size_t>(count), clusters.size())) {
        common.part.blocks.push_back(block);
      }
    }
  }
  common.part.restarts = is_common(restarts, clusters.size());
  std::stable_sort(
      common.items.begin(), common.items.end(),
      [](const CommonItem& a, const CommonItem& b) { return a.item.heading < b.item.heading; });
  return common;
}

/// How a cluster's object differs from the common form; nothing when it does not.
std::optional<DifferingPart> difference(const Part& part, const std::vector<CommonPart>& common) {
  const auto found = std::find_if(common.begin(), common.end(), [&](const CommonPart& candidate) {
    return same_head(candidate.part, part);
  });
  if (found == common.end()) return DifferingPart{part, {}, true};
  DifferingPart differing{part, {}, false};
  differing.part.items.clear();
  differing.part.blocks.clear();
  for (const Item& item : part.items) {
    const bool is_shared =
        std::any_of(found->items.begin(), found->items.end(),
                    [&](const CommonItem& shared) { return shared.item == item; });
    if (!is_shared) differing.part.items.push_back(item);
  }
  for (const CommonItem& shared : found->items) {
    if (has_item(part, shared.item)) continue;
    const auto held =
        std::find_if(part.overridden.begin(), part.overridden.end(), [&](const Item& item) {
          return item.heading == shared.item.heading && item.leaf == shared.item.leaf;
        });
    differing.without.push_back(held != part.overridden.end() ? *held : shared.item);
  }
  for (const Block& block : part.blocks) {
    if (!has_block(found->part, block)) differing.part.blocks.push_back(block);
  }
  const bool differs = !differing.part.items.empty() || !differing.without.empty() ||
                       !differing.part.blocks.empty() || part.mark != found->part.mark ||
                       part.restarts != found->part.restarts;
  if (!differs) return std::nullopt;
  return differing;
}

/// Equal sections have equal texts here.
std::string key_of(const std::vector<DifferingPart>& parts, Alike alike) {
  const bool in_all = alike == Alike::InAll;
  std::string key;
  for (const DifferingPart& part : parts) {
    key += part.part.title + part.part.mark + part.part.remark + (part.part.restarts ? "r" : "");
    const auto add = [&](const Item& item) {
      key += "\n" + item.heading + item.mark + item.leaf + item.value + item.owner + item.doubt +
             (in_all ? item.origin : "");
    };
    std::for_each(part.part.items.begin(), part.part.items.end(), add);
    key += "\nwithout";
    std::for_each(part.without.begin(), part.without.end(), add);
    for (const Block& block : part.part.blocks) key += in_all ? block.text : block.gist;
  }
  return key;
}

void count_places(const std::vector<Item>& others, std::vector<Item>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].origin != others[i].origin) ++items[i].more_places;
  }
}

/// One more cluster that differs like this section's, perhaps by other lines of the manifest.
void join(const std::string& cluster, const std::vector<DifferingPart>& parts, Section& section) {
  section.clusters.push_back(cluster);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    count_places(parts[i].part.items, section.parts[i].part.items);
    count_places(parts[i].without, section.parts[i].without);
  }
}

}  // namespace

Folded fold(const std::vector<ClusterParts>& clusters, Alike alike) {
  Folded folded;
  for (const ClusterParts& cluster : clusters) {
    for (const Part& part : cluster.parts) {
      const auto count = std::count_if(
          clusters.begin(), clusters.end(),
          [&](const ClusterParts& other) { return part_like(other, part) != nullptr; });
      const bool known =
          std::any_of(folded.common.begin(), folded.common.end(),
                      [&](const CommonPart& common) { return same_head(common.part, part); });
      if (known || !is_common(static_cast<std::size_t>(count), clusters.size())) continue;
      folded.common.push_back(common_form(part, clusters));
    }
  }
  std::map<std::string, std::size_t> sections;
  for (const ClusterParts& cluster : clusters) {
    std::vector<DifferingPart> parts;
    for (const Part& part : cluster.parts) {
      if (auto differing = difference(part, folded.common)) parts.push_back(std::move(*differing));
    }
    if (parts.empty()) continue;
    const auto [entry, is_new] = sections.emplace(key_of(parts, alike), folded.sections.size());
    if (is_new) folded.sections.push_back({{}, parts});
    join(cluster.cluster, parts, folded.sections[entry->second]);
  }
  return folded;
}

}  // namespace asmgw
