// Which gateways does the mesh hold? Its own API server is asked, by name.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/json.h"
#include "kube/client.h"

namespace asmgw {

/// The IstioGateways of some names, as the mesh holds them.
struct MeshGateways {
  std::vector<Json> objects;         ///< in the order of the names; those that are there
  std::vector<std::string> missing;  ///< the names that are not
  /// With missing ones: the names that there are; nothing when they may not be listed.
  std::vector<std::string> present;
};

/// Asks the group document once which version is served (v1beta1, else v1; page 4), then for all
/// names at once. Throws Error: [not-served] when this server is no mesh control plane, else why it
/// was not read.
MeshGateways read_mesh(const std::vector<std::string>& names, const std::string& ns,
                       kube::Client& client, std::stop_token stop);

}  // namespace asmgw
