#include "cluster/execute.h"

#include <fmt/format.h>

#include <algorithm>

#include "diff/values.h"
#include "kube/answers.h"
#include "kube/codes.h"
#include "object/adoption.h"
#include "object/kinds.h"
#include "object/owners.h"

namespace asmgw {
namespace {

/// Values that a dry run invents are no difference: they were never shown.
bool is_invented(const Kind& kind, const Path& path) {
  return std::any_of(path.steps.begin(), path.steps.end(),
                     [&](const PathStep& step) { return is_allocated(kind, step.text); });
}

/// Where the object is other than reviewed; "" = nowhere.
std::string differing_paths(const Step& step, const Found& found) {
  if (!step.expected) return "it is still there";
  const Kind& kind = kind_of(step.write.ref);
  Hidden hidden;
  std::string paths;
  for (const FieldChange& field : differences(kind, *step.expected, found.object, hidden)) {
    const bool is_default = step.foresight == Foresight::Ours && field.op == FieldChange::Op::Add;
    if (is_invented(kind, field.path) || is_default) continue;
    paths += (paths.empty() ? "" : ", ") + to_string(field.path);
  }
  return paths;
}

/// What the server made of the write that the reviewer was not shown.
std::string other_than_reviewed(const Step& step, const Found& found) {
  if (!step.expected) return "deleted when its finalizers are done";
  if (step.creates && !found.created) return "somebody created it meanwhile";
  const std::string paths = differing_paths(step, found);
  return paths.empty() ? step.about : "other than reviewed: " + paths;
}

/// Is the object, read back, what the step makes of it?
bool is_as_reviewed(const Step& step, const Answer& answer) {
  if (std::holds_alternative<Absent>(answer)) return !step.expected;
  const auto* found = std::get_if<Found>(&answer);
  return found != nullptr && differing_paths(step, *found).empty();
}

Applied applied(const Answer& answer, std::string note) {
  const auto* found = std::get_if<Found>(&answer);
  if (found == nullptr) return {"", "", std::move(note)};
  return {text_at(found->object, {"metadata", "uid"}),
          text_at(found->object, {"metadata", "resourceVersion"}), std::move(note)};
}

/// A list of owners that the server does not like it ignores, and answers 200.
bool is_taken(const TakeOver& take, const Json& object) {
  return std::all_of(take.from.begin(), take.from.end(), [&](const auto& of) {
    return std::all_of(of.second.begin(), of.second.end(),
                       [&](const Path& path) { return is_ours(object, path); });
  });
}

StepResult result_of(const Step& step, const Answer& answer) {
  if (const auto* found = std::get_if<Found>(&answer)) {
    const TakeOver* take = std::get_if<TakeOver>(&step.write.what);
    if (take != nullptr && !is_taken(*take, found->object)) {
      return Rejected{finding(kube::kServerError, "the server has not recorded us as the owner",
                              "see who owns it: kubectl get -o yaml --show-managed-fields")};
    }
    return applied(answer, other_than_reviewed(step, *found));
  }
  if (std::holds_alternative<Absent>(answer) && !step.expected) return applied(answer, step.about);
  if (const auto* conflict = std::get_if<Conflict>(&answer)) return Conflicted{conflict->fields};
  if (const auto* refused = std::get_if<Refused>(&answer)) {
    return Rejected{kube::finding_of(*refused)};
  }
  if (const auto* unread = std::get_if<Unread>(&answer)) {
    if (unread->sent) return UnknownResult{"sent; " + unread->why};
    return Rejected{kube::finding_of(*unread)};
  }
  return Rejected{kube::finding_of(Refused{Refused::Kind::NotServed, 404, "not found"})};
}

/// Which value that the step relies on has the object no more? `spec.replicas is no longer 3`; "" =
/// none.
std::string moved_since(const std::map<Path, Json>& still, const Json& object) {
  for (const auto& [path, value] : still) {
    const Json* now = value_at(object, path);
    if (now != nullptr ? *now == value : value.is_null()) continue;
    return fmt::format("{} is no longer {}", to_string(path),
                       value.is_null() ? "absent" : dump(value));
  }
  return {};
}

/// Writes under the lock of a reading that still has the step's values: again while only others of
/// the object move.
Answer write_locked(const Step& step, kube::Client& client, std::stop_token stop) {
  constexpr int kAttempts = 10;
  for (int attempt = 1;; ++attempt) {
    const Answer before = client.ask({Get{step.write.ref}}, stop).front();
    const auto* found = std::get_if<Found>(&before);
    if (found == nullptr) return before;
    const std::string& uid = step.write.guard.uid;  // a take-over's patch does not hold it
    if (!uid.empty() && uid != text_at(found->object, {"metadata", "uid"}))
      return Refused{Refused::Kind::Gone, 409, "it is another object of that name"};
    const std::string moved = moved_since(*step.still, found->object);
    if (!moved.empty()) return Refused{Refused::Kind::Lock, 409, moved};
    Write write = step.write;
    write.guard.resource_version = text_at(found->object, {"metadata", "resourceVersion"});
    if (TakeOver* take = std::get_if<TakeOver>(&write.what))
      take->owners = owners_after(kind_of(write.ref), found->object, take->from);
    Answer answer = client.write(write, stop);
    const auto* refused = std::get_if<Refused>(&answer);
    const bool was_moved = refused != nullptr && refused->kind == Refused::Kind::Lock;
    if (!was_moved || attempt == kAttempts) return answer;
  }
}

/// Carries out one step. A write whose answer was cut off may have been processed: the object is
/// read back, and only when it is as reviewed has the write been applied for certain.
StepResult carry_out(const Step& step, kube::Client& client, std::stop_token stop) {
  StepResult result = result_of(
      step, step.still ? write_locked(step, client, stop) : client.write(step.write, stop));
  if (!std::holds_alternative<UnknownResult>(result)) return result;
  const Answer answer = client.ask({Get{step.write.ref}}, {}).front();
  if (!is_as_reviewed(step, answer)) return result;
  return applied(answer, "the answer was cut off; read back");
}

/// The uid that an earlier step of this run gave the object which `step` goes on with.
std::string uid_made(const Step& step, const ClusterResult& result) {
  for (const auto& [ref, earlier] : result.steps) {
    const auto* done = std::get_if<Applied>(&earlier);
    if (ref == step.write.ref && done != nullptr) return done->uid;
  }
  return {};
}

ClusterResult::State state_of(const StepResult& result) {
  if (std::holds_alternative<Applied>(result)) return ClusterResult::State::Done;
  return std::holds_alternative<UnknownResult>(result) ? ClusterResult::State::Unknown
                                                       : ClusterResult::State::Failed;
}

}  // namespace

ClusterResult execute(const ClusterPlan& plan, kube::Client& client,
                      const std::function<void(const ObjectRef&, const StepResult&)>& on_step,
                      std::stop_token stop) {
  ClusterResult result{ClusterResult::State::Done, plan.cluster, {}, {}};
  for (Step step : plan.steps) {
    if (step.write.guard.uid.empty()) step.write.guard.uid = uid_made(step, result);
    const bool goes_on = result.state == ClusterResult::State::Done;
    if (goes_on && !stop.stop_requested()) {
      result.steps.emplace_back(step.write.ref, carry_out(step, client, stop));
      result.state = state_of(result.steps.back().second);
    } else {
      if (goes_on) result.state = ClusterResult::State::Failed;
      result.steps.emplace_back(
          step.write.ref,
          Skipped{stop.stop_requested() ? "interrupted" : "an earlier step was not applied"});
    }
    on_step(step.write.ref, result.steps.back().second);
  }
  return result;
}

}  // namespace asmgw
