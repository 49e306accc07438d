#include "object/merge.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "object/defaults.h"
#include "object/objects.h"
#include "object/owners.h"

namespace asmgw {
namespace {

Path parent_of(Path path) {
  path.steps.pop_back();
  return path;
}

/// The text of an item's keys; an absent protocol is TCP.
std::string keys_of(const ListIdentity& identity, const Json& item) {
  Json keys = Json::object();
  for (const std::string_view key : identity.keys) {
    if (key.empty()) continue;
    const Json* value = find(item, {key});
    keys[std::string(key)] = value != nullptr ? *value : key == "protocol" ? Json("TCP") : Json();
  }
  return dump(keys);
}

/// The list's identity where items are applied one by one, else nullptr: it is one value.
const ListIdentity* items_by(const Kind& kind, std::string_view list) {
  const ListIdentity* identity = list_identity(kind, list);
  return identity != nullptr && !identity->owned_whole ? identity : nullptr;
}

/// Takes the value at the path out, if it is there.
void take_out(Json& at, std::span<const PathStep> path) {
  for (auto below = at.begin(); below != at.end(); ++below) {
    const bool is_next = at.is_object()
                             ? path[0].kind == PathStep::Kind::Field && below.key() == path[0].text
                             : is_item(*below, path[0]);
    if (!is_next) continue;
    if (path.size() > 1) return take_out(*below, path.subspan(1));
    at.erase(below);
    return;
  }
}

void merge_into(const Kind& kind, std::string_view name, Json& live, const Json& ours);

/// The order of a merged list is ours for what we apply; what is live only stands where it stood
/// among it. A live item of ours that is not the next in our order waits for its turn.
void merge_items(const Kind& kind, const ListIdentity& identity, Json& live, const Json& ours) {
  std::map<std::string, const Json*> applied, there;
  for (const Json& item : ours) applied.emplace(keys_of(identity, item), &item);
  for (const Json& item : live) there.emplace(keys_of(identity, item), &item);
  Json result = Json::array();
  std::set<std::string> done;
  std::size_t next = 0;  // of ours
  const auto add_ours = [&] {
    const std::string keys = keys_of(identity, ours[next]);
    const auto old = there.find(keys);
    Json item = old != there.end() ? *old->second : Json::object();
    merge_into(kind, "", item, ours[next]);
    result.push_back(std::move(item));
    done.insert(keys);
    ++next;
  };
  const auto next_shared = [&] {
    for (std::size_t i = next; i < ours.size(); ++i) {
      std::string keys = keys_of(identity, ours[i]);
      if (there.contains(keys)) return keys;
    }
    return std::string();
  };
  for (const Json& item : live) {
    const std::string keys = keys_of(identity, item);
    if (!applied.contains(keys)) {
      result.push_back(item);
    } else if (!done.contains(keys) && keys == next_shared()) {
      while (!done.contains(keys)) add_ours();  // new ones before it come with it
    }
  }
  while (next < ours.size()) add_ours();
  live = std::move(result);
}

void merge_into(const Kind& kind, std::string_view name, Json& live, const Json& ours) {
  const bool as_whole = !name.empty() && is_atomic(kind, name);
  const ListIdentity* identity = items_by(kind, name);
  if (ours.is_object() && live.is_object() && !as_whole) {
    for (const auto& [member, value] : ours.items()) {
      if (live.contains(member)) {
        merge_into(kind, member, live[member], value);
      } else {
        live[member] = value;
      }
    }
  } else if (ours.is_array() && live.is_array() && identity != nullptr) {
    merge_items(kind, *identity, live, ours);
  } else {
    live = ours;
  }
}

bool has_duplicates(const ListIdentity& identity, const Json& list) {
  std::set<std::string> seen;
  return std::any_of(list.begin(), list.end(), [&](const Json& item) {
    return !seen.insert(keys_of(identity, item)).second;
  });
}

/// Lists in which two items have the same keys.
void find_duplicates(const Kind& kind, const Path& at, const Json& value, PathSet& found) {
  if (value.is_object()) {
    for (const auto& [name, below] : value.items()) {
      find_duplicates(kind, at / name, below, found);
    }
    return;
  }
  const ListIdentity* identity =
      value.is_array() && !at.steps.empty() ? items_by(kind, at.steps.back().text) : nullptr;
  if (identity == nullptr) return;
  if (has_duplicates(*identity, value)) found.insert(at);
  for (const Json& item : value) {
    find_duplicates(kind, at / PathStep{PathStep::Kind::Key, keys_of(*identity, item)}, item,
                    found);
  }
}

}  // namespace

bool is_one_value(const Kind& kind, const Path& path, const Json& value) {
  const PathStep& last = path.steps.back();
  if (last.kind == PathStep::Kind::Key) return false;
  if (value.is_array()) return items_by(kind, last.text) == nullptr;
  return !value.is_object() || is_atomic(kind, last.text);
}

PathSet dropped_fields(const Json& live, const Json& ours) {
  PathSet last, others;
  for (const OwnerEntry& owner : owners_of(live)) {
    PathSet& paths = is_our_apply(owner) ? last : others;
    paths.insert(owner.paths.begin(), owner.paths.end());
  }
  PathSet dropped;
  for (const Path& path : last) {
    if (path.steps.empty() || others.contains(path) || value_at(ours, path) != nullptr) continue;
    Path top = path;
    for (Path above = parent_of(top); !above.steps.empty(); above = parent_of(above)) {
      if (value_at(ours, above) != nullptr || has_within(others, above)) break;
      top = above;
    }
    dropped.insert(std::move(top));
  }
  return dropped;
}

Json merged(const Kind& kind, const Json& live, const Json& ours, const PathSet& dropped) {
  Json result = live;
  for (const Path& path : dropped) take_out(result, path.steps);
  merge_into(kind, "", result, ours);
  complete(kind, result);
  if (const auto metadata = result.find("metadata"); metadata != result.end()) {
    metadata->erase("generation");
    metadata->erase("managedFields");
  }
  return result;
}

std::vector<Ownership> foreseen_conflicts(const Kind& kind, const Json& live, const Json& ours) {
  std::vector<Ownership> conflicts;
  for (const OwnerEntry& owner : owners_of(live)) {
    if (is_our_apply(owner)) continue;
    for (const Path& path : owner.paths) {
      const Json* wanted = path.steps.empty() ? nullptr : value_at(ours, path);
      if (wanted == nullptr || !is_one_value(kind, path, *wanted)) continue;
      const Json* there = value_at(live, path);
      if (there != nullptr && *there == *wanted) continue;
      conflicts.push_back({owner.manager, conflict_text(path)});
    }
  }
  return conflicts;
}

PathSet undecided_fields(const Kind& kind, const Json& live, const Json& ours,
                         const PathSet& dropped) {
  PathSet undecided;
  for (const Path& path : dropped) {
    if (!is_default_known(kind, path)) undecided.insert(path);
  }
  find_duplicates(kind, {}, live, undecided);
  for (const OwnerEntry& owner : owners_of(live)) {
    const bool is_other_version = owner.api_version != api_version(kind);
    if (owner.subresource == "status" || owner.api_version.empty()) continue;
    if (is_other_version) undecided.insert(fields({"spec"}));
  }
  if (kind.kind == "Deployment") undecided.insert(fields({"spec", "selector"}));
  if (kind.kind == "RoleBinding") undecided.insert(fields({"roleRef"}));
  if (kind.kind == "Service" && text_at(live, {"spec", "type"}) == "LoadBalancer" &&
      text_at(ours, {"spec", "type"}) == "LoadBalancer") {
    undecided.insert(fields({"spec", "loadBalancerClass"}));
  }
  return undecided;
}

}  // namespace asmgw
