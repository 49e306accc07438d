// What does a verb want of one cluster?
#pragma once

#include <variant>
#include <vector>

#include "gateway/istio_gateway.h"
#include "gateway/settings.h"
#include "object/cluster.h"
#include "object/ref.h"

namespace asmgw {

/// The cluster shall be as the manifest says: diff, apply.
struct AsManifest {
  std::vector<EffectiveGateway> gateways;
  Settings settings;
};

/// Nothing shall change; only look. `may_patch`: the objects that `clusters` asks the rights for.
struct Look {
  std::vector<ObjectRef> may_patch;
};

struct Goal {
  std::variant<AsManifest, Look> what;
  Place place = Place::EachCluster;  ///< only objects that live there are its own
};

}  // namespace asmgw
