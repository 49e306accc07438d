// Which objects does the goal ask for, as far as the cluster is known?
#pragma once

#include <vector>

#include "base/finding.h"
#include "object/objects.h"
#include "survey/goal.h"
#include "survey/known.h"

namespace asmgw {

/// Rendered from what is known so far: knowing nothing, this is the guess. `findings` gets what
/// rendering finds; only the last rendering's count.
std::vector<DesiredObject> wanted(const Goal& goal, const Known& known, Findings& findings);

}  // namespace asmgw
