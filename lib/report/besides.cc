#include "report/besides.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/findings.h"

namespace asmgw {
namespace {

/// The kinds that do not change in clusters, or in the control plane, and in how many of them.
struct Unchanged {
  std::vector<std::string> kinds;
  std::size_t places = 0;

  void add(const ClusterChanges& cluster) {
    bool any = false;
    for (const ObjectChange& change : cluster.objects) {
      if (change.action != Action::Unchanged) continue;
      any = true;
      const std::string& kind = change.object.desired.ref.kind;
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    }
    if (any) ++places;
  }
};

}  // namespace

std::string unchanged_text(const std::vector<ClusterChanges>& clusters, const Screen& screen) {
  Unchanged in_clusters, in_control_plane;
  for (const ClusterChanges& cluster : clusters) {
    (is_control_plane(cluster.cluster) ? in_control_plane : in_clusters).add(cluster);
  }
  std::string text;
  if (in_clusters.places > 0) {
    text = fmt::format("{} in {}", fmt::join(in_clusters.kinds, ", "),
                       places_text(in_clusters.places, false));
  }
  if (in_control_plane.places > 0) {
    text += fmt::format("{}{} in {}", text.empty() ? "" : "; ",
                        fmt::join(in_control_plane.kinds, ", "), places_text(0, true));
  }
  if (text.empty()) return text;
  text = "Unchanged: " + text;
  if (columns(text) <= screen.width) return text + "\n";
  std::string lines;
  for (const std::string& line : wrap(text, screen.width - 11)) {
    lines += (lines.empty() ? "" : std::string(11, ' ')) + line + "\n";
  }
  return lines;
}

std::string hidden_text(const std::vector<ClusterChanges>& clusters) {
  Hidden total;
  int count = 0;
  for (const ClusterChanges& cluster : clusters) {
    for (const ObjectChange& change : cluster.objects) {
      for (const auto& [reason, number] : change.hidden) {
        total[reason] += number;
        count += number;
      }
    }
  }
  if (count == 0) return {};
  std::vector<std::pair<std::string, int>> sorted(total.begin(), total.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string reasons;
  for (const auto& [reason, number] : sorted) {
    reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", reason, number);
  }
  return fmt::format("Hidden: {} without effect ({})\n", counted(count, "difference"), reasons);
}

std::string note_text(const Finding& note, const Screen& screen) {
  std::string text;
  for (const std::string& line :
       wrap(fmt::format("{}: {} [{}]", word(note.severity), note.message, note.code->name),
            screen.width - 2)) {
    text += (text.empty() ? "" : "  ") + line + "\n";
  }
  return text;
}

std::string not_compared_text(const ClusterChanges& cluster, const std::string& id,
                              const Screen& screen) {
  std::string_view reason = "error";
  if (cluster.state == ClusterChanges::State::Unreachable) reason = "not reached";
  if (cluster.state == ClusterChanges::State::Forbidden) reason = "no right to it";
  if (cluster.error->message.ends_with("reading is allowed")) reason = "read only";
  Finding error = *cluster.error;
  if (is_control_plane(cluster.cluster) &&
      (error.hint.empty() || error.code->name == "not-served")) {
    error.hint = "name the mesh's own API server: --control-plane-context CONTEXT";
  } else if (error.hint.empty()) {
    error.hint =
        fmt::format("see where it goes: kubectl asmgw clusters --cluster {}", cluster.cluster.id);
  }
  return fmt::format("{} not compared ({})\n{}", paint(id, Paint::Bold, screen), reason,
                     indented_finding(error, 2, screen));
}

}  // namespace asmgw
