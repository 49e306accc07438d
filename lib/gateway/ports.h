// What does one port of the manifest mean to Kubernetes?
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/istio_gateway.h"

namespace asmgw {

/// Istio's words are carried by TCP or UDP: HTTPS → TCP, QUIC → UDP. TCP, UDP, SCTP stay.
std::string transport_protocol(const ServicePort& port);

/// The number a request ends up at: targetPort; absent, 0 or "" mean "same as port"; a name stays.
IntOrText target_of(const ServicePort& port);

/// Is targetPort written as 0 or "", which means "same as port"?
bool is_target_zero(const ServicePort& port);

}  // namespace asmgw
