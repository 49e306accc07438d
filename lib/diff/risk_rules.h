// The rules of the risk table, by what they are about. Private to this room.
#pragma once

#include <vector>

#include "diff/change_set.h"

namespace asmgw {

std::vector<Finding> risk_rolling_restart(const ObjectChange& change);
std::vector<Finding> risk_floor_zero(const ObjectChange& change);
std::vector<Finding> risk_replicas_down(const ObjectChange& change);
std::vector<Finding> risk_port_removed(const ObjectChange& change);
std::vector<Finding> risk_lb_deleted(const ObjectChange& change);
std::vector<Finding> risk_conflict(const ObjectChange& change);
std::vector<Finding> risk_being_deleted(const ObjectChange& change);

/// The change at exactly this path, or nullptr.
const FieldChange* change_at(const ObjectChange& change, const Path& path);

}  // namespace asmgw
