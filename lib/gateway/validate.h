// Is the manifest right? Every rule of the language that needs no cluster, all at once.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "gateway/istio_gateway.h"

namespace asmgw {

struct Rules {
  std::string ns = "istio-system";  ///< of manifests that say none
  bool ns_is_given = false;         ///< by -n: a manifest that names another is an error
  bool allow_namespace = false;     ///< gateways outside istio-system are allowed
};

/// Adds what is wrong with each gateway, and with all of them together.
void validate(const std::vector<Gateway>& gateways, const Rules& rules, Findings& findings);

}  // namespace asmgw
