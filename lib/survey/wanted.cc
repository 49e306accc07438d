#include "survey/wanted.h"

#include "object/kinds.h"
#include "render/render.h"

namespace asmgw {
namespace {

/// The live objects among the desired ones, as far as they have been read.
LiveObjects live_of(const std::vector<DesiredObject>& objects, const Known& known) {
  LiveObjects live;
  for (const DesiredObject& object : objects) {
    const Answer* answer = known.answer(Get{object.ref});
    const Found* found = answer != nullptr ? std::get_if<Found>(answer) : nullptr;
    if (found != nullptr) live.emplace(object.ref, found->object);
  }
  return live;
}

std::vector<DesiredObject> wanted_by(const AsManifest& goal, Place place, const Known& known,
                                     Findings& findings) {
  std::vector<DesiredObject> all;
  for (const EffectiveGateway& gateway : goal.gateways) {
    Findings ignored;  // the guess's findings do not count
    const LiveObjects live = live_of(render(gateway, goal.settings, {}, ignored), known);
    for (DesiredObject& object : render(gateway, goal.settings, live, findings)) {
      if (kind_of(object.ref).place == place) all.push_back(std::move(object));
    }
  }
  return all;
}

}  // namespace

std::vector<DesiredObject> wanted(const Goal& goal, const Known& known, Findings& findings) {
  const AsManifest* manifest = std::get_if<AsManifest>(&goal.what);
  return manifest != nullptr ? wanted_by(*manifest, goal.place, known, findings)
                             : std::vector<DesiredObject>();
}

}  // namespace asmgw
