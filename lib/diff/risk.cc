#include "diff/risk.h"

#include "diff/codes.h"
#include "diff/risk_rules.h"

namespace asmgw {
namespace {

struct Rule {
  const Code& code;
  std::vector<Finding> (*find)(const ObjectChange&);
};

constexpr Rule kRules[] = {
    {kLbDeleted, risk_lb_deleted},       {kRollingRestart, risk_rolling_restart},
    {kFloorZero, risk_floor_zero},       {kReplicasDown, risk_replicas_down},
    {kPortRemoved, risk_port_removed},   {kConflict, risk_conflict},
    {kBeingDeleted, risk_being_deleted},
};

}  // namespace

const FieldChange* change_at(const ObjectChange& change, const Path& path) {
  for (const FieldChange& field : change.fields) {
    if (field.path == path) return &field;
  }
  return nullptr;
}

std::vector<Finding> risks_of(const ObjectChange& change) {
  std::vector<Finding> risks;
  for (const Rule& rule : kRules) {
    for (Finding& risk : rule.find(change)) risks.push_back(std::move(risk));
  }
  return risks;
}

}  // namespace asmgw
