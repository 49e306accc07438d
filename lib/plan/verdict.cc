#include "plan/verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace asmgw {
namespace {

bool meets(const ObjectChange& change, FailOn what) {
  const auto has_risk = [&](Severity severity) {
    return std::any_of(change.risks.begin(), change.risks.end(),
                       [&](const Finding& risk) { return risk.severity == severity; });
  };
  switch (what) {
    case FailOn::Restart:
      return change.restart.predicted == Restart::Predicted::Yes;
    case FailOn::Disruption:
      return has_risk(Severity::Disruptive);
    case FailOn::Destructive:
      return has_risk(Severity::Destructive);
    case FailOn::Conflict:
      return change.action == Action::Conflict;
  }
  ASMGW_BUG("gate out of range");
}

std::string_view name(FailOn what) {
  switch (what) {
    case FailOn::Restart:
      return "restart";
    case FailOn::Disruption:
      return "disruption";
    case FailOn::Destructive:
      return "destructive";
    case FailOn::Conflict:
      return "conflict";
  }
  ASMGW_BUG("gate out of range");
}

}  // namespace

Verdict judge(const ChangeSet& changes, const std::vector<FailOn>& fail_on) {
  Verdict verdict;
  bool has_any = false;
  for (const ClusterChanges& cluster : changes.clusters) {
    if (cluster.state != ClusterChanges::State::Compared) verdict.complete = false;
    for (const ObjectChange& change : cluster.objects) {
      has_any = has_any || (change.action != Action::Unchanged && change.action != Action::Unknown);
    }
  }
  for (const FailOn what : fail_on) {
    std::vector<std::string> where;
    bool in_control_plane = false;
    for (const ClusterChanges& cluster : changes.clusters) {
      if (std::any_of(cluster.objects.begin(), cluster.objects.end(),
                      [&](const ObjectChange& change) { return meets(change, what); })) {
        where.push_back(cluster.cluster.id);
        in_control_plane = in_control_plane || is_control_plane(cluster.cluster);
      }
    }
    if (where.empty()) continue;
    verdict.gates_met.push_back(fmt::format(
        "--fail-on {} ({})", name(what),
        where.size() == 1
            ? where[0]
            : places_text(where.size() - (in_control_plane ? 1 : 0), in_control_plane)));
  }
  verdict.exit_code = !verdict.complete            ? kExitIncomplete
                      : !verdict.gates_met.empty() ? kExitGate
                      : has_any                    ? kExitChanges
                                                   : kExitDone;
  return verdict;
}

int exit_code(const Finding& error) {
  constexpr std::string_view kOfServers[] = {"unreachable", "unauthorized", "forbidden",
                                             "not-served",  "webhook-down", "server-error"};
  const bool is_servers = std::find(std::begin(kOfServers), std::end(kOfServers),
                                    error.code->name) != std::end(kOfServers);
  return is_servers ? kExitIncomplete : kExitUsage;
}

int exit_code(const RunResult& result, bool left_out) {
  if (result.interrupted) return kExitInterrupted;
  const bool all_done = std::all_of(
      result.clusters.begin(), result.clusters.end(),
      [](const ClusterResult& cluster) { return cluster.state == ClusterResult::State::Done; });
  return all_done && !left_out ? kExitDone : kExitIncomplete;
}

}  // namespace asmgw
