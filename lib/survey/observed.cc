#include "survey/observed.h"

#include "base/error.h"
#include "survey/race.h"
#include "survey/wanted.h"

namespace asmgw {
namespace {

/// Does the server refuse only because something else is not there yet, which we know to be new?
bool foreseen_by_us(const Answer& after) {
  const Refused* refused = std::get_if<Refused>(&after);
  return refused != nullptr && (refused->kind == Refused::Kind::NoNamespace ||
                                refused->kind == Refused::Kind::RoleMissing);
}

}  // namespace

Write apply_of(const DesiredObject& desired) { return {desired.ref, Apply{*desired.body}, {}}; }

Write forced(const Write& write) {
  Write result = write;
  std::get<Apply>(result.what).force = true;
  return result;
}

std::vector<ObservedObject> observed(const Goal& goal, const Known& known, Findings& findings) {
  std::vector<ObservedObject> objects;
  for (DesiredObject& desired : wanted(goal, known, findings)) {
    if (is_refused(desired)) {  // nobody is asked what it would become
      const Answer* before = known.answer(Get{desired.ref, 0});
      if (before == nullptr) ASMGW_BUG("observed before all questions were answered");
      objects.push_back({std::move(desired), *before, Refused{Refused::Kind::NotAsked, 0, ""}});
      continue;
    }
    const Write write = apply_of(desired);
    const Pairing pairing = pair_up(write, known);
    if (!pairing.after) ASMGW_BUG("observed before all questions were answered");
    ObservedObject object{
        std::move(desired), *pairing.before, *pairing.after, {}, Foresight::Server};
    if (std::holds_alternative<Conflict>(object.after)) {
      const Pairing if_forced = pair_up(forced(write), known);
      if (if_forced.after) object.before = *if_forced.before;  // of the same moment
      object.if_forced = if_forced.after;
    }
    if (foreseen_by_us(object.after) && std::holds_alternative<Absent>(object.before)) {
      object.foresight = Foresight::Ours;
    }
    objects.push_back(std::move(object));
  }
  return objects;
}

}  // namespace asmgw
