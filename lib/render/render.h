// Which objects does a gateway stand for in one cluster?
#pragma once

#include <map>
#include <vector>

#include "base/finding.h"
#include "gateway/istio_gateway.h"
#include "gateway/settings.h"
#include "object/objects.h"

namespace asmgw {

/// What is known of the cluster: the one door by which live state enters. Empty = nothing yet. A
/// ref without a name says that all objects of that kind and namespace were listed.
using LiveObjects = std::map<ObjectRef, Json>;

/// The objects in apply order, those of the cluster and those of the control plane (kinds.cc says
/// which). Pure: the same input gives the same bytes. What only the style shows is found here, too:
/// it stands at its object, and in `findings`.
std::vector<DesiredObject> render(const EffectiveGateway& gateway, const Settings& settings,
                                  const LiveObjects& live, Findings& findings);

/// The autoscaler as we would name it; without a gateway: all of a namespace.
ObjectRef autoscaler_ref(const EffectiveGateway& gateway);
ObjectRef autoscalers_of(const std::string& ns);

}  // namespace asmgw
