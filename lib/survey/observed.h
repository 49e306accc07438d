// What is there, and what would be there? The answers of a cluster, put together per object.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "object/objects.h"
#include "survey/goal.h"
#include "survey/known.h"

namespace asmgw {

/// The write that would make the object as desired, or remove it. (Not guarded: a preview must be
/// possible before anything is known; the plan adds the guard.)
Write write_of(const DesiredObject& desired);

/// The same write, taking what other managers own.
Write forced(const Write& write);

/// Every object of the goal with its before and after. `known` must answer all open questions.
/// `findings` gets what the (last) rendering found.
std::vector<ObservedObject> observed(const Goal& goal, const Known& known, Findings& findings);

/// Why autoscalers could not be listed, where only those of our own name are known then; else
/// nothing.
std::optional<Refused> unlisted_autoscalers(const Goal& goal, const Known& known);

}  // namespace asmgw
