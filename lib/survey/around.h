// What must be looked at besides a gateway's own objects? Whatever cannot be answered is passed
// over in silence: a user needs no right for it.
#pragma once

#include <vector>

#include "object/objects.h"
#include "survey/known.h"

namespace asmgw {

/// The ConfigMaps and Secrets that volumes of the manifest name (not those of the proxy's own).
std::vector<ObjectRef> volume_sources(const DesiredObject& desired);

/// What an object needs to be known of its surroundings.
std::vector<Question> questions_around(const DesiredObject& desired, const Known& known);

Around around(const DesiredObject& desired, const Known& known);

}  // namespace asmgw
