#include "survey/around.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace asmgw {
namespace {

ObjectRef namespace_of(const DesiredObject& desired) {
  return {"", "Namespace", "", desired.ref.ns};
}

List webhooks() {
  return {{"admissionregistration.k8s.io", "MutatingWebhookConfiguration", "", ""}};
}

/// The items of a list; none where it is absent.
const Json& items(const Json& object, std::initializer_list<std::string_view> path) {
  static const Json kNone = Json::array();
  const Json* list = find(object, path);
  return list != nullptr && list->is_array() ? *list : kNone;
}

/// One of a selector's matchExpressions, by the API's rules: NotIn holds for an absent label, too.
bool holds(const Json& expression, const Json& labels) {
  const std::string label = text_at(labels, {text_at(expression, {"key"})});
  const bool has = find(labels, {text_at(expression, {"key"})}) != nullptr;
  const Json& values = items(expression, {"values"});
  const bool is_in = has && std::find(values.begin(), values.end(), label) != values.end();
  const std::string how = text_at(expression, {"operator"});
  return how == "In" ? is_in : how == "NotIn" ? !is_in : how == "Exists" ? has : !has;
}

/// Does a label selector, absent or empty = all, match?
bool selects(const Json* selector, const Json& labels) {
  if (selector == nullptr || !selector->is_object()) return true;
  if (const Json* exact = find(*selector, {"matchLabels"})) {
    for (const auto& [key, value] : exact->items()) {
      const Json* label = find(labels, {key});
      if (label == nullptr || *label != value) return false;
    }
  }
  const Json& expressions = items(*selector, {"matchExpressions"});
  return std::all_of(expressions.begin(), expressions.end(),
                     [&](const Json& expression) { return holds(expression, labels); });
}

Json labels_in(const Json& object, std::initializer_list<std::string_view> path) {
  const Json* labels = find(object, path);
  return labels != nullptr ? *labels : Json::object();
}

/// The labels of pods that wait for the mesh's webhook to put the proxy in; none: they do not, or
/// their Deployment is there already.
Json labels_to_inject(const DesiredObject& desired, const Known& known) {
  const Answer* live = known.answer(Get{desired.ref});
  const bool is_new = live != nullptr && std::holds_alternative<Absent>(*live);
  if (desired.ref.kind != "Deployment" || !desired.body || !is_new) return Json::object();
  Json labels = labels_in(*desired.body, {"spec", "template", "metadata", "labels"});
  return text_at(labels, {"sidecar.istio.io/inject"}) == "true" ? labels : Json::object();
}

/// Why nothing would inject pods of these labels; "" = something does, or we may not look.
std::string why_uninjected(const DesiredObject& desired, const Json& labels, const Known& known) {
  const Json* space = known.object(Get{namespace_of(desired)});
  const Json space_labels =
      space != nullptr ? labels_in(*space, {"metadata", "labels"}) : Json::object();
  if (text_at(space_labels, {"istio-injection"}) == "disabled") {
    return fmt::format("the namespace {} has the label istio-injection: disabled", desired.ref.ns);
  }
  const Json* list = known.object(webhooks());
  if (list == nullptr) return {};
  bool is_any = false;
  for (const Json& configuration : items(*list, {"items"})) {
    for (const Json& webhook : items(configuration, {"webhooks"})) {
      if (!text_at(webhook, {"name"}).ends_with("sidecar-injector.istio.io")) continue;
      is_any = true;
      const bool is_here =
          space == nullptr || selects(find(webhook, {"namespaceSelector"}), space_labels);
      if (is_here && selects(find(webhook, {"objectSelector"}), labels)) return {};
    }
  }
  if (!is_any) return "the cluster has no webhook *sidecar-injector.istio.io";
  const std::string revision = text_at(labels, {"istio.io/rev"});
  return "no webhook *sidecar-injector.istio.io matches the namespace and the pods" +
         (revision.empty() ? "" : ", which ask for revision " + revision);
}

}  // namespace

std::vector<ObjectRef> volume_sources(const DesiredObject& desired) {
  static const Path kVolumes = fields({"spec", "template", "spec", "volumes"});
  std::set<ObjectRef> sources;
  const Json* volumes =
      desired.body ? find(*desired.body, {"spec", "template", "spec", "volumes"}) : nullptr;
  if (desired.ref.kind != "Deployment" || volumes == nullptr) return {};
  for (const Json& volume : *volumes) {
    const Json keys{{"name", text_at(volume, {"name"})}};
    const auto origin = desired.origins.find(kVolumes / PathStep{PathStep::Kind::Key, dump(keys)});
    if (origin == desired.origins.end() || origin->second.kind != Origin::Kind::Manifest) continue;
    const std::string config_map = text_at(volume, {"configMap", "name"});
    const std::string secret = text_at(volume, {"secret", "secretName"});
    if (!config_map.empty()) sources.insert({"", "ConfigMap", desired.ref.ns, config_map});
    if (!secret.empty()) sources.insert({"", "Secret", desired.ref.ns, secret});
  }
  return {sources.begin(), sources.end()};
}

std::vector<Question> questions_around(const DesiredObject& desired, const Known& known) {
  std::vector<Question> questions;
  for (ObjectRef& source : volume_sources(desired)) questions.push_back(Exists{std::move(source)});
  if (!labels_to_inject(desired, known).empty()) {
    questions.push_back(Get{namespace_of(desired)});
    questions.push_back(webhooks());
  }
  return questions;
}

Around around(const DesiredObject& desired, const Known& known) {
  Around found;
  for (ObjectRef& source : volume_sources(desired)) {
    const Answer* answer = known.answer(Exists{source});
    if (answer != nullptr && std::holds_alternative<Absent>(*answer)) {
      found.missing.push_back(std::move(source));
    }
  }
  const Json labels = labels_to_inject(desired, known);
  if (!labels.empty()) found.uninjected = why_uninjected(desired, labels, known);
  return found;
}

}  // namespace asmgw
