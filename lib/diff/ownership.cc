#include "diff/ownership.h"

#include <algorithm>
#include <tuple>

#include "object/adoption.h"
#include "object/kinds.h"
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

/// When did we apply last? "" = never, or not recorded.
std::string our_time(const std::vector<OwnerEntry>& owners) {
  const auto ours = std::find_if(owners.begin(), owners.end(), is_our_apply);
  return ours != owners.end() ? ours->time : "";
}

void add_conflicts(const Json& before, const Conflict& conflict, std::vector<Claim>& claims) {
  const std::string applied = our_time(owners_of(before));
  for (const Ownership& taken : conflict.fields) {
    const auto owned = owned_field(before, taken.manager, taken.field);
    if (!owned) {  // not recorded as the server says it: its words stand for the path
      const std::string_view field = taken.field;
      const Path path = fields({field.substr(field.starts_with('.') ? 1 : 0)});
      claims.push_back({Claim::Kind::Conflict, path, taken.manager, "", ""});
      continue;
    }
    const bool is_later = !applied.empty() && owned->owner.time > applied;  // both are UTC
    const bool is_revert = is_later && writes_whole_object(owned->owner);
    claims.push_back(claim(is_revert ? Claim::Kind::RevertedBy : Claim::Kind::Conflict, owned->path,
                           owned->owner));
  }
}

/// May the server not have both: has each something, beside what names the item, that the other
/// lacks? An env entry's value and valueFrom, two sources of a volume.
bool excludes(const Json& one, const Json& other) {
  const auto has_more = [](const Json& more, const Json& than) {
    return std::any_of(more.items().begin(), more.items().end(),
                       [&](const auto& member) { return !than.contains(member.key()); });
  };
  return one.is_object() && other.is_object() && has_more(one, other) && has_more(other, one);
}

/// Would `ours` and the live item, whose other owner keeps it, stand beside each other though they
/// cannot? That is an item of the same keys, or one that has ours' name under other keys: a Service
/// port whose number changes.
bool collides(const Path& unit, const Json& live, const Json& ours) {
  const Json* item = value_at(live, unit);
  if (item == nullptr || unit.steps.back().kind != PathStep::Kind::Key) return false;
  if (const Json* wanted = value_at(ours, unit)) return excludes(*item, *wanted);
  static const Path kPorts = fields({"spec", "ports"});
  const Json* ports = is_within(unit, kPorts) ? value_at(ours, kPorts) : nullptr;
  return ports != nullptr && std::any_of(ports->begin(), ports->end(), [&](const Json& port) {
           return text_at(port, {"name"}) == text_at(*item, {"name"});
         });
}

bool is_invalid(const Answer& answer) {
  const Refused* refused = std::get_if<Refused>(&answer);
  return refused != nullptr && refused->kind == Refused::Kind::Invalid;
}

/// What stays though the manifest does not have it, and what makes the server refuse: both go when
/// the other's fields pass to us.
void add_adoptable(const ObservedObject& object, const Json& before, std::vector<Claim>& claims) {
  const Json& ours = *object.desired.body;
  const Json* after = foreseen(object);
  const bool is_refused =
      is_invalid(object.after) || (object.if_forced && is_invalid(*object.if_forced));
  if (after == nullptr && !is_refused) return;
  const std::vector<OwnerEntry> owners = owners_of(before);
  for (const auto& [manager, units] : adoptable_fields(kind_of(object.desired.ref), before, ours)) {
    for (const Path& unit : units) {
      const bool stays =
          !is_refused && value_at(ours, unit) == nullptr && value_at(*after, unit) != nullptr;
      if (!stays && !(is_refused && collides(unit, before, ours))) continue;
      const auto owner =
          std::find_if(owners.begin(), owners.end(), [&, &name = manager](const OwnerEntry& entry) {
            return entry.manager == name && has_within(entry.paths, unit);
          });
      claims.push_back(
          claim(stays ? Claim::Kind::LeftOver : Claim::Kind::AdoptNeeded, unit, *owner));
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
  if (object.desired.body) add_adoptable(object, *before, claims);
  std::sort(claims.begin(), claims.end(), [](const Claim& one, const Claim& two) {
    return std::tie(one.path, one.manager) < std::tie(two.path, two.manager);
  });
  return claims;
}

std::optional<Claim> owner_of(const FieldChange& change, const std::vector<Claim>& claims) {
  for (const Claim& claim : claims) {
    const bool is_taken =
        claim.kind == Claim::Kind::Conflict || claim.kind == Claim::Kind::RevertedBy;
    if (!is_taken) continue;
    if (is_within(change.path, claim.path) || is_within(claim.path, change.path)) return claim;
  }
  return std::nullopt;
}

std::string text_of(const Claim& claim) {
  return claim.manager + (claim.since.empty() ? "" : " since " + claim.since);
}

}  // namespace asmgw
