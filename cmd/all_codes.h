// Which codes are there? All of them, each with the place where it is found.
#pragma once

#include <span>

#include "report/explain.h"

namespace asmgw::cmd {

/// Every `Code` of every room's codes.h: scripts/check-patterns finds one that is missing.
std::span<const PlacedCode> all_codes();

}  // namespace asmgw::cmd
