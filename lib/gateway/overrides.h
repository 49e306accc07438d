// What does the manifest say for one cluster? Base, then its override, then the defaults.
#pragma once

#include <string>

#include "gateway/istio_gateway.h"
#include "gateway/settings.h"

namespace asmgw {

/// The spec that holds in the cluster. Scalars and lists of the override replace the base's; maps
/// and resources are merged by key; fields that cannot be overridden keep the base's value. Every
/// value keeps the place of the line that won. Before ASM v1.16 fewer fields can be overridden.
/// `ns`: where a manifest that says none belongs.
EffectiveGateway effective(const Gateway& gateway, const std::string& cluster,
                           const std::string& ns, const Settings& settings = {});

/// autoscaleEnabled: false says that no autoscaler is wanted, whatever its bounds and targets.
bool is_autoscaler_off(const GatewaySpec& spec);

}  // namespace asmgw
