// Why does a field change? Each change finds the line of the manifest, or why it has none.
#pragma once

#include "diff/change_set.h"

namespace asmgw {

/// The origin of one change of an observed object.
Origin origin_of(const FieldChange& change, const ObservedObject& object);

}  // namespace asmgw
