#include <fmt/format.h>

#include <array>
#include <map>

#include "gateway/codes.h"
#include "gateway/fields.h"
#include "gateway/validate_rules.h"
#include "object/rolling.h"

namespace asmgw {
namespace {

// Entries that the proxy's own environment sets by reference (page 3).
constexpr std::array<std::string_view, 6> kBuiltinEnv = {"POD_NAME",    "POD_NAMESPACE",
                                                         "INSTANCE_IP", "SERVICE_ACCOUNT",
                                                         "HOST_IP",     "ISTIO_META_CLUSTER_ID"};

void check_labels(const GatewaySpec& spec, Findings& findings) {
  if (!spec.pod_labels) return;
  for (const auto& [key, value] : spec.pod_labels->value) {
    if (key == "app" || key == "istio") {
      findings.add(finding(kLabelReserved, value.key,
                           fmt::format("the pod label {} is the selector's", key),
                           "take it out; Service and Deployment find their pods by it"));
    } else if (key == "sidecar.istio.io/inject" && value.value != "true") {
      findings.add(finding(kLabelReserved, value.at, "without injection the pods get no proxy",
                           "take the label out"));
    }
  }
}

void check_annotations(const GatewaySpec& spec, Findings& findings) {
  if (!spec.pod_annotations) return;
  const auto templates = spec.pod_annotations->value.find("inject.istio.io/templates");
  if (templates == spec.pod_annotations->value.end()) return;
  if (("," + templates->second.value + ",").find(",gateway,") != std::string::npos) return;
  findings.add(finding(kLabelReserved, templates->second.at,
                       "without the template gateway the pods get no gateway proxy",
                       "inject.istio.io/templates: gateway"));
}

void check_env(const GatewaySpec& spec, Findings& findings) {
  if (!spec.env) return;
  std::map<std::string, int> lines;
  for (const Located<EnvVar>& variable : spec.env->value) {
    if (!variable.value.name || variable.value.name->value.empty()) {
      findings.add(finding(kMissingField, variable.at, "a variable without a name",
                           "name: NAME, value: VALUE"));
      continue;
    }
    const Located<std::string>& name = *variable.value.name;
    const auto [first, is_new] = lines.emplace(name.value, name.at.line);
    if (!is_new) {
      findings.add(finding(
          kBadValue, name.at,
          fmt::format("a second variable {}; the first is on line {}", name.value, first->second),
          "remove one of the two"));
    }
    for (const std::string_view builtin : kBuiltinEnv) {
      if (name.value != builtin) continue;
      findings.add(finding(kEnvBuiltinKind, name.at,
                           fmt::format("{} is the proxy's own variable", builtin),
                           "take it out: both would be merged and the pod refused"));
    }
  }
}

std::optional<RollingAmount> check_amount(const Field<std::string>& field, std::string_view name,
                                          std::int64_t max_percent, Findings& findings) {
  if (!field) return std::nullopt;
  const std::optional<RollingAmount> amount = parse_rolling(field->value);
  if (!amount) {
    findings.add(finding(kBadValue, field->at,
                         fmt::format("{} cannot be \"{}\"", name, field->value),
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
  if (surge && unavailable && surge->number == 0 && unavailable->number == 0) {
    findings.add(finding(kRollingBothZero, spec.rolling_max_unavailable->at,
                         "rollingMaxSurge and rollingMaxUnavailable are both zero",
                         "let one of the two be 1 or more, or no pod is ever replaced"));
  }
}

void check_target(const Field<UtilizationTarget>& target, std::string_view name,
                  Findings& findings) {
  if (!target || !target->value.target_average_utilization) return;
  const Located<std::int64_t>& value = *target->value.target_average_utilization;
  const Range& at = value.key;
  const std::string lines = target->key.line == at.line
                                ? fmt::format("line {}", at.line)
                                : fmt::format("lines {} and {}", target->key.line, at.line);
  findings.add(
      finding(kHpaWithoutMax, at, fmt::format("{} target without maxReplicas", name),
              fmt::format("no autoscaler is made; add maxReplicas, or take {} out", lines)));
}

}  // namespace

void validate_pods(const Gateway& gateway, Findings& findings) {
  const GatewaySpec& spec = gateway.spec;
  check_labels(spec, findings);
  check_annotations(spec, findings);
  check_env(spec, findings);
  check_rolling(spec, findings);
  check_target(spec.cpu, "CPU", findings);
  check_target(spec.memory, "memory", findings);
  if (spec.auto_create_gateway_yaml && spec.auto_create_gateway_yaml->value) {
    findings.add(finding(kNotRendered, spec.auto_create_gateway_yaml->at,
                         "autoCreateGatewayYaml is not rendered"));
  }
}

void validate_override_pods(const GatewaySpec& spec, Findings& findings) {
  check_annotations(spec, findings);
  check_target(spec.cpu, "CPU", findings);
  check_target(spec.memory, "memory", findings);
}

}  // namespace asmgw
