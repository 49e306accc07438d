// What form has the document that `diff -o json` prints? As a JSON Schema (draft-07).
#pragma once

#include "base/json.h"

namespace asmgw {

/// Of kind GatewayDiff. `closed`: refuses keys that it does not name. Readers must not: within
/// v1alpha1 fields may be added.
Json changes_schema(bool closed);

}  // namespace asmgw
