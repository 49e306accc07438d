// What may an editor suggest and refuse in an IstioGateway? Its JSON Schema, from the one list.
#pragma once

#include <string>
#include <vector>

#include "base/field_view.h"
#include "base/json.h"

namespace asmgw {

/// The schema of the manifest (draft-07, which editors' YAML servers know best). It refuses what
/// is wrong by form; what hangs on several values, `validate` finds. An empty value that equals
/// absent is allowed. Under overrides stand only fields that can be overridden.
Json manifest_schema(const std::vector<FieldView>& spec, const std::vector<FieldView>& annotations);

}  // namespace asmgw
