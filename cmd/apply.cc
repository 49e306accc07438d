// apply: makes each cluster as the manifest says, after showing what that does.
#include "base/codes.h"
#include "base/error.h"
#include "cmd/carry_out.h"
#include "cmd/verbs.h"

namespace asmgw::cmd {
namespace {

struct ApplyOptions {
  InputOptions input = {};
  CarryOutOptions carry_out = {};
};

DryRun dry_run_of(const std::string& word) {
  if (word == "none") return DryRun::None;
  if (word == "server") return DryRun::Server;
  throw Error(finding(kUsage, "--dry-run cannot be \"" + word + "\"",
                      "none or server; kubectl asmgw render prints the objects"));
}

ApplyOptions parse(const GivenFlags& given) {
  ApplyOptions options;
  options.input = input_options(given, /*with_names=*/true);
  CarryOutOptions& carry_out = options.carry_out;
  carry_out.connection = connection_options(given);
  carry_out.output = output_options(given, {"text", "json"});
  carry_out.allowed = {given.is_on("yes"), given.is_on("allow-restart"),
                       given.is_on("allow-destructive")};
  carry_out.rollout.wait = given.is_on("wait", true);
  carry_out.rollout.keep_going = given.is_on("keep-going");
  if (given.has("timeout")) {
    const auto timeout = parse_duration("timeout", given.text("timeout"));
    if (timeout < std::chrono::seconds(1)) {
      throw Error(finding(kUsage, "--timeout must be 1s or more", "--wait=false does not wait"));
    }
    carry_out.rollout.timeout = std::chrono::duration_cast<std::chrono::seconds>(timeout);
  }
  carry_out.dry_run = dry_run_of(given.text("dry-run", "none"));
  return options;
}

}  // namespace

std::vector<FlagGroup> apply_flags() {
  const Flag prune{"prune", 0, "", "delete what is ours and no longer asked for"};
  const Flag force{"force-conflicts", 0, "", "take what other managers own and conflicts"};
  const Flag adopt{"adopt", 0, "MANAGER", "take over what MANAGER owns of it (repeatable)"};
  const Flag adopt_all{"adopt-all", 0, "", "of every manager"};
  return {{"What to apply", joined({input_flags(), {adopt, adopt_all, force, prune}})},
          {"Consent",
           {{"yes", 'y', "", "do not ask about ordinary changes"},
            {"allow-restart", 0, "", "pods may be replaced"},
            {"allow-destructive", 0, "", "a load balancer and its address may be lost"},
            {"keep-going", 0, "", "leave out what is unread; go on after a failure"},
            {"dry-run", 0, "WHAT", "none; server: all but the question and the writes"}}},
          {"How to roll out",
           {{"wait", 0, "", "follow each rollout (--wait=false: do not)"},
            {"timeout", 0, "TIME", "of one cluster's rollout (10m)"}}},
          {"How to show it", output_flags("text, json")},
          {"Clusters and connection", connection_flags()}};
}

int run_apply(const GivenFlags& given, const Deps& deps) {
  const ApplyOptions options = parse(given);
  const ConnectionOptions& connection = options.carry_out.connection;
  Findings findings;
  Ways ways(connection, options.input, deps);
  const Inputs inputs = read_inputs(options.input, ways, findings);
  Targets targets = make_targets(inputs, options.input, ways, findings);
  if (findings.has_errors()) {
    return refuse_input(inputs, findings, options.carry_out.output, deps);
  }
  for (Target& target : targets) {  // rights are asked for before the first write
    target.goal.carries_out = true;
    target.goal.follows = options.carry_out.rollout.wait;
  }
  const Subject subject = subject_of(inputs, targets, options.input.ns);
  return carry_out(targets, subject, findings, options.carry_out, deps);
}

}  // namespace asmgw::cmd
