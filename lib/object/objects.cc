#include "object/objects.h"

namespace asmgw {

const Json* live(const ObservedObject& object) {
  const Found* found = std::get_if<Found>(&object.before);
  return found != nullptr ? &found->object : nullptr;
}

const Json* foreseen(const ObservedObject& object) {
  if (object.foresight == Foresight::Ours) return &*object.desired.body;
  const Answer& after = object.if_forced ? *object.if_forced : object.after;
  const Found* found = std::get_if<Found>(&after);
  return found != nullptr ? &found->object : nullptr;
}

}  // namespace asmgw
