#include "object/objects.h"

#include <algorithm>

namespace asmgw {

bool is_refused(const DesiredObject& object) {
  return std::any_of(object.findings.begin(), object.findings.end(),
                     [](const Finding& found) { return found.severity == Severity::Error; });
}

const Json* live(const ObservedObject& object) {
  const Found* found = std::get_if<Found>(&object.before);
  return found != nullptr ? &found->object : nullptr;
}

const Json* foreseen(const ObservedObject& object) {
  const Answer& after = object.if_forced ? *object.if_forced : object.after;
  if (const Found* found = std::get_if<Found>(&after)) return &found->object;
  const bool is_ours = object.foresight == Foresight::Ours && object.desired.body;
  return is_ours ? &*object.desired.body : nullptr;
}

bool is_item(const Json& item, const PathStep& step) {
  const Json keys = Json::parse(step.text, nullptr, /*allow_exceptions=*/false);
  if (step.kind != PathStep::Kind::Key || !keys.is_object()) return false;
  return std::all_of(keys.items().begin(), keys.items().end(), [&](const auto& key) {
    const Json* value = find(item, {key.key()});
    return value != nullptr && *value == key.value();
  });
}

const Json* value_at(const Json& object, const Path& path) {
  const Json* at = &object;
  for (const PathStep& step : path.steps) {
    if (step.kind == PathStep::Kind::Field) {
      at = find(*at, {step.text});
    } else {
      if (!at->is_array()) return nullptr;
      const auto item = std::find_if(
          at->begin(), at->end(), [&](const Json& candidate) { return is_item(candidate, step); });
      at = item != at->end() ? &*item : nullptr;
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

}  // namespace asmgw
