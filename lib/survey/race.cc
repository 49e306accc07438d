#include "survey/race.h"

#include "base/json.h"

namespace asmgw {
namespace {

constexpr int kAttempts = 3;

std::string version_of(const Json& object) {
  return text_at(object, {"metadata", "resourceVersion"});
}

/// Was the object, when the preview was made, the one that the GET shows?
bool same_moment(const Answer& before, const Answer& after) {
  const Found* preview = std::get_if<Found>(&after);
  if (preview == nullptr) return true;  // a conflict or a refusal says nothing of the version
  const Found* object = std::get_if<Found>(&before);
  if (object == nullptr) return preview->created;
  return !preview->created && version_of(object->object) == version_of(preview->object);
}

Json without_status(Json object) {
  object.erase("status");
  object["metadata"].erase("managedFields");
  object["metadata"].erase("resourceVersion");
  return object;
}

/// Is there anything to pair? Only a GET that found the object, or its absence, has a moment.
bool has_moment(const Answer& answer) {
  return std::holds_alternative<Found>(answer) || std::holds_alternative<Absent>(answer);
}

}  // namespace

bool only_status_moved(const Answer& one, const Answer& two) {
  const Found* first = std::get_if<Found>(&one);
  const Found* second = std::get_if<Found>(&two);
  return first != nullptr && second != nullptr &&
         without_status(first->object) == without_status(second->object);
}

Pairing pair_up(const Write& write, const Known& known) {
  const Answer* before = known.answer(Get{write.ref, 0});
  const Answer* after = known.answer(Preview{write, 0});
  if (before == nullptr || after == nullptr)
    return {{}, {}, {Get{write.ref, 0}, Preview{write, 0}}};
  for (int attempt = 1;; ++attempt) {
    if (!has_moment(*before) || same_moment(*before, *after)) return {*before, *after, {}};
    if (attempt > kAttempts) break;
    const Answer* previewed = known.answer(Preview{write, attempt});
    if (previewed == nullptr) return {{}, {}, {Preview{write, attempt}}};
    if (same_moment(*before, *previewed)) return {*before, *previewed, {}};
    const Answer* enclosing = known.answer(Get{write.ref, attempt});
    if (enclosing == nullptr) return {{}, {}, {Get{write.ref, attempt}}};
    if (only_status_moved(*before, *enclosing)) return {*enclosing, *previewed, {}};
    before = enclosing;
    after = previewed;
  }
  return {*before, Unread{"it changes faster than it can be read; try again", false}, {}};
}

}  // namespace asmgw
