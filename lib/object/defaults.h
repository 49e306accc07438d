// What does the API server put where an object says nothing? The defaults of the kinds of ours,
// which a version of the API never changes.
#pragma once

#include "base/json.h"
#include "base/path.h"
#include "object/kinds.h"

namespace asmgw {

/// Puts the defaults in, and takes out what the server does not keep: values that are zero where
/// zero equals absent, fields that hang on the type of the Service.
void complete(const Kind& kind, Json& object);

/// Do we know what becomes of the field when it is no longer set: its default, or that it has none?
bool is_default_known(const Kind& kind, const Path& path);

}  // namespace asmgw
