// What does a verb want of one cluster?
#pragma once

#include <variant>
#include <vector>

#include "gateway/istio_gateway.h"
#include "gateway/settings.h"
#include "object/cluster.h"
#include "object/exchange.h"
#include "object/objects.h"
#include "object/ref.h"

namespace asmgw {

/// The cluster shall be as the manifest says: diff, apply.
struct AsManifest {
  std::vector<EffectiveGateway> gateways;
  Settings settings;
};

/// Nothing shall change; only look: which Kubernetes, which cluster, and may the user do this
/// there?
struct Look {
  std::vector<MayI> rights;
};

/// The namespace by whose uid a cluster is known, whatever its address.
inline ObjectRef kube_system() { return {"", "Namespace", "", "kube-system"}; }

struct Goal {
  std::variant<AsManifest, Look> what;
  Place place = Place::EachCluster;  ///< only objects that live there are its own
  /// Ours: no dry run, so that who may only read can compare (--local).
  Foresight foresight = Foresight::Server;
  bool forces = false;       ///< what other managers own is taken (--force-conflicts)
  bool carries_out = false;  ///< it will be written: rights that no preview proves are asked for
  bool follows = false;      ///< and its rollouts followed
};

}  // namespace asmgw
