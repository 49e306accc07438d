// How does a rendered object adapt to the live one?
#include "object/quantity.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

const Json* proxy_of(const Json& deployment) {
  const Json* containers = find(deployment, {"spec", "template", "spec", "containers"});
  if (containers == nullptr) return nullptr;
  for (const Json& container : *containers) {
    if (text_at(container, {"name"}) == "istio-proxy") return &container;
  }
  return nullptr;
}

}  // namespace

void fit(DesiredObject& object, const LiveObjects& live) {
  const auto found = live.find(object.ref);
  if (found == live.end() || !object.body || object.ref.kind != "Deployment") return;
  const Json* live_proxy = proxy_of(found->second);
  if (live_proxy == nullptr) return;
  for (Json& container : (*object.body)["spec"]["template"]["spec"]["containers"]) {
    if (container["name"] != "istio-proxy") continue;
    if (!container.contains("resources")) continue;
    for (auto& [list, amounts] : container["resources"].items()) {
      for (auto& [resource, amount] : amounts.items()) {
        const Json* spelled = find(*live_proxy, {"resources", list, resource});
        if (spelled == nullptr || !spelled->is_string()) continue;
        if (same_quantity(spelled->get<std::string>(), amount.get<std::string>())) {
          amount = *spelled;
        }
      }
    }
  }
}

}  // namespace asmgw
