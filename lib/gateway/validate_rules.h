// The rules of `validate`, by what they are about. Private to this room.
#pragma once

#include "base/finding.h"
#include "gateway/istio_gateway.h"

namespace asmgw {

void validate_service(const Gateway& gateway, Findings& findings);
void validate_pods(const Gateway& gateway, Findings& findings);
/// What an override says about the pods.
void validate_override_pods(const GatewaySpec& spec, Findings& findings);

}  // namespace asmgw
