#include <fmt/format.h>

#include "diff/codes.h"
#include "diff/risk_rules.h"
#include "object/owners.h"

namespace asmgw {
namespace {

std::vector<Finding> conflict(const ObjectChange& change) {
  const Conflict* found = std::get_if<Conflict>(&change.object.after);
  if (found == nullptr) return {};
  Finding risk = finding(kConflict, "another manager owns this; apply will refuse",
                         "settle who owns it, or make the manifest say what is live");
  for (const FieldChange& field : change.fields) {
    if (!field.owner.empty()) risk.paths.insert(field.path);
  }
  if (!risk.paths.empty()) return {risk};  // the owners stand at the fields
  for (const Ownership& ownership : found->fields) {
    risk.why += fmt::format("{}{} is owned by {}", risk.why.empty() ? "" : "\n", ownership.field,
                            ownership.manager);
  }
  return {risk};
}

std::vector<Finding> being_deleted(const ObjectChange& change) {
  const Json* before = live(change.object);
  if (before == nullptr) return {};
  const std::string time = text_at(*before, {"metadata", "deletionTimestamp"});
  if (time.empty()) return {};
  return {finding(kBeingDeleted, fmt::format("it is being deleted since {}", time),
                  "wait until it is gone; an apply onto it would be lost")};
}

/// What stays of ours; of another manager's, which we only added a label to, --prune says it too.
std::vector<Finding> prune_needed(const ObjectChange& change) {
  static const Path kManagedBy = fields({"metadata", "labels", "app.kubernetes.io/managed-by"});
  const Json* before = live(change.object);
  if (!change.object.desired.stays || before == nullptr) return {};
  if (is_ours(*before, kManagedBy)) {
    Finding risk = finding(kPruneNeeded, "the manifest no longer asks for this, but it stays",
                           "add --prune to delete it");
    if (change.object.desired.ref.kind == "HorizontalPodAutoscaler") {
      risk.why = "while it lives, it has spec.replicas of the Deployment";
    }
    return {risk};
  }
  Finding note = finding(kPruneNeeded, "another manager made this, so it stays");
  note.severity = Severity::Note;
  return {note};
}

constexpr RiskRule kRules[] = {
    {&kConflict, conflict},
    {&kBeingDeleted, being_deleted},
    {&kPruneNeeded, prune_needed},
};

}  // namespace

std::span<const RiskRule> owner_rules() { return kRules; }

}  // namespace asmgw
