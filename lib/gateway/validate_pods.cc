#include <fmt/format.h>

#include <map>

#include "base/in_quotes.h"
#include "gateway/codes.h"
#include "gateway/ports.h"
#include "gateway/reserved.h"
#include "gateway/validate_rules.h"

namespace asmgw {
namespace {

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

void check_builtin(const GatewaySpec& spec, const EnvVar& variable, Findings& findings) {
  const Located<std::string>& name = *variable.name;
  const std::string message = fmt::format("{} is the proxy's own variable", name.value);
  if (holds(kUntouchableEnv, name.value)) {
    findings.add(finding(kEnvBuiltinKind, name.at, message,
                         "take it out: both would be merged and the pod refused"));
  } else if (name.value == "ISTIO_META_UNPRIVILEGED_POD" && variable.value &&
             variable.value->value == "true" && low_port(spec)) {
    findings.add(finding(kEnvBuiltinKind, name.at, "with it the mesh sends no listener below 1024",
                         "take it out: the pod would be ready and serve nothing there"));
  } else if (holds(kBuiltinEnv, name.value)) {
    findings.add(finding(kEnvBuiltin, name.at, message, "take it out, unless you mean it"));
  }
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
    check_builtin(spec, variable.value, findings);
  }
}

void check_gate(const Field<std::string>& annotation, const Rules& rules, const AsmVersion& from,
                std::string_view name, Findings& findings) {
  if (!annotation || !is_older(rules.asm_version, from)) return;
  findings.add(finding(kAsmVersion, annotation->key,
                       fmt::format("{} needs ASM v{}.{}", name, from.major, from.minor),
                       "it has no effect; give the right --asm-version"));
}

/// A quoted number of seconds, as the vendor allows it with CLB and NLB.
void check_drain(const Field<std::string>& drain, Findings& findings) {
  if (!drain) return;
  const std::string& text = drain->value;
  const bool is_number = !text.empty() && text.size() < 10 &&
                         text.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number) {
    findings.add(finding(kBadValue, drain->at,
                         fmt::format("{} is no number of seconds", in_quotes(text)),
                         "\"10\" to \"890\""));
  } else if (std::stoll(text) < 10 || std::stoll(text) > 890) {
    findings.add(finding(kOutOfRange, drain->at,
                         fmt::format("the drain time is out of range: {}", text), "10 to 890"));
  }
}

}  // namespace

void validate_pods(const Gateway& gateway, const Rules& rules, Findings& findings) {
  const GatewaySpec& spec = gateway.spec;
  const GatewayAnnotations& annotations = gateway.annotations;
  check_labels(spec, findings);
  check_env(spec, findings);
  check_gate(annotations.replicas_managed_by_asm, rules, kAsm119, "replicas-managed-by-asm",
             findings);
  check_gate(annotations.enable_canary_deployment, rules, kAsm120, "enable-canary-deployment",
             findings);
  check_gate(annotations.drain_timeout_seconds, rules, kAsm126, "gateway-drain-timeout-seconds",
             findings);
  check_drain(annotations.drain_timeout_seconds, findings);
  if (spec.auto_create_gateway_yaml && spec.auto_create_gateway_yaml->value) {
    findings.add(finding(kNotRendered, spec.auto_create_gateway_yaml->at,
                         "autoCreateGatewayYaml is not rendered"));
  }
}

void validate_pods_of(const EffectiveGateway& gateway, const Rules& rules, Findings& findings) {
  check_annotations(gateway.spec, findings);
  const Field<std::string>& drain = gateway.annotations.drain_timeout_seconds;
  if (!drain || is_older(rules.asm_version, kAsm126) || !gateway.spec.pod_annotations) return;
  const auto own = gateway.spec.pod_annotations->value.find("proxy.istio.io/config");
  if (own == gateway.spec.pod_annotations->value.end()) return;
  findings.add(finding(
      kDrainNotApplied, own->second.key, "the drain time is not put in here",
      fmt::format("add \"terminationDrainDuration\": \"{}s\" to it yourself", drain->value)));
}

}  // namespace asmgw
