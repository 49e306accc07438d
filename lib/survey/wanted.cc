#include "survey/wanted.h"

#include <set>

#include "object/kinds.h"
#include "render/render.h"

namespace asmgw {
namespace {

/// The autoscalers of the gateway's namespace: all of them when they may be listed, else ours.
void add_autoscalers(const EffectiveGateway& gateway, const Known& known, LiveObjects& live) {
  const ObjectRef all = autoscalers_of(gateway.ns);
  const Json* list = known.object(List{all, ""});
  if (list == nullptr) {
    const ObjectRef ours = autoscaler_ref(gateway);
    if (const Json* object = known.object(Get{ours})) live.emplace(ours, *object);
    return;
  }
  live.emplace(all, Json::object());
  const Json* items = find(*list, {"items"});
  if (items == nullptr || !items->is_array()) return;
  for (const Json& item : *items) {
    ObjectRef ref = all;
    ref.name = text_at(item, {"metadata", "name"});
    live.emplace(std::move(ref), item);
  }
}

/// The live objects that concern the gateway, as far as they have been read. `objects`: the guess.
LiveObjects live_of(const EffectiveGateway& gateway, const std::vector<DesiredObject>& objects,
                    const Known& known) {
  LiveObjects live;
  for (const DesiredObject& object : objects) {
    if (object.ref.kind == autoscaler_ref(gateway).kind) continue;  // as listed, below
    const Json* found = known.object(Get{object.ref});
    if (found != nullptr) live.emplace(object.ref, *found);
  }
  add_autoscalers(gateway, known, live);
  return live;
}

std::vector<DesiredObject> wanted_by(const AsManifest& goal, Place place, const Known& known,
                                     Findings& findings) {
  std::vector<DesiredObject> all;
  for (const EffectiveGateway& gateway : goal.gateways) {
    Findings ignored;  // the guess's findings do not count
    const LiveObjects live = live_of(gateway, render(gateway, goal.settings, {}, ignored), known);
    for (DesiredObject& object : render(gateway, goal.settings, live, findings)) {
      if (kind_of(object.ref).place == place) all.push_back(std::move(object));
    }
  }
  return all;
}

}  // namespace

std::vector<Question> autoscaler_lists(const Goal& goal) {
  const AsManifest* manifest = std::get_if<AsManifest>(&goal.what);
  if (manifest == nullptr || goal.place != Place::EachCluster) return {};
  std::set<std::string> namespaces;
  for (const EffectiveGateway& gateway : manifest->gateways) namespaces.insert(gateway.ns);
  std::vector<Question> lists;
  for (const std::string& ns : namespaces) lists.push_back(List{autoscalers_of(ns), ""});
  return lists;
}

bool is_unlistable(const Answer& list) {
  const Refused* refused = std::get_if<Refused>(&list);
  return refused != nullptr &&
         (refused->kind == Refused::Kind::Forbidden || refused->kind == Refused::Kind::NotServed);
}

std::vector<DesiredObject> wanted(const Goal& goal, const Known& known, Findings& findings) {
  const AsManifest* manifest = std::get_if<AsManifest>(&goal.what);
  return manifest != nullptr ? wanted_by(*manifest, goal.place, known, findings)
                             : std::vector<DesiredObject>();
}

}  // namespace asmgw
