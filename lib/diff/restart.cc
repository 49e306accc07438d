#include "diff/restart.h"

#include <algorithm>
#include <cassert>

#include "base/error.h"
#include "diff/arithmetic.h"
#include "diff/values.h"
#include "object/quantity.h"

namespace asmgw {
namespace {

bool is_absent(std::string_view name, const Json& value) {
  if (value.is_null()) return true;
  if (value.is_array() && value.empty()) return true;
  if (!value.is_object() || !value.empty()) return false;
  return is_string_map(name);
}

/// The template as the controller sees it: what is absent to it is left out, amounts are canonical.
Json as_compared(std::string_view name, const Json& value) {
  if (value.is_array()) {
    Json list = Json::array();
    for (const Json& item : value) list.push_back(as_compared("", item));
    return list;
  }
  if (!value.is_object()) return value;
  const bool are_amounts = name == "limits" || name == "requests";
  Json members = Json::object();
  for (const auto& [key, member] : value.items()) {
    Json compared = as_compared(key, member);
    if (is_absent(key, compared)) continue;
    if (are_amounts && compared.is_string()) {
      const auto amount = parse_quantity(compared.get<std::string>());
      if (amount) compared = decimal_quantity(*amount);
    }
    members[key] = std::move(compared);
  }
  return members;
}

Json template_of(const Json& deployment) {
  const Json* found = find(deployment, {"spec", "template"});
  if (found == nullptr) return Json::object();
  Json pod = as_compared("template", *found);
  if (pod.contains("metadata") && pod["metadata"].contains("labels")) {
    pod["metadata"]["labels"].erase("pod-template-hash");
  }
  return pod;
}

}  // namespace

bool templates_differ(const Json& before, const Json& after) {
  return template_of(before) != template_of(after);
}

std::vector<std::size_t> template_changes(const std::vector<FieldChange>& fields) {
  static const Path kTemplate = asmgw::fields({"spec", "template"});
  std::vector<std::size_t> indexes;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (is_within(fields[i].path, kTemplate)) indexes.push_back(i);
  }
  return indexes;
}

bool is_proved_unchanged(const Json& before, const Json& after) {
  const std::int64_t old_generation = int_at(before, {"metadata", "generation"});
  return old_generation != 0 && old_generation == int_at(after, {"metadata", "generation"});
}

Restart predict_restart(const ObservedObject& object, const std::vector<FieldChange>& fields) {
  Restart restart;
  const Json* before = live(object);
  if (object.desired.ref.kind != "Deployment" || before == nullptr) return restart;
  const Json* after = foreseen(object);
  if (after == nullptr) {
    restart.predicted = Restart::Predicted::Unknown;
    return restart;
  }
  if (!templates_differ(*before, *after)) return restart;
  restart.causes = template_changes(fields);
  const bool is_certain = object.foresight == Foresight::Server ||
                          std::any_of(restart.causes.begin(), restart.causes.end(),
                                      [&](std::size_t index) { return fields[index].decided; });
  if (!is_certain) {  // the server's own defaults may be what is live
    restart.predicted = Restart::Predicted::Unknown;
    return restart;
  }
  restart.predicted = Restart::Predicted::Yes;
  restart.arithmetic = rollout_arithmetic(*before, *after);
  // The three statements must agree; our own tests (built with assertions) stop where they do not.
  // A user is told of the restart all the same.
  assert(!restart.causes.empty() && "the templates differ, but no field of them");
  assert(!is_proved_unchanged(*before, *after) && "a restart without a new generation");
  return restart;
}

}  // namespace asmgw
