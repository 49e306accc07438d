// clusters: which context does each cluster ID mean, does it answer, and may we patch there?
#include <fmt/format.h>

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
#include "report/json.h"
#include "survey/wanted.h"

namespace asmgw::cmd {
namespace {

/// What one cluster said.
struct Answered {
  std::string version;  ///< v1.34.2; "" = no answer
  std::chrono::milliseconds took{0};
  std::vector<std::string> may_not;  ///< resources that may not be patched
  std::optional<Finding> error;
};

/// The rights that diff and apply need: patch on every object of the cluster's gateways; without
/// any, on every kind that a gateway may have.
Look look_goal(const Target& target, const std::string& ns) {
  Look look;
  Findings ignored;
  for (const DesiredObject& object : wanted(target.goal, {}, ignored)) {
    look.may_patch.push_back(object.ref);
  }
  if (!look.may_patch.empty()) return look;
  for (const Kind& kind : kinds()) {
    if (kind.order == 0 || kind.place != target.goal.place) continue;
    look.may_patch.push_back({std::string(kind.group), std::string(kind.kind), ns, ""});
  }
  return look;
}

Answered read_answers(const Look& goal, const Known& known) {
  Answered look;
  const Answer& version = *known.answer(Version{});
  if (const auto* found = std::get_if<Found>(&version)) {
    look.version = text_at(found->object, {"gitVersion"});
  } else if (const auto* refused = std::get_if<Refused>(&version)) {
    look.error = kube::finding_of(*refused);
  } else if (const auto* unread = std::get_if<Unread>(&version)) {
    look.error = kube::finding_of(*unread);
  }
  for (const ObjectRef& ref : goal.may_patch) {
    const auto* found = std::get_if<Found>(known.answer(MayI{"patch", ref}));
    const Json* allowed = found != nullptr ? find(found->object, {"status", "allowed"}) : nullptr;
    if (allowed == nullptr || *allowed == true) continue;
    const std::string resource(kind_of(ref).resource);
    if (std::find(look.may_not.begin(), look.may_not.end(), resource) == look.may_not.end()) {
      look.may_not.push_back(resource);
    }
  }
  return look;
}

std::vector<Answered> look_at(const Targets& targets, const ConnectionOptions& options,
                              const std::string& ns, const Deps& deps) {
  std::vector<Answered> looks(targets.size());
  for_each_bounded(targets.size(), static_cast<std::size_t>(options.parallel), [&](std::size_t i) {
    const auto started = deps.clock.now();
    const Look goal = look_goal(targets[i], ns);
    try {
      kube::Client client = connect(targets[i], options.verbosity, deps);
      looks[i] = read_answers(goal, observe({goal}, client, deps.stop));
    } catch (const Error& error) {
      looks[i].error = error.finding();
    }
    looks[i].took =
        std::chrono::duration_cast<std::chrono::milliseconds>(deps.clock.now() - started);
  });
  return looks;
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

std::string answer_text(const Answered& look) {
  if (look.error) return harmless(look.error->message);
  if (!look.may_not.empty()) {
    return look.version + ", may not patch";
  }
  return fmt::format("{}, {} ms", look.version, look.took.count());
}

std::string table_text(const Targets& targets, const std::vector<Answered>& looks, bool asked,
                       const Screen& screen) {
  std::vector<std::string> ids;
  for (const Target& target : targets) ids.push_back(target.cluster.id);
  std::vector<std::vector<Cell>> rows = {{{"CLUSTER"}, {"CONTEXT"}, {"FOUND BY"}}};
  if (asked) rows[0].push_back({"ANSWER"});
  std::size_t answering = 0, read_only = 0;
  const bool has_control_plane = !targets.empty() && is_control_plane(targets.back().cluster);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Cluster& cluster = targets[i].cluster;
    rows.push_back({{short_id(cluster.id, ids)}, {cluster.context}, {cluster.found_by}});
    if (!asked) continue;
    if (!looks[i].error) ++answering;
    if (!looks[i].error && !looks[i].may_not.empty()) ++read_only;
    rows.back().push_back({answer_text(looks[i]), looks[i].error ? Paint::Bad : Paint::Plain});
  }
  std::string text = table(rows, {}, screen);
  text += fmt::format("{}: {} resolved",
                      places_text(targets.size() - (has_control_plane ? 1 : 0), has_control_plane),
                      targets.size());
  if (asked) text += fmt::format(", {} answer{}", answering, answering == 1 ? "s" : "");
  if (read_only > 0) text += fmt::format(", {} of them may only be read", read_only);
  return marks(text + ".\n", screen);
}

std::string table_json(const Targets& targets, const std::vector<Answered>& looks, bool asked,
                       int code) {
  Json record{{"apiVersion", kApiVersion},
              {"kind", "GatewayClusters"},
              {"tool", tool_version()},
              {"clusters", Json::array()},
              {"exitCode", code}};
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Cluster& cluster = targets[i].cluster;
    Json json{{"id", cluster.id},
              {"context", cluster.context},
              {"server", cluster.server},
              {"foundBy", cluster.found_by}};
    if (asked) {
      json["state"] = looks[i].error ? looks[i].error->code->name : "answers";
      if (looks[i].error) json["error"] = finding_json(*looks[i].error);
      if (!looks[i].error) json["version"] = looks[i].version;
      if (!looks[i].error) json["mayPatch"] = looks[i].may_not.empty();
      if (!looks[i].may_not.empty()) json["mayNotPatch"] = looks[i].may_not;
    }
    record["clusters"].push_back(std::move(json));
  }
  return record_text(record);
}

}  // namespace

std::vector<FlagGroup> clusters_flags() {
  return {{"Which clusters", input_flags()},
          {"How to show it",
           joined({{{"offline", 0, "", "resolve only; ask no cluster"}}, output_flags()})},
          {"Clusters and connection", connection_flags()}};
}

int run_clusters(const GivenFlags& given, const Deps& deps) {
  const InputOptions input = input_options(given, /*with_names=*/false);
  const ConnectionOptions connection = connection_options(given);
  const OutputOptions output = output_options(given, {"text", "json"});
  const bool asked = !given.is_on("offline");
  Findings findings;
  const Inputs inputs = input.filenames.empty()
                            ? configured_inputs(connection.config, deps, findings)
                            : read_inputs(input, connection, deps, findings);
  const Targets targets = make_targets(inputs, input, connection, deps, findings);
  if (findings.has_errors()) return refuse_input(inputs, findings, output, deps);
  const std::vector<Answered> looks =
      asked ? look_at(targets, connection, input.ns, deps) : std::vector<Answered>(targets.size());
  if (deps.stop.stop_requested()) return kExitInterrupted;
  const bool all_answer = std::none_of(looks.begin(), looks.end(),
                                       [](const Answered& look) { return look.error.has_value(); });
  const int code = all_answer ? kExitDone : kExitIncomplete;
  deps.out << (output.format == "json"
                   ? table_json(targets, looks, asked, code)
                   : table_text(targets, looks, asked, screen_of(output, deps)));
  return code;
}

}  // namespace asmgw::cmd
