// Which gateways is an output about?
#pragma once

#include <string>
#include <vector>

#include "base/source.h"

namespace asmgw {

/// One gateway of the input, as every output names it.
struct GatewayHead {
  std::string name;
  std::string ns;
  Range at;                           ///< of its name in the manifest
  std::vector<std::string> clusters;  ///< full IDs, those of this run
  bool in_control_plane = false;      ///< does something of it go to the control plane?
};

/// What a comparison was about.
struct Subject {
  struct File {
    std::string name, digest;
  };
  std::string tool;  ///< v0.1.0
  std::vector<File> files;
  std::vector<std::string> names;  ///< of gateways read from the mesh, instead of files
  std::vector<GatewayHead> gateways;
};

}  // namespace asmgw
