#include "cmd/carry_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/error.h"
#include "cmd/find_changes.h"
#include "cmd/progress.h"
#include "cmd/verbs.h"
#include "plan/verdict.h"
#include "report/run.h"
#include "report/text.h"

namespace asmgw::cmd {
namespace {

/// Consents: by flag, or by answer on a terminal. A loss is confirmed by the gateway's name only.
bool confirm(const Plan& plan, const Allowed& allowed, const Deps& deps) {
  const std::vector<Gate> closed = closed_gates(plan, allowed);
  const auto asks = [&](std::string_view flag) {
    return std::any_of(closed.begin(), closed.end(),
                       [&](const Gate& gate) { return gate.flag == flag; });
  };
  const auto answer = [&](const std::string& question) {
    deps.err << question << std::flush;
    return deps.terminal.read_line().value_or("");
  };
  if (asks("--allow-destructive")) {
    for (const std::string& name : plan.losing) {
      const std::string typed = answer(fmt::format(
          "This cannot be undone.\nTo go on, type the gateway's name; anything else stops: "));
      if (typed != name) return false;
    }
  }
  if (!asks("--yes") && !asks("--allow-restart")) return true;
  const std::string typed = answer(question_text(plan));
  return typed == "y" || typed == "Y" || typed == "yes";
}

/// What keeps the plan from being carried out before anybody is asked; "" = nothing.
std::string refusal(const Plan& plan, const Allowed& allowed, const Screen& screen,
                    const Deps& deps) {
  if (!plan.blocks.empty()) return blocked_text(plan, screen);
  const bool can_ask = deps.terminal.in && deps.terminal.err;
  if (!can_ask && !closed_gates(plan, allowed).empty()) return gates_text(plan, allowed, screen);
  return {};
}

/// How to see all of what was refused.
std::string look_text(const Subject& subject) {
  std::string text = "See all of it: kubectl asmgw diff";
  for (const Subject::File& file : subject.files) text += " -f " + file.name;
  return text + "\n";
}

bool leaves_out(const ChangeSet& changes) { return !judge(changes, {}).complete; }

int write_result(const RunResult& result, bool left_out, const CarryOutOptions& options,
                 const Screen& screen, const Deps& deps) {
  const int code = exit_code(result, left_out);
  if (options.output.format == "json") {
    deps.out << report_json(result, tool_version(), code);
  } else {
    deps.out << report_text(result, screen);
  }
  return code;
}

}  // namespace

int carry_out(const Targets& targets, const Subject& subject, const Findings& findings,
              const CarryOutOptions& options, const Deps& deps) {
  const Screen screen = screen_of(options.output, deps);
  const bool is_text = options.output.format != "json";
  const ChangeSet changes = find_changes(targets, options.connection, deps);
  if (deps.stop.stop_requested()) {
    deps.err << "Nothing was changed.\n";
    return kExitInterrupted;
  }
  write_warnings(changes, deps);
  const Plan plan = make_plan(changes, options.rollout.keep_going);
  const bool left_out = leaves_out(changes);
  const bool is_empty = plan.clusters.empty() && plan.blocks.empty();
  if (is_empty && is_text) {
    deps.out << changes_text(subject, findings, changes, /*with_sentence=*/true, screen);
    return exit_code({}, left_out);
  }
  if (is_empty) return write_result({}, left_out, options, screen, deps);
  const bool only_shows = options.dry_run == DryRun::Server && plan.blocks.empty();
  const std::string refused = only_shows ? "" : refusal(plan, options.allowed, screen, deps);
  if (!refused.empty()) {
    deps.out << (is_text ? refused + look_text(subject)
                         : refusal_json(plan, options.allowed, tool_version()));
    return kExitGate;
  }
  if (is_text) {
    deps.out << changes_text(subject, findings, changes, /*with_sentence=*/false, screen) << "\n"
             << plan_text(plan, options.rollout.wait, options.rollout.timeout, screen)
             << std::flush;
  }
  if (only_shows) return kExitDone;
  if (is_text) deps.out << "\n";
  if (!confirm(plan, options.allowed, deps)) {
    deps.err << "Nothing was changed.\n";
    return deps.stop.stop_requested() ? kExitInterrupted : kExitGate;
  }
  const auto connect_to = [&](const Cluster& cluster) {
    for (const Target& target : targets) {
      if (target.cluster.id == cluster.id) {
        return connect(target, options.connection.verbosity, deps);
      }
    }
    ASMGW_BUG("a plan for a cluster that is no target");
  };
  std::vector<std::string> ids;
  for (const ClusterPlan& cluster : plan.clusters) ids.push_back(cluster.cluster.id);
  std::unique_ptr<EventSink> progress = make_progress(options.output, std::move(ids), screen, deps);
  const RunResult result =
      roll_out(plan, options.rollout, connect_to, deps.clock, *progress, deps.stop);
  progress.reset();  // the last state of the live lines stays above the report
  return write_result(result, left_out, options, screen, deps);
}

}  // namespace asmgw::cmd
