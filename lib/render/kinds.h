// One function per kind that we render. Private to this room, but for its tests.
#pragma once

#include "base/finding.h"
#include "gateway/istio_gateway.h"
#include "gateway/settings.h"
#include "object/objects.h"
#include "render/render.h"

namespace asmgw {

DesiredObject render_service_account(const EffectiveGateway& gateway);
DesiredObject render_role(const EffectiveGateway& gateway);
DesiredObject render_role_binding(const EffectiveGateway& gateway);
DesiredObject render_service(const EffectiveGateway& gateway);
DesiredObject render_deployment(const EffectiveGateway& gateway, const Settings& settings);

/// Adjusts an object to the live one: a quantity of equal value takes the live spelling, for
/// another spelling would be a write, or a conflict, without any effect (page 3).
void fit(DesiredObject& object, const LiveObjects& live);

}  // namespace asmgw
