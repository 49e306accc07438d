#include <fmt/format.h>

#include <map>
#include <utility>

#include "gateway/codes.h"
#include "gateway/fields.h"
#include "gateway/ports.h"
#include "gateway/validate_rules.h"

namespace asmgw {
namespace {

bool is_load_balancer(const GatewaySpec& spec) {
  return !spec.service_type || spec.service_type->value == "LoadBalancer";
}

void check_target(const Located<ServicePort>& port, Findings& findings) {
  if (!port.value.target_port) return;
  const Range& at = port.value.target_port->at;
  if (is_target_zero(port.value)) {
    findings.add(finding(kTargetPort0, at,
                         fmt::format("targetPort 0 means \"same as port\": {}",
                                     port.value.port ? port.value.port->value : 0)));
    return;
  }
  const std::string* name = std::get_if<std::string>(&port.value.target_port->value);
  if (name == nullptr || *name == "http-envoy-prom") return;
  const bool is_number = name->find_first_not_of("0123456789") == std::string::npos;
  findings.add(
      finding(kTargetPortName, at, fmt::format("no container port is called \"{}\"", *name),
              is_number ? fmt::format("without quotes: targetPort: {}", *name)
                        : fmt::format("give the number, {} if it is the same; the only name is "
                                      "http-envoy-prom",
                                      port.value.port ? port.value.port->value : 0)));
}

void check_node_port(const ServicePort& port, Findings& findings) {
  if (!port.node_port || port.node_port->value == 0) return;
  const std::int64_t number = port.node_port->value;
  if (number >= 30000 && number <= 32767) {
    findings.add(
        finding(kNodePort, port.node_port->at, fmt::format("nodePort {} is given", number)));
    return;
  }
  findings.add(finding(kNodePortRange, port.node_port->at,
                       fmt::format("nodePort {} is outside 30000-32767", number),
                       "it fails at apply unless the cluster's range is wider"));
}

void check_ports(const Gateway& gateway, Findings& findings) {
  if (!gateway.spec.ports) {
    findings.add(finding(kMissingField, gateway.spec_at, "spec.ports is missing",
                         "ports: [{name: http2, port: 80, targetPort: 80}]"));
    return;
  }
  const auto& ports = gateway.spec.ports->value;
  std::map<std::string, int> names;
  std::map<std::pair<std::int64_t, std::string>, int> numbers;
  for (const Located<ServicePort>& port : ports) {
    if (port.value.name) {
      const auto [first, is_new] = names.emplace(port.value.name->value, port.at.line);
      if (!is_new) {
        findings.add(finding(kPortName, port.value.name->at,
                             fmt::format("a second port \"{}\"; the first is on line {}",
                                         port.value.name->value, first->second)));
      }
    } else if (ports.size() > 1) {
      findings.add(finding(kPortName, port.at, "a port without a name",
                           "name: http2; with several ports each needs one"));
    }
    if (!port.value.port) {
      findings.add(finding(kMissingField, port.at, "port is missing", "port: 80"));
      continue;
    }
    if (port.value.port->value == 0) continue;  // out of range, which has been said
    const std::string protocol = transport_protocol(port.value);
    const auto [first, is_new] =
        numbers.emplace(std::make_pair(port.value.port->value, protocol), port.at.line);
    if (!is_new) {
      findings.add(finding(kPortDuplicate, port.value.port->at,
                           fmt::format("a second port {}/{}; the first is on line {}",
                                       port.value.port->value, protocol, first->second)));
    }
    check_target(port, findings);
    check_node_port(port.value, findings);
  }
}

void check_policy(const GatewaySpec& spec, Findings& findings) {
  if (!spec.external_traffic_policy) return;
  const Range& at = spec.external_traffic_policy->at;
  if (spec.gateway_type && spec.gateway_type->value == "egress") {
    findings.add(finding(kPolicyEgress, at, "externalTrafficPolicy is not rendered for egress",
                         "take it out"));
  } else if (spec.service_type && spec.service_type->value == "ClusterIP") {
    findings.add(finding(kPolicyNeedsLb, at, "externalTrafficPolicy needs another serviceType",
                         "LoadBalancer or NodePort; ClusterIP has no traffic from outside"));
  }
}

void check_annotations(const Gateway& gateway, Findings& findings) {
  const GatewaySpec& spec = gateway.spec;
  if (!spec.service_annotations) return;
  if (!is_load_balancer(spec)) {
    findings.add(finding(kAnnotationsNeedLb, spec.service_annotations->at,
                         "serviceAnnotations are not rendered without LoadBalancer"));
  }
  if (!spec.cluster_ids || spec.cluster_ids->value.size() < 2) return;
  for (const auto& [key, value] : spec.service_annotations->value) {
    if (!key.ends_with("-loadbalancer-id")) continue;
    findings.add(finding(kLbIdShared, value.at, "one load balancer for several clusters",
                         "it cannot be shared: put this annotation into overrides"));
  }
}

}  // namespace

void validate_service(const Gateway& gateway, Findings& findings) {
  check_ports(gateway, findings);
  check_policy(gateway.spec, findings);
  check_annotations(gateway, findings);
}

}  // namespace asmgw
