#include "gateway/validate.h"

#include <fmt/format.h>

#include <map>

#include "base/in_quotes.h"
#include "gateway/codes.h"
#include "gateway/overrides.h"
#include "gateway/validate_rules.h"

namespace asmgw {
namespace {

bool is_dns_1035(std::string_view name) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (name.empty() || name.back() == '-') return false;
  for (const char c : name) {
    if (!lower(c) && !digit(c) && c != '-') return false;
  }
  return true;  // the objects' names begin with istio-
}

void check_name(const Gateway& gateway, Findings& findings) {
  const std::string& name = gateway.name.value;
  if (gateway.name.at.source == nullptr) return;  // missing, which has been said
  if (!is_dns_1035(name)) {
    findings.add(finding(kBadValue, gateway.name.at, fmt::format("{} is no name", in_quotes(name)),
                         "lower-case letters, digits and -, not ending in -"));
  } else if (name.size() + 6 > 63) {
    findings.add(
        finding(kBadValue, gateway.name.at, "the name is too long",
                fmt::format("its objects are called istio-{}; at most 57 characters", name)));
  }
}

void check_namespace(const Gateway& gateway, const Rules& rules, Findings& findings) {
  const std::string& ns = gateway.ns ? gateway.ns->value : rules.ns;
  const Range& at = gateway.ns ? gateway.ns->at : gateway.name.at;
  if (ns == "istio-system" || rules.allow_namespace) return;
  if (at.source == nullptr) return;
  findings.add(finding(kNamespace, at, fmt::format("a gateway in {} would not start", ns),
                       "namespace: istio-system, or --allow-namespace"));
}

void check_clusters(const Gateway& gateway, Findings& findings) {
  const auto& ids = gateway.spec.cluster_ids;
  if (!ids) {
    findings.add(finding(kMissingField, gateway.spec_at, "spec.clusterIds is missing",
                         "clusterIds: [CLUSTER-ID]"));
    return;
  }
  std::map<std::string, int> lines;
  for (const Located<std::string>& id : ids->value) {
    if (id.value.empty()) {
      findings.add(finding(kBadValue, id.at, "a cluster ID is empty"));
      continue;
    }
    const auto [first, is_new] = lines.emplace(id.value, id.at.line);
    if (is_new) continue;
    findings.add(
        finding(kDuplicateCluster, id.at,
                fmt::format("{} stands here twice; first on line {}", id.value, first->second)));
  }
}

/// The clusters of a gateway; one without a name when it names none, so that its rules are checked.
std::vector<std::string> cluster_ids(const Gateway& gateway) {
  std::vector<std::string> ids;
  if (gateway.spec.cluster_ids) {
    for (const Located<std::string>& id : gateway.spec.cluster_ids->value) ids.push_back(id.value);
  }
  if (ids.empty()) ids.emplace_back();
  return ids;
}

void check_duplicates(const std::vector<Gateway>& gateways, Findings& findings) {
  std::map<std::string, Range> seen;
  for (const Gateway& gateway : gateways) {
    if (gateway.name.value.empty()) continue;
    const auto [first, is_new] = seen.emplace(gateway.name.value, gateway.name.at);
    if (is_new) continue;
    findings.add(finding(kDuplicateGateway, gateway.name.at,
                         fmt::format("a second gateway {}; the first is {}", gateway.name.value,
                                     file_line(first->second))));
  }
}

}  // namespace

void validate(const std::vector<Gateway>& gateways, const Rules& rules, Findings& findings) {
  Settings settings;
  settings.asm_version = rules.asm_version;
  for (const Gateway& gateway : gateways) {
    check_name(gateway, findings);
    check_namespace(gateway, rules, findings);
    check_clusters(gateway, findings);
    validate_overrides(gateway, rules, findings);
    validate_service(gateway, rules, findings);
    validate_pods(gateway, rules, findings);
    validate_volumes(gateway.spec, findings);
    validate_kernel(gateway.spec, findings);
    validate_host_network(gateway.spec, rules, findings);
    validate_compression(gateway.spec, findings);
    validate_values(gateway, findings);
    std::vector<EffectiveGateway> clusters;
    for (const std::string& cluster : cluster_ids(gateway)) {
      clusters.push_back(effective(gateway, cluster, rules.ns, settings));
      validate_service_of(clusters.back(), findings);
      validate_pods_of(clusters.back(), rules, findings);
      validate_scale_of(clusters.back(), findings);
    }
    note_unused(gateway, clusters, findings);
  }
  check_duplicates(gateways, findings);
}

}  // namespace asmgw
