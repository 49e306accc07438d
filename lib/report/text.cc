#include "report/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/besides.h"
#include "report/findings.h"
#include "report/fold.h"
#include "report/matrix.h"
#include "report/summary.h"
#include "report/summary_table.h"

namespace asmgw {
namespace {

constexpr int kLeafWidth = 28;

std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

/// `left`, and `right` flush at the screen's edge; two spaces apart at least.
std::string flush(const std::string& left, const std::string& right, const Screen& screen,
                  Paint how) {
  if (right.empty()) return left + "\n";
  const int gap = std::max(2, screen.width - columns(left) - columns(right));
  return left + spaces(gap) + paint(right, how, screen) + "\n";
}

/// `MARK leaf  before → after  origin`; a long leaf or value moves to the next line, 4 further in.
std::string item_text(const Item& item, int indent, const Screen& screen) {
  if (item.leaf.empty()) {
    return flush(spaces(indent) + item.value, item.origin, screen, Paint::Place);
  }
  const std::string mark = spaces(indent) + item.mark + " ";
  const Paint how = item.mark == "+" ? Paint::Good : item.mark == "-" ? Paint::Bad : Paint::Changed;
  const std::string line = mark + pad(item.leaf, kLeafWidth) + item.value;
  const bool fits =
      columns(item.leaf) < kLeafWidth && columns(line) + 2 + columns(item.origin) <= screen.width;
  std::string text;
  if (fits) {
    text = flush(line, item.origin, screen, Paint::Place);
  } else {
    text = mark + item.leaf + "\n" +
           flush(spaces(indent + 4) + item.value, item.origin, screen, Paint::Place);
  }
  if (!item.owner.empty()) text += spaces(indent + 4) + item.owner + "\n";
  if (!item.doubt.empty()) text += spaces(indent + 4) + "undecided: " + item.doubt + "\n";
  if (screen.color)
    text.replace(static_cast<std::size_t>(indent), 1, paint(item.mark, how, screen));
  return text;
}

/// `MARK TITLE   REMARK        rolling restart`; a remark that does not fit has its own line.
std::string head_text(const Part& part, const Screen& screen) {
  const std::string title = fmt::format("  {} {}", part.mark, part.title);
  const std::string restart = part.restarts ? "rolling restart" : "";
  const bool fits = columns(title + part.remark + restart) + 5 <= screen.width;
  const std::string remark = part.remark.empty() || !fits ? "" : "   " + part.remark;
  std::string line = flush(title + remark, restart, screen, Paint::Unknown);
  if (screen.color) line = "  " + paint(part.mark, part.paint, screen) + line.substr(3);
  return fits || part.remark.empty() ? line : line + spaces(6) + part.remark + "\n";
}

std::string join_ids(const std::vector<std::string>& ids) {
  constexpr std::size_t kMost = 6;
  std::string text;
  for (std::size_t i = 0; i < std::min(ids.size(), kMost); ++i) {
    text += (i == 0 ? "" : i + 1 == ids.size() ? " and " : ", ") + ids[i];
  }
  if (ids.size() > kMost) text += fmt::format(" and {} more", ids.size() - kMost);
  return text;
}

/// `before`: a word in front of each heading.
std::string items_text(const std::vector<Item>& items, std::string_view before,
                       const Screen& screen) {
  std::string text, heading;
  for (const Item& item : items) {
    if (!item.heading.empty() && item.heading != heading) {
      text += fmt::format("      {}{}\n", before, item.heading);
    }
    heading = item.heading;
    text += item_text(item, 6, screen);
  }
  return text;
}

std::string common_text(const CommonPart& common, std::size_t all, const Screen& screen) {
  std::string text = head_text(common.part, screen), heading;
  if (common.items.empty() && !common.lacking.empty()) {
    text += fmt::format("      in {} clusters; not in {}\n", all - common.lacking.size(),
                        join_ids(common.lacking));
  }
  std::vector<std::string> lacking;
  for (const CommonItem& entry : common.items) {
    const bool new_heading = entry.item.heading != heading;
    if (!entry.item.heading.empty() && new_heading) text += "      " + entry.item.heading + "\n";
    heading = entry.item.heading;
    if (!entry.lacking.empty() && (new_heading || entry.lacking != lacking)) {
      text += fmt::format("      same in {} clusters; {} differ{}:\n", all - entry.lacking.size(),
                          join_ids(entry.lacking), entry.lacking.size() == 1 ? "s" : "");
    }
    lacking = entry.lacking;
    text += item_text(entry.item, 6, screen);
  }
  for (const std::string& block : common.part.blocks) text += block;
  return text;
}

/// `resources.requests` of `resources.requests.cpu`, and `cpu`.
std::pair<std::string, std::string> split_leaf(const std::string& leaf) {
  const std::size_t dot = leaf.rfind('.');
  if (dot == std::string::npos || leaf.ends_with(']')) return {leaf, ""};
  return {leaf.substr(0, dot), leaf.substr(dot + 1)};
}

/// What is common and not here: what an override sets instead, by parent; the rest line by line.
std::string without_text(const std::vector<Item>& without, const Screen& screen) {
  std::string text;
  for (std::size_t i = 0; i < without.size();) {
    const Item& item = without[i];
    if (item.mark != "=") {
      text += fmt::format("      without {} {}\n", item.mark, item.leaf);
      ++i;
      continue;
    }
    const std::string parent = split_leaf(item.leaf).first;
    std::string values;
    for (; i < without.size() && without[i].mark == "=" &&
           split_leaf(without[i].leaf).first == parent;
         ++i) {
      const std::string name = split_leaf(without[i].leaf).second;
      values += (values.empty() ? "" : ", ") + (name.empty() ? "" : name + " ") + without[i].value;
    }
    text += fmt::format("      without {}: its override is what is live\n", parent) +
            flush(spaces(10) + values, item.origin, screen, Paint::Place);
  }
  return text;
}

std::string section_text(const Section& section, const Screen& screen) {
  const bool is_one = section.clusters.size() == 1;
  const bool by_override =
      std::any_of(section.parts.begin(), section.parts.end(), [](const DifferingPart& part) {
        return std::any_of(part.without.begin(), part.without.end(),
                           [](const Item& item) { return item.mark == "="; });
      });
  std::string text = paint(join_ids(section.clusters), Paint::Bold, screen) +
                     (is_one ? " differs" : " differ") +
                     (!by_override ? "\n"
                      : is_one     ? " (its override)\n"
                                   : " (their overrides)\n");
  for (const DifferingPart& part : section.parts) {
    text += head_text(part.part, screen);
    text += without_text(part.without, screen);
    text += items_text(part.part.items, part.is_whole ? "" : "plus ", screen);
    for (const std::string& block : part.part.blocks) text += block;
  }
  return text;
}

std::string common_heading(std::size_t compared, std::size_t all,
                           const std::vector<ClusterParts>& parts, bool has_sections) {
  if (compared == 1 && all == 1) return parts.front().cluster;
  const std::string unless = has_sections ? ", unless a line says otherwise" : "";
  if (compared < all) {
    std::vector<std::string> ids;
    for (const ClusterParts& cluster : parts) ids.push_back(cluster.cluster);
    return fmt::format("{} of {} clusters ({}){}", compared, all, fmt::join(ids, " "), unless);
  }
  return (all == 2 ? "Both clusters" : fmt::format("All {} clusters", all)) + unless;
}

/// What concerns one gateway: its clusters, its objects.
std::vector<ClusterChanges> of_gateway(const GatewayHead& gateway, const ChangeSet& changes) {
  std::vector<ClusterChanges> own;
  for (const ClusterChanges& cluster : changes.clusters) {
    const auto& ids = gateway.clusters;
    const bool is_own = is_control_plane(cluster.cluster)
                            ? gateway.in_control_plane
                            : std::find(ids.begin(), ids.end(), cluster.cluster.id) != ids.end();
    if (!is_own) continue;
    own.push_back(cluster);
    std::erase_if(own.back().objects, [&](const ObjectChange& change) {
      return change.object.desired.gateway != gateway.name;
    });
  }
  return own;
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
  std::string text;
  for (const std::string& line : wrap(sentence, screen.width)) text += line + "\n";
  return text;
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
  std::string lines;
  for (const std::string& line : wrap(text, screen.width - 2)) {
    lines += (lines.empty() ? "" : "  ") + line + "\n";
  }
  return lines;
}

/// What is shown of each cluster that was read.
std::vector<ClusterParts> parts_of(const std::vector<ClusterChanges>& clusters,
                                   const std::vector<std::string>& all_ids, const Screen& screen) {
  std::vector<ClusterParts> parts;
  for (const ClusterChanges& cluster : clusters) {
    if (!is_read(cluster)) continue;
    ClusterParts shown{short_id(cluster.cluster.id, all_ids), {}};
    for (const ObjectChange& change : cluster.objects) {
      if (change.action == Action::Unchanged && change.risks.empty()) continue;
      shown.parts.push_back(part_of(change, screen));
    }
    parts.push_back(std::move(shown));
  }
  return parts;
}

/// What changes in these clusters, of which `all` were to be compared: what is alike first.
std::string changes_in(const std::vector<ClusterParts>& parts, std::size_t all,
                       const Screen& screen) {
  std::string text;
  const Folded folded = fold(parts);
  if (!folded.common.empty()) {
    text += "\n" +
            paint(common_heading(parts.size(), all, parts, !folded.sections.empty()), Paint::Bold,
                  screen) +
            "\n";
    for (const CommonPart& common : folded.common)
      text += common_text(common, parts.size(), screen);
  }
  for (const Section& section : folded.sections) text += "\n" + section_text(section, screen);
  return text;
}

std::string gateway_text(const GatewayHead& gateway, const std::vector<ClusterChanges>& all,
                         const std::vector<std::string>& all_ids, const std::string& diagnostics,
                         const Screen& screen) {
  std::string text = paint(gateway_heading(gateway, all, screen), Paint::Plain, screen);
  if (!diagnostics.empty()) text += "\n" + diagnostics;
  std::vector<ClusterChanges> clusters, control_plane;  // never alike: not folded together
  for (const ClusterChanges& cluster : all) {
    for (const Finding& note : cluster.notes) text += "\n" + note_text(note, screen);
    (is_control_plane(cluster.cluster) ? control_plane : clusters).push_back(cluster);
  }
  text += changes_in(parts_of(clusters, all_ids, screen), clusters.size(), screen);
  const std::string matrix = matrix_text(clusters, all_ids, screen);
  if (!matrix.empty()) text += "\n" + matrix;
  text += changes_in(parts_of(control_plane, all_ids, screen), control_plane.size(), screen);
  for (const ClusterChanges& cluster : all) {
    if (is_read(cluster)) continue;
    text += "\n" + not_compared_text(cluster, short_id(cluster.cluster.id, all_ids), screen);
  }
  const std::string rest = unchanged_text(all, screen) + hidden_text(all);
  if (!rest.empty()) text += "\n" + rest;
  return text + "\n" + summary_table(all, all_ids, screen);
}

std::string sentence_text(const std::vector<ClusterChanges>& clusters, const Screen& screen) {
  std::string one_line, lines;
  for (const std::string& sentence : sentences(summarize(clusters))) {
    one_line += (one_line.empty() ? "" : " ") + sentence;
    for (const std::string& line : wrap(sentence, screen.width)) lines += line + "\n";
  }
  return columns(one_line) <= screen.width ? one_line + "\n" : lines;
}

}  // namespace

std::string changes_text(const Subject& subject, const Findings& findings, const ChangeSet& changes,
                         bool with_sentence, const Screen& screen) {
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
      continue;
    }
    if (!text.empty()) text += "\n";
    ++changed;
    text += gateway_text(gateway, own, ids, diagnostics, screen);
    diagnostics.clear();  // said once
    if (with_sentence) {
      text += "\n" + paint(sentence_text(own, screen), Paint::Plain, screen);
    }
  }
  if (with_sentence && changed > 1) {
    text += "\nIn all: " + sentence_text(changes.clusters, screen);
  }
  return marks(text, screen);
}

}  // namespace asmgw
