// Which gateways does an input hold? Documents become Gateways; everything wrong is a finding.
#pragma once

#include <vector>

#include "base/finding.h"
#include "base/tree.h"
#include "gateway/istio_gateway.h"

namespace asmgw {

/// The gateways of one text, in its order. `List` documents are unwrapped; documents of other kinds
/// are skipped and counted in `skipped`.
std::vector<Gateway> read_gateways(const std::vector<Node>& documents, int& skipped,
                                   Findings& findings);

}  // namespace asmgw
