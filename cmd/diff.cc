// diff: what would change in each cluster, and what would that do? Writes nothing.
#include <fmt/format.h>

#include <ostream>

#include "base/codes.h"
#include "base/error.h"
#include "cmd/external_diff.h"
#include "cmd/find_changes.h"
#include "cmd/verbs.h"
#include "diff/codes.h"
#include "plan/verdict.h"
#include "report/formats.h"

namespace asmgw::cmd {
namespace {

struct DiffOptions {
  InputOptions input = {};
  ConnectionOptions connection = {};
  OutputOptions output = {};
  std::vector<FailOn> fail_on = {};
  bool local = false;
  bool show_noise = false;
};

FailOn fail_on_of(const std::string& word) {
  if (word == "restart") return FailOn::Restart;
  if (word == "disruption") return FailOn::Disruption;
  if (word == "destructive") return FailOn::Destructive;
  if (word == "conflict") return FailOn::Conflict;
  throw Error(finding(kUsage, fmt::format("--fail-on cannot be \"{}\"", word),
                      "restart, disruption, destructive, conflict"));
}

DiffOptions parse(const GivenFlags& given) {
  DiffOptions options{input_options(given, /*with_names=*/true),
                      connection_options(given),
                      output_options(given, report_format_names()),
                      {},
                      given.is_on("local"),
                      given.is_on("show-noise")};
  for (const std::string& list : given.list("fail-on")) {
    std::string_view rest = list;
    for (;;) {
      const std::size_t comma = rest.find(',');
      options.fail_on.push_back(fail_on_of(std::string(rest.substr(0, comma))));
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return options;
}

/// No dry run: what an apply would do we foresee ourselves, and say so.
void foresee_locally(Targets& targets, Findings& findings) {
  for (Target& target : targets) target.goal.foresight = Foresight::Ours;
  Finding note = finding(kLocal, "no dry run: the server has checked nothing of this");
  note.why = "webhooks, validation, quotas and policies may decide otherwise";
  findings.add(std::move(note));
}

/// Prints it, or lets the user's own program do so.
void show(const ChangeReport& report, const std::string& format, const Screen& screen,
          const Deps& deps) {
  const std::string external = deps.environment("KUBECTL_EXTERNAL_DIFF").value_or("");
  if (format == "diff" && external.find_first_not_of(' ') != std::string::npos) {
    return run_external_diff(external, object_files(report.changes.clusters), deps);
  }
  deps.out << write_changes(format, report, screen) << std::flush;
}

std::string gates_met_text(const Verdict& verdict) {
  std::string text;
  for (const std::string& gate : verdict.gates_met) text += (text.empty() ? "" : ", ") + gate;
  return "gate met: " + text + "\n";
}

}  // namespace

std::vector<FlagGroup> diff_flags() {
  const Flag local{"local", 0, "", "no dry run: needs only read rights, knows less"};
  const Flag prune{"prune", 0, "", "predict deleting what is no longer asked for"};
  const Flag force{"force-conflicts", 0, "", "predict taking over what conflicts"};
  const Flag adopt{"adopt", 0, "MANAGER", "predict taking over what MANAGER owns (repeatable)"};
  const Flag adopt_all{"adopt-all", 0, "", "of every manager"};
  const Flag noise{"show-noise", 0, "", "list the differences without effect"};
  return {{"What to compare", joined({input_flags(), {local, adopt, adopt_all, force, prune}})},
          {"How to show it",
           joined({output_flags("text, wide, json, yaml, name, diff, markdown"), {noise}})},
          {"When to fail",
           {{"fail-on", 0, "WHAT", "restart, disruption, destructive, conflict (list)"}}},
          {"Clusters and connection", connection_flags()}};
}

int run_diff(const GivenFlags& given, const Deps& deps) {
  const DiffOptions options = parse(given);
  Findings findings;
  Ways ways(options.connection, options.input, deps);
  const Inputs inputs = read_inputs(options.input, ways, findings);
  Targets targets = make_targets(inputs, options.input, ways, findings);
  if (findings.has_errors()) return refuse_input(inputs, findings, options.output, deps);
  if (options.local) foresee_locally(targets, findings);
  ChangeSet changes = find_changes(targets, options.connection, deps);
  if (options.local) changes.mode = Mode::Local;
  if (deps.stop.stop_requested()) return kExitInterrupted;
  write_warnings(changes, deps);
  const Verdict verdict = judge(changes, options.fail_on);
  const Subject subject = subject_of(inputs, targets, options.input.ns);
  const ChangeReport report{subject, findings, changes, verdict, options.show_noise};
  const Screen screen = screen_of(options.output, deps);
  show(report, options.output.format, screen, deps);
  deps.err << problems(options.output.format, report, screen);
  if (!verdict.gates_met.empty()) deps.err << gates_met_text(verdict);
  return verdict.exit_code;
}

}  // namespace asmgw::cmd
