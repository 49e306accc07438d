#include "report/text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/besides.h"
#include "report/findings.h"
#include "report/fold.h"
#include "report/groups.h"
#include "report/matrix.h"
#include "report/sections.h"
#include "report/summary.h"
#include "report/summary_table.h"

namespace asmgw {
namespace {

/// How much is told of these clusters.
struct Scope {
  const std::vector<std::string>& all_ids;  ///< to shorten IDs; empty: whole IDs
  std::string see;                          ///< the command that shows where each one goes
  bool grouped = false, wide = false;
};

std::string common_heading(std::size_t all, const std::vector<ClusterParts>& parts,
                           bool has_sections, const Scope& scope) {
  const std::size_t compared = parts.size();
  if (compared == 1 && all == 1) return parts.front().cluster;
  const std::string unless = has_sections ? ", unless a line says otherwise" : "";
  if (compared < all) {
    std::vector<std::string> ids;
    for (const ClusterParts& cluster : parts) ids.push_back(cluster.cluster);
    return fmt::format("{} of {} clusters{}{}", compared, all,
                       scope.grouped ? "" : fmt::format(" ({})", fmt::join(ids, " ")), unless);
  }
  return (all == 2 ? "Both clusters" : fmt::format("All {} clusters", all)) + unless;
}

bool is_unchanged(const std::vector<ClusterChanges>& clusters) {
  return std::all_of(clusters.begin(), clusters.end(), [](const ClusterChanges& cluster) {
    return cluster.state == ClusterChanges::State::Compared &&
           std::all_of(cluster.objects.begin(), cluster.objects.end(),
                       [](const ObjectChange& change) {
                         return change.action == Action::Unchanged && change.risks.empty();
                       });
  });
}

std::string no_change_text(const GatewayHead& gateway, const std::vector<ClusterChanges>& clusters,
                           Mode mode, const Screen& screen) {
  std::size_t objects = 0;
  for (const ClusterChanges& cluster : clusters) objects += cluster.objects.size();
  const std::string sentence =
      fmt::format("{}: gateway {} is as {} says in {} ({}).",
                  mode == Mode::Local ? "No change seen without a dry run" : "No change",
                  gateway.name, gateway.at.source->name, places_text(summarize(clusters)),
                  counted(static_cast<std::int64_t>(objects), "object"));
  return hanging(sentence, 0, screen);
}

std::string gateway_heading(const GatewayHead& gateway, const std::vector<ClusterChanges>& clusters,
                            const Screen& screen) {
  const Summary summary = summarize(clusters);
  std::string text = fmt::format("gateway {} ({}), {}", gateway.name, gateway.at.source->name,
                                 places_text(summary));
  const bool is_control_plane_told =
      summary.control_plane.value_or(ClusterChanges::State::Compared) ==
      ClusterChanges::State::Compared;
  if (summary.unread + summary.partial > 0 || !is_control_plane_told) {
    text += fmt::format(": {} compared", summary.compared);
    if (summary.partial > 0) text += fmt::format(", {} in part", summary.partial);
    if (summary.unread > 0) text += fmt::format(", {} not", summary.unread);
    if (!is_control_plane_told) {
      const bool is_partial = summary.control_plane == ClusterChanges::State::Partial;
      text += fmt::format(", the control plane {}", is_partial ? "in part" : "not");
    }
  } else if (summary.update + summary.unchanged + summary.blocked + summary.refused == 0) {
    text += clusters.size() == 1   ? ": new"
            : clusters.size() == 2 ? ": new in both"
                                   : ": new in all";
  }
  return hanging(text, 2, screen);
}

/// What is alike in these clusters, of which `all` were to be compared.
std::string common_part(const Folded& folded, const std::vector<ClusterParts>& parts,
                        std::size_t all, bool has_sections, const Naming& naming,
                        const Scope& scope, const Screen& screen) {
  if (folded.common.empty()) return {};
  std::string text =
      "\n" + hanging(common_heading(all, parts, has_sections, scope), 2, screen, Paint::Bold);
  for (const CommonPart& common : folded.common) {
    text += common_text(common, parts.size(), naming, screen);
  }
  return text;
}

/// What changes in each of these clusters: what is alike first.
std::string changes_in(const std::vector<ClusterChanges>& clusters, const Scope& scope,
                       const Screen& screen) {
  const std::vector<ClusterParts> parts = parts_of(clusters, scope.all_ids, screen);
  const Folded folded = fold(parts);
  std::string text = common_part(folded, parts, clusters.size(), !folded.sections.empty(),
                                 {nullptr, scope.wide}, scope, screen);
  for (const Section& section : folded.sections) {
    const std::string ids = join_ids(section.clusters, scope.wide);
    if (columns(ids + differing_words(section)) <= screen.width) {
      text += "\n" + paint(ids, Paint::Bold, screen) + differing_words(section) + "\n";
    } else {
      text += "\n" + hanging(ids + differing_words(section), 2, screen, Paint::Bold);
    }
    text += section_text(section, screen);
  }
  return text;
}

/// `c9f3e7… c0417b… and 7 more`
std::string first_ids(const std::vector<std::string>& ids) {
  constexpr std::size_t kMost = 6;
  const std::size_t shown = std::min(ids.size(), kMost);
  std::string text = fmt::format(
      "{}", fmt::join(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(shown), " "));
  return text + (ids.size() > shown ? fmt::format(" and {} more", ids.size() - shown) : "");
}

/// `9 clusters differ (their overrides)`, `183 clusters: nothing else`
std::string group_head(const Group& group, const Folded& folded) {
  const std::string clusters = counted(static_cast<std::int64_t>(group.clusters.size()), "cluster");
  if (group.not_compared != nullptr) {
    return fmt::format("{} not compared ({})", clusters, reason_of(*group.not_compared));
  }
  if (group.section) return clusters + differing_words(folded.sections[*group.section]);
  if (group.lacking.size() == folded.common.size()) return clusters + ": nothing changes";
  return clusters + ": nothing else";
}

std::string group_text(const Group& group, const Folded& folded,
                       const std::vector<ClusterChanges>& clusters, const Scope& scope,
                       const Screen& screen) {
  const std::string head = group_head(group, folded), letter = "group " + group.letter;
  const int gap = std::max(2, screen.width - columns(head) - columns(letter));
  std::string text = "\n" + paint(head, Paint::Bold, screen) +
                     std::string(static_cast<std::size_t>(gap), ' ') +
                     paint(letter, Paint::Bold, screen) + "\n";
  if (group.not_compared != nullptr) {
    return text + not_compared_text(group, clusters, scope.all_ids, scope.see, screen);
  }
  if (!group.section && group.lacking.empty()) return text;
  text += "  " + hanging(first_ids(group.clusters), 2, screen);
  if (group.lacking.size() < folded.common.size()) {
    for (const std::string& title : group.lacking) text += "  = " + title + "   does not change\n";
  }
  if (group.section) text += section_text(folded.sections[*group.section], screen);
  return text;
}

std::vector<SummaryRow> rows_of(const std::vector<Group>& groups,
                                const std::vector<ClusterChanges>& clusters, const Scope& scope) {
  std::vector<SummaryRow> rows;
  for (const Group& group : groups) {
    const auto first =
        std::find_if(clusters.begin(), clusters.end(), [&](const ClusterChanges& cluster) {
          return short_id(cluster.cluster.id, scope.all_ids) == group.clusters.front();
        });
    rows.push_back({group.letter, group.clusters.size(), &*first});
  }
  return rows;
}

/// What is said of the clusters, and the rows of the table below.
struct Told {
  std::string text;
  std::vector<SummaryRow> rows;
};

Told tell_groups(const std::vector<ClusterChanges>& clusters, const Scope& scope,
                 const Screen& screen) {
  const std::vector<ClusterParts> parts = parts_of(clusters, scope.all_ids, screen);
  const Folded folded = fold(parts, Alike::InValues);
  const std::vector<Group> groups = groups_of(clusters, parts, folded, scope.all_ids);
  Told told{common_part(folded, parts, clusters.size(), groups.size() > 1, {&groups, false}, scope,
                        screen),
            rows_of(groups, clusters, scope)};
  for (const Group& group : groups) {
    if (groups.size() > 1 || group.section) {
      told.text += group_text(group, folded, clusters, scope, screen);
    }
  }
  return told;
}

Told tell_clusters(const std::vector<ClusterChanges>& clusters, const Scope& scope,
                   const Screen& screen) {
  Told told{changes_in(clusters, scope, screen), {}};
  for (const ClusterChanges& cluster : clusters) {
    const std::string id = short_id(cluster.cluster.id, scope.all_ids);
    told.rows.push_back({id, 1, &cluster});
  }
  return told;
}

/// Why they were not compared, one by one.
std::string not_compared_in(const std::vector<ClusterChanges>& clusters, const Scope& scope,
                            const Screen& screen) {
  std::string text;
  for (const ClusterChanges& cluster : clusters) {
    if (is_read(cluster)) continue;
    text += "\n" + not_compared_text(cluster, short_id(cluster.cluster.id, scope.all_ids), screen);
  }
  return text;
}

std::string gateway_text(const GatewayHead& gateway, const std::vector<ClusterChanges>& all,
                         const std::vector<std::string>& run_ids, const std::string& diagnostics,
                         const Telling& telling, const Screen& screen) {
  std::string text = paint(gateway_heading(gateway, all, screen), Paint::Plain, screen);
  if (!diagnostics.empty()) text += "\n" + diagnostics;
  std::vector<ClusterChanges> clusters, control_plane;  // never alike: not folded together
  for (const ClusterChanges& cluster : all) {
    (is_control_plane(cluster.cluster) ? control_plane : clusters).push_back(cluster);
  }
  static const std::vector<std::string> kWholeIds;
  const Scope scope{telling.wide ? kWholeIds : run_ids,
                    "kubectl asmgw clusters -f " + gateway.at.source->name,
                    !telling.wide && clusters.size() > kMostRows, telling.wide};
  text += notes_text(all, !scope.grouped, screen);
  Told told =
      scope.grouped ? tell_groups(clusters, scope, screen) : tell_clusters(clusters, scope, screen);
  text += told.text;
  const std::string matrix = matrix_text(clusters, scope.all_ids, screen);
  if (!matrix.empty()) text += "\n" + matrix;
  text += changes_in(control_plane, scope, screen);
  if (!scope.grouped) text += not_compared_in(clusters, scope, screen);
  text += not_compared_in(control_plane, scope, screen);
  const std::string rest =
      unchanged_text(all, screen) + hidden_text(all, telling.noise, scope.all_ids, screen);
  if (!rest.empty()) text += "\n" + rest;
  for (const ClusterChanges& cluster : control_plane) {
    told.rows.push_back({cluster.cluster.id, 0, &cluster});
  }
  const RowsOf of = scope.grouped  ? RowsOf::Groups
                    : telling.wide ? RowsOf::ClustersWide
                                   : RowsOf::Clusters;
  return text + "\n" + summary_table(told.rows, of, screen);
}

std::string sentence_text(const std::vector<ClusterChanges>& clusters, const Screen& screen) {
  std::string one_line, lines;
  for (const std::string& sentence : sentences(summarize(clusters))) {
    one_line += (one_line.empty() ? "" : " ") + sentence;
    lines += hanging(sentence, 0, screen);
  }
  return columns(one_line) <= screen.width ? one_line + "\n" : lines;
}

}  // namespace

std::string changes_text(const Subject& subject, const Findings& findings, const ChangeSet& changes,
                         const Telling& telling, const Screen& screen) {
  std::vector<std::string> ids;
  for (const ClusterChanges& cluster : changes.clusters) ids.push_back(cluster.cluster.id);
  std::string text;
  std::string diagnostics = findings_text(findings, screen);
  std::size_t changed = 0;
  for (const GatewayHead& gateway : subject.gateways) {
    const std::vector<ClusterChanges> own = of_gateway(gateway, changes);
    if (own.empty()) continue;
    if (is_unchanged(own)) {
      text += no_change_text(gateway, own, changes.mode, screen);
      if (telling.noise == Noise::Listed) text += hidden_text(own, telling.noise, ids, screen);
      continue;
    }
    if (!text.empty()) text += "\n";
    ++changed;
    text += gateway_text(gateway, own, ids, diagnostics, telling, screen);
    diagnostics.clear();  // said once
    if (telling.sentence) {
      text += "\n" + paint(sentence_text(own, screen), Paint::Plain, screen);
    }
  }
  if (telling.sentence && changed > 1) {
    text += "\nIn all: " + sentence_text(changes.clusters, screen);
  }
  return marks(text, screen);
}

}  // namespace asmgw
