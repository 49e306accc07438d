#include "gateway/read.h"

#include <optional>

#include "gateway/read_value.h"

namespace asmgw {
namespace {

constexpr std::string_view kGroup = "istio.alibabacloud.com/";

std::string text_of(const Node* node) { return node != nullptr ? node->text : std::string(); }

bool is_gateway(const Node& document) {
  return text_of(document.find("kind")) == "IstioGateway" &&
         text_of(document.find("apiVersion")).starts_with(kGroup);
}

void check_version(const Node& document, Findings& findings) {
  const Node& version = *document.find("apiVersion");
  const std::string_view name = std::string_view(version.text).substr(kGroup.size());
  if (name == "v1" || name == "v1beta1") return;
  findings.add(finding(kBadValue, version.at, "no version \"" + std::string(name) + "\"",
                       "istio.alibabacloud.com/v1beta1 or istio.alibabacloud.com/v1"));
}

/// The annotations that mean something; the others are not ours to judge.
void read_annotations(const Node& metadata, GatewayAnnotations& out, Findings& findings) {
  const Node* annotations = metadata.find("annotations");
  if (annotations == nullptr || is_null(*annotations)) return;
  if (annotations->kind != Node::Kind::Mapping) {
    return wrong_type(*annotations, "metadata.annotations", "a mapping", findings);
  }
  for (const FieldRow<GatewayAnnotations>& row : annotation_fields()) {
    for (const auto& [key, value] : annotations->members) {
      if (key.value == row.name) row.read(out, key.at, value, row, findings);
    }
  }
}

void read_metadata(const Node& document, Gateway& gateway, Findings& findings) {
  const Node* metadata = document.find("metadata");
  if (metadata != nullptr) read_annotations(*metadata, gateway.annotations, findings);
  const Node* name = metadata != nullptr ? metadata->find("name") : nullptr;
  if (name == nullptr || is_unset(*name)) {
    const Node& kind = *document.find("kind");
    findings.add(finding(kMissingField, metadata != nullptr ? metadata->at : kind.at,
                         "metadata.name is missing", "metadata: {name: web}"));
    return;
  }
  if (read_value(*name, "metadata.name", {}, gateway.name.value, findings)) {
    gateway.name.at = name->at;
  }
  const Node* ns = metadata->find("namespace");
  std::string text;
  if (ns != nullptr && !is_unset(*ns) &&
      read_value(*ns, "metadata.namespace", {}, text, findings)) {
    gateway.ns = Located<std::string>{text, ns->at, {}};
  }
}

Gateway read_gateway(const Node& document, Findings& findings) {
  Gateway gateway;
  report_duplicate_keys(document, findings);
  check_version(document, findings);
  read_metadata(document, gateway, findings);
  gateway.spec_at = document.find("kind")->at;
  for (const auto& [key, value] : document.members) {
    if (key.value != "spec" || is_unset(value)) continue;
    gateway.spec_at = key.at;
    read_struct(value, "spec", spec_fields(), gateway.spec, findings);
  }
  return gateway;
}

}  // namespace

std::vector<Gateway> read_gateways(const std::vector<Node>& documents, int& skipped,
                                   Findings& findings) {
  std::vector<Gateway> gateways;
  for (const Node& document : documents) {
    const Node* items = document.find("items");
    if (is_gateway(document)) {
      gateways.push_back(read_gateway(document, findings));
    } else if (items != nullptr && text_of(document.find("kind")).ends_with("List")) {
      for (Gateway& gateway : read_gateways(items->items, skipped, findings)) {
        gateways.push_back(std::move(gateway));
      }
    } else {
      ++skipped;
    }
  }
  return gateways;
}

}  // namespace asmgw
