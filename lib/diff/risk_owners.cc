#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "diff/codes.h"
#include "diff/ownership.h"
#include "diff/risk_rules.h"
#include "object/owners.h"

namespace asmgw {
namespace {

/// `spec.replicas: kubectl since 2026-…`, a line for each.
std::string lines_of(const std::vector<const Claim*>& claims) {
  std::string lines;
  for (const Claim* claim : claims) {
    lines +=
        fmt::format("{}{}: {}", lines.empty() ? "" : "\n", to_string(claim->path), text_of(*claim));
  }
  return lines;
}

/// The field, or what names the item: `team`, `80/TCP`.
std::string name_of(const Claim& claim) {
  const std::string text = to_string(claim.path.steps.back());
  return text.starts_with('[') ? text.substr(1, text.size() - 2) : text;
}

std::vector<const Claim*> claims_of(const ObjectChange& change, Claim::Kind kind) {
  std::vector<const Claim*> claims;
  for (const Claim& claim : change.claims) {
    if (claim.kind == kind) claims.push_back(&claim);
  }
  return claims;
}

/// Each once.
std::vector<std::string> names_in(const std::vector<const Claim*>& claims) {
  std::vector<std::string> names;
  for (const Claim* claim : claims) {
    if (std::find(names.begin(), names.end(), claim->manager) == names.end()) {
      names.push_back(claim->manager);
    }
  }
  return names;
}

/// `kubectl-edit and hpa`
std::string managers_in(const std::vector<const Claim*>& claims) {
  return fmt::format("{}", fmt::join(names_in(claims), " and "));
}

/// `--adopt M --adopt N`
std::string adopt_flags(const std::vector<const Claim*>& claims) {
  return claims.empty() ? "" : fmt::format("--adopt {}", fmt::join(names_in(claims), " --adopt "));
}

void mark_owned_fields(const ObjectChange& change, Claim::Kind kind, Finding& risk) {
  for (const FieldChange& field : change.fields) {
    if (field.owner && field.owner->kind == kind) risk.paths.insert(field.path);
  }
}

std::vector<Finding> conflict(const ObjectChange& change) {
  if (!std::holds_alternative<Conflict>(change.object.after)) return {};
  const std::vector<const Claim*> claims = claims_of(change, Claim::Kind::Conflict);
  if (claims.empty() && !claims_of(change, Claim::Kind::RevertedBy).empty()) return {};
  Finding risk =
      change.object.forced
          ? finding(kConflict, fmt::format("taken from {}", managers_in(claims)),
                    "tell whoever writes it: his next write takes it back, or conflicts")
          : finding(kConflict, "another manager owns this; apply will refuse",
                    fmt::format("take it with --force-conflicts{} (--cluster narrows it), or make "
                                "the manifest say what is live",
                                claims.empty() ? "" : " or " + adopt_flags(claims)));
  mark_owned_fields(change, Claim::Kind::Conflict, risk);
  if (risk.paths.empty()) risk.why = lines_of(claims);  // else the owners stand at the fields
  return {risk};
}

std::vector<Finding> reverted_by(const ObjectChange& change) {
  const std::vector<const Claim*> claims = claims_of(change, Claim::Kind::RevertedBy);
  if (claims.empty()) return {};
  Finding risk = finding(
      kRevertedBy,
      fmt::format("{} has put {} back since our last apply{}", managers_in(claims),
                  claims.size() == 1 ? "its value" : "its values",
                  change.object.forced ? "" : "; apply will refuse"),
      fmt::format("change it where {} takes it from, or stop it: taken by force, it comes back",
                  managers_in(claims)));
  risk.why = "it writes the whole object, not only what it means";
  mark_owned_fields(change, Claim::Kind::RevertedBy, risk);
  if (risk.paths.empty()) risk.why += "\n" + lines_of(claims);
  return {risk};
}

/// Another manager holds what the manifest does not have: it stays as it is, without an error.
std::vector<Finding> left_over(const ObjectChange& change) {
  const std::vector<const Claim*> claims = claims_of(change, Claim::Kind::LeftOver);
  if (claims.empty()) return {};
  const bool is_one = claims.size() == 1;
  const std::string managers = managers_in(claims);
  Finding risk =
      finding(kLeftOver,
              is_one ? fmt::format("{} owns {}, so it stays", managers, name_of(*claims.front()))
                     : fmt::format("{} owns {} fields that the manifest does not have; they stay",
                                   managers, claims.size()),
              fmt::format("add {} to remove {}", adopt_flags(claims), is_one ? "it" : "them"));
  risk.why = lines_of(claims);
  return {risk};
}

/// The server refuses ours beside the item that another manager holds, even by force.
std::vector<Finding> adopt_needed(const ObjectChange& change) {
  const std::vector<const Claim*> claims = claims_of(change, Claim::Kind::AdoptNeeded);
  if (claims.empty()) return {};
  Finding risk = finding(
      kAdoptNeeded,
      claims.size() == 1
          ? fmt::format("{} owns {}, which is in the way", managers_in(claims),
                        name_of(*claims.front()))
          : fmt::format("{} items of {} are in the way", claims.size(), managers_in(claims)),
      fmt::format("add {}", adopt_flags(claims)));
  risk.why = lines_of(claims);
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
  const Json* before = live(change.object);
  if (!change.object.desired.stays || before == nullptr) return {};
  if (is_made_by_us(*before)) {
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
    {&kConflict, conflict},        {&kRevertedBy, reverted_by},     {&kLeftOver, left_over},
    {&kAdoptNeeded, adopt_needed}, {&kBeingDeleted, being_deleted}, {&kPruneNeeded, prune_needed},
};

}  // namespace

std::span<const RiskRule> owner_rules() { return kRules; }

}  // namespace asmgw
