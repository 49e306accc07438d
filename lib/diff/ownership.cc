#include "diff/ownership.h"

#include <algorithm>
#include <tuple>

#include "object/owners.h"

namespace asmgw {
namespace {

Claim claim(Claim::Kind kind, Path path, const OwnerEntry& owner) {
  return {kind, std::move(path), owner.manager, owner.operation, owner.time};
}

/// A manager that set the selector has written the whole object, and does so again.
bool writes_whole_object(const OwnerEntry& owner) {
  return owner.operation == "Update" && owner.paths.contains(fields({"spec", "selector"}));
}

bool was_applied_by_us(const std::vector<OwnerEntry>& owners) {
  return std::any_of(owners.begin(), owners.end(), is_our_apply);
}

void add_conflicts(const Json& before, const Conflict& conflict, std::vector<Claim>& claims) {
  const bool was_applied = was_applied_by_us(owners_of(before));
  for (const Ownership& taken : conflict.fields) {
    const auto owned = owned_field(before, taken.manager, taken.field);
    if (!owned) {  // not recorded as the server says it: its words stand for the path
      const std::string_view field = taken.field;
      const Path path = fields({field.substr(field.starts_with('.') ? 1 : 0)});
      claims.push_back({Claim::Kind::Conflict, path, taken.manager, "", ""});
      continue;
    }
    const bool is_revert = was_applied && writes_whole_object(owned->owner);
    claims.push_back(claim(is_revert ? Claim::Kind::RevertedBy : Claim::Kind::Conflict, owned->path,
                           owned->owner));
  }
}

/// The list item that the path leads into and that `ours` does not hold, else the path itself.
Path unit_of(const Path& path, const Json& ours) {
  Path unit;
  for (const PathStep& step : path.steps) {
    unit.steps.push_back(step);
    if (step.kind == PathStep::Kind::Key && value_at(ours, unit) == nullptr) break;
  }
  return unit;
}

/// Our last apply set it, the body no longer does, and it stays all the same.
void add_left_overs(const ObservedObject& object, const Json& before, const Json& after,
                    std::vector<Claim>& claims) {
  const std::vector<OwnerEntry> owners = owners_of(before);
  const auto ours = std::find_if(owners.begin(), owners.end(), is_our_apply);
  if (ours == owners.end()) return;
  const Json& body = *object.desired.body;
  PathSet units;
  for (const Path& path : ours->paths) {
    if (!path.steps.empty() && value_at(body, path) == nullptr) units.insert(unit_of(path, body));
  }
  for (const Path& unit : units) {
    if (value_at(after, unit) == nullptr) continue;
    for (const OwnerEntry& owner : owners) {
      const bool is_other = !is_our_apply(owner) && owner.manager != kReplicasManager;
      if (!is_other || !owner.paths.contains(unit)) continue;
      claims.push_back(claim(Claim::Kind::LeftOver, unit, owner));
    }
  }
}

}  // namespace

std::vector<Claim> claims_of(const ObservedObject& object) {
  std::vector<Claim> claims;
  const Json* before = live(object);
  if (before == nullptr) return claims;
  if (const auto* conflict = std::get_if<Conflict>(&object.after)) {
    add_conflicts(*before, *conflict, claims);
  }
  const Json* after = object.desired.body ? foreseen(object) : nullptr;
  if (after != nullptr) add_left_overs(object, *before, *after, claims);
  std::sort(claims.begin(), claims.end(), [](const Claim& one, const Claim& two) {
    return std::tie(one.path, one.manager) < std::tie(two.path, two.manager);
  });
  return claims;
}

std::optional<Claim> owner_of(const FieldChange& change, const std::vector<Claim>& claims) {
  for (const Claim& claim : claims) {
    if (claim.kind == Claim::Kind::LeftOver) continue;
    if (is_within(change.path, claim.path) || is_within(claim.path, change.path)) return claim;
  }
  return std::nullopt;
}

std::string text_of(const Claim& claim) {
  return claim.manager + (claim.since.empty() ? "" : " since " + claim.since);
}

}  // namespace asmgw
