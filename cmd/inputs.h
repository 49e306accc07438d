// What did the user give? Manifests and the config file, read with their places.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "cmd/config.h"
#include "cmd/deps.h"
#include "cmd/options.h"
#include "gateway/istio_gateway.h"
#include "gateway/settings.h"

namespace asmgw::cmd {

/// One text that was read.
struct InputFile {
  std::string name;    ///< as the user wrote it
  std::string digest;  ///< sha256 of its bytes, hex
};

struct Inputs {
  std::vector<InputFile> files;
  std::vector<Gateway> gateways;
  Config config;
  Settings settings;
};

/// Reads and validates. Everything wrong with the texts is a finding; what cannot be read at all is
/// an Error [usage].
Inputs read_inputs(const InputOptions& options, const std::string& config_flag, const Deps& deps,
                   Findings& findings);

/// The config file alone: --config, else $ASMGW_CONFIG, else ~/.kube/asmgw.yaml if there is one.
Config read_config_file(const std::string& flag, const Deps& deps, Findings& findings);

}  // namespace asmgw::cmd
