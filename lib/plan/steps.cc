#include "plan/steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "object/kinds.h"
#include "object/owners.h"

namespace asmgw {
namespace {

bool is_written(const ObjectChange& change, bool beside_others) {
  if (has_changes(change)) return true;
  if (change.action == Action::Unchanged && !change.object.desired.adopted.empty()) return true;
  return beside_others && change.action == Action::Unchanged &&
         change.hidden.contains("managedFields");  // ownership is recorded
}

std::string uid_of(const ObjectChange& change) {
  const Json* before = live(change.object);
  return before != nullptr ? text_at(*before, {"metadata", "uid"}) : "";
}

Step removal(const ObjectChange& change) {
  Step step{{change.object.desired.ref, Remove{}, {uid_of(change)}}, std::nullopt};
  step.about = "deleted";
  return step;
}

/// What the reviewer saw of every field that the body sets; null: absent. Force is per request, so
/// it would take from others, too, what they write after the review.
std::map<Path, Json> reviewed_values(const ObjectChange& change) {
  std::map<Path, Json> values;
  for (const auto& [path, origin] : change.object.desired.origins) {
    if (value_at(*change.object.desired.body, path) == nullptr) continue;
    const Json* value = value_at(*live(change.object), path);
    values.emplace(path, value != nullptr ? *value : Json());
  }
  if (change.object.desired.handover) values.erase(fields({"spec", "replicas"}));  // its own steps'
  return values;
}

Step apply(const ObjectChange& change, Json body) {
  const bool force = change.object.forced;
  Step step{{change.object.desired.ref,
             Apply{std::move(body), std::string(kManager), force},
             {uid_of(change)}},
            *foreseen(change.object),
            change.object.foresight,
            live(change.object) == nullptr};
  if (force) step.still = reviewed_values(change);
  return step;
}

/// Fields pass to us while they have the values that were reviewed; then the apply is no conflict.
Step take_over(const ObjectChange& change) {
  const DesiredObject& desired = change.object.desired;
  std::map<Path, Json> values;
  std::size_t count = 0;
  std::string managers;
  for (const auto& [manager, paths] : desired.adopted) {
    for (const Path& path : paths) {
      const Json* value = value_at(*live(change.object), path);
      if (value != nullptr) values.emplace(path, *value);
    }
    count += paths.size();
    managers += (managers.empty() ? "" : " and ") + manager;
  }
  Step step{{desired.ref, TakeOver{desired.adopted}, {uid_of(change)}}, *live(change.object)};
  step.still = std::move(values);
  step.about = fmt::format("{} field{} of {} taken over", count, count == 1 ? "" : "s", managers);
  return step;
}

/// The second manager's writes name the object and, but for the last, its replicas only: force is
/// per request, so it forces this one field (page 12, A7).
Step replicas_step(const ObjectChange& change, std::optional<std::int64_t> replicas, bool force) {
  const ObjectRef& ref = change.object.desired.ref;
  const Json name{{"apiVersion", api_version(kind_of(ref))},
                  {"kind", ref.kind},
                  {"metadata", {{"name", ref.name}, {"namespace", ref.ns}}}};
  Json body = name, expected = name;
  if (replicas) body["spec"]["replicas"] = *replicas;
  expected["spec"]["replicas"] = change.object.desired.handover->replicas;
  return {{ref, Apply{std::move(body), std::string(kReplicasManager), force}, {uid_of(change)}},
          std::move(expected),
          Foresight::Ours};
}

Json with_replicas(Json body, std::int64_t replicas) {
  body["spec"]["replicas"] = replicas;
  return body;
}

Json without_replicas(Json body) {
  body["spec"].erase("replicas");
  if (body["spec"].empty()) body.erase("spec");  // of an overlay
  return body;
}

/// Our second manager holds the replicas before we let go of them. A new Deployment is created with
/// them: without, it would begin with 1 pod.
std::vector<Step> to_others(const ObjectChange& change, const Handover& handover) {
  const Json& body = *change.object.desired.body;
  const bool creates = live(change.object) == nullptr;
  std::vector<Step> steps;
  if (creates) steps.push_back(apply(change, with_replicas(body, handover.replicas)));
  Step keep = replicas_step(change, handover.replicas, /*force=*/false);
  if (!creates) keep.still = std::map<Path, Json>{{fields({"spec", "replicas"}), handover.live}};
  keep.about = fmt::format("{} keeps replicas {}", kReplicasManager, handover.replicas);
  steps.push_back(std::move(keep));
  Step let_go = apply(change, without_replicas(body));
  let_go.creates = false;
  let_go.about = handover.to == Handover::To::Autoscaler ? "replicas pass to the autoscaler"
                                                         : "replicas are left to others";
  steps.push_back(std::move(let_go));
  return steps;
}

/// Our second manager takes the replicas by force, then both hold them, then it gives them up.
std::vector<Step> to_manifest(const ObjectChange& change, const Handover& handover) {
  Step take = replicas_step(change, handover.replicas, /*force=*/true);
  take.still = std::map<Path, Json>{{fields({"spec", "replicas"}), handover.live}};
  take.about = fmt::format("{} takes replicas {}", kReplicasManager, handover.replicas);
  Step hold = apply(change, with_replicas(*change.object.desired.body, handover.replicas));
  hold.about = "replicas are the manifest's again";
  Step give_up = replicas_step(change, std::nullopt, /*force=*/false);
  give_up.about = fmt::format("{} gives replicas up", kReplicasManager);
  return {std::move(take), std::move(hold), std::move(give_up)};
}

std::vector<Step> writes_of(const ObjectChange& change) {
  const DesiredObject& desired = change.object.desired;
  if (!desired.body) return {removal(change)};
  if (!desired.handover) return {apply(change, *desired.body)};
  return desired.handover->to == Handover::To::Manifest ? to_manifest(change, *desired.handover)
                                                        : to_others(change, *desired.handover);
}

std::vector<Step> steps_of(const ObjectChange& change) {
  std::vector<Step> steps = writes_of(change);
  if (!change.object.desired.adopted.empty()) steps.insert(steps.begin(), take_over(change));
  return steps;
}

}  // namespace

std::vector<Step> steps_of(const ClusterChanges& changes) {
  const bool writes = std::any_of(changes.objects.begin(), changes.objects.end(), has_changes);
  std::vector<Step> steps;
  for (const ObjectChange& change : changes.objects) {
    if (!is_written(change, writes)) continue;
    for (Step& step : steps_of(change)) steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace asmgw
