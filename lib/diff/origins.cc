#include "diff/origins.h"

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

}  // namespace

Origin origin_of(const FieldChange& change, const ObservedObject& object) {
  Origin origin;
  const bool removes = change.op == FieldChange::Op::Remove;
  if (!removes) {
    if (const Origin* found = recorded(change.path, object.desired.origins)) return *found;
  }
  const Json* before = live(object);
  const bool was_ours = before != nullptr && is_ours(*before, change.path);
  origin.kind = was_ours ? Origin::Kind::Gone : Origin::Kind::Server;
  return origin;
}

}  // namespace asmgw
