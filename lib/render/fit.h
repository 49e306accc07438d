// What does the live state decide about a gateway's objects? Style, labels, order and spelling,
// once and here; the rest of this room only asks.
#pragma once

#include <string_view>

#include "gateway/istio_gateway.h"
#include "gateway/settings.h"
#include "object/objects.h"
#include "render/render.h"

namespace asmgw {

/// Decided before anything is rendered.
struct Fit {
  Style style = Style::Whole;        ///< of the Deployment
  const Json* deployment = nullptr;  ///< the live one
  const Json* proxy = nullptr;       ///< its container istio-proxy
  const LiveObjects* live = nullptr;
};

/// A live Deployment whose selector our Apply entry does not own was made by another manager: an
/// overlay (page 3). Nothing known: whole, or as the settings say.
Fit fit_to(const EffectiveGateway& gateway, const Settings& settings, const LiveObjects& live);

/// Is the object absent, or was it made by us? Then its standard labels are ours, too.
bool is_own(const Fit& fit, const ObjectRef& ref);

/// What the object takes over from managers that the settings name.
Adopted adopted_by(const DesiredObject& object, const Settings& settings, const Fit& fit);

/// Orders and spells an object as it is live: an applied list's order wins and a reorder alone
/// restarts pods; a quantity spelled otherwise is a write, or a conflict, for nothing (page 3).
void adapt(DesiredObject& object, const Fit& fit);

}  // namespace asmgw
