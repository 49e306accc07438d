#include "plan/verdict.h"
#include "report/json.h"
#include "report/run.h"

namespace asmgw {
namespace {

std::string_view json_word(RolloutResult::State state) {
  switch (state) {
    case RolloutResult::State::Ready:
      return "ready";
    case RolloutResult::State::Failed:
      return "failed";
    case RolloutResult::State::TimedOut:
      return "timedOut";
    case RolloutResult::State::NotWatched:
      break;
  }
  return "notWatched";
}

std::string why_of(const StepResult& result) {
  const auto* unknown = std::get_if<UnknownResult>(&result);
  return unknown != nullptr ? unknown->why : std::get<Skipped>(result).why;
}

Json step_json(const ObjectRef& ref, const StepResult& result) {
  Json json{{"object", to_string(ref)}, {"result", word(result)}};
  if (const auto* applied = std::get_if<Applied>(&result)) {
    json["uid"] = applied->uid;
    json["resourceVersion"] = applied->resource_version;
    if (!applied->note.empty()) json["note"] = applied->note;
  } else if (const auto* conflict = std::get_if<Conflicted>(&result)) {
    for (const Ownership& owner : conflict->owners) {
      json["owners"].push_back({{"manager", owner.manager}, {"path", owner.field}});
    }
  } else if (const auto* rejected = std::get_if<Rejected>(&result)) {
    json["reason"] = rejected->reason.message;
    if (!rejected->reason.server.empty()) json["server"] = rejected->reason.server;
  } else {
    json["why"] = why_of(result);
  }
  return json;
}

Json rollout_json(const RolloutResult& rollout) {
  Json json{{"result", json_word(rollout.state)}, {"object", to_string(rollout.deployment)},
            {"newReady", rollout.new_ready},      {"wanted", rollout.wanted},
            {"serving", rollout.serving},         {"floorPlanned", rollout.floor_planned},
            {"seconds", rollout.took.count()}};
  if (rollout.peak_seen > 0) {  // measured only when pods were seen
    json["floorSeen"] = rollout.floor_seen;
    json["peakSeen"] = rollout.peak_seen;
  }
  if (!rollout.reason.empty()) json["reason"] = rollout.reason;
  if (!rollout.pod.empty()) json["pod"] = rollout.pod;
  if (!rollout.message.empty()) json["message"] = rollout.message;
  return json;
}

std::string_view json_word(ClusterResult::State state) {
  return state == ClusterResult::State::NotStarted ? std::string_view("notStarted") : word(state);
}

}  // namespace

std::string plan_json(const Plan& plan, const Allowed& allowed, const std::string& tool,
                      int exit_code) {
  Json record{
      {"apiVersion", kApiVersion}, {"kind", "GatewayApplyReport"}, {"tool", tool},
      {"clusters", Json::array()}, {"gates", Json::array()},       {"blocks", Json::array()},
      {"exitCode", exit_code}};
  for (const ClusterPlan& cluster : plan.clusters) {
    record["clusters"].push_back({{"id", cluster.cluster.id},
                                  {"context", cluster.cluster.context},
                                  {"server", cluster.cluster.server},
                                  {"result", "notStarted"},
                                  {"steps", Json::array()}});
  }
  for (const Gate& gate : plan.gates) {
    record["gates"].push_back({{"flag", gate.flag},
                               {"state", is_open(gate, allowed) ? "open" : "closed"},
                               {"cost", gate.cost}});
  }
  for (const Gate& block : plan.blocks) record["blocks"].push_back(block.cost);
  return dump(record) + "\n";
}

std::string report_json(const RunResult& result, const std::string& tool, int exit_code) {
  Json record{{"apiVersion", kApiVersion},
              {"kind", "GatewayApplyReport"},
              {"tool", tool},
              {"clusters", Json::array()},
              {"exitCode", exit_code}};
  for (const ClusterResult& cluster : result.clusters) {
    Json json{{"id", cluster.cluster.id},
              {"context", cluster.cluster.context},
              {"server", cluster.cluster.server},
              {"result", json_word(cluster.state)},
              {"steps", Json::array()}};
    for (const auto& [ref, step] : cluster.steps) json["steps"].push_back(step_json(ref, step));
    for (const RolloutResult& rollout : cluster.rollouts) {
      json["rollouts"].push_back(rollout_json(rollout));
    }
    record["clusters"].push_back(std::move(json));
  }
  return dump(record) + "\n";
}

}  // namespace asmgw
