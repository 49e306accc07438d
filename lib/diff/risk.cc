#include "diff/risk.h"

#include "diff/risk_rules.h"

namespace asmgw {
const FieldChange* change_at(const ObjectChange& change, const Path& path) {
  for (const FieldChange& field : change.fields) {
    if (field.path == path) return &field;
  }
  return nullptr;
}

std::vector<Finding> risks_of(const ObjectChange& change) {
  std::vector<Finding> risks;
  for (const auto rules : {balancer_rules(), service_rules(), pod_rules(), owner_rules()}) {
    for (const RiskRule& rule : rules) {
      for (Finding& risk : rule.find(change)) risks.push_back(std::move(risk));
    }
  }
  return risks;
}

}  // namespace asmgw
