#include "render/render.h"

#include "render/fit.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

/// Behind its Deployment, as a rule. One that goes, or to which the replicas of a live Deployment
/// pass, comes before it: the replicas are never without somebody who has them.
void add_autoscaler(DesiredObject autoscaler, std::vector<DesiredObject>& objects) {
  const bool takes_over = objects.back().handover && autoscaler.scales;
  const bool is_first = !autoscaler.body || takes_over;
  objects.insert(is_first ? objects.end() - 1 : objects.end(), std::move(autoscaler));
}

}  // namespace

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
  settle_replicas(gateway, settings, fit, objects.back());
  if (auto autoscaler = render_autoscaler(gateway, settings, fit)) {
    add_autoscaler(std::move(*autoscaler), objects);
  }
  if (std::optional<DesiredObject> filter = render_envoy_filter(gateway, fit)) {
    objects.push_back(std::move(*filter));
  }
  for (DesiredObject& object : objects) {
    adapt(object, fit);
    object.adopted = adopted_by(object, settings, fit);
    for (const Finding& found : object.findings) findings.add(found);
  }
  return objects;
}

}  // namespace asmgw
