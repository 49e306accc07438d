#include "diff/origins.h"

#include <algorithm>

#include "diff/values.h"
#include "object/kinds.h"
#include "object/owners.h"

namespace asmgw {
namespace {

/// The origin recorded at the path, else the nearest above it, else the first below it.
const Origin* recorded(const Path& path, const std::map<Path, Origin>& origins) {
  Path at = path;
  while (!at.steps.empty()) {
    const auto found = origins.find(at);
    if (found != origins.end()) return &found->second;
    at.steps.pop_back();
  }
  const auto below = origins.lower_bound(path);
  if (below != origins.end() && is_within(below->first, path)) return &below->second;
  return nullptr;
}

/// What has an owner of its own: the path, but of an item of a list that is owned whole that list.
Path owned_unit(const Kind& kind, const Path& path) {
  Path unit;
  for (const PathStep& step : path.steps) {
    unit.steps.push_back(step);
    const ListIdentity* list =
        step.kind == PathStep::Kind::Field ? list_identity(kind, step.text) : nullptr;
    if (list != nullptr && list->owned_whole) break;
  }
  return unit;
}

bool is_adopted(const Path& path, const DesiredObject& desired) {
  return std::any_of(desired.adopted.begin(), desired.adopted.end(), [&](const auto& of) {
    return std::any_of(of.second.begin(), of.second.end(),
                       [&](const Path& unit) { return is_within(path, unit); });
  });
}

}  // namespace

Origin origin_of(const FieldChange& change, const ObservedObject& object) {
  Origin origin;
  const bool removes = change.op == FieldChange::Op::Remove;
  Path map = change.path;
  map.steps.pop_back();
  const auto whole = object.desired.origins.find(map);
  if (removes && whole != object.desired.origins.end() && !map.steps.empty() &&
      is_string_map(map.steps.back().text)) {
    return whole->second;  // a map that we set as a whole: a selector
  }
  const auto left_out = object.desired.origins.find(change.path);
  if (removes && left_out != object.desired.origins.end()) return left_out->second;
  if (!removes) {
    if (const Origin* found = recorded(change.path, object.desired.origins)) return *found;
  }
  const Json* before = live(object);
  const bool was_ours =
      is_adopted(change.path, object.desired) ||
      (before != nullptr && is_ours(*before, owned_unit(kind_of(object.desired.ref), change.path)));
  origin.kind = was_ours ? Origin::Kind::Gone : Origin::Kind::Server;
  return origin;
}

}  // namespace asmgw
