// Which fields do other managers own, and what does that mean for our apply?
#pragma once

#include <optional>
#include <vector>

#include "diff/change_set.h"

namespace asmgw {

/// What a conflict is about, and what stays though we let it go, in the order of the paths.
std::vector<Claim> claims_of(const ObservedObject& object);

/// In a conflict: who owns the changed field. A whole item that another manager owns counts for the
/// fields in it.
std::optional<Claim> owner_of(const FieldChange& change, const std::vector<Claim>& claims);

/// `kubectl-edit since 2026-08-19T16:02:44Z`
std::string text_of(const Claim& claim);

}  // namespace asmgw
