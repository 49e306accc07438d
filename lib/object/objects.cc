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
  if (object.foresight == Foresight::Ours && object.desired.body) return &*object.desired.body;
  const Answer& after = object.if_forced ? *object.if_forced : object.after;
  const Found* found = std::get_if<Found>(&after);
  return found != nullptr ? &found->object : nullptr;
}

const Json* value_at(const Json& object, const Path& path) {
  const Json* at = &object;
  for (const PathStep& step : path.steps) {
    if (step.kind == PathStep::Kind::Field) {
      at = find(*at, {step.text});
    } else {
      const Json keys = Json::parse(step.text, nullptr, /*allow_exceptions=*/false);
      if (!at->is_array()) return nullptr;
      const auto item = std::find_if(at->begin(), at->end(), [&](const Json& candidate) {
        return std::all_of(keys.items().begin(), keys.items().end(), [&](const auto& key) {
          return candidate.contains(key.key()) && candidate[key.key()] == key.value();
        });
      });
      at = item != at->end() ? &*item : nullptr;
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

}  // namespace asmgw
