#include "survey/adopted.h"

#include "base/error.h"
#include "object/adoption.h"
#include "object/kinds.h"
#include "object/merge.h"
#include "survey/race.h"

namespace asmgw {
namespace {

constexpr int kAttempts = 3;

/// No dry run can follow the take-over, for nothing is stored: we merge, the server checks and
/// defaults (page 4).
Write replacement(const DesiredObject& desired, const Json& live) {
  const Kind& kind = kind_of(desired.ref);
  const Json moved = with_owners_moved(desired, live);
  const Json& ours = *desired.body;
  return {desired.ref,
          Replace{merged(kind, moved, ours, dropped_fields(moved, ours))},
          {"", text_at(live, {"metadata", "resourceVersion"})}};
}

struct Attempt {
  const Answer* before = nullptr;
  const Answer* after = nullptr;
  std::vector<Question> open = {};
  bool moves_on = false;  ///< it changes faster than it can be read
};

bool is_locked(const Answer& answer) {
  const Refused* refused = std::get_if<Refused>(&answer);
  return refused != nullptr && refused->kind == Refused::Kind::Lock;
}

/// The version that a GET shows is the guard of the check; a refused one is tried with the next.
Attempt attempt_of(const DesiredObject& desired, const Known& known) {
  const Answer* first = known.answer(Get{desired.ref});
  for (int attempt = 0; attempt <= kAttempts; ++attempt) {
    const Answer* before = known.answer(Get{desired.ref, attempt});
    if (before == nullptr) return {nullptr, nullptr, {Get{desired.ref, attempt}}};
    const Found* found = std::get_if<Found>(before);
    if (found == nullptr || (attempt > 0 && !only_status_moved(*first, *before))) break;
    const Preview check{replacement(desired, found->object)};
    const Answer* after = known.answer(check);
    if (after == nullptr) return {before, nullptr, {check}};
    if (!is_locked(*after)) return {before, after};
  }
  return {first, nullptr, {}, true};
}

}  // namespace

Json with_owners_moved(const DesiredObject& desired, const Json& live) {
  Json moved = live;
  moved["metadata"]["managedFields"] = owners_after(kind_of(desired.ref), live, desired.adopted);
  return moved;
}

std::vector<Question> adoption_questions(const DesiredObject& desired, const Known& known) {
  return attempt_of(desired, known).open;
}

ObservedObject observed_adoption(DesiredObject desired, const Known& known) {
  const Attempt attempt = attempt_of(desired, known);
  if (!attempt.open.empty()) ASMGW_BUG("observed before all questions were answered");
  if (attempt.moves_on) {
    return {std::move(desired), *attempt.before,
            Unread{"it changes faster than it can be read; try again", false}};
  }
  const Json& live = std::get<Found>(*attempt.before).object;
  std::vector<Ownership> others =
      foreseen_conflicts(kind_of(desired.ref), with_owners_moved(desired, live), *desired.body);
  ObservedObject object{std::move(desired), *attempt.before, *attempt.after};
  if (others.empty() || !std::holds_alternative<Found>(object.after)) return object;
  object.if_forced = std::exchange(object.after, Conflict{std::move(others), ""});
  return object;
}

}  // namespace asmgw
