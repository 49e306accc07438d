#include "cluster/follow.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "object/rollout.h"

namespace asmgw {
namespace {

using std::chrono::seconds;

constexpr seconds kWatchLength{2};  // how long to wait for an event before looking at the pods
constexpr seconds kPatience{60};    // a pod's trouble that may pass is given this long

/// One moment: the Deployment, its newest ReplicaSet's pods, all pods.
struct Moment {
  Json deployment;
  DeploymentStatus status;
  std::optional<PodCounts> pods;  ///< absent when they may not be listed
};

/// `app=istio-web,istio=web`
std::string selector_of(const Json& deployment) {
  std::string selector;
  const Json* labels = find(deployment, {"spec", "selector", "matchLabels"});
  if (labels == nullptr) return selector;
  for (const auto& [key, value] : labels->items()) {
    selector += fmt::format("{}{}={}", selector.empty() ? "" : ",", key,
                            value.is_string() ? value.get<std::string>() : "");
  }
  return selector;
}

class Rollout {
 public:
  Rollout(const Promise& promise, kube::Client& client, Clock& clock, const FollowOptions& options)
      : promise_(promise), client_(client), clock_(clock), options_(options) {
    result_.deployment = promise.deployment;
    result_.wanted = promise.pods;
    result_.floor_planned = promise.floor;
    result_.restarts = promise.restarts;
  }

  RolloutResult run(std::stop_token stop) {
    started_ = clock_.now();
    std::optional<Json> deployment = read(stop);
    while (!stop.stop_requested()) {
      if (is_gone_) {
        fail("Gone", "the Deployment was deleted meanwhile");
        return finish();
      }
      if (deployment) {
        const Moment moment = look(std::move(*deployment), stop);
        note(moment);
        if (is_over(moment)) return finish();
      }
      if (elapsed() >= options_.timeout) {
        result_.state = RolloutResult::State::TimedOut;
        result_.reason = deployment ? "not ready in time" : trouble_;
        return finish();
      }
      deployment = deployment ? next(stop) : read_later(stop);
    }
    result_.state = RolloutResult::State::NotWatched;
    result_.reason = "interrupted";
    return finish();
  }

 private:
  seconds elapsed() const { return std::chrono::duration_cast<seconds>(clock_.now() - started_); }

  RolloutResult finish() {
    result_.took = elapsed();
    return result_;
  }

  /// Keeps why a question was not answered with an object.
  std::optional<Json> object_of(Answer answer) {
    if (auto* found = std::get_if<Found>(&answer)) return std::move(found->object);
    if (const auto* refused = std::get_if<Refused>(&answer)) {
      trouble_ = refused->server;
    } else if (const auto* unread = std::get_if<Unread>(&answer)) {
      trouble_ = unread->why;
    } else {
      is_gone_ = true;
    }
    return std::nullopt;
  }

  /// After an answer that was none: a cluster that is away for a moment is no end of a rollout.
  std::optional<Json> read_later(std::stop_token stop) {
    clock_.sleep(std::chrono::milliseconds(1000), stop);
    return stop.stop_requested() ? std::nullopt : read(stop);
  }

  std::optional<Json> read(std::stop_token stop) {
    std::optional<Json> deployment =
        object_of(client_.ask({Get{promise_.deployment}}, stop).front());
    if (deployment) version_ = text_at(*deployment, {"metadata", "resourceVersion"});
    last_ = deployment.value_or(Json());
    return deployment;
  }

  /// The next state, or the last one again after a while: the pods say what hangs, the Deployment
  /// does not.
  std::optional<Json> next(std::stop_token stop) {
    if (stop.stop_requested()) return std::nullopt;
    const Answer answer = client_.next(promise_.deployment, version_, kWatchLength, stop);
    if (const auto* found = std::get_if<Found>(&answer)) {
      last_ = found->object;
      version_ = text_at(last_, {"metadata", "resourceVersion"});
      return last_;
    }
    if (std::holds_alternative<Absent>(answer)) return last_;
    return read_later(stop);  // no right to watch, too old a version, or a broken connection
  }

  Moment look(Json deployment, std::stop_token stop) {
    Moment moment{std::move(deployment), {}, std::nullopt};
    moment.status = deployment_status(moment.deployment);
    const std::string selector = selector_of(moment.deployment);
    const std::string& ns = promise_.deployment.ns;
    std::vector<Answer> answers = client_.ask(
        {List{{"apps", "ReplicaSet", ns, ""}, selector}, List{{"", "Pod", ns, ""}, selector}},
        stop);
    const std::optional<Json> sets = object_of(std::move(answers[0]));
    const std::optional<Json> pods = object_of(std::move(answers[1]));
    if (!sets || !pods) return moment;  // missing read rights only cost detail
    moment.pods = count_pods(*pods, newest_hash(moment.deployment, moment.status, *sets));
    return moment;
  }

  /// Does the status speak of our change, and not of the one before?
  bool is_ours(const DeploymentStatus& status) const {
    return status.observed_generation >= status.generation && status.generation > 0 &&
           status.revision != promise_.revision_before;
  }

  void note(const Moment& moment) {
    result_.wanted = moment.status.wanted;
    if (!moment.pods) return;
    const PodCounts& pods = *moment.pods;
    result_.serving = pods.serving;
    result_.new_ready = is_ours(moment.status) ? pods.fresh_ready : 0;
    result_.floor_seen = is_first_ ? pods.serving : std::min(result_.floor_seen, pods.serving);
    result_.peak_seen = std::max(result_.peak_seen, pods.all);
    is_first_ = false;
    if (!options_.on_moment) return;
    RolloutMoment shown{result_.new_ready, result_.wanted, result_.serving, promise_.floor, ""};
    const std::int64_t starting = pods.fresh - pods.fresh_ready;
    if (is_ours(moment.status) && !pods.troubles.empty()) {
      shown.waits_for = pods.troubles.front().reason;
    } else if (starting > 0) {
      shown.waits_for = fmt::format("{} pod{} start{}", starting, starting == 1 ? "" : "s",
                                    starting == 1 ? "s" : "");
    }
    options_.on_moment(shown);
  }

  bool is_over(const Moment& moment) {
    const DeploymentStatus& status = moment.status;
    if (status.paused) {
      result_.reason = "the Deployment is paused";
      return result_.state = RolloutResult::State::NotWatched, true;
    }
    if (!is_ours(status)) return false;
    if (status.updated == status.wanted && status.replicas == status.wanted &&
        status.available == status.wanted) {
      result_.new_ready = status.wanted;
      return result_.state = RolloutResult::State::Ready, true;
    }
    if (ends_early(moment)) return true;
    if (status.deadline_exceeded && status.replica_set != promise_.replica_set_before) {
      return fail("ProgressDeadlineExceeded", "no progress before the Deployment's deadline");
    }
    return false;
  }

  /// A new pod's trouble that is final, or has lasted; or that no pod can be made. (A
  /// ReplicaFailure may be the old ReplicaSet's for a moment: it has to last as well.)
  bool ends_early(const Moment& moment) {
    std::vector<PodTrouble> troubles =
        moment.pods ? moment.pods->troubles : std::vector<PodTrouble>();
    if (!moment.status.replica_failure.empty()) {
      troubles.push_back({"", "FailedCreate", moment.status.replica_failure, false});
    }
    if (troubles.empty()) {
      trouble_since_.reset();
      return false;
    }
    if (!trouble_since_) trouble_since_ = clock_.now();
    const auto final = std::find_if(troubles.begin(), troubles.end(),
                                    [](const PodTrouble& trouble) { return trouble.is_final; });
    const bool lasts = clock_.now() - *trouble_since_ >= kPatience;
    if (final == troubles.end() && !lasts) return false;
    const PodTrouble& shown = final != troubles.end() ? *final : troubles.front();
    result_.pod = shown.pod;
    result_.failing_pods = static_cast<int>(troubles.size());
    return fail(shown.reason, shown.message);
  }

  bool fail(std::string reason, std::string message) {
    result_.state = RolloutResult::State::Failed;
    result_.reason = std::move(reason);
    result_.message = std::move(message);
    return true;
  }

  const Promise& promise_;
  kube::Client& client_;
  Clock& clock_;
  const FollowOptions& options_;
  RolloutResult result_;
  std::chrono::system_clock::time_point started_;
  std::optional<std::chrono::system_clock::time_point> trouble_since_;
  std::string version_;  ///< of the last state seen
  Json last_;
  std::string trouble_;
  bool is_gone_ = false;
  bool is_first_ = true;
};

}  // namespace

RolloutResult follow(const Promise& promise, kube::Client& client, Clock& clock,
                     const FollowOptions& options, std::stop_token stop) {
  return Rollout(promise, client, clock, options).run(stop);
}

}  // namespace asmgw
