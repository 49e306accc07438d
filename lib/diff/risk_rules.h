// The rules of the risk table, by what they are about. Private to this room.
#pragma once

#include <span>
#include <vector>

#include "diff/change_set.h"

namespace asmgw {

/// One row of the risk table: what a rule finds has its code.
struct RiskRule {
  const Code* code;
  std::vector<Finding> (*find)(const ObjectChange& change);
};

// the rows, each beside its functions: risk_balancer.cc, risk_service.cc, risk_pods.cc …
std::span<const RiskRule> balancer_rules();
std::span<const RiskRule> service_rules();
std::span<const RiskRule> pod_rules();
std::span<const RiskRule> owner_rules();

/// The change at exactly this path, or nullptr.
const FieldChange* change_at(const ObjectChange& change, const Path& path);

}  // namespace asmgw
