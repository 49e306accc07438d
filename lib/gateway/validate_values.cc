// Texts that end up in objects: labels, annotations, names. What the API server refuses in them.
#include <fmt/format.h>

#include <optional>

#include "gateway/codes.h"
#include "gateway/kubernetes_names.h"
#include "gateway/read_value.h"
#include "gateway/special_annotations.h"
#include "gateway/validate_rules.h"

namespace asmgw {
namespace {

/// The server's limit of all keys and values of one object's annotations, in bytes; the pods have
/// some of ours, too.
constexpr std::size_t kMostAnnotations = 256 * 1024;
constexpr std::size_t kOurAnnotations = 512;

void check_labels(const Field<TextMap>& labels, std::string_view name, Findings& findings) {
  if (!labels) return;
  for (const auto& [key, value] : labels->value) {
    check_syntax(value.key, fmt::format("a key of {}", name), key, kLabelKey, findings);
    check_syntax(value.at, key, value.value, kLabelValue, findings);
  }
}

void check_annotations(const Field<TextMap>& annotations, std::string_view name,
                       Findings& findings) {
  if (!annotations) return;
  std::size_t size = kOurAnnotations;
  for (const auto& [key, value] : annotations->value) {
    check_syntax(value.key, fmt::format("a key of {}", name), key, kAnnotationKey, findings);
    size += key.size() + value.value.size();
  }
  if (size <= kMostAnnotations) return;
  findings.add(finding(kBadValue, annotations->at, fmt::format("{} is too large", name),
                       "all keys and values of an object's annotations may have 256 KiB"));
}

void check_env(const GatewaySpec& spec, Findings& findings) {
  if (!spec.env) return;
  for (const Located<EnvVar>& located : spec.env->value) {
    const EnvVar& variable = located.value;
    if (variable.name && !variable.name->value.empty()) {
      check_syntax(variable.name->at, "a variable's name", variable.name->value, kEnvName,
                   findings);
    }
    if (!variable.value_from || !variable.value || variable.value->value.empty()) continue;
    findings.add(finding(kBadValue, variable.value_from->key, "valueFrom beside value",
                         "only one of the two"));
  }
}

void check_port_names(const Field<std::vector<Located<ServicePort>>>& ports, Findings& findings) {
  if (!ports) return;
  for (const Located<ServicePort>& port : ports->value) {
    const Field<std::string>& name = port.value.name;
    if (name) check_syntax(name->at, "a port's name", name->value, kDnsLabel, findings);
  }
}

template <class T>
void check_volume_names(const Field<std::vector<Located<T>>>& volumes, Findings& findings) {
  if (!volumes) return;
  for (const Located<T>& volume : volumes->value) {
    const Field<std::string>& name = volume.value.name;
    if (name) check_syntax(name->at, "a volume's name", name->value, kDnsLabel, findings);
  }
}

template <class T>
Field<T> merged(const Field<T>& base, const Field<T>& other) {
  Field<T> result = base;
  merge_value(result, other);
  if (result && other) result->at = other->at;
  return result;
}

/// What an override changes, as it will be in its cluster.
void check_override(const GatewaySpec& base, const GatewaySpec& other, Findings& findings) {
  if (other.pod_annotations) {
    const auto annotations = merged(base.pod_annotations, other.pod_annotations);
    check_annotations(annotations, "podAnnotations", findings);
    check_pod_annotations(annotations, findings);
  }
  if (other.service_annotations) {
    const auto annotations = merged(base.service_annotations, other.service_annotations);
    check_annotations(annotations, "serviceAnnotations", findings);
    check_service_annotations(annotations, findings);
  }
  if (other.resources) {
    validate_resources(merged(base.resources, other.resources), findings);
  }
}

}  // namespace

void validate_values(const Gateway& gateway, Findings& findings) {
  const GatewaySpec& spec = gateway.spec;
  check_labels(spec.pod_labels, "podLabels", findings);
  check_labels(spec.service_labels, "serviceLabels", findings);
  check_labels(spec.node_selector, "nodeSelector", findings);
  check_annotations(spec.pod_annotations, "podAnnotations", findings);
  check_pod_annotations(spec.pod_annotations, findings);
  check_annotations(spec.service_annotations, "serviceAnnotations", findings);
  check_service_annotations(spec.service_annotations, findings);
  check_env(spec, findings);
  check_port_names(spec.ports, findings);
  check_port_names(spec.mesh_expansion_ports, findings);
  check_volume_names(spec.config_volumes, findings);
  check_volume_names(spec.secret_volumes, findings);
  if (spec.load_balancer_class) {
    check_syntax(spec.load_balancer_class->at, "loadBalancerClass", spec.load_balancer_class->value,
                 kLabelKey, findings);
  }
  validate_resources(spec.resources, findings);
  if (!spec.overrides) return;
  for (const Override& override : spec.overrides->value.list) {
    check_override(spec, override.spec, findings);
  }
}

}  // namespace asmgw
