#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/in_quotes.h"
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
      finding(kTargetPortName, at, fmt::format("no container port is called {}", in_quotes(*name)),
              is_number ? fmt::format("without quotes: targetPort: {}", *name)
                        : fmt::format("give the number, {} if it is the same; the only name is "
                                      "http-envoy-prom",
                                      port.value.port ? port.value.port->value : 0)));
}

bool has_node_port(const ServicePort& port) { return port.node_port && port.node_port->value != 0; }

/// nodePort and protocol → its line.
using NodePorts = std::map<std::pair<std::int64_t, std::string>, int>;

void check_node_port(const ServicePort& port, const GatewaySpec& spec, NodePorts& lines,
                     Findings& findings) {
  if (!has_node_port(port)) return;
  const std::int64_t number = port.node_port->value;
  if (spec.service_type && spec.service_type->value == "ClusterIP") {
    findings.add(finding(kBadValue, port.node_port->at, "a nodePort needs another serviceType",
                         "LoadBalancer or NodePort; ClusterIP has no ports of nodes"));
    return;
  }
  const auto [first, is_new] =
      lines.emplace(std::make_pair(number, transport_protocol(port)), port.node_port->at.line);
  if (!is_new) {
    findings.add(finding(
        kPortDuplicate, port.node_port->at,
        fmt::format("a second nodePort {}; the first is on line {}", number, first->second)));
    return;
  }
  if (number >= 30000 && number <= 32767) {
    findings.add(
        finding(kNodePort, port.node_port->at, fmt::format("nodePort {} is given", number)));
    return;
  }
  findings.add(finding(kNodePortRange, port.node_port->at,
                       fmt::format("nodePort {} is outside 30000-32767", number),
                       "it fails at apply unless the cluster's range is wider"));
}

void check_protocol(const ServicePort& port, const Rules& rules, Findings& findings) {
  if (!port.protocol || port.protocol->value == "TCP") return;
  if (!is_older(rules.asm_version, kAsmProtocols)) return;
  findings.add(finding(kAsmVersion, port.protocol->at,
                       fmt::format("protocol {} needs ASM v1.9.7.107", port.protocol->value),
                       "protocol: TCP, or give the right --asm-version"));
}

void check_ports(const Gateway& gateway, const Rules& rules, Findings& findings) {
  if (!gateway.spec.ports) {
    findings.add(finding(kMissingField, gateway.spec_at, "spec.ports is missing",
                         "ports: [{name: http2, port: 80, targetPort: 80}]"));
    return;
  }
  const std::vector<Located<ServicePort>> ports = all_ports(gateway.spec);
  std::map<std::string, int> names;
  std::map<std::pair<std::int64_t, std::string>, int> numbers;
  NodePorts node_ports;
  for (const Located<ServicePort>& port : ports) {
    if (port.value.name) {
      const auto [first, is_new] = names.emplace(port.value.name->value, port.at.line);
      if (!is_new) {
        findings.add(finding(kPortName, port.value.name->at,
                             fmt::format("a second port {}; the first is on line {}",
                                         in_quotes(port.value.name->value), first->second)));
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
    check_node_port(port.value, gateway.spec, node_ports, findings);
    check_protocol(port.value, rules, findings);
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

void check_class(const GatewaySpec& spec, const Rules& rules, Findings& findings) {
  if (spec.load_balancer_class) {
    const Range& at = spec.load_balancer_class->at;
    if (!is_load_balancer(spec)) {
      findings.add(finding(kClassNeedsLb, at, "loadBalancerClass needs serviceType LoadBalancer",
                           "serviceType: LoadBalancer, or take it out"));
    } else if (is_older(rules.asm_version, kAsm118)) {
      findings.add(finding(kAsmVersion, at, "loadBalancerClass needs ASM v1.18",
                           "take it out, or give the right --asm-version"));
    }
  }
  if (spec.load_balancer_ip && !is_load_balancer(spec)) {
    findings.add(finding(kAnnotationsNeedLb, spec.load_balancer_ip->at,
                         "loadBalancerIP is not rendered without LoadBalancer"));
  }
}

constexpr std::string_view kOldPrefix = "service.beta.kubernetes.io/alicloud-loadbalancer-";
constexpr std::string_view kNewPrefix = "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-";

/// One annotation in both of the vendor's prefixes.
void check_prefixes(const TextMap& annotations, Findings& findings) {
  for (const auto& [key, value] : annotations) {
    if (!key.starts_with(kOldPrefix)) continue;
    const std::string other = std::string(kNewPrefix) + key.substr(kOldPrefix.size());
    const auto newer = annotations.find(other);
    if (newer == annotations.end() || newer->second.value == value.value) continue;
    findings.add(
        finding(kPrefixConflict, value.key,
                fmt::format("…{} stands here with both prefixes", key.substr(kOldPrefix.size())),
                fmt::format("the newer prefix wins: \"{}\" on line {}; take this one out",
                            newer->second.value, newer->second.at.line)));
  }
}

/// What an override's serviceType keeps from being rendered in its cluster.
void note_type(const EffectiveGateway& gateway, Findings& findings) {
  const GatewaySpec& spec = gateway.spec;
  const Range& at = spec.service_type->at;
  if (is_load_balancer(spec) || !is_overridden(gateway, at)) return;
  std::string names;
  const auto add = [&](bool is_set, std::string_view name) {
    if (is_set) names += (names.empty() ? "" : ", ") + std::string(name);
  };
  add(spec.service_annotations.has_value(), "serviceAnnotations");
  add(spec.load_balancer_class.has_value(), "loadBalancerClass");
  add(spec.load_balancer_ip.has_value(), "loadBalancerIP");
  const bool is_inside = spec.service_type->value == "ClusterIP";
  add(spec.external_traffic_policy && is_inside, "externalTrafficPolicy");
  const std::vector<Located<ServicePort>> ports = all_ports(spec);
  add(is_inside && std::any_of(ports.begin(), ports.end(),
                               [](const auto& port) { return has_node_port(port.value); }),
      "nodePort");
  if (names.empty()) return;
  findings.add(finding(kAnnotationsNeedLb, at, fmt::format("not rendered there: {}", names)));
}

void check_legacy(const GatewaySpec& spec, Findings& findings) {
  const auto warn = [&](const auto& field, std::string_view text, std::string_view hint) {
    if (!field) return;
    findings.add(finding(kLegacyField, field->key.source != nullptr ? field->key : field->at,
                         std::string(text), std::string(hint)));
  };
  warn(spec.sds, "sds has no effect since Istio 1.6", "take it out");
  warn(spec.application_ports, "applicationPorts has no effect since Istio 1.6", "take it out");
  warn(spec.mesh_expansion_ports, "meshExpansionPorts is a field of old meshes",
       "put these ports at the end of ports");
  warn(spec.requested_network_view, "requestedNetworkView is a field of old meshes",
       "env: [{name: ISTIO_META_REQUESTED_NETWORK_VIEW, value: NETWORK}]");
}

}  // namespace

void validate_service(const Gateway& gateway, const Rules& rules, Findings& findings) {
  check_ports(gateway, rules, findings);
  check_policy(gateway.spec, findings);
  check_annotations(gateway, findings);
  check_class(gateway.spec, rules, findings);
  check_legacy(gateway.spec, findings);
}

void validate_service_of(const EffectiveGateway& gateway, Findings& findings) {
  if (gateway.spec.service_annotations) {
    check_prefixes(gateway.spec.service_annotations->value, findings);
  }
  note_type(gateway, findings);
}

}  // namespace asmgw
