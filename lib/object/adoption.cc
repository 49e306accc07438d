#include "object/adoption.h"

#include <algorithm>
#include <optional>
#include <span>

#include "object/merge.h"
#include "object/objects.h"
#include "object/owners.h"

namespace asmgw {
namespace {

bool may_give(const Kind& kind, const OwnerEntry& owner) {
  return !is_our_apply(owner) && owner.manager != kReplicasManager && owner.subresource.empty() &&
         owner.api_version == api_version(kind);
}

/// Up to the first item of a list whose items are small: a container is no such item.
Path unit_of(const Path& path) {
  Path unit;
  for (const PathStep& step : path.steps) {
    unit.steps.push_back(step);
    const bool is_item = step.kind == PathStep::Kind::Key && unit.steps.size() > 1;
    if (is_item && !unit.steps[unit.steps.size() - 2].text.ends_with("ontainers")) break;
  }
  return unit;
}

bool is_field(const Path& path, std::size_t from_end, std::string_view name) {
  return path.steps.size() >= from_end && path.steps[path.steps.size() - from_end].text == name;
}

/// A mount of a volume that ours mounts, too, elsewhere.
bool is_mount_of_ours(const Path& unit, const Json& live, const Json& ours) {
  if (!is_field(unit, 2, "volumeMounts")) return false;
  Path list = unit;
  list.steps.pop_back();
  const Json *mount = value_at(live, unit), *mounts = value_at(ours, list);
  if (mount == nullptr || mounts == nullptr || !mounts->is_array()) return false;
  return std::any_of(mounts->begin(), mounts->end(), [&](const Json& one) {
    return text_at(one, {"name"}) == text_at(*mount, {"name"});
  });
}

/// Does the manifest decide about it, though `ours` does not hold it?
bool is_decided_by_us(const Path& unit, const PathSet& last, const Json& live, const Json& ours) {
  static const Path kPorts = fields({"spec", "ports"});
  if (last.contains(unit) || is_mount_of_ours(unit, live, ours)) return true;
  static const Path kPod = fields({"spec", "template", "spec"});
  if (is_within(unit, kPorts) && unit != kPorts) return true;
  if (unit == kPod / "securityContext" / "sysctls")  // refused beside hostNetwork
    return value_at(ours, kPod / "hostNetwork") != nullptr;
  if (!is_field(unit, 2, "limits") && !is_field(unit, 2, "requests")) return false;
  Path resources = unit;
  resources.steps.resize(resources.steps.size() - 2);
  return value_at(ours, resources) != nullptr;
}

bool matters(const Kind& kind, const Path& unit, const PathSet& last, const Json& live,
             const Json& ours) {
  if (is_field(unit, 1, "kubectl.kubernetes.io/restartedAt")) return false;
  const bool is_container =
      unit.steps.back().kind == PathStep::Kind::Key && is_field(unit, 2, "containers");
  const bool is_its_name = is_field(unit, 1, "name") && is_field(unit, 3, "containers");
  if (is_container || is_its_name) return false;  // its parts pass, one by one
  const Json* value = value_at(ours, unit);
  if (value == nullptr) return is_decided_by_us(unit, last, live, ours);
  return unit.steps.back().kind == PathStep::Kind::Key || is_one_value(kind, unit, *value);
}

// --- FieldsV1 ---

std::string key_of(const PathStep& step) {
  constexpr std::string_view kLetters = "fkvi";  // as the enumerators stand
  return std::string(1, kLetters[static_cast<std::size_t>(step.kind)]) + ":" + step.text;
}

/// Cuts the path's tree out; what then holds nothing goes.
std::optional<Json> cut(Json& tree, std::span<const PathStep> path) {
  const auto found = tree.find(key_of(path[0]));
  if (found == tree.end()) return std::nullopt;
  std::optional<Json> part;
  if (path.size() == 1) {
    part = std::move(*found);
  } else {
    part = cut(*found, path.subspan(1));
    if (!part || !found->empty()) return part;
  }
  tree.erase(found);
  return part;
}

void graft(Json& tree, const Path& path, const Json& part) {
  Json* at = &tree;
  for (const PathStep& step : path.steps) {
    at = &(*at)[key_of(step)];
    if (!at->is_object()) *at = Json::object();
  }
  at->merge_patch(part);
}

bool gives(const Kind& kind, const Json& entry, const std::string& manager) {
  return text_at(entry, {"manager"}) == manager && text_at(entry, {"subresource"}).empty() &&
         text_at(entry, {"apiVersion"}) == api_version(kind) &&
         find(entry, {"fieldsV1"}) != nullptr;
}

/// The entry of our applies, made where there is none.
Json& our_entry(const Kind& kind, Json& entries) {
  for (Json& entry : entries) {
    if (gives(kind, entry, std::string(kManager)) && text_at(entry, {"operation"}) == "Apply")
      return entry;
  }
  entries.push_back({{"manager", kManager},
                     {"operation", "Apply"},
                     {"apiVersion", api_version(kind)},
                     {"fieldsType", "FieldsV1"},
                     {"fieldsV1", Json::object()}});
  return entries.back();
}

}  // namespace

Adopted adoptable_fields(const Kind& kind, const Json& live, const Json& ours) {
  const std::vector<OwnerEntry> owners = owners_of(live);
  PathSet last;
  for (const OwnerEntry& owner : owners)
    if (is_our_apply(owner)) last.insert(owner.paths.begin(), owner.paths.end());
  Adopted adopted;
  for (const OwnerEntry& owner : owners) {
    if (!may_give(kind, owner)) continue;
    for (const Path& path : owner.paths) {
      if (path.steps.empty()) continue;
      const Path unit = unit_of(path);
      if (matters(kind, unit, last, live, ours)) adopted[owner.manager].insert(unit);
    }
  }
  return adopted;
}

Json owners_after(const Kind& kind, const Json& live, const Adopted& adopted) {
  const Json* recorded = find(live, {"metadata", "managedFields"});
  Json entries = recorded != nullptr ? *recorded : Json::array();
  Json taken = Json::object();
  for (Json& entry : entries) {
    for (const auto& [manager, paths] : adopted) {
      if (manager == kManager || !gives(kind, entry, manager)) continue;
      for (const Path& path : paths) {
        if (const std::optional<Json> part = cut(entry["fieldsV1"], path.steps))
          graft(taken, path, *part);
      }
    }
  }
  std::erase_if(entries.get_ref<Json::array_t&>(), [](const Json& entry) {
    const Json* left = find(entry, {"fieldsV1"});
    return left != nullptr && left->empty();
  });
  our_entry(kind, entries)["fieldsV1"].merge_patch(taken);
  return entries;
}

}  // namespace asmgw
