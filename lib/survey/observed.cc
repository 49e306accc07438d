#include "survey/observed.h"

#include <utility>

#include "base/error.h"
#include "object/kinds.h"
#include "object/merge.h"
#include "render/render.h"
#include "survey/adopted.h"
#include "survey/around.h"
#include "survey/race.h"
#include "survey/wanted.h"

namespace asmgw {
namespace {

/// Does the server refuse only because something else is not there yet, which we know to be new?
bool is_behind_new(const Answer& after) {
  const Refused* refused = std::get_if<Refused>(&after);
  return refused != nullptr && (refused->kind == Refused::Kind::NoNamespace ||
                                refused->kind == Refused::Kind::RoleMissing);
}

/// What is previewed has the live replicas; at the end it has those of the hand-over.
void foresee_handover(ObservedObject& object) {
  if (!object.desired.handover) return;
  const std::int64_t replicas = object.desired.handover->replicas;
  const auto set = [&](Answer& answer) {
    if (auto* found = std::get_if<Found>(&answer)) found->object["spec"]["replicas"] = replicas;
  };
  set(object.after);
  if (object.if_forced) set(*object.if_forced);
  if (object.foresight == Foresight::Ours) (*object.desired.body)["spec"]["replicas"] = replicas;
}

/// The answer that leaves open whether an autoscaler has the Deployment's replicas: then nothing
/// may be said of the Deployment, nor written to it. nullptr: it is known.
const Answer* unread_autoscalers(const ObjectRef& ref, const Known& known) {
  if (ref.kind != "Deployment") return nullptr;
  const Answer* answer = known.answer(List{autoscalers_of(ref.ns), ""});
  if (answer == nullptr || std::holds_alternative<Found>(*answer)) return nullptr;
  return is_unlistable(*answer) ? nullptr : answer;
}

/// The object as the server's dry run says, paired with the GET of the same moment.
ObservedObject foreseen_by_server(DesiredObject desired, const Known& known) {
  const Write write = write_of(desired);
  const Pairing pairing = pair_up(write, known);
  if (!pairing.after) ASMGW_BUG("observed before all questions were answered");
  ObservedObject object{std::move(desired), *pairing.before, *pairing.after};
  if (std::holds_alternative<Conflict>(object.after)) {
    const Pairing if_forced = pair_up(forced(write), known);
    if (if_forced.after) object.before = *if_forced.before;  // of the same moment
    object.if_forced = if_forced.after;
  }
  if (is_behind_new(object.after) && std::holds_alternative<Absent>(object.before)) {
    object.foresight = Foresight::Ours;
  }
  return object;
}

/// The object as we foresee it, without the server.
ObservedObject foreseen_by_us(DesiredObject desired, const Answer& before) {
  ObservedObject object{std::move(desired), before};
  const Found* found = std::get_if<Found>(&before);
  if (found == nullptr && !std::holds_alternative<Absent>(before)) return object;  // unread
  object.foresight = Foresight::Ours;
  if (found == nullptr || !object.desired.body) return object;  // new, or it goes
  const Kind& kind = kind_of(object.desired.ref);
  const Json live = object.desired.adopted.empty()
                        ? found->object
                        : with_owners_moved(object.desired, found->object);
  const Json& ours = *object.desired.body;
  const PathSet dropped = dropped_fields(live, ours);
  object.undecided = undecided_fields(kind, live, ours, dropped);
  object.after = Found{merged(kind, live, ours, dropped)};
  std::vector<Ownership> taken = foreseen_conflicts(kind, live, ours);
  if (taken.empty()) return object;
  object.if_forced = std::exchange(object.after, Conflict{std::move(taken), ""});
  return object;
}

ObservedObject foreseen(Foresight by, DesiredObject desired, const Known& known) {
  if (by == Foresight::Ours) {
    const Answer& before = *known.answer(Get{desired.ref});
    return foreseen_by_us(std::move(desired), before);
  }
  return desired.adopted.empty() ? foreseen_by_server(std::move(desired), known)
                                 : observed_adoption(std::move(desired), known);
}

}  // namespace

Write write_of(const DesiredObject& desired) {
  if (!desired.body) return {desired.ref, Remove{}, {}};
  return {desired.ref, Apply{*desired.body}, {}};
}

Write forced(const Write& write) {
  Write result = write;
  std::get<Apply>(result.what).force = true;
  return result;
}

std::optional<Refused> unlisted_autoscalers(const Goal& goal, const Known& known) {
  for (const Question& list : autoscaler_lists(goal)) {
    const auto* refused = std::get_if<Refused>(known.answer(list));
    if (refused != nullptr && refused->kind == Refused::Kind::Forbidden) return *refused;
  }
  return std::nullopt;
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
    if (desired.stays) {
      const Answer& live = *known.answer(Get{desired.ref});
      objects.push_back({std::move(desired), live, live});
      continue;
    }
    ObservedObject object = foreseen(goal.foresight, std::move(desired), known);
    object.forced =
        goal.forces && object.if_forced && std::holds_alternative<Found>(*object.if_forced);
    foresee_handover(object);
    object.around = around(object.desired, known);
    if (const Answer* unread = unread_autoscalers(object.desired.ref, known)) {
      object.before = *unread;
    }
    objects.push_back(std::move(object));
  }
  return objects;
}

}  // namespace asmgw
