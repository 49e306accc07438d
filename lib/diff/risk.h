// What may a change do to traffic? One rule, one function, one row.
#pragma once

#include <vector>

#include "diff/change_set.h"

namespace asmgw {

/// The risks of one object's change, in the order of the table.
std::vector<Finding> risks_of(const ObjectChange& change);

}  // namespace asmgw
