#include "gateway/ports.h"

namespace asmgw {

std::string transport_protocol(const ServicePort& port) {
  const std::string word = port.protocol ? port.protocol->value : "TCP";
  if (word == "UDP" || word == "SCTP") return word;
  return word == "QUIC" || word == "HTTP3" ? "UDP" : "TCP";
}

bool is_target_zero(const ServicePort& port) {
  if (!port.target_port) return false;
  const IntOrText& target = port.target_port->value;
  const std::int64_t* number = std::get_if<std::int64_t>(&target);
  return number != nullptr ? *number == 0 : std::get<std::string>(target).empty();
}

IntOrText target_of(const ServicePort& port) {
  if (port.target_port && !is_target_zero(port)) return port.target_port->value;
  return port.port ? port.port->value : std::int64_t{0};
}

std::vector<Located<ServicePort>> all_ports(const GatewaySpec& spec) {
  std::vector<Located<ServicePort>> ports;
  if (spec.ports) ports = spec.ports->value;
  if (spec.mesh_expansion_ports) {
    const auto& more = spec.mesh_expansion_ports->value;
    ports.insert(ports.end(), more.begin(), more.end());
  }
  return ports;
}

std::optional<Located<ServicePort>> low_port(const GatewaySpec& spec) {
  for (const Located<ServicePort>& port : all_ports(spec)) {
    const IntOrText target = target_of(port.value);
    const std::int64_t* number = std::get_if<std::int64_t>(&target);
    if (number != nullptr && *number < 1024) return port;
  }
  return std::nullopt;
}

}  // namespace asmgw
