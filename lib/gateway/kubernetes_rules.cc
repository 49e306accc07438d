#include "gateway/kubernetes_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "base/in_quotes.h"
#include "gateway/codes.h"
#include "gateway/kubernetes_names.h"
#include "gateway/read_value.h"
#include "object/quantity.h"

namespace asmgw {
namespace {

/// The member, if it is there and not null.
const Node* member(const Node& value, std::string_view name) {
  const Node* node = value.find(name);
  return node != nullptr && !is_null(*node) ? node : nullptr;
}

std::string text_of(const Node& value, std::string_view name) {
  const Node* node = member(value, name);
  return node != nullptr ? node->text : std::string();
}

std::size_t count_of(const Node& value, std::string_view list) {
  const Node* node = member(value, list);
  return node != nullptr ? node->items.size() : 0;
}

const Range& place_of(const Node& value, std::string_view name) {
  const Node* node = member(value, name);
  return node != nullptr ? node->at : value.at;
}

void refuse(const Range& at, std::string message, std::string hint, Findings& findings) {
  findings.add(finding(kBadValue, at, std::move(message), std::move(hint)));
}

std::set<std::string> texts_of(const Node& value, std::string_view list) {
  std::set<std::string> texts;
  if (const Node* node = member(value, list)) {
    for (const Node& item : node->items) texts.insert(item.text);
  }
  return texts;
}

/// Of these members exactly one must be there.
void check_one_of(const Node& value, std::string_view name,
                  const std::vector<std::string_view>& names, Findings& findings) {
  std::vector<std::string_view> given;
  for (const std::string_view candidate : names) {
    if (member(value, candidate) != nullptr) given.push_back(candidate);
  }
  if (given.size() == 1) return;
  if (given.empty()) {
    findings.add(finding(kMissingField, value.at, fmt::format("{} says nothing", name),
                         fmt::format("give one of {}", fmt::join(names, ", "))));
  } else {
    refuse(place_of(value, given[1]), fmt::format("{} beside {}", given[1], given[0]),
           "only one of the two", findings);
  }
}

}  // namespace

// affinity

void check_selector_requirement(const Node& value, Findings& findings) {
  const std::string op = text_of(value, "operator");
  const std::size_t count = count_of(value, "values");
  if ((op == "In" || op == "NotIn") && count == 0) {
    findings.add(
        finding(kMissingField, value.at, fmt::format("{} without values", op), "values: [VALUE]"));
  } else if ((op == "Exists" || op == "DoesNotExist") && count > 0) {
    refuse(place_of(value, "values"), fmt::format("{} takes no values", op), "take them out",
           findings);
  } else if ((op == "Gt" || op == "Lt") && count != 1) {
    refuse(place_of(value, "values"), fmt::format("{} takes exactly one value", op),
           "values: [\"5\"]", findings);
  }
}

void check_field_requirement(const Node& value, Findings& findings) {
  if (text_of(value, "key") != "metadata.name") {
    refuse(place_of(value, "key"),
           fmt::format("nodes have no field {} to match", in_quotes(text_of(value, "key"))),
           "only metadata.name; labels are matched by matchExpressions", findings);
  } else if (count_of(value, "values") != 1) {
    refuse(place_of(value, "values"), "matchFields takes exactly one value", "values: [NODE]",
           findings);
  }
}

void check_label_selector(const Node& value, Findings& findings) {
  const Node* labels = member(value, "matchLabels");
  if (labels == nullptr) return;
  for (const auto& [key, text] : labels->members) {
    check_syntax(key.at, "a label's key", key.value, kLabelKey, findings);
    check_syntax(text.at, key.value, text.text, kLabelValue, findings);
  }
}

/// The server puts the pod's own labels of matchLabelKeys into labelSelector, and refuses each pod
/// whose selector has such a key already; it looks at a Deployment less closely.
void check_pod_term(const Node& value, Findings& findings) {
  const Node* selector = member(value, "labelSelector");
  for (const char* name : {"matchLabelKeys", "mismatchLabelKeys"}) {
    if (selector != nullptr || count_of(value, name) == 0) continue;
    refuse(place_of(value, name), fmt::format("{} without labelSelector", name),
           "add a labelSelector; {} means all pods", findings);
    return;
  }
  std::set<std::string> taken = texts_of(value, "mismatchLabelKeys");
  if (selector != nullptr) {
    if (const Node* labels = member(*selector, "matchLabels")) {
      for (const auto& [key, text] : labels->members) taken.insert(key.value);
    }
    if (const Node* expressions = member(*selector, "matchExpressions")) {
      for (const Node& item : expressions->items) taken.insert(text_of(item, "key"));
    }
  }
  const Node* keys = member(value, "matchLabelKeys");
  if (keys == nullptr) return;
  for (const Node& key : keys->items) {
    if (taken.insert(key.text).second) continue;
    refuse(key.at, fmt::format("matchLabelKeys names {}, which is matched already", key.text),
           "name it once: here, in labelSelector or in mismatchLabelKeys", findings);
  }
}

// tolerations

void check_toleration(const Node& value, Findings& findings) {
  const std::string op = text_of(value, "operator");
  const std::string text = text_of(value, "value");
  if (text_of(value, "key").empty() && op != "Exists") {
    findings.add(finding(kMissingField, value.at, "a toleration without key",
                         "key: KEY; or operator: Exists, which tolerates everything"));
  } else if (op == "Exists" && !text.empty()) {
    refuse(place_of(value, "value"), "Exists takes no value", "take it out, or operator: Equal",
           findings);
  } else if (op != "Exists") {
    check_syntax(place_of(value, "value"), "value", text, kLabelValue, findings);
  }
  if (member(value, "tolerationSeconds") != nullptr && text_of(value, "effect") != "NoExecute") {
    refuse(place_of(value, "tolerationSeconds"), "tolerationSeconds without effect NoExecute",
           "effect: NoExecute; other effects have no time", findings);
  }
}

// lifecycle

void check_tcp_or_http(const Node& value, Findings& findings) {
  const Node* port = member(value, "port");
  if (port == nullptr || scalar_type(*port) != ScalarType::String) return;
  check_syntax(port->at, "port", port->text, kContainerPortName, findings);
}

void check_handler(const Node& value, Findings& findings) {
  check_one_of(value, "a lifecycle handler", {"exec", "httpGet", "tcpSocket", "sleep"}, findings);
}

void check_lifecycle(const Node& value, Findings& findings) {
  if (member(value, "stopSignal") == nullptr) return;
  refuse(place_of(value, "stopSignal"), "stopSignal has no effect",
         "Kubernetes drops it in silence, or refuses it where it knows of it, for the pods do not "
         "name their os; take it out",
         findings);
}

// valueFrom

void check_field_ref(const Node& value, Findings& findings) {
  constexpr std::array<std::string_view, 10> kFields = {"metadata.name", "metadata.namespace",
                                                        "metadata.uid",  "spec.nodeName",
                                                        "spec.host",     "spec.serviceAccountName",
                                                        "status.hostIP", "status.hostIPs",
                                                        "status.podIP",  "status.podIPs"};
  const Node& path = *value.find("fieldPath");
  if (std::find(kFields.begin(), kFields.end(), path.text) != kFields.end()) return;
  const std::size_t open = path.text.find("['");
  if (open != std::string::npos && path.text.ends_with("']") && path.text.size() >= open + 4) {
    const std::string map = path.text.substr(0, open);
    const std::string key = path.text.substr(open + 2, path.text.size() - open - 4);
    const Syntax& syntax = map == "metadata.annotations" ? kAnnotationKey : kLabelKey;
    if (map == "metadata.annotations" || map == "metadata.labels") {
      check_syntax(path.at, map + "[…]", key, syntax, findings);
      return;
    }
  }
  refuse(path.at, fmt::format("fieldPath cannot be {}", in_quotes(path.text)),
         "metadata.labels['KEY'], metadata.annotations['KEY'], metadata.name, namespace or uid, "
         "spec.nodeName or serviceAccountName, status.hostIP, hostIPs, podIP or podIPs",
         findings);
}

void check_resource_ref(const Node& value, Findings& findings) {
  const Node& resource = *value.find("resource");
  std::string_view name = resource.text;
  const std::size_t dot = name.find('.');
  const std::string_view list = name.substr(0, dot);
  name.remove_prefix(dot == std::string_view::npos ? name.size() : dot + 1);
  const bool is_bytes =
      name == "memory" || name == "ephemeral-storage" || name.starts_with("hugepages-");
  if ((list != "limits" && list != "requests") || (name != "cpu" && !is_bytes)) {
    refuse(resource.at, fmt::format("resource cannot be {}", in_quotes(resource.text)),
           "limits. or requests. and cpu, memory, ephemeral-storage or hugepages-SIZE", findings);
    return;
  }
  const Node* divisor = member(value, "divisor");
  if (divisor == nullptr) return;
  const auto amount = parse_quantity(divisor->text);
  if (!amount) {
    refuse(divisor->at, fmt::format("{} is not a Kubernetes quantity", in_quotes(divisor->text)),
           is_bytes ? "as in 1, 1Mi, 1M" : "1 or 1m", findings);
    return;
  }
  const std::string text = canonical_quantity(divisor->text);  // as the server spells it
  const bool is_exact = same_quantity(text, divisor->text);    // of a divisor it rounds nothing
  const std::string_view suffix = std::string_view(text).substr(1);
  constexpr std::array<std::string_view, 13> kUnits = {"",   "k",  "M",  "G",  "T",  "P", "E",
                                                       "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  const bool is_unit = is_exact && text.starts_with('1') &&
                       (is_bytes ? std::find(kUnits.begin(), kUnits.end(), suffix) != kUnits.end()
                                 : suffix.empty() || suffix == "m");
  if (amount->nano == 0 || is_unit) return;
  refuse(divisor->at, fmt::format("divisor cannot be {}", in_quotes(divisor->text)),
         is_bytes ? "1 and a unit: 1, 1k, 1M, 1G … or 1Ki, 1Mi, 1Gi …" : "1 or 1m", findings);
}

void check_env_source(const Node& value, Findings& findings) {
  check_one_of(value, "valueFrom",
               {"fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef"},
               findings);
}

}  // namespace asmgw
