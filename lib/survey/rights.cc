#include "survey/rights.h"

#include "object/kinds.h"
#include "survey/observed.h"
#include "survey/wanted.h"

namespace asmgw {
namespace {

bool is_to_write(const MayI& right) { return right.verb == "patch" || right.verb == "create"; }

bool is_behind_role(const Answer* preview) {
  const auto* refused = preview != nullptr ? std::get_if<Refused>(preview) : nullptr;
  return refused != nullptr && refused->kind == Refused::Kind::RoleMissing;
}

bool is_denied(const Answer* answer) {
  const auto* found = answer != nullptr ? std::get_if<Found>(answer) : nullptr;
  const Json* allowed = found != nullptr ? find(found->object, {"status", "allowed"}) : nullptr;
  return allowed != nullptr && *allowed == false;
}

}  // namespace

std::vector<MayI> unproved_rights(const Goal& goal, const Known& known) {
  std::vector<MayI> rights;
  if (!goal.carries_out) return rights;
  Findings ignored;
  for (const DesiredObject& desired : wanted(goal, known, ignored)) {
    const ObjectRef& ref = desired.ref;
    if (goal.follows && ref.kind == "Deployment") {
      rights.push_back({"watch", ref});
      rights.push_back({"list", {"apps", "ReplicaSet", ref.ns, ""}});
      rights.push_back({"list", {"", "Pod", ref.ns, ""}});
    }
    if (!is_behind_role(known.answer(Preview{write_of(desired)}))) continue;
    rights.push_back({"patch", ref});
    rights.push_back({"create", {ref.group, ref.kind, ref.ns, ""}});  // of no name, for create
  }
  return rights;
}

MissingRights missing_rights(const Goal& goal, const Known& known) {
  MissingRights missing;
  for (const MayI& right : unproved_rights(goal, known)) {
    if (!is_denied(known.answer(right))) continue;
    std::set<Right>& among = is_to_write(right) ? missing.to_write : missing.to_follow;
    among.insert({right.verb, std::string(kind_of(right.ref).resource)});
  }
  return missing;
}

}  // namespace asmgw
