#include "plan/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "object/rollout.h"
#include "plan/steps.h"

namespace asmgw {
namespace {

std::string text_of(const ClusterChanges& cluster, const ObjectChange& change) {
  return fmt::format("{} {}", cluster.cluster.id, to_string(change.object.desired.ref));
}

std::string count(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

/// `… change`, `… changes`
std::string verb(std::size_t number, std::string_view plural, std::string_view singular) {
  return std::string(number == 1 ? singular : plural);
}

std::optional<Promise> promise_of(const ObjectChange& change) {
  if (change.object.desired.ref.kind != "Deployment" || !has_changes(change)) return std::nullopt;
  Promise promise;
  promise.deployment = change.object.desired.ref;
  const Json* before = live(change.object);
  if (before == nullptr) {
    promise.pods = int_at(*foreseen(change.object), {"spec", "replicas"}, 1);
    promise.peak = promise.pods;
    return promise;
  }
  if (change.restart.predicted != Restart::Predicted::Yes) return std::nullopt;
  promise.restarts = true;
  promise.pods = change.restart.arithmetic->replicas;
  promise.floor = change.restart.arithmetic->floor;
  promise.peak = change.restart.arithmetic->peak;
  const DeploymentStatus status = deployment_status(*before);
  promise.revision_before = status.revision;
  promise.replica_set_before = status.replica_set;
  return promise;
}

ClusterPlan plan_of(const ClusterChanges& changes) {
  ClusterPlan plan{changes.cluster, steps_of(changes), {}};
  for (const ObjectChange& change : changes.objects) {
    if (std::optional<Promise> promise = promise_of(change)) plan.promises.push_back(*promise);
  }
  return plan;
}

/// Can force take what the others own? Not what the server refuses all the same.
bool is_takeable(const ObjectChange& change) {
  return change.action == Action::Conflict && foreseen(change.object) != nullptr;
}

/// Why an object cannot be applied: whose fields it takes, or the server's words.
std::vector<std::string> block_details(const ObjectChange& change) {
  std::vector<std::string> details;
  for (const Claim& claim : change.claims) {
    if (!is_takeable(change) || claim.kind == Claim::Kind::LeftOver) continue;
    details.push_back(fmt::format("takes {} from {}", to_string(claim.path), claim.manager));
  }
  if (details.empty() && !change.risks.empty()) {
    const Finding& why = change.risks.front();
    details.push_back(why.server.empty() ? why.message : why.server);
  }
  return details;
}

/// Was it read, and nothing but the rights to write is missing?
bool is_read_only(const ClusterChanges& changes) {
  return changes.state == ClusterChanges::State::Forbidden &&
         std::any_of(changes.objects.begin(), changes.objects.end(),
                     [](const ObjectChange& change) {
                       return std::holds_alternative<Found>(change.object.before) ||
                              std::holds_alternative<Absent>(change.object.before);
                     });
}

/// What is foreseen to fail closes a gate before the first write.
void add_blocks(const ClusterChanges& changes, bool keep_going, Plan& plan) {
  if (is_read_only(changes)) {  // read, but not to be written
    plan.blocks.push_back({"",
                           fmt::format("{}: {}", changes.cluster.id, changes.error->message),
                           {changes.error->why}});
    return;
  }
  if (!is_read(changes)) {
    if (keep_going) return;
    plan.blocks.push_back(
        {"--keep-going",
         fmt::format("{} {}: would be left out", changes.cluster.id, changes.error->code->name),
         {}});
    return;
  }
  if (!changes.missing.empty()) {
    plan.blocks.push_back(
        {"",
         fmt::format("{}: a right is missing: {}", changes.cluster.id, to_string(changes.missing)),
         {}});
  }
  for (const Finding& note : changes.notes) {
    if (note.code->name != "no-namespace") continue;
    plan.blocks.push_back({"",
                           fmt::format("{}: the namespace {} is missing", changes.cluster.id,
                                       changes.objects.front().object.desired.ref.ns),
                           {}});
  }
  for (const ObjectChange& change : changes.objects) {
    const bool is_blocked = change.action == Action::Conflict || change.action == Action::Refused ||
                            change.action == Action::Unknown;
    if (is_blocked) {
      plan.blocks.push_back({is_takeable(change) ? "--force-conflicts" : "",
                             fmt::format("{}: {}", text_of(changes, change), word(change.action)),
                             block_details(change)});
      if (is_control_plane(changes.cluster)) {
        plan.blocks.back().details.push_back("--skip-control-plane goes on without it");
      }
    }
    for (const Finding& risk : change.risks) {
      if (risk.code->name != "being-deleted") continue;
      plan.blocks.push_back({"", text_of(changes, change) + ": " + risk.message, {}});
    }
  }
}

void add_gates(const ChangeSet& changes, Plan& plan) {
  std::size_t objects = 0, restarts = 0;
  std::int64_t pods = 0;
  Gate restart{"--allow-restart", "", {}}, destructive{"--allow-destructive", "", {}};
  for (const ClusterPlan& cluster : plan.clusters) {
    objects += object_count(cluster);
    for (const Promise& promise : cluster.promises) {
      if (!promise.restarts) continue;
      ++restarts;
      pods += promise.pods;
      restart.details.push_back(cluster.cluster.id);
    }
  }
  for (const ClusterChanges& cluster : changes.clusters) {
    for (const ObjectChange& change : cluster.objects) {
      for (const Finding& risk : change.risks) {
        if (risk.severity != Severity::Destructive || !has_changes(change)) continue;
        destructive.details.push_back(
            fmt::format("{} {}{}", cluster.cluster.id, risk.code->name,
                        risk.server.empty() ? "" : ": address " + risk.server));
        std::string& losses = plan.losing[change.object.desired.gateway];
        if (!risk.server.empty()) losses += (losses.empty() ? "" : ", ") + risk.server;
      }
    }
  }
  if (objects == 0) return;
  plan.gates.push_back(
      {"--yes", fmt::format("{} {} in {}", count(objects, "object"),
                            verb(objects, "change", "changes"), places_text(plan))});
  if (restarts > 0) {
    restart.cost = fmt::format("{} {} {}", count(restarts, "rolling restart"),
                               verb(restarts, "replace", "replaces"),
                               count(static_cast<std::size_t>(pods), "pod"));
    plan.gates.push_back(restart);
  }
  if (destructive.details.empty()) return;
  destructive.cost = count(destructive.details.size(), "destructive step");
  plan.gates.push_back(destructive);
}

}  // namespace

Plan make_plan(const ChangeSet& changes, bool keep_going) {
  Plan plan;
  for (const ClusterChanges& cluster : changes.clusters) {
    add_blocks(cluster, keep_going, plan);
    ClusterPlan steps = plan_of(cluster);
    if (!steps.steps.empty()) plan.clusters.push_back(std::move(steps));
  }
  add_gates(changes, plan);
  return plan;
}

bool is_open(const Gate& gate, const Allowed& allowed) {
  if (gate.flag == "--yes") return allowed.yes;
  if (gate.flag == "--allow-restart") return allowed.restart;
  if (gate.flag == "--allow-destructive") return allowed.destructive;
  return false;
}

std::vector<Gate> closed_gates(const Plan& plan, const Allowed& allowed) {
  std::vector<Gate> closed;
  for (const Gate& gate : plan.gates) {
    if (!is_open(gate, allowed)) closed.push_back(gate);
  }
  return closed;
}

std::string places_text(const Plan& plan) {
  const auto control_planes =
      std::count_if(plan.clusters.begin(), plan.clusters.end(),
                    [](const ClusterPlan& cluster) { return is_control_plane(cluster.cluster); });
  return places_text(plan.clusters.size() - static_cast<std::size_t>(control_planes),
                     control_planes > 0);
}

std::size_t object_count(const ClusterPlan& cluster) {
  std::set<ObjectRef> objects;
  for (const Step& step : cluster.steps) objects.insert(step.write.ref);
  return objects.size();
}

std::size_t object_count(const Plan& plan) {
  std::size_t objects = 0;
  for (const ClusterPlan& cluster : plan.clusters) objects += object_count(cluster);
  return objects;
}

}  // namespace asmgw
