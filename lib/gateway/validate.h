// Is the manifest right? Every rule of the language that needs no cluster, all at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "gateway/istio_gateway.h"
#include "gateway/settings.h"

namespace asmgw {

struct Rules {
  std::string ns = "istio-system";             ///< of manifests that say none
  bool allow_namespace = false;                ///< gateways outside istio-system are allowed
  std::optional<AsmVersion> asm_version = {};  ///< none = the newest rules
};

/// Adds what is wrong with each gateway, and with all of them together.
void validate(const std::vector<Gateway>& gateways, const Rules& rules, Findings& findings);

}  // namespace asmgw
