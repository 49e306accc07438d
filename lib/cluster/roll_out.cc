#include "cluster/roll_out.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "cluster/execute.h"
#include "cluster/follow.h"

namespace asmgw {
namespace {

std::string moment_text(const RolloutMoment& moment) {
  return fmt::format("{}/{} new, {} serving{}{}", moment.new_ready, moment.wanted, moment.serving,
                     moment.waits_for.empty() ? "" : ", ", moment.waits_for);
}

std::string step_text(const StepResult& result) {
  if (const auto* applied = std::get_if<Applied>(&result)) return applied->note;
  if (const auto* rejected = std::get_if<Rejected>(&result)) return rejected->reason.message;
  if (const auto* unknown = std::get_if<UnknownResult>(&result)) return unknown->why;
  if (const auto* skipped = std::get_if<Skipped>(&result)) return skipped->why;
  return {};
}

/// Follows the promises of one cluster; a rollout that is not watched is no failure.
void follow_all(const ClusterPlan& plan, const RolloutOptions& options, kube::Client& client,
                Clock& clock, EventSink& events, std::stop_token stop, ClusterResult& result) {
  for (const Promise& promise : plan.promises) {
    const FollowOptions follow_options{options.timeout, [&](const RolloutMoment& moment) {
                                         events.send({plan.cluster.id,
                                                      "rollout",
                                                      "rolling",
                                                      moment_text(moment),
                                                      to_string(promise.deployment),
                                                      {{"newReady", moment.new_ready},
                                                       {"wanted", moment.wanted},
                                                       {"serving", moment.serving},
                                                       {"floor", moment.floor}}});
                                       }};
    RolloutResult rollout = follow(promise, client, clock, follow_options, stop);
    events.send({plan.cluster.id,
                 "rollout",
                 std::string(word(rollout.state)),
                 fmt::format("{}/{} new, {} serving, {}s", rollout.new_ready, rollout.wanted,
                             rollout.serving, rollout.took.count()),
                 to_string(promise.deployment),
                 {{"newReady", rollout.new_ready},
                  {"wanted", rollout.wanted},
                  {"serving", rollout.serving},
                  {"floor", promise.floor},
                  {"seconds", rollout.took.count()}}});
    if (rollout.state == RolloutResult::State::Failed ||
        rollout.state == RolloutResult::State::TimedOut) {
      result.state = ClusterResult::State::Failed;
    }
    result.rollouts.push_back(std::move(rollout));
  }
}

void not_watched(const ClusterPlan& plan, const std::string& why, ClusterResult& result) {
  for (const Promise& promise : plan.promises) {
    RolloutResult rollout;
    rollout.deployment = promise.deployment;
    rollout.wanted = promise.pods;
    rollout.floor_planned = promise.floor;
    rollout.reason = why;
    rollout.restarts = promise.restarts;
    result.rollouts.push_back(std::move(rollout));
  }
}

}  // namespace

RunResult roll_out(const Plan& plan, const RolloutOptions& options,
                   const std::function<kube::Client(const Cluster&)>& connect, Clock& clock,
                   EventSink& events, std::stop_token stop) {
  RunResult run;
  const auto started = clock.now();
  bool stopped = false, all_done = true;
  for (std::size_t i = 0; i < plan.clusters.size(); ++i) {
    const ClusterPlan& cluster = plan.clusters[i];
    // what changes the gateway in all clusters at once waits until all of them are done
    const bool is_left_out = is_control_plane(cluster.cluster) && !all_done;
    if (stopped || is_left_out || stop.stop_requested()) {
      run.clusters.push_back({ClusterResult::State::NotStarted, cluster.cluster, {}, {}});
      continue;
    }
    events.send(
        {cluster.cluster.id, "cluster", "start",
         fmt::format("{} of {}, {}", i + 1, plan.clusters.size(), cluster.cluster.context)});
    kube::Client client = connect(cluster.cluster);
    const auto on_step = [&](const ObjectRef& ref, const StepResult& result) {
      const std::string text = step_text(result);
      events.send({cluster.cluster.id, "step", std::string(word(result)),
                   to_string(ref) + (text.empty() ? "" : ", " + text), to_string(ref)});
    };
    ClusterResult result = execute(cluster, client, on_step, stop);
    if (result.state == ClusterResult::State::Done && options.wait) {
      follow_all(cluster, options, client, clock, events, stop, result);
    } else if (result.state == ClusterResult::State::Done) {
      not_watched(cluster, "--wait=false", result);
    }
    all_done = all_done && result.state == ClusterResult::State::Done;
    if (!all_done && !options.keep_going) stopped = true;
    run.clusters.push_back(std::move(result));
  }
  run.interrupted = stop.stop_requested();
  run.took = std::chrono::duration_cast<std::chrono::seconds>(clock.now() - started);
  return run;
}

}  // namespace asmgw
