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
    for (const auto& [name, losses] : plan.losing) {
      const std::string typed =
          answer(fmt::format("Gateway {} gives up {}; it is not given back.\n"
                             "To go on, type the gateway's name; anything else stops: ",
                             name, losses.empty() ? "a load balancer" : losses));
      if (typed != name) return false;
    }
  }
  if (!asks("--yes") && !asks("--allow-restart")) return true;
  const std::string typed = answer(question_text(plan));
  return typed == "y" || typed == "Y" || typed == "yes";
}

bool is_json(const CarryOutOptions& options) { return options.output.format == "json"; }

/// Is the plan refused before anybody is asked? What is foreseen to fail closes it everywhere;
/// missing consents only where nobody can be asked. A dry run needs none.
bool is_refused(const Plan& plan, const CarryOutOptions& options, const Deps& deps) {
  if (!plan.blocks.empty()) return true;
  if (options.dry_run == DryRun::Server) return false;
  // only what is shown on the same terminal can be consented to
  const bool can_ask =
      deps.terminal.in && deps.terminal.out && deps.terminal.err && !is_json(options);
  return !can_ask && !closed_gates(plan, options.allowed).empty();
}

int write_refusal(const Plan& plan, const Subject& subject, const CarryOutOptions& options,
                  const Deps& deps) {
  if (is_json(options)) {
    deps.out << plan_json(plan, options.allowed, tool_version(), kExitGate);
    return kExitGate;
  }
  const Screen screen = screen_of(options.output, deps);
  deps.out << (plan.blocks.empty() ? gates_text(plan, options.allowed, screen)
                                   : blocked_text(plan, screen))
           << "See all of it: kubectl asmgw diff";
  for (const std::string& name : subject.names) deps.out << " " << name;
  for (const Subject::File& file : subject.files) {
    if (subject.names.empty()) deps.out << " -f " << file.name;
  }
  deps.out << "\n";
  return kExitGate;
}

int write_result(const RunResult& result, bool left_out, const CarryOutOptions& options,
                 const Deps& deps) {
  const int code = exit_code(result, left_out);
  if (is_json(options)) {
    deps.out << report_json(result, tool_version(), code);
  } else {
    deps.out << report_text(result, screen_of(options.output, deps));
  }
  return code;
}

int nothing_changed(const Deps& deps) {
  deps.err << "Nothing was changed.\n";
  return deps.stop.stop_requested() ? kExitInterrupted : kExitGate;
}

RunResult carry_out_plan(const Plan& plan, const Targets& targets, const CarryOutOptions& options,
                         const Deps& deps) {
  const auto connect_to = [&](const Cluster& cluster) {
    for (const Target& target : targets) {
      if (target.cluster.id == cluster.id && target.cluster.place == cluster.place) {
        return connect(target, options.connection.verbosity, deps);
      }
    }
    ASMGW_BUG("a plan for a cluster that is no target");
  };
  std::vector<std::string> ids;
  for (const ClusterPlan& cluster : plan.clusters) ids.push_back(cluster.cluster.id);
  const std::unique_ptr<EventSink> progress =
      make_progress(options.output, std::move(ids), screen_of(options.output, deps), deps);
  return roll_out(plan, options.rollout, connect_to, deps.clock, *progress, deps.stop);
}

}  // namespace

int carry_out(const Targets& targets, const Subject& subject, const Findings& findings,
              const CarryOutOptions& options, const Deps& deps) {
  const ChangeSet changes = find_changes(targets, options.connection, deps);
  if (deps.stop.stop_requested()) return nothing_changed(deps);
  write_warnings(changes, deps);
  const Plan plan = make_plan(changes, options.rollout.keep_going);
  const bool left_out = !judge(changes, {}).complete;
  const bool is_empty = plan.clusters.empty() && plan.blocks.empty();
  if (is_empty && is_json(options)) return write_result({}, left_out, options, deps);
  if (!is_empty && is_refused(plan, options, deps)) {
    return write_refusal(plan, subject, options, deps);
  }
  const Screen screen = screen_of(options.output, deps);
  if (!is_json(options)) {
    deps.out << changes_text(subject, findings, changes, {.sentence = is_empty}, screen);
    if (is_empty) return exit_code({}, left_out);
    deps.out << "\n"
             << plan_text(plan, options.rollout.wait, options.rollout.timeout, screen)
             << std::flush;
  }
  if (options.dry_run == DryRun::Server) {
    const int code = exit_code({}, left_out);
    if (is_json(options)) deps.out << plan_json(plan, options.allowed, tool_version(), code);
    return code;
  }
  if (!is_json(options)) deps.out << "\n" << std::flush;
  if (!confirm(plan, options.allowed, deps)) return nothing_changed(deps);
  return write_result(carry_out_plan(plan, targets, options, deps), left_out, options, deps);
}

}  // namespace asmgw::cmd
