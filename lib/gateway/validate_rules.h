// The rules of `validate`, by what they are about. Private to this room.
#pragma once

#include "base/finding.h"
#include "gateway/istio_gateway.h"
#include "gateway/validate.h"

namespace asmgw {

// Rules about what the manifest says.
void validate_overrides(const Gateway& gateway, const Rules& rules, Findings& findings);
void validate_service(const Gateway& gateway, const Rules& rules, Findings& findings);
void validate_pods(const Gateway& gateway, const Rules& rules, Findings& findings);
void validate_volumes(const GatewaySpec& spec, Findings& findings);
void validate_kernel(const GatewaySpec& spec, Findings& findings);
void validate_host_network(const GatewaySpec& spec, const Rules& rules, Findings& findings);
void validate_compression(const GatewaySpec& spec, Findings& findings);
/// What the API server says of texts and amounts, of the base and of each override.
void validate_values(const Gateway& gateway, Findings& findings);
void validate_resources(const Field<Resources>& resources, Findings& findings);

// Rules about what holds in one cluster, its override merged. What several clusters share is said
// once, for it has one place.
void validate_service_of(const EffectiveGateway& gateway, Findings& findings);
void validate_pods_of(const EffectiveGateway& gateway, const Rules& rules, Findings& findings);
void validate_scale_of(const EffectiveGateway& gateway, Findings& findings);

/// The base values that no cluster ends up with.
void note_unused(const Gateway& gateway, const std::vector<EffectiveGateway>& clusters,
                 Findings& findings);

}  // namespace asmgw
