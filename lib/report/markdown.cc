#include "report/markdown.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/decisions.h"
#include "report/groups.h"
#include "report/hidden.h"
#include "report/matrix.h"
#include "report/sections.h"
#include "report/summary.h"
#include "report/summary_table.h"

namespace asmgw {
namespace {

std::string counted_words(std::size_t number, std::string_view noun) {
  return counted(static_cast<std::int64_t>(number), noun);
}

/// Text in backticks, as it stands; a table's cell must not end in it.
std::string code(std::string text) {
  std::replace(text.begin(), text.end(), '`', '\'');
  std::string shown;
  for (const char c : harmless(text)) shown += c == '|' ? std::string("\\|") : std::string(1, c);
  return "`" + shown + "`";
}

/// The worst first.
std::string headline(const Summary& summary) {
  std::vector<std::string> words;
  if (!summary.losses.empty()) {
    words.push_back(counted_words(summary.losses.size(), "load balancer") + " destroyed");
  }
  if (summary.blocked > 0) {
    words.push_back(counted_words(summary.blocked, "object") + " blocked by a conflict");
  }
  if (summary.refused > 0) words.push_back(counted_words(summary.refused, "object") + " refused");
  const std::size_t unknown = summary.unread + summary.partial;
  if (unknown > 0) words.push_back(counted_words(unknown, "cluster") + " not fully read");
  const auto control_plane = summary.control_plane.value_or(ClusterChanges::State::Compared);
  if (control_plane != ClusterChanges::State::Compared) {
    words.emplace_back("the control plane not fully read");
  }
  if (summary.rollouts > 0) {
    words.push_back(fmt::format("{} of {}", counted_words(summary.rollouts, "rolling restart"),
                                counted(summary.pods, "pod")));
  }
  const std::size_t changes = summary.update + summary.create + summary.remove;
  if (words.empty() && changes == 0) return "no change";
  if (summary.rollouts == 0 && changes > 0) {
    words.push_back(
        fmt::format("{} change{}", counted_words(changes, "object"), changes == 1 ? "s" : ""));
  }
  const bool is_all_read = unknown == 0 && control_plane == ClusterChanges::State::Compared;
  if (summary.losses.empty() && is_all_read) words.emplace_back("nothing destroyed");
  return fmt::format("{}", fmt::join(words, "; "));
}

/// `6 objects change, 1 to create, at least 3 ready in every cluster`
std::string totals(const Summary& summary) {
  std::vector<std::string> words;
  if (summary.update > 0) {
    words.push_back(counted_words(summary.update, "object") +
                    (summary.update == 1 ? " changes" : " change"));
  }
  if (summary.create > 0) words.push_back(counted_words(summary.create, "object") + " to create");
  if (summary.remove > 0) words.push_back(counted_words(summary.remove, "object") + " to delete");
  const std::size_t stopped = summary.blocked + summary.refused;
  if (stopped > 0) words.push_back(counted_words(stopped, "object") + " blocked");
  if (words.empty()) words.emplace_back("nothing changes");
  if (summary.rollouts > 0) {
    words.push_back(fmt::format("at least {} ready{}", summary.lowest_floor,
                                summary.rollouts == 1 ? "" : " in every cluster"));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

/// What is told of a gateway's clusters; they are not copied.
struct Shown {
  const std::string& gateway;
  const std::vector<ClusterChanges>& clusters;
  std::vector<ClusterParts> parts;
  Folded folded;
  std::vector<Group> groups;
  bool grouped = false;
};

Shown shown_of(const std::string& gateway, const std::vector<ClusterChanges>& clusters) {
  Shown shown{gateway, clusters, parts_of(clusters, {}, {}), {}, {}, clusters.size() > kMostRows};
  shown.folded = fold(shown.parts, shown.grouped ? Alike::InValues : Alike::InAll);
  shown.groups = groups_of(clusters, shown.parts, shown.folded, {});
  return shown;
}

std::string table_row(const std::vector<std::string>& cells) {
  return fmt::format("| {} |\n", fmt::join(cells, " | "));
}

std::string table_text(const std::vector<SummaryRow>& rows, RowsOf of) {
  constexpr int kEveryRisk = 10'000;  // columns
  std::string text;
  for (const std::vector<Cell>& line : summary_cells(rows, of, {.width = kEveryRisk})) {
    std::vector<std::string> cells;
    for (const Cell& cell : line) cells.push_back(markdown_text(cell.text));
    if (of == RowsOf::ClustersWide) {  // ID and context share a cell
      if (!text.empty() && line[1].text != line[0].text && !line[1].text.empty()) {
        cells[0] += " (" + cells[1] + ")";
      }
      cells.erase(cells.begin() + 1);
    }
    if (text.empty()) {
      text = table_row(cells) + table_row(std::vector<std::string>(cells.size(), "---"));
      continue;
    }
    if (line.back().text != "-") cells.back() = code(line.back().text);
    text += table_row(cells);
  }
  return text;
}

std::string summary_text(const Shown& shown) {
  std::vector<SummaryRow> rows;
  for (const ClusterChanges& cluster : shown.clusters) {
    if (!shown.grouped) rows.push_back({cluster.cluster.id, 1, &cluster});
  }
  for (const Group& group : shown.groups) {
    const auto first = std::find_if(shown.clusters.begin(), shown.clusters.end(),
                                    [&](const ClusterChanges& cluster) {
                                      return cluster.cluster.id == group.clusters.front();
                                    });
    if (shown.grouped) rows.push_back({group.letter, group.clusters.size(), &*first});
  }
  return table_text(rows, shown.grouped ? RowsOf::Groups : RowsOf::ClustersWide);
}

std::string decision_text(const Decision& decision, std::size_t compared) {
  const std::string place = decision.place.empty() ? "" : " " + markdown_text(decision.place);
  const bool names =
      !decision.clusters.empty() && (decision.clusters.size() != compared || decision.is_unread);
  std::string text = fmt::format(
      "- {}{}{} — {}\n", code(decision.code), place,
      names ? " in " + markdown_text(join_ids(decision.clusters, false)) : std::string(),
      markdown_text(decision.what));
  if (!decision.hint.empty()) text += "  " + markdown_text(decision.hint) + "\n";
  return text;
}

std::string path_of(const Item& item) {
  if (item.heading.empty()) return item.leaf;
  const bool is_key =
      item.leaf.find('[') == std::string::npos && item.leaf.find('/') != std::string::npos;
  if (is_key) return item.heading + "[" + item.leaf + "]";
  return item.heading + (item.leaf.starts_with('[') ? "" : ".") + item.leaf;
}

/// `Service` of `Service/istio-web`, whose gateway the comment names; another name is told.
std::string object_text(const Part& part, const std::string& gateway) {
  const std::string own = "/istio-" + gateway;
  const bool is_own = part.title.ends_with(own);
  return markdown_text(is_own ? part.title.substr(0, part.title.size() - own.size()) : part.title);
}

/// Mark, object, field, before, after, origin. `note`: behind the field.
std::string item_row(const Part& part, const Item& item, const std::string& gateway,
                     const std::string& note = {}) {
  constexpr std::string_view kArrow = " → ";
  std::string before, after = item.value;
  const std::size_t arrow = item.value.find(kArrow);
  if (item.mark == "~" && arrow != std::string::npos) {
    before = item.value.substr(0, arrow);
    after = item.value.substr(arrow + kArrow.size());
  } else if (item.mark == "-") {
    before.swap(after);
  }
  std::string origin = item.origin;
  if (item.more_places > 0) origin += fmt::format(" and {} more", item.more_places);
  if (!item.owner.empty()) origin += "; " + item.owner;
  if (!item.doubt.empty()) origin += "; undecided: " + item.doubt;
  const std::string mark = item.mark.empty() ? part.mark : item.mark;
  return table_row({mark, object_text(part, gateway),
                    (item.leaf.empty() ? "" : code(path_of(item))) + markdown_text(note),
                    markdown_text(before), markdown_text(after), markdown_text(origin)});
}

/// One that has nothing to be asked about is a row all the same.
std::string whole_row(const Part& part, const std::string& gateway) {
  return table_row(
      {part.mark, object_text(part, gateway), "", "", std::string(word(part.action)), ""});
}

const std::string kFieldsHead =
    "\n| | object | field | before | after | from |\n|---|---|---|---|---|---|\n";

std::string details(const std::string& summary, const std::string& body) {
  return fmt::format("<details><summary>{}</summary>\n{}\n</details>\n", markdown_text(summary),
                     body);
}

std::string common_details(const Shown& shown) {
  if (shown.folded.common.empty()) return {};
  const std::size_t compared = shown.parts.size(), all = shown.clusters.size();
  std::string rows;
  std::size_t fields = 0, objects = 0;
  for (const CommonPart& common : shown.folded.common) {
    const std::size_t known = fields;
    if (common.items.empty()) rows += whole_row(common.part, shown.gateway);
    for (const CommonItem& entry : common.items) {
      if (!entry.item.leaf.empty()) ++fields;
      std::string note;
      if (!entry.lacking.empty()) {
        note =
            fmt::format(" ({}; not {})", counted_words(compared - entry.lacking.size(), "cluster"),
                        join_ids(entry.lacking, false));
      }
      rows += item_row(common.part, entry.item, shown.gateway, note);
    }
    if (fields == known) ++objects;
  }
  std::string what = objects == 0 ? "" : counted_words(objects, "object");
  if (fields > 0) what += (what.empty() ? "" : ", ") + counted_words(fields, "field");
  const bool is_one = all == 1;
  const std::string who = is_one           ? shown.parts.front().cluster
                          : compared < all ? fmt::format("{} of {} clusters", compared, all)
                          : all == 2       ? "Both clusters"
                                           : fmt::format("All {} clusters", all);
  return details(
      fmt::format("{}{}: {}", who,
                  shown.folded.sections.empty() ? "" : ", unless a line says otherwise", what),
      kFieldsHead + rows);
}

std::string section_details(const Section& section, const std::string& letter,
                            const std::string& gateway) {
  std::string without, rows;
  for (const DifferingPart& part : section.parts) {
    for (const Item& item : part.without) {
      std::string origin = item.origin;
      if (item.more_places > 0) origin += fmt::format(" and {} more", item.more_places);
      if (!origin.empty()) origin = " (" + origin + ")";
      without += fmt::format(
          "- without {}: {}{}\n", code(path_of(item)),
          item.mark == "=" ? markdown_text(item.value) + " is live already" : "it does not change",
          markdown_text(origin));
    }
    if (part.part.items.empty() && part.is_whole) rows += whole_row(part.part, gateway);
    for (const Item& item : part.part.items) rows += item_row(part.part, item, gateway);
  }
  return details(
      (letter.empty() ? "" : "Group " + letter + ": ") + join_ids(section.clusters, false) +
          differing_words(section),
      (without.empty() ? "" : "\n" + without) + (rows.empty() ? "" : kFieldsHead + rows));
}

std::vector<std::string> all_details(const Shown& shown) {
  std::vector<std::string> all = {common_details(shown)};
  for (std::size_t i = 0; i < shown.folded.sections.size(); ++i) {
    const auto group = std::find_if(shown.groups.begin(), shown.groups.end(),
                                    [&](const Group& other) { return other.section == i; });
    all.push_back(section_details(shown.folded.sections[i], shown.grouped ? group->letter : "",
                                  shown.gateway));
  }
  const std::string matrix = matrix_text(shown.clusters, {}, {});
  if (!matrix.empty()) all.push_back(details("Set per cluster", "\n```\n" + matrix + "```\n"));
  std::erase(all, "");
  return all;
}

/// A gateway: its table and decisions, and what opens.
struct GatewayComment {
  std::string text;
  std::vector<std::string> details;
};

GatewayComment comment_of(const GatewayHead& gateway, const std::vector<ClusterChanges>& own,
                          const Findings& findings) {
  const Summary summary = summarize(own);
  GatewayComment comment;
  comment.text = fmt::format("**{}** in {}: {}.\n", markdown_text(gateway.name),
                             places_text(summary), totals(summary));
  std::vector<ClusterChanges> clusters, control_plane;
  for (const ClusterChanges& cluster : own) {
    (is_control_plane(cluster.cluster) ? control_plane : clusters).push_back(cluster);
  }
  const std::size_t changes = summary.update + summary.create + summary.remove + summary.blocked +
                              summary.refused + summary.unknown + summary.unread;
  for (const auto* places : {&clusters, &control_plane}) {
    if (places->empty() || changes == 0) continue;
    const Shown shown = shown_of(gateway.name, *places);
    comment.text += "\n" + summary_text(shown);
    for (std::string& part : all_details(shown)) comment.details.push_back(std::move(part));
  }
  const std::vector<Decision> decisions = decisions_in(findings, own);
  if (!decisions.empty()) comment.text += "\n**To decide**\n";
  const auto read = static_cast<std::size_t>(std::count_if(own.begin(), own.end(), is_read));
  for (const Decision& decision : decisions) comment.text += decision_text(decision, read);
  return comment;
}

std::string footer(const Subject& subject, const ChangeSet& changes, const Verdict& verdict) {
  std::size_t hidden = 0;
  for (const ClusterChanges& cluster : changes.clusters) {
    for (const ObjectChange& change : cluster.objects) hidden += count_hidden(change.hidden);
  }
  std::string command = "kubectl asmgw diff";
  for (const std::string& name : subject.names) command += " " + name;
  for (const Subject::File& file : subject.files) {
    if (subject.names.empty()) command += " -f " + file.name;
  }
  std::string gates;
  for (const std::string& gate : verdict.gates_met)
    gates += (gates.empty() ? " Gate met: " : ", ") + gate;
  return fmt::format(
      "\n<sub>{}{}Exit {}.{} {}</sub>\n", changes.mode == Mode::Local ? "Without a dry run. " : "",
      hidden == 0 ? ""
                  : fmt::format("Hidden: {} without effect. ", counted_words(hidden, "difference")),
      verdict.exit_code, gates.empty() ? "" : markdown_text(gates) + ".", code(command));
}

}  // namespace

std::string markdown_text(std::string_view text) {
  std::string shown;
  for (const char c : harmless(text)) {
    switch (c) {
      case '|':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '\\':
      case '~':
        shown += '\\';
        shown += c;
        break;
      case '<':
        shown += "&lt;";
        break;
      case '>':
        shown += "&gt;";
        break;
      case '&':
        shown += "&amp;";
        break;
      case '@':  // a mention is looked for in the text that is shown
        shown += "@<!-- -->";
        break;
      case '\n':
        shown += ' ';
        break;
      default:
        shown += c;
    }
  }
  return shown;
}

std::string changes_markdown(const Subject& subject, const Findings& findings,
                             const ChangeSet& changes, const Verdict& verdict, std::size_t most) {
  std::string text =
      fmt::format("### asmgw: {}\n", markdown_text(headline(summarize(changes.clusters))));
  std::vector<std::string> opened;
  static const Findings kNone;
  bool is_first = true;
  for (const GatewayHead& gateway : subject.gateways) {
    const std::vector<ClusterChanges> own = of_gateway(gateway, changes);
    if (own.empty()) continue;
    GatewayComment comment = comment_of(gateway, own, is_first ? findings : kNone);
    text += (is_first ? "" : "\n") + comment.text;
    is_first = false;
    for (std::string& part : comment.details) opened.push_back(std::move(part));
  }
  const std::string end = footer(subject, changes, verdict);
  constexpr std::size_t kRest = 200;  // for the line that says what is left out
  std::size_t size = text.size() + end.size() + kRest, shown = 0;
  if (size > most) {
    text = text.substr(0, text.rfind('\n', most - end.size() - kRest) + 1);
    size = most;
  }
  std::string rest;
  for (; shown < opened.size() && size + opened[shown].size() <= most; ++shown) {
    size += opened[shown].size();
    rest += opened[shown];
  }
  if (shown < opened.size()) {
    rest += fmt::format("\n{} left out, for a comment has an end: run the command below.\n",
                        counted_words(opened.size() - shown, "part"));
  }
  return text + (rest.empty() ? "" : "\n" + rest) + end;
}

}  // namespace asmgw
