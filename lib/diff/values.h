// In which fields do two objects differ? By list identity, never by index.
#pragma once

#include <vector>

#include "diff/change_set.h"
#include "object/kinds.h"

namespace asmgw {

/// The differences from `before` to `after`, in the order of the paths; their origins are not set.
/// Differences without effect go to `hidden`: what the server keeps for itself, amounts
/// spelled otherwise, absent against empty.
std::vector<FieldChange> differences(const Kind& kind, const Json& before, const Json& after,
                                     Hidden& hidden);

/// Is a member of that name a map of texts? For the controller an empty one is absent; any other
/// empty object is a value.
bool is_string_map(std::string_view name);

/// Is the value at the path a Kubernetes quantity (of limits or requests)?
bool is_quantity(const Path& path);

}  // namespace asmgw
