#include "report/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/created.h"

namespace asmgw {
namespace {

void count_cluster(const ClusterChanges& cluster, Summary& summary) {
  if (is_control_plane(cluster.cluster)) {
    summary.control_plane = cluster.state;
    return;
  }
  ++summary.clusters;
  if (cluster.state == ClusterChanges::State::Compared)
    ++summary.compared;
  else if (cluster.state == ClusterChanges::State::Partial)
    ++summary.partial;
  else
    ++summary.unread;
}

void count_action(const ClusterChanges& cluster, const ObjectChange& change, Summary& summary) {
  switch (change.action) {
    case Action::Create:
      ++summary.create;
      break;
    case Action::Update:
    case Action::Handover:
      ++summary.update;
      break;
    case Action::Delete:
      ++summary.remove;
      break;
    case Action::Unchanged:
      ++summary.unchanged;
      break;
    case Action::Refused:
      ++summary.refused;
      break;
    case Action::Unknown:
      ++summary.unknown;
      break;
    case Action::Conflict:
      ++summary.blocked;
      if (summary.conflicts_in.empty() || summary.conflicts_in.back() != cluster.cluster.id) {
        summary.conflicts_in.push_back(cluster.cluster.id);
      }
      break;
  }
}

void count_effects(const ObjectChange& change, Summary& summary) {
  if (change.restart.predicted == Restart::Predicted::Yes) {
    const Arithmetic& numbers = *change.restart.arithmetic;
    summary.lowest_floor =
        summary.rollouts == 0 ? numbers.floor : std::min(summary.lowest_floor, numbers.floor);
    ++summary.rollouts;
    summary.pods += numbers.replicas;
  }
  if (change.action == Action::Create) {
    const Json& object = *foreseen(change.object);
    if (has_public_balancer(object)) ++summary.public_balancers;
    if (has_internal_balancer(object)) ++summary.internal_balancers;
    if (change.object.desired.ref.kind == "Deployment") {
      summary.pods_started += int_at(object, {"spec", "replicas"}, 1);
    }
  }
  for (const Finding& risk : change.risks) {
    if (risk.severity > Severity::Destructive) continue;
    ++summary.risks[static_cast<std::size_t>(risk.severity)];
    // of the other destructive ones the server refuses the object
    if (risk.code->name != "lb-deleted" || !has_changes(change)) continue;
    summary.losses.push_back(risk.server.empty() ? change.object.desired.ref.name : risk.server);
  }
}

bool is_control_plane_read(const Summary& summary) {
  return summary.control_plane == ClusterChanges::State::Compared ||
         summary.control_plane == ClusterChanges::State::Partial;
}

/// What was compared: `2 clusters`, `2 of 3 clusters and the control plane`
std::string compared_text(const Summary& summary) {
  const std::size_t read = summary.clusters - summary.unread;
  return (summary.unread == 0 ? "" : fmt::format("{} of ", read)) +
         places_text(summary.clusters, is_control_plane_read(summary));
}

/// `about 2 clusters this cannot be told`; "" when all was compared.
std::string untold_text(const Summary& summary) {
  const std::size_t clusters = summary.unread + summary.partial;
  const bool control_plane =
      summary.control_plane && summary.control_plane != ClusterChanges::State::Compared;
  if (clusters == 0 && !control_plane) return {};
  return fmt::format("about {} this cannot be told", places_text(clusters, control_plane));
}

std::string with_verb(std::size_t count, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", count, count == 1 ? singular : plural);
}

std::string what_changes(const Summary& summary) {
  std::vector<std::string> words;
  const bool updates = summary.update > 0;
  if (updates) {
    words.push_back(counted(static_cast<std::int64_t>(summary.update), "object") +
                    (summary.update == 1 ? " changes" : " change"));
  }
  if (summary.create > 0) {
    words.push_back(updates ? fmt::format("{} to create", summary.create)
                            : counted(static_cast<std::int64_t>(summary.create), "object") +
                                  " to create");
    if (summary.pods_started > 0)
      words.push_back(counted(summary.pods_started, "pod") + " to start");
    const auto balancers = [&](std::size_t count, std::string_view kind) {
      if (count == 0) return;
      words.push_back(
          counted(static_cast<std::int64_t>(count), fmt::format("{} load balancer", kind)));
    };
    balancers(summary.public_balancers, "public");
    balancers(summary.internal_balancers, "internal");
  }
  if (summary.remove > 0) {
    words.push_back(words.empty() ? counted(static_cast<std::int64_t>(summary.remove), "object") +
                                        " to delete"
                                  : fmt::format("{} to delete", summary.remove));
  }
  if (summary.blocked > 0) {
    const bool is_first = words.empty();
    words.push_back(
        with_verb(summary.blocked,
                  is_first ? "object is blocked by a conflict" : "is blocked by a conflict",
                  is_first ? "objects are blocked by conflicts" : "are blocked by conflicts") +
        (summary.conflicts_in.size() == 1 ? fmt::format(" ({})", summary.conflicts_in.front())
                                          : ""));
  }
  if (summary.refused > 0) {
    const bool is_first = words.empty();
    words.push_back(with_verb(summary.refused, is_first ? "object is refused" : "is refused",
                              is_first ? "objects are refused" : "are refused"));
  }
  if (summary.unknown > 0 && summary.unread == 0) {
    words.push_back(with_verb(summary.unknown, "is unknown", "are unknown"));
  }
  if (words.empty()) words.push_back("nothing changes");
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

Summary summarize(const std::vector<ClusterChanges>& clusters) {
  Summary summary;
  for (const ClusterChanges& cluster : clusters) {
    count_cluster(cluster, summary);
    if (!is_read(cluster)) continue;
    for (const ObjectChange& change : cluster.objects) {
      count_action(cluster, change, summary);
      count_effects(change, summary);
    }
  }
  return summary;
}

std::string places_text(const Summary& summary) {
  return places_text(summary.clusters, summary.control_plane.has_value());
}

std::vector<std::string> sentences(const Summary& summary) {
  std::vector<std::string> all;
  if (summary.clusters == summary.unread && !is_control_plane_read(summary)) {
    all.push_back(fmt::format("{}: none could be compared; what would change is unknown.",
                              places_text(summary)));
    return all;
  }
  all.push_back(fmt::format("{}: {}.", compared_text(summary), what_changes(summary)));
  if (summary.rollouts > 0) {
    all.push_back(
        fmt::format("{} {} {}, at least {} ready{}.",
                    counted(static_cast<std::int64_t>(summary.rollouts), "rolling restart"),
                    summary.rollouts == 1 ? "replaces" : "replace", counted(summary.pods, "pod"),
                    summary.lowest_floor, summary.rollouts == 1 ? "" : " in every cluster"));
  } else if (summary.update + summary.remove > 0) {
    all.push_back("No pod restarts.");
  }
  const std::string unknown = untold_text(summary);
  if (!summary.losses.empty()) {
    std::string lost;
    for (const std::string& loss : summary.losses) lost += (lost.empty() ? "" : ", ") + loss;
    all.push_back(
        fmt::format("{} lost: {}.",
                    counted(static_cast<std::int64_t>(summary.losses.size()), "load balancer") +
                        (summary.losses.size() == 1 ? " is" : " are"),
                    lost));
    if (!unknown.empty()) all.push_back("A" + unknown.substr(1) + ".");
  } else if (!unknown.empty()) {
    all.back().pop_back();
    all.back() += "; " + unknown + ".";
  } else if (summary.update + summary.blocked > 0) {
    all.push_back("Nothing is destroyed.");
  }
  return all;
}

}  // namespace asmgw
