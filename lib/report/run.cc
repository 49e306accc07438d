#include "report/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/findings.h"

namespace asmgw {
namespace {

std::vector<std::string> ids_of(const Plan& plan) {
  std::vector<std::string> ids;
  for (const ClusterPlan& cluster : plan.clusters) ids.push_back(cluster.cluster.id);
  return ids;
}

struct Totals {
  std::size_t restarts = 0;
  std::int64_t pods = 0;
};

Totals totals_of(const Plan& plan) {
  Totals totals;
  for (const ClusterPlan& cluster : plan.clusters) {
    for (const Promise& promise : cluster.promises) {
      if (!promise.restarts) continue;
      ++totals.restarts;
      totals.pods += promise.pods;
    }
  }
  return totals;
}

std::string kinds_text(const ClusterPlan& cluster) {
  std::vector<std::string> kinds;
  for (const Step& step : cluster.steps) {
    const bool removes = std::holds_alternative<Remove>(step.write.what);
    const std::string kind = short_kind(step.write.ref.kind) + (removes ? " (delete)" : "");
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
  }
  return object_count(cluster) > 3
             ? counted(static_cast<std::int64_t>(object_count(cluster)), "object")
             : fmt::format("{}", fmt::join(kinds, ", "));
}

std::string promises_text(const ClusterPlan& cluster) {
  std::string text;
  for (const Promise& promise : cluster.promises) {
    text += text.empty() ? "" : "; ";
    text += promise.restarts
                ? fmt::format("{}, floor {}", counted(promise.pods, "pod"), promise.floor)
                : fmt::format("{} to start", counted(promise.pods, "pod"));
  }
  return text.empty() ? "no restart" : text;
}

std::string time_text(std::chrono::seconds time) {
  const auto seconds = time.count();
  return seconds < 60 ? fmt::format("{}s", seconds)
                      : fmt::format("{}m{:02}s", seconds / 60, seconds % 60);
}

std::string step_detail(const StepResult& result) {
  if (const auto* applied = std::get_if<Applied>(&result)) {
    return applied->note.empty() ? "-" : applied->note;
  }
  if (const auto* conflict = std::get_if<Conflicted>(&result)) {
    std::string text;
    for (const Ownership& owner : conflict->owners) {
      text += (text.empty() ? "" : ", ") + owner.field + " of " + owner.manager;
    }
    return text;
  }
  if (const auto* rejected = std::get_if<Rejected>(&result)) {
    const Finding& reason = rejected->reason;
    return harmless(reason.server.empty() ? reason.message : reason.server);
  }
  if (const auto* unknown = std::get_if<UnknownResult>(&result)) return harmless(unknown->why);
  return std::get<Skipped>(result).why;
}

Paint paint_of(const StepResult& result) {
  if (std::holds_alternative<Applied>(result)) return Paint::Good;
  if (std::holds_alternative<Skipped>(result)) return Paint::Dim;
  return std::holds_alternative<UnknownResult>(result) ? Paint::Unknown : Paint::Bad;
}

Paint paint_of(RolloutResult::State state) {
  switch (state) {
    case RolloutResult::State::Ready:
      return Paint::Good;
    case RolloutResult::State::NotWatched:
      return Paint::Unknown;
    case RolloutResult::State::Failed:
    case RolloutResult::State::TimedOut:
      break;
  }
  return Paint::Bad;
}

std::string rollout_detail(const RolloutResult& rollout) {
  if (rollout.state == RolloutResult::State::NotWatched) return harmless(rollout.reason);
  std::string text = fmt::format("{}/{} new pods in {}", rollout.new_ready, rollout.wanted,
                                 time_text(rollout.took));
  if (rollout.state != RolloutResult::State::Ready) return text + ", " + harmless(rollout.reason);
  if (!rollout.restarts) return text;
  return rollout.floor_seen >= rollout.floor_planned
             ? text + fmt::format(", never under {} ready", rollout.floor_seen)
             : text + fmt::format(", fell to {} ready, floor was {}", rollout.floor_seen,
                                  rollout.floor_planned);
}

/// What a failed rollout says: the pod's own words, and what still serves.
std::string failure_text(const ClusterResult& cluster, const RolloutResult& rollout,
                         const Screen& screen) {
  std::string text = fmt::format(
      "\n{} rollout of {} {} {}\n", paint("error:", Paint::Bad, screen), cluster.cluster.id,
      rollout.state == RolloutResult::State::TimedOut ? "timed out" : "failed",
      paint(rollout.state == RolloutResult::State::TimedOut ? "[timed-out]" : "[rollout-failed]",
            Paint::Dim, screen));
  if (!rollout.pod.empty()) {
    text += fmt::format(
        "  pod:    {}{}\n", rollout.pod,
        rollout.failing_pods > 1 ? fmt::format(" (and {} more)", rollout.failing_pods - 1) : "");
  }
  const std::string says =
      harmless(rollout.reason) + (rollout.message.empty() ? "" : ": " + harmless(rollout.message));
  bool is_first = true;
  for (const std::string& line : wrap(says, screen.width - 10)) {
    text += fmt::format("  {:<8}{}\n", is_first ? "says:" : "", line);
    is_first = false;
  }
  text += fmt::format("  now:    {} ready, {} of {} new; the change stays in place\n",
                      counted(rollout.serving, "pod"), rollout.new_ready, rollout.wanted);
  if (!rollout.pod.empty()) {
    text += fmt::format("  hint:   kubectl --context {} -n {} describe pod \\\n            {}\n",
                        cluster.cluster.context, rollout.deployment.ns, rollout.pod);
  }
  return text;
}

/// What came of the clusters; the control plane is none, and told apart.
struct Outcome {
  std::map<ClusterResult::State, std::size_t> clusters;
  std::optional<ClusterResult::State> control_plane;
  std::int64_t objects = 0, replaced = 0, started = 0;
};

Outcome outcome_of(const RunResult& result) {
  Outcome outcome;
  for (const ClusterResult& cluster : result.clusters) {
    if (is_control_plane(cluster.cluster)) {
      outcome.control_plane = cluster.state;
    } else {
      ++outcome.clusters[cluster.state];
    }
    std::set<ObjectRef> applied;
    for (const auto& [ref, step] : cluster.steps) {
      if (std::holds_alternative<Applied>(step)) applied.insert(ref);
    }
    outcome.objects += static_cast<std::int64_t>(applied.size());
    for (const RolloutResult& rollout : cluster.rollouts) {
      (rollout.restarts ? outcome.replaced : outcome.started) += rollout.new_ready;
    }
  }
  return outcome;
}

std::string last_sentence(const RunResult& result) {
  using State = ClusterResult::State;
  Outcome outcome = outcome_of(result);
  std::size_t all = 0;
  for (const auto& [state, count] : outcome.clusters) all += count;
  const auto words = [](State state) -> std::string_view {
    switch (state) {
      case State::Failed:
        return "failed, with what was applied in place";
      case State::Unknown:
        return "unknown";
      case State::NotStarted:
        return "untouched";
      case State::Done:
        break;
    }
    return "done";
  };
  std::string rest;
  for (const State state : {State::Failed, State::Unknown, State::NotStarted}) {
    if (outcome.clusters[state] > 0) {
      rest += fmt::format(", {} {}", outcome.clusters[state], words(state));
    }
  }
  const bool is_all_done = rest.empty() && !result.interrupted &&
                           outcome.control_plane.value_or(State::Done) == State::Done;
  if (!is_all_done) {
    std::string text = all == 0 ? ""
                                : fmt::format("{} of {} done{}", outcome.clusters[State::Done],
                                              places_text(all, false), rest);
    if (outcome.control_plane) {
      text += fmt::format("{}the control plane {}", text.empty() ? "" : "; ",
                          words(*outcome.control_plane));
    }
    return fmt::format("{}: {}.\n", result.interrupted ? "Interrupted" : "Stopped", text);
  }
  std::string text = fmt::format("Done: {} in {}", counted(outcome.objects, "object"),
                                 places_text(all, outcome.control_plane.has_value()));
  if (outcome.replaced > 0) text += fmt::format(", {} replaced", counted(outcome.replaced, "pod"));
  if (outcome.started > 0) text += fmt::format(", {} started", counted(outcome.started, "pod"));
  return text + fmt::format(" in {}.\n", time_text(result.took));
}

}  // namespace

std::string plan_text(const Plan& plan, bool wait, std::chrono::seconds timeout,
                      const Screen& screen) {
  const std::vector<std::string> ids = ids_of(plan);
  const std::string how =
      ids.size() > 1 ? ", one at a time in this order, stop at the first failure" : "";
  std::string text = hanging("Plan: " + places_text(plan) + how, 2, screen);
  std::vector<std::vector<Cell>> rows;
  for (std::size_t i = 0; i < plan.clusters.size(); ++i) {
    const ClusterPlan& cluster = plan.clusters[i];
    rows.push_back({{fmt::format("  {}", i + 1)},
                    {short_id(cluster.cluster.id, ids)},
                    {cluster.cluster.context},
                    {kinds_text(cluster)},
                    {promises_text(cluster)}});
  }
  Screen plain = screen;
  plain.color = false;
  text += table(rows, {}, plain);
  const bool any =
      std::any_of(plan.clusters.begin(), plan.clusters.end(),
                  [](const ClusterPlan& cluster) { return !cluster.promises.empty(); });
  if (any && wait) {
    text += fmt::format(
        "  Each rollout is followed until its new pods are ready, at most {}.\n",
        timeout.count() % 60 == 0 ? fmt::format("{}m", timeout.count() / 60) : time_text(timeout));
  }
  return text;
}

std::string question_text(const Plan& plan) {
  const Totals totals = totals_of(plan);
  const std::string what = fmt::format(
      "Change {} in {}", counted(static_cast<std::int64_t>(object_count(plan)), "object"),
      places_text(plan));
  if (totals.restarts == 0) return what + ", no restart? [y/N] ";
  return fmt::format("{}, with {} of {}? [y/N] ", what,
                     counted(static_cast<std::int64_t>(totals.restarts), "rolling restart"),
                     counted(totals.pods, "pod"));
}

std::string blocked_text(const Plan& plan, const Screen& screen) {
  std::string text = fmt::format(
      "{} {} {}\nNothing was changed.\n\n", paint("refused:", Paint::Bad, screen),
      plan.blocks.size() == 1 ? "1 thing is foreseen to fail"
                              : fmt::format("{} things are foreseen to fail", plan.blocks.size()),
      paint("[gates]", Paint::Dim, screen));
  bool choose = false, keep_going = false, force = false;
  for (const Gate& block : plan.blocks) {
    text +=
        fmt::format("  closed  {:<17}  {}\n", block.flag.empty() ? "-" : block.flag, block.cost);
    for (const std::string& detail : block.details) {
      for (const std::string& line : wrap(harmless(detail), screen.width - 10)) {
        text += "          " + line + "\n";
      }
    }
    choose = choose || block.flag.empty();
    keep_going = keep_going || block.flag == "--keep-going";
    force = force || block.flag == "--force-conflicts";
  }
  if (keep_going) text += "Add: --keep-going, to leave out what cannot be read\n";
  if (force) text += "Add: --force-conflicts, to take what others own\n";
  if (choose) text += "Settle what is named, or choose the other clusters with --cluster.\n";
  return text;
}

std::string gates_text(const Plan& plan, const Allowed& allowed, const Screen& screen) {
  const std::vector<Gate> closed = closed_gates(plan, allowed);
  std::string text = fmt::format(
      "{} {} {}\nNothing was changed.\n\n", paint("refused:", Paint::Bad, screen),
      closed.size() == 1 ? "1 gate is closed" : fmt::format("{} gates are closed", closed.size()),
      paint("[gates]", Paint::Dim, screen));
  std::string add;
  bool destroys = false;
  for (const Gate& gate : plan.gates) {
    const bool open = is_open(gate, allowed);
    text += fmt::format("  {:<6}  {:<19}  {}\n", open ? "open" : "closed", gate.flag, gate.cost);
    if (!open && !gate.details.empty()) {
      std::string details;
      for (const std::string& detail : gate.details) {
        details += (details.empty() ? "" : ", ") + detail;
      }
      for (const std::string& line : wrap(details, screen.width - 10)) {
        text += "          " + line + "\n";
      }
    }
    if (open) continue;
    if (gate.flag == "--allow-destructive") {
      destroys = true;
    } else {
      add += " " + gate.flag;
    }
  }
  if (!add.empty()) text += "Add:" + add + "\n";
  if (destroys) {
    std::string losses;
    for (const auto& [gateway, addresses] : plan.losing) {
      if (!addresses.empty()) losses += (losses.empty() ? "" : ", ") + addresses;
    }
    text += fmt::format("Add --allow-destructive only if {} may go; it is not given back.\n",
                        losses.empty() ? "what is lost" : losses);
  }
  return text;
}

std::string report_text(const RunResult& result, const Screen& screen) {
  std::vector<std::string> ids;
  for (const ClusterResult& cluster : result.clusters) ids.push_back(cluster.cluster.id);
  std::vector<std::vector<Cell>> rows = {{{"CLUSTER"}, {"STEP"}, {"RESULT"}, {"DETAIL"}}};
  std::string failures;
  for (const ClusterResult& cluster : result.clusters) {
    const std::string id = short_id(cluster.cluster.id, ids);
    if (cluster.state == ClusterResult::State::NotStarted) {
      rows.push_back({{id},
                      {"-"},
                      {"not started", Paint::Dim},
                      {is_control_plane(cluster.cluster) ? "left out: not every cluster is done"
                                                         : "nothing was written"}});
    }
    for (const auto& [ref, step] : cluster.steps) {
      rows.push_back({{id},
                      {short_kind(ref.kind)},
                      {std::string(word(step)), paint_of(step)},
                      {step_detail(step)}});
    }
    for (const RolloutResult& rollout : cluster.rollouts) {
      rows.push_back({{id},
                      {"rollout"},
                      {std::string(word(rollout.state)), paint_of(rollout.state)},
                      {rollout_detail(rollout)}});
      if (rollout.state == RolloutResult::State::Failed ||
          rollout.state == RolloutResult::State::TimedOut) {
        failures += failure_text(cluster, rollout, screen);
      }
    }
  }
  return marks(table(rows, {}, screen) + failures + "\n" + last_sentence(result), screen);
}

}  // namespace asmgw
