#include "tests/support/random_kubernetes.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace asmgw::test {
namespace {

using Form = FieldForm;
using Texts = std::vector<std::string>;

const Texts kTexts = {"a",         "web-1",           "A_b.c-d",      "example.com/team",
                      "80",        "node.local",      "/healthz?a=b", "X-Header",
                      "b c \"é\"", "http-envoy-prom", "x.y.z/Name_1", "0"};

/// Members without a rule of their own for the text alone, by name.
std::string free_text(std::string_view name, Dice& dice) {
  if (name == "fieldPath") {
    return dice.pick(Texts{"metadata.name", "status.podIP", "spec.nodeName", "spec.host",
                           "metadata.labels['app']", "metadata.annotations['Example.com/a']"});
  }
  if (name == "resource") {
    return dice.pick(Texts{"limits.cpu", "requests.cpu", "limits.memory", "requests.memory",
                           "limits.ephemeral-storage", "requests.hugepages-2Mi"});
  }
  if (name == "values") return random_label_value(dice);  // others are accepted with a warning
  return dice.pick(kTexts);
}

std::string text_of(const KubernetesMember& member, Dice& dice) {
  if (!member.words.empty()) {
    const auto count = static_cast<std::int64_t>(member.words.size());
    return std::string(member.words[static_cast<std::size_t>(dice.between(0, count - 1))]);
  }
  if (member.syntax == nullptr) return free_text(member.name, dice);
  Texts fitting;
  for (const std::string& text : kTexts) {
    if (member.syntax->fits(text)) fitting.push_back(text);
  }
  if (fitting.empty()) throw std::logic_error(fmt::format("no text fits {}", member.name));
  return dice.pick(fitting);
}

Json random_member(const KubernetesMember& member, Dice& dice) {
  Json list = Json::array();
  switch (member.form) {
    case Form::Text:
      return text_of(member, dice);
    case Form::Int:
      if (dice.chance(20)) return member.min;
      if (dice.chance(20)) return member.max;
      return dice.between(std::max<std::int64_t>(member.min, 0),
                          std::min<std::int64_t>(member.max, 100));
    case Form::Bool:
      return dice.chance(50);
    case Form::NumberOrText:
      if (dice.chance(30)) return "http-envoy-prom";
      return dice.between(1, 65535);
    case Form::MapOfText: {
      Json map = Json::object();
      for (auto count = dice.between(0, 3); count > 0; --count) {
        map[random_label_key(dice)] = random_label_value(dice);
      }
      return map;
    }
    case Form::TextList:
      for (auto count = dice.between(1, 3); count > 0; --count) {
        list.push_back(text_of(member, dice));
      }
      return list;
    case Form::Object:
      return random_kubernetes(*member.type, dice);
    case Form::ObjectList:
      for (auto count = dice.between(1, 2); count > 0; --count) {
        list.push_back(random_kubernetes(*member.type, dice));
      }
      return list;
    case Form::MapOfQuantities:
    case Form::MapOfSpecs:
    case Form::Anything:
      break;  // no type of Kubernetes has them
  }
  throw std::logic_error("a form without random values");
}

// What must hold among members: kubernetes_rules.cc.

void fit_requirement(Json& value, Dice& dice) {
  const std::string op = value.at("operator");
  value.erase("values");
  if (op == "Exists" || op == "DoesNotExist") return;
  const bool is_field = value.at("key") == "metadata.name";
  const auto most = is_field || op == "Gt" || op == "Lt" ? 1 : 3;
  for (auto count = dice.between(1, most); count > 0; --count) {
    value["values"].push_back(is_field ? "node-1" : random_label_value(dice));
  }
}

void fit_pod_term(Json& value) {
  if (!value.contains("labelSelector")) value["labelSelector"] = Json::object();
  // keys of its own, so that none is named twice
  if (value.contains("matchLabelKeys"))
    value["matchLabelKeys"] = Json::array({"pod-template-hash"});
  if (value.contains("mismatchLabelKeys"))
    value["mismatchLabelKeys"] = Json::array({"example.com/zone"});
}

void fit_toleration(Json& value) {
  if (!value.contains("key")) value["operator"] = "Exists";
  if (value.value("operator", "Equal") == "Exists") {
    value.erase("value");
  } else if (value.contains("value")) {
    value["value"] = "a.b";
  }
  if (value.value("effect", "") != "NoExecute") value.erase("tolerationSeconds");
}

void fit_resource_ref(Json& value, Dice& dice) {
  if (!value.contains("divisor")) return;
  const bool is_cpu = value.at("resource").get<std::string>().ends_with("cpu");
  value["divisor"] = is_cpu ? Json(dice.pick(Texts{"1", "1m", "1000m"}))
                            : Json(dice.pick(Texts{"1", "1Mi", "1024Ki", "1k"}));
}

void keep_one(Json& value, const KubernetesType& type, Dice& dice) {
  std::vector<const KubernetesMember*> members;
  for (const KubernetesMember& member : type.members) {
    if (member.name != "fileKeyRef") members.push_back(&member);  // needs a volume that none has
  }
  const KubernetesMember& member = *dice.pick(members);
  value = Json{{std::string(member.name), random_member(member, dice)}};
}

void fit(Json& value, const KubernetesType& type, Dice& dice) {
  if (type.name == "NodeSelectorRequirement" || type.name == "LabelSelectorRequirement") {
    fit_requirement(value, dice);
  } else if (type.name == "PodAffinityTerm") {
    fit_pod_term(value);
  } else if (type.name == "Toleration") {
    fit_toleration(value);
  } else if (type.name == "LifecycleHandler" || type.name == "EnvVarSource") {
    keep_one(value, type, dice);
  } else if (type.name == "Lifecycle") {
    value.erase("stopSignal");  // without effect, so refused
  } else if (type.name == "SleepAction") {
    value["seconds"] = dice.between(0, 30);  // no longer than the pods may take to end
  } else if (type.name == "ResourceFieldSelector") {
    fit_resource_ref(value, dice);
  }
}

}  // namespace

std::string random_label_key(Dice& dice) {
  return dice.pick(Texts{"team", "example.com/team", "A_b.c-d", "x.y.z/Name_1", "k0"});
}

std::string random_label_value(Dice& dice) {
  return dice.pick(Texts{"", "a", "0", "A_b.c-d", std::string(63, 'x')});
}

Json random_kubernetes(const KubernetesType& type, Dice& dice) {
  Json value = Json::object();
  for (const KubernetesMember& member : type.members) {
    const bool is_named =
        type.name == "NodeSelectorRequirement" && member.name == "key" && member.syntax == nullptr;
    if (is_named) {
      value["key"] = "metadata.name";
    } else if (member.required || dice.chance(50)) {
      value[std::string(member.name)] = random_member(member, dice);
    }
  }
  fit(value, type, dice);
  return value;
}

}  // namespace asmgw::test
