#include "render/render.h"

#include "render/fit.h"
#include "render/kinds.h"

namespace asmgw {

std::vector<DesiredObject> render(const EffectiveGateway& gateway, const Settings& settings,
                                  const LiveObjects& live, Findings& findings) {
  const Fit fit = fit_to(gateway, settings, live);
  std::vector<DesiredObject> objects;
  objects.push_back(render_service_account(gateway, fit));
  if (fit.style == Style::Whole) {
    objects.push_back(render_role(gateway, fit));
    objects.push_back(render_role_binding(gateway, fit));
  }
  objects.push_back(render_service(gateway, fit));
  objects.push_back(render_deployment(gateway, settings, fit));
  if (std::optional<DesiredObject> filter = render_envoy_filter(gateway, fit)) {
    objects.push_back(std::move(*filter));
  }
  for (DesiredObject& object : objects) {
    adapt(object, fit);
    for (const Finding& found : object.findings) findings.add(found);
  }
  return objects;
}

}  // namespace asmgw
