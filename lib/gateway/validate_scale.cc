// How many pods, and how they are replaced: rolling amounts, the autoscaler, hostNetwork.
#include <fmt/format.h>

#include "base/in_quotes.h"
#include "gateway/codes.h"
#include "gateway/overrides.h"
#include "gateway/validate_rules.h"
#include "object/quantity.h"
#include "object/rolling.h"

namespace asmgw {
namespace {

std::optional<RollingAmount> check_amount(const Field<std::string>& field, std::string_view name,
                                          std::int64_t max_percent, Findings& findings) {
  if (!field) return std::nullopt;
  const std::optional<RollingAmount> amount = parse_rolling(field->value);
  if (!amount) {
    findings.add(finding(kBadValue, field->at,
                         fmt::format("{} cannot be {}", name, in_quotes(field->value)),
                         "\"1\" (pods) or \"25%\" (of the replicas)"));
  } else if (amount->is_percent && amount->number > max_percent) {
    findings.add(
        finding(kOutOfRange, field->at, fmt::format("{} is beyond 100%", name), "0% to 100%"));
  }
  return amount;
}

void check_rolling(const GatewaySpec& spec, Findings& findings) {
  const auto surge = check_amount(spec.rolling_max_surge, "rollingMaxSurge", 2147483647, findings);
  const auto unavailable =
      check_amount(spec.rolling_max_unavailable, "rollingMaxUnavailable", 100, findings);
  const Range& at = spec.rolling_max_unavailable->at.source != nullptr
                        ? spec.rolling_max_unavailable->at
                        : spec.rolling_max_surge->at;
  if (surge && unavailable && surge->number == 0 && unavailable->number == 0) {
    findings.add(finding(kRollingBothZero, at,
                         "rollingMaxSurge and rollingMaxUnavailable are both zero",
                         "let one of the two be 1 or more, or no pod is ever replaced"));
  }
}

/// `lines 11 and 12`: those that hold a nested value.
std::string lines_of(const Range& key, const Range& at) {
  return key.line == at.line ? fmt::format("line {}", at.line)
                             : fmt::format("lines {} and {}", key.line, at.line);
}

/// Do the pods request the resource? (A limit alone is taken as the request, too.)
bool is_requested(const GatewaySpec& spec, const std::string& resource) {
  const auto holds_it = [&](const Field<Quantities>& list) {
    if (!list) return false;
    const auto amount = list->value.amounts.find(resource);
    return amount != list->value.amounts.end() && !same_quantity(amount->second.value, "0");
  };
  return spec.resources &&
         (holds_it(spec.resources->value.requests) || holds_it(spec.resources->value.limits));
}

void check_target(const GatewaySpec& spec, const Field<UtilizationTarget>& target,
                  std::string_view name, const std::string& resource, Findings& findings) {
  if (!target || !target->value.target_average_utilization) return;
  if (is_autoscaler_off(spec)) return;
  const Located<std::int64_t>& value = *target->value.target_average_utilization;
  if (!spec.max_replicas) {
    findings.add(finding(kHpaWithoutMax, value.key,
                         fmt::format("{} target without maxReplicas", name),
                         fmt::format("no autoscaler is made; add maxReplicas, or take {} out",
                                     lines_of(target->key, value.key))));
  } else if (!is_requested(spec, resource)) {
    findings.add(finding(kTargetWithoutRequest, value.key,
                         fmt::format("{} target, but no {} is requested", name, resource),
                         fmt::format("add resources.requests.{}, or take {} out", resource,
                                     lines_of(target->key, value.key))));
  }
}

void check_bounds(const GatewaySpec& spec, Findings& findings) {
  if (!spec.max_replicas) {
    if (!spec.min_replicas || is_autoscaler_off(spec)) return;
    findings.add(finding(kHpaWithoutMax, spec.min_replicas->at, "minReplicas without maxReplicas",
                         fmt::format("no autoscaler is made; add maxReplicas, or take line {} out",
                                     spec.min_replicas->at.line)));
    return;
  }
  const std::int64_t max = spec.max_replicas->value;
  const std::int64_t min = spec.min_replicas ? spec.min_replicas->value : 1;
  if (min > max) {
    findings.add(finding(kMinOverMax, spec.min_replicas->at,
                         fmt::format("minReplicas {} is above maxReplicas {}", min, max),
                         fmt::format("maxReplicas stands on line {}", spec.max_replicas->at.line)));
  }
  const Located<std::int64_t>& replicas = *spec.replica_count;
  const bool is_outside = replicas.value < min || replicas.value > max;
  if (replicas.at.source == nullptr || !is_outside || is_autoscaler_off(spec)) return;
  findings.add(
      finding(kReplicasOutsideBounds, replicas.at,
              fmt::format("replicaCount {} is outside {} to {}", replicas.value, min, max),
              "the autoscaler moves it into its bounds; take replicaCount out, or correct it"));
}

}  // namespace

void validate_scale_of(const EffectiveGateway& gateway, Findings& findings) {
  const GatewaySpec& spec = gateway.spec;
  check_rolling(spec, findings);
  check_bounds(spec, findings);
  check_target(spec, spec.cpu, "CPU", "cpu", findings);
  check_target(spec, spec.memory, "memory", "memory", findings);
}

void validate_host_network(const GatewaySpec& spec, const Rules& rules, Findings& findings) {
  if (!spec.host_network || !spec.host_network->value) return;
  const Range& at = spec.host_network->at;
  if (spec.dns_policy && spec.dns_policy->value == "ClusterFirst") {
    findings.add(finding(kHostNetworkDns, spec.dns_policy->at,
                         "names of the cluster are not found there",
                         "dnsPolicy: ClusterFirstWithHostNet"));
  }
  const std::optional<RollingAmount> surge =
      spec.rolling_max_surge ? parse_rolling(spec.rolling_max_surge->value) : std::nullopt;
  if (!surge || surge->number > 0) {
    findings.add(finding(kHostNetworkSurge,
                         spec.rolling_max_surge ? spec.rolling_max_surge->at : at,
                         "every surge pod needs a free node",
                         "have as many free nodes as it surges, or rollingMaxSurge: \"0\""));
  }
  const Field<bool>& disabled = spec.disable_container_port_exposed;
  if (disabled ? disabled->value : !is_older(rules.asm_version, kAsm116)) {
    findings.add(finding(
        kHostNetworkPorts, disabled ? disabled->at : at, "a clash of ports is not seen there",
        "disableContainerPortExposed: false, so that the scheduler sees all of them"));
  }
  if (spec.kernel && spec.kernel->value.enabled && spec.kernel->value.enabled->value) {
    findings.add(finding(kKernelHostNetwork, spec.kernel->key, "there they change the node",
                         "take kernel out, or hostNetwork"));
  }
}

}  // namespace asmgw
