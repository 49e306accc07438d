// What does somebody change in a gateway? A little, at random; the result is valid.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/json.h"

namespace asmgw::test {

/// A valid manifest's edit, the same for the same seed: mostly one change, sometimes several or
/// none. Values come from `other`, a manifest whose like is valid. `overridden`: one of its
/// clusters, which gets values of its own. `is_valid` judges every attempt.
Json random_edit(const Json& manifest, const Json& other, const std::string& overridden,
                 std::uint32_t seed, const std::function<bool(const Json&)>& is_valid);

}  // namespace asmgw::test
