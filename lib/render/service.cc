// The Service: what clients and the cloud's load balancer see.
#include <fmt/format.h>

#include "gateway/ports.h"
#include "render/body.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

void set_port(Body& body, const EffectiveGateway& gateway, const Located<ServicePort>& located,
              std::string_view list) {
  const ServicePort& port = located.value;
  const std::string name = port.name ? port.name->value : fmt::format("{}", port.port->value);
  const auto origin = [&](const auto& field, std::string_view member) {
    return from_field(gateway, field ? field->at : located.at,
                      fmt::format("{}[{}].{}", list, name, member));
  };
  const std::string protocol = transport_protocol(port);
  const Path at =
      fields({"spec", "ports"}) / item(Json{{"port", port.port->value}, {"protocol", protocol}});
  body.set(at, Json::object(), from_field(gateway, located.at, fmt::format("{}[{}]", list, name)));
  body.set(at / "port", port.port->value, origin(port.port, "port"));
  body.set(at / "protocol", protocol, origin(port.protocol, "protocol"));
  const IntOrText target = target_of(port);
  const Json target_json = std::visit([](const auto& value) { return Json(value); }, target);
  body.set(at / "targetPort", target_json, origin(port.target_port, "targetPort"));
  if (port.name) body.set(at / "name", port.name->value, origin(port.name, "name"));
  const bool has_node_ports = gateway.spec.service_type->value != "ClusterIP";
  if (has_node_ports && port.node_port && port.node_port->value != 0) {
    body.set(at / "nodePort", port.node_port->value, origin(port.node_port, "nodePort"));
  }
}

}  // namespace

DesiredObject render_service(const EffectiveGateway& gateway, const Fit& fit) {
  const GatewaySpec& spec = gateway.spec;
  const std::string& type = spec.service_type->value;
  Body body(gateway, fit, "", "Service", "istio-" + gateway.name);
  if (spec.service_labels) {
    for (const auto& [key, value] : spec.service_labels->value) {
      if (key == "app" || key == "istio" || key == "asmgw/gateway" ||
          key == "app.kubernetes.io/managed-by") {
        continue;  // ours stay
      }
      body.set(fields({"metadata", "labels"}) / key, value.value,
               from_field(gateway, value.at, fmt::format("serviceLabels[{}]", key)));
    }
  }
  if (spec.service_annotations && type == "LoadBalancer") {
    for (const auto& [key, value] : spec.service_annotations->value) {
      body.set(fields({"metadata", "annotations"}) / key, value.value,
               from_field(gateway, value.at, fmt::format("serviceAnnotations[{}]", key)));
    }
  }
  body.set({"spec", "type"}, type, from_field(gateway, spec.service_type->at, "serviceType"));
  if (spec.load_balancer_class && type == "LoadBalancer") {
    body.set({"spec", "loadBalancerClass"}, spec.load_balancer_class->value,
             from_field(gateway, spec.load_balancer_class->at, "loadBalancerClass"));
  }
  if (spec.load_balancer_ip && type == "LoadBalancer") {
    body.set({"spec", "loadBalancerIP"}, spec.load_balancer_ip->value,
             from_field(gateway, spec.load_balancer_ip->at, "loadBalancerIP"));
  }
  body.set({"spec", "selector"}, {{"app", "istio-" + gateway.name}, {"istio", gateway.name}},
           built_in());
  const bool is_ingress = spec.gateway_type->value == "ingress";
  if (spec.external_traffic_policy && is_ingress && type != "ClusterIP") {
    body.set({"spec", "externalTrafficPolicy"}, spec.external_traffic_policy->value,
             from_field(gateway, spec.external_traffic_policy->at, "externalTrafficPolicy"));
  }
  for (const Located<ServicePort>& port : spec.ports->value) {
    set_port(body, gateway, port, "ports");
  }
  if (spec.mesh_expansion_ports) {
    for (const Located<ServicePort>& port : spec.mesh_expansion_ports->value) {
      set_port(body, gateway, port, "meshExpansionPorts");
    }
  }
  return std::move(body).finish();
}

}  // namespace asmgw
