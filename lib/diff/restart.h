// Are pods replaced, why, and is that certain? Three statements made independently (page 5).
#pragma once

#include "diff/change_set.h"

namespace asmgw {

/// Fact: do the templates differ by the Deployment controller's own rule? null, `[]` and an empty
/// string map are absent; an empty object elsewhere is a value; amounts count by value; lists in
/// order; the label pod-template-hash does not count.
bool templates_differ(const Json& before, const Json& after);

/// Cause: the changes below spec.template, as indexes.
std::vector<std::size_t> template_changes(const std::vector<FieldChange>& fields);

/// Proof of none: an equal metadata.generation says that nothing in spec changed by value.
bool is_proved_unchanged(const Json& before, const Json& after);

/// The prediction for one Deployment; of other kinds, and of new ones: no.
Restart predict_restart(const ObservedObject& object, const std::vector<FieldChange>& fields);

}  // namespace asmgw
