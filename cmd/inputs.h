// What did the user give? Manifests and the config file, read with their places.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "cmd/access.h"
#include "cmd/config.h"
#include "cmd/deps.h"
#include "cmd/options.h"
#include "gateway/istio_gateway.h"
#include "gateway/settings.h"

namespace asmgw::cmd {

/// One text that was read.
struct InputFile {
  std::string name;    ///< as the user wrote it; of a gateway in the mesh `istiogateway/NAME`
  std::string digest;  ///< sha256 of its bytes, hex
};

struct Inputs {
  std::vector<InputFile> files;
  std::vector<std::string> names;  ///< of gateways read from the mesh, instead of files
  std::vector<Gateway> gateways;
  Config config;
  Settings settings;
};

/// Reads and validates: files, or the mesh's control plane for gateways given by name. Everything
/// wrong with the texts is a finding; what cannot be read at all is an Error: [usage], or why the
/// control plane was not read.
Inputs read_inputs(const InputOptions& options, Ways& ways, Findings& findings);

/// The config file alone: --config, else $ASMGW_CONFIG, else ~/.kube/asmgw.yaml if there is one.
Config read_config_file(const std::string& flag, const Deps& deps, Findings& findings);

}  // namespace asmgw::cmd
