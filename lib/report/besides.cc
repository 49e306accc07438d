#include "report/besides.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

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
  return hanging(text, 11, screen);
}

std::string notes_text(const std::vector<ClusterChanges>& clusters, bool each,
                       const Screen& screen) {
  std::string text;
  std::map<std::string_view, std::size_t> told;  // how often, by code
  for (const ClusterChanges& cluster : clusters) {
    for (const Finding& note : cluster.notes) {
      if (++told[note.code->name] > 1 && !each) continue;
      text += "\n" + hanging(fmt::format("{}: {} [{}]", word(note.severity), note.message,
                                         note.code->name),
                             2, screen);
    }
  }
  for (const auto& [code, count] : told) {
    if (each || count == 1) continue;
    text += fmt::format("{}: the like of {} more [{}]\n", word(Severity::Note),
                        places_text(count - 1, false), code);
  }
  return text;
}

std::string not_compared_text(const ClusterChanges& cluster, const std::string& id,
                              const Screen& screen) {
  Finding error = *cluster.error;
  if (is_control_plane(cluster.cluster) &&
      (error.hint.empty() || error.code->name == "not-served")) {
    error.hint = "name the mesh's own API server: --control-plane-context CONTEXT";
  } else if (error.hint.empty()) {
    error.hint =
        fmt::format("see where it goes: kubectl asmgw clusters --cluster {}", cluster.cluster.id);
  }
  return fmt::format("{} not compared ({})\n{}", paint(id, Paint::Bold, screen), reason_of(cluster),
                     indented_finding(error, 2, screen));
}

std::string not_compared_text(const Group& group, const std::vector<ClusterChanges>& clusters,
                              const std::vector<std::string>& all_ids, const std::string& see,
                              const Screen& screen) {
  constexpr std::size_t kMost = 6;
  std::string text;
  std::size_t count = 0;
  for (const ClusterChanges& cluster : clusters) {
    const std::string id = short_id(cluster.cluster.id, all_ids);
    const auto& own = group.clusters;
    if (std::find(own.begin(), own.end(), id) == own.end()) continue;
    if (++count > kMost) continue;
    const Finding& error = *cluster.error;
    const std::string line =
        fmt::format("{}  {}: {}", id, word(error.severity), harmless(error.message));
    std::string lines;
    for (const std::string& piece : wrap(line, screen.width - 6)) {
      lines += (lines.empty() ? "  " : "      ") + piece + "\n";
    }
    text += lines;
  }
  if (count > kMost) text += fmt::format("  and {} more\n", count - kMost);
  Finding first = *group.not_compared->error;
  if (first.hint.empty()) first.hint = "see where each one goes: " + see;
  return text + finding_details(first, 2, screen);
}

std::string problems_text(const Findings& findings, const std::vector<ClusterChanges>& clusters,
                          const Screen& screen) {
  std::string text = findings_text(findings, screen) + notes_text(clusters, true, screen);
  for (const ClusterChanges& cluster : clusters) {
    if (!is_read(cluster)) {
      text += not_compared_text(cluster, cluster.cluster.id, screen);
      continue;
    }
    for (const ObjectChange& change : cluster.objects) {
      const bool is_open = change.action == Action::Conflict || change.action == Action::Refused ||
                           change.action == Action::Unknown;
      const auto reason =
          std::find_if(change.risks.begin(), change.risks.end(), [&](const Finding& risk) {
            return change.action != Action::Conflict || risk.code->name == "conflict";
          });
      if (!is_open || reason == change.risks.end()) continue;
      text += fmt::format("{}/{}: {}\n", cluster.cluster.id, to_string(change.object.desired.ref),
                          word(change.action)) +
              indented_finding(*reason, 2, screen);
    }
  }
  return text;
}

}  // namespace asmgw
