// clusters: which context does each cluster ID mean, does it answer, and may we work there?
#include "report/clusters.h"

#include <algorithm>
#include <ostream>

#include "base/bounded.h"
#include "base/codes.h"
#include "base/error.h"
#include "cluster/observe.h"
#include "cmd/find_changes.h"
#include "cmd/verbs.h"
#include "kube/answers.h"
#include "object/kinds.h"
#include "plan/verdict.h"
#include "survey/wanted.h"

namespace asmgw::cmd {
namespace {

/// The rights that diff and apply need on an object. (A dry run needs those of the write.)
constexpr std::string_view kVerbs[] = {"get", "patch", "create"};

/// All of them for every object of the cluster's gateways; without any, for every kind that a
/// gateway may have.
Look look_goal(const Target& target, const std::string& ns) {
  std::vector<ObjectRef> refs;
  Findings ignored;
  for (const DesiredObject& object : wanted(target.goal, {}, ignored)) refs.push_back(object.ref);
  if (refs.empty()) {
    for (const Kind& kind : kinds()) {
      if (kind.order == 0 || kind.place != target.goal.place) continue;
      refs.push_back({std::string(kind.group), std::string(kind.kind), ns, ""});
    }
  }
  Look look;
  for (const ObjectRef& ref : refs)
    for (const std::string_view verb : kVerbs) look.rights.push_back({std::string(verb), ref});
  return look;
}

void read_answers(const Look& goal, const Known& known, ClusterLook& look) {
  const Answer& version = *known.answer(Version{});
  if (const auto* found = std::get_if<Found>(&version)) {
    look.version = text_at(found->object, {"gitVersion"});
  } else if (const auto* refused = std::get_if<Refused>(&version)) {
    look.error = kube::finding_of(*refused);
  } else if (const auto* unread = std::get_if<Unread>(&version)) {
    look.error = kube::finding_of(*unread);
  }
  if (const auto* found = std::get_if<Found>(known.answer(Get{kube_system()})))
    look.uid = text_at(found->object, {"metadata", "uid"});
  for (const MayI& right : goal.rights) {
    const auto* found = std::get_if<Found>(known.answer(right));
    const Json* allowed = found != nullptr ? find(found->object, {"status", "allowed"}) : nullptr;
    if (allowed != nullptr && *allowed == false) look.may_not.push_back(right);
  }
}

void look_at(const Targets& targets, const ConnectionOptions& options, const std::string& ns,
             const Deps& deps, std::vector<ClusterLook>& looks) {
  for_each_bounded(targets.size(), static_cast<std::size_t>(options.parallel), [&](std::size_t i) {
    const auto started = deps.clock.now();
    const Look goal = look_goal(targets[i], ns);
    try {
      kube::Client client = connect(targets[i], options.verbosity, deps);
      read_answers(goal, observe({goal}, client, deps.stop), looks[i]);
    } catch (const Error& error) {
      looks[i].error = error.finding();
    }
    looks[i].took =
        std::chrono::duration_cast<std::chrono::milliseconds>(deps.clock.now() - started);
  });
}

/// Without -f: the config file says which clusters there are.
Inputs configured_inputs(const std::string& flag, const Deps& deps, Findings& findings) {
  Inputs inputs;
  inputs.config = read_config_file(flag, deps, findings);
  if (inputs.config.clusters.empty() && !findings.has_errors()) {
    throw Error(finding(kUsage, "no cluster is named",
                        "-f FILE, or clusters: in the config file (~/.kube/asmgw.yaml)"));
  }
  return inputs;
}

}  // namespace

std::vector<FlagGroup> clusters_flags() {
  return {{"Which clusters", input_flags()},
          {"How to show it", joined({{{"offline", 0, "", "resolve only; ask no cluster"}},
                                     output_flags("text, wide, json")})},
          {"Clusters and connection", connection_flags()}};
}

int run_clusters(const GivenFlags& given, const Deps& deps) {
  const InputOptions input = input_options(given, /*with_names=*/false);
  const ConnectionOptions connection = connection_options(given);
  const OutputOptions output = output_options(given, {"text", "wide", "json"});
  const bool asked = !given.is_on("offline");
  Findings findings;
  Ways ways(connection, input, deps);
  const Inputs inputs = input.filenames.empty()
                            ? configured_inputs(connection.config, deps, findings)
                            : read_inputs(input, ways, findings);
  const Targets targets = make_targets(inputs, input, ways, findings);
  if (findings.has_errors()) return refuse_input(inputs, findings, output, deps);
  std::vector<ClusterLook> looks;
  for (const Target& target : targets) looks.push_back({.cluster = target.cluster});
  if (asked) look_at(targets, connection, input.ns, deps, looks);
  if (deps.stop.stop_requested()) return kExitInterrupted;
  const bool all_answer =
      std::none_of(looks.begin(), looks.end(), [](const ClusterLook& look) { return look.error; });
  const int code = all_answer ? kExitDone : kExitIncomplete;
  deps.out << (output.format == "json"
                   ? clusters_json(looks, asked, tool_version(), code)
                   : clusters_text(looks, asked, output.format == "wide", screen_of(output, deps)));
  return code;
}

}  // namespace asmgw::cmd
