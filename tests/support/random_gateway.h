// Which gateways are valid? Any of them, at random: from the one list of fields, so that a new
// field is in at once, or has no text to choose from and says so.
#pragma once

#include <cstdint>

#include "base/json.h"

namespace asmgw::test {

/// What a random gateway may hold.
struct RandomRange {
  bool host_network = false;            ///< may be true; it needs the proxy's image
  std::int64_t most_pods = 2147483647;  ///< of replicaCount, minReplicas, maxReplicas
  bool node_ports = true;               ///< given ones, which two Services cannot share
  int fields_in_hundred = 40;           ///< how likely each optional field is
};

/// A valid IstioGateway, the same for the same seed: an object that is YAML when dumped. It causes
/// no warning of the API server either: no fractional bytes, no selector that matches nothing.
Json random_gateway(std::uint32_t seed, const RandomRange& range = {});

}  // namespace asmgw::test
