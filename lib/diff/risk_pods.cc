#include <fmt/format.h>

#include "diff/codes.h"
#include "diff/risk_rules.h"

namespace asmgw {
namespace {

std::string pods(std::int64_t count) {
  return fmt::format("{} pod{}", count, count == 1 ? "" : "s");
}

PathSet paths_of(const ObjectChange& change, const std::vector<std::size_t>& indexes) {
  PathSet paths;
  for (const std::size_t index : indexes) paths.insert(change.fields[index].path);
  return paths;
}

std::vector<Finding> rolling_restart(const ObjectChange& change) {
  const auto& arithmetic = change.restart.arithmetic;
  if (change.restart.predicted != Restart::Predicted::Yes || !arithmetic) return {};
  if (arithmetic->replicas == 0) return {};  // there is no pod to replace
  Finding risk = finding(kRollingRestart,
                         fmt::format("{} {} replaced in {} wave{}", pods(arithmetic->replicas),
                                     arithmetic->replicas == 1 ? "is" : "are", arithmetic->waves,
                                     arithmetic->waves == 1 ? "" : "s"),
                         "check that the nodes have room for the peak");
  risk.paths = paths_of(change, change.restart.causes);
  return {risk};
}

std::vector<Finding> floor_zero(const ObjectChange& change) {
  const auto& arithmetic = change.restart.arithmetic;
  if (change.restart.predicted != Restart::Predicted::Yes || !arithmetic) return {};
  if (arithmetic->floor > 0 || arithmetic->replicas == 0) return {};
  Finding risk = finding(kFloorZero, "at some moment of the rollout no pod is ready",
                         "lower rollingMaxUnavailable, or add replicas first");
  risk.why = fmt::format("{} of {} may be missing", arithmetic->unavailable.value,
                         pods(arithmetic->replicas));
  return {risk};
}

std::vector<Finding> replicas_down(const ObjectChange& change) {
  const FieldChange* replicas = change_at(change, fields({"spec", "replicas"}));
  if (replicas == nullptr || !replicas->before || !replicas->after) return {};
  const std::int64_t before = replicas->before->get<std::int64_t>();
  const std::int64_t after = replicas->after->get<std::int64_t>();
  if (after >= before) return {};
  Finding risk = finding(kReplicasDown,
                         fmt::format("{} of {} {}", pods(before - after), before,
                                     before - after == 1 ? "ends" : "end"),
                         "check that the others carry the load");
  risk.paths = {replicas->path};
  return {risk};
}

std::vector<Finding> hpa_bounds(const ObjectChange& change) {
  static const Path kMost = fields({"spec", "maxReplicas"});
  const Json* after = foreseen(change.object);
  const std::optional<std::int64_t>& now = change.object.desired.scales;
  if (!now || after == nullptr) return {};
  const std::int64_t most = int_at(*after, {"spec", "maxReplicas"}, *now);
  const bool is_new = live(change.object) == nullptr || change_at(change, kMost) != nullptr;
  if (!is_new || most >= *now) return {};
  Finding risk = finding(
      kHpaBounds,
      fmt::format("{} of {} {}", pods(*now - most), *now, *now - most == 1 ? "ends" : "end"),
      "raise maxReplicas, or check that the others carry the load");
  risk.why = fmt::format("maxReplicas {} is below what runs now", most);
  risk.paths = {kMost};
  return {risk};
}

constexpr RiskRule kRules[] = {
    {&kRollingRestart, rolling_restart},
    {&kFloorZero, floor_zero},
    {&kReplicasDown, replicas_down},
    {&kHpaBounds, hpa_bounds},
};

}  // namespace

std::span<const RiskRule> pod_rules() { return kRules; }

}  // namespace asmgw
