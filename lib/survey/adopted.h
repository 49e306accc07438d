// What becomes of an object when fields of other managers pass to us first?
#pragma once

#include <optional>
#include <vector>

#include "object/objects.h"
#include "survey/known.h"

namespace asmgw {

/// The object as after the take-over: its owners are moved, its values are as before.
Json with_owners_moved(const DesiredObject& desired, const Json& live);

/// What is still to be asked about an object that adopts: its GET, and the server's check of what
/// we make of it. Bounded where the object keeps moving.
std::vector<Question> adoption_questions(const DesiredObject& desired, const Known& known);

/// The object before, and after take-over and apply, when all has been answered.
ObservedObject observed_adoption(DesiredObject desired, const Known& known);

}  // namespace asmgw
