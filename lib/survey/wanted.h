// Which objects does the goal ask for, as far as the cluster is known?
#pragma once

#include <vector>

#include "base/finding.h"
#include "object/objects.h"
#include "survey/goal.h"
#include "survey/known.h"

namespace asmgw {

/// One question per namespace of the goal's gateways: which autoscalers are there?
std::vector<Question> autoscaler_lists(const Goal& goal);

/// May they not be listed (no right, or not served)? Then those of our own name are asked for.
bool is_unlistable(const Answer& list);

/// Rendered from what is known so far: knowing nothing, this is the guess. `findings` gets what
/// rendering finds; only the last rendering's count.
std::vector<DesiredObject> wanted(const Goal& goal, const Known& known, Findings& findings);

}  // namespace asmgw
