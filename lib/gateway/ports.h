// What does one port of the manifest mean to Kubernetes?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/istio_gateway.h"

namespace asmgw {

/// Istio's words are carried by TCP or UDP: HTTPS → TCP, QUIC → UDP. TCP, UDP, SCTP stay.
std::string transport_protocol(const ServicePort& port);

/// The number a request ends up at: targetPort; absent, 0 or "" mean "same as port"; a name stays.
IntOrText target_of(const ServicePort& port);

/// Is targetPort written as 0 or "", which means "same as port"?
bool is_target_zero(const ServicePort& port);

/// The Service's ports: those of meshExpansionPorts stand behind ports in the same list.
std::vector<Located<ServicePort>> all_ports(const GatewaySpec& spec);

/// The first port whose number in the pods only root may bind (below 1024), if there is one.
std::optional<Located<ServicePort>> low_port(const GatewaySpec& spec);

}  // namespace asmgw
