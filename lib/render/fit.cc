#include "render/fit.h"

#include <algorithm>

#include "object/adoption.h"
#include "object/kinds.h"
#include "object/owners.h"
#include "object/quantity.h"

namespace asmgw {
namespace {

const Json* container_of(const Json& deployment, std::string_view name) {
  const Json* containers = find(deployment, {"spec", "template", "spec", "containers"});
  if (containers == nullptr) return nullptr;
  for (const Json& container : *containers) {
    if (text_at(container, {"name"}) == name) return &container;
  }
  return nullptr;
}

/// A quantity of equal value takes the live spelling.
void spell_as_live(Json& container, const Json& live_container) {
  if (!container.contains("resources")) return;
  for (auto& [list, amounts] : container["resources"].items()) {
    for (auto& [resource, amount] : amounts.items()) {
      const Json* spelled = find(live_container, {"resources", list, resource});
      if (spelled == nullptr || !spelled->is_string()) continue;
      if (same_quantity(spelled->get<std::string>(), amount.get<std::string>())) amount = *spelled;
    }
  }
}

/// Do the keys of the list's identity have equal values? (An absent protocol is TCP.)
bool is_same_item(const ListIdentity& identity, const Json& one, const Json& two) {
  for (const std::string_view key : identity.keys) {
    const std::string otherwise = key == "protocol" ? "\"TCP\"" : "";
    const auto value = [&](const Json& item) {
      const Json* found = find(item, {key});
      return found != nullptr ? dump(*found) : otherwise;
    };
    if (!key.empty() && value(one) != value(two)) return false;
  }
  return true;
}

/// Items that exist live come first, in their live order; new ones keep ours.
void order_as_live(Json& list, const Json& live_list, const ListIdentity& identity) {
  const auto place = [&](const Json& item) {
    const auto found = std::find_if(live_list.begin(), live_list.end(), [&](const Json& candidate) {
      return is_same_item(identity, item, candidate);
    });
    return found - live_list.begin();  // at the end when it is new
  };
  std::stable_sort(list.begin(), list.end(),
                   [&](const Json& one, const Json& two) { return place(one) < place(two); });
}

/// Orders every list with identity that both sides have, containers' own lists included.
void order_lists(Json& body, const Json& live, const Kind& kind) {
  for (auto& [name, value] : body.items()) {
    const Json* live_value = find(live, {name});
    if (live_value == nullptr) continue;
    if (value.is_object()) order_lists(value, *live_value, kind);
    const ListIdentity* identity = list_identity(kind, name);
    if (identity == nullptr || !value.is_array() || !live_value->is_array()) continue;
    order_as_live(value, *live_value, *identity);
    for (Json& item : value) {
      for (const Json& live_item : *live_value) {
        if (item.is_object() && is_same_item(*identity, item, live_item)) {
          order_lists(item, live_item, kind);
        }
      }
    }
  }
}

}  // namespace

Fit fit_to(const EffectiveGateway& gateway, const Settings& settings, const LiveObjects& live) {
  Fit fit;
  fit.live = &live;
  const auto found = live.find({"apps", "Deployment", gateway.ns, "istio-" + gateway.name});
  if (found == live.end()) {
    if (settings.overlay) fit.style = Style::Overlay;
    return fit;
  }
  fit.deployment = &found->second;
  fit.proxy = container_of(found->second, "istio-proxy");
  if (!is_ours(found->second, fields({"spec", "selector"}))) fit.style = Style::Overlay;
  return fit;
}

bool is_own(const Fit& fit, const ObjectRef& ref) {
  if (ref.kind == "Deployment") return fit.style == Style::Whole;
  const auto found = fit.live->find(ref);
  return found == fit.live->end() || is_made_by_us(found->second);
}

Adopted adopted_by(const DesiredObject& object, const Settings& settings, const Fit& fit) {
  const auto live = fit.live->find(object.ref);
  const bool adopts = settings.adopt_all || !settings.adopt.empty();
  if (!adopts || !object.body || live == fit.live->end()) return {};
  Adopted adopted = adoptable_fields(kind_of(object.ref), live->second, *object.body);
  std::erase_if(adopted, [&](const auto& of) {
    return !settings.adopt_all && !settings.adopt.contains(of.first);
  });
  return adopted;
}

void adapt(DesiredObject& object, const Fit& fit) {
  if (!object.body || object.ref.kind != "Deployment" || fit.deployment == nullptr) return;
  Json& body = *object.body;
  if (object.style == Style::Overlay) order_lists(body, *fit.deployment, kind_of(object.ref));
  const Json::json_pointer containers("/spec/template/spec/containers");
  if (fit.proxy == nullptr || !body.contains(containers)) return;
  for (Json& container : body[containers]) {
    if (container["name"] == "istio-proxy") spell_as_live(container, *fit.proxy);
  }
}

}  // namespace asmgw
