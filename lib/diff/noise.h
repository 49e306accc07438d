// Which differences have no effect, although values differ? Hidden, but counted with their reason.
#pragma once

#include <vector>

#include "diff/change_set.h"

namespace asmgw {

/// Takes out what the server allocates by itself (clusterIP, nodePort, healthCheckNodePort) and our
/// body does not hold: a dry run invents such values anew each time (page 4). Inside the value of a
/// whole list item they are left out, too. `fields` have their origins.
void hide_allocated(const ObservedObject& object, std::vector<FieldChange>& fields, Hidden& hidden);

}  // namespace asmgw
