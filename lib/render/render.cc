#include "render/render.h"

#include "gateway/codes.h"
#include "render/kinds.h"

namespace asmgw {

std::vector<DesiredObject> render(const EffectiveGateway& gateway, const Settings& settings,
                                  const LiveObjects& live, Findings& findings) {
  std::vector<DesiredObject> objects;
  objects.push_back(render_service_account(gateway));
  objects.push_back(render_role(gateway));
  objects.push_back(render_role_binding(gateway));
  objects.push_back(render_service(gateway));
  if (gateway.spec.host_network->value) {
    findings.add(finding(kHostNetworkNotInjected, gateway.spec.host_network->at,
                         "under hostNetwork nothing injects the proxy",
                         "this version renders injected gateways only: hostNetwork: false"));
  } else {
    objects.push_back(render_deployment(gateway, settings));
  }
  for (DesiredObject& object : objects) fit(object, live);
  return objects;
}

}  // namespace asmgw
