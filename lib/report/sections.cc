#include "report/sections.h"

#include <fmt/format.h>

#include <algorithm>

namespace asmgw {
namespace {

constexpr int kLeafWidth = 28;

std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
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

/// `resources.requests` of `resources.requests.cpu`, and `cpu`.
std::pair<std::string, std::string> split_leaf(const std::string& leaf) {
  const std::size_t dot = leaf.rfind('.');
  if (dot == std::string::npos || leaf.ends_with(']')) return {leaf, ""};
  return {leaf.substr(0, dot), leaf.substr(dot + 1)};
}

/// What is common and not here: what an override sets instead, by parent; the rest line by line.
std::string without_text(const std::vector<Item>& without, bool several, const Screen& screen) {
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
    const std::string origin =
        item.origin + (item.more_places == 0 ? "" : fmt::format(" and {} more", item.more_places));
    text += fmt::format("      without {}: {} what is live\n", parent,
                        several ? "their overrides are" : "its override is") +
            flush(spaces(10) + values, origin, screen, Paint::Place);
  }
  return text;
}

/// `group B`, `groups B, C and D`, or the clusters' IDs.
struct Named {
  std::string text;
  bool is_one = false;
};

Named named(const std::vector<std::string>& clusters, const Naming& naming) {
  if (naming.groups == nullptr) return {join_ids(clusters, naming.all), clusters.size() == 1};
  std::vector<std::string> letters;
  for (const Group& group : *naming.groups) {
    const bool is_in =
        std::find(clusters.begin(), clusters.end(), group.clusters.front()) != clusters.end();
    if (is_in) letters.push_back(group.letter);
  }
  const bool is_one = letters.size() == 1;
  return {(is_one ? "group " : "groups ") + join_ids(letters, /*all=*/true), is_one};
}

/// A line that is broken where it does not fit, further lines `indent` in.
std::string wrapped(const std::string& text, int indent, const Screen& screen) {
  std::string lines;
  for (const std::string& line : wrap(text, screen.width - indent)) {
    lines += spaces(indent) + line + "\n";
  }
  return lines;
}

}  // namespace

std::string flush(const std::string& left, const std::string& right, const Screen& screen,
                  Paint how) {
  if (right.empty()) return left + "\n";
  const int gap = std::max(2, screen.width - columns(left) - columns(right));
  return left + spaces(gap) + paint(right, how, screen) + "\n";
}

std::string item_text(const Item& item, int indent, const Screen& screen) {
  const std::string origin =
      item.origin + (item.more_places == 0 ? "" : fmt::format(" and {} more", item.more_places));
  if (item.leaf.empty()) return flush(spaces(indent) + item.value, origin, screen, Paint::Place);
  const std::string mark = spaces(indent) + item.mark + " ";
  const Paint how = item.mark == "+" ? Paint::Good : item.mark == "-" ? Paint::Bad : Paint::Changed;
  const std::string line = mark + pad(item.leaf, kLeafWidth) + item.value;
  const bool fits =
      columns(item.leaf) < kLeafWidth && columns(line) + 2 + columns(origin) <= screen.width;
  std::string text;
  if (fits) {
    text = flush(line, origin, screen, Paint::Place);
  } else {
    text = mark + item.leaf + "\n" +
           flush(spaces(indent + 4) + item.value, origin, screen, Paint::Place);
  }
  if (!item.owner.empty()) text += spaces(indent + 4) + item.owner + "\n";
  if (!item.doubt.empty()) text += spaces(indent + 4) + "undecided: " + item.doubt + "\n";
  if (screen.color)
    text.replace(static_cast<std::size_t>(indent), 1, paint(item.mark, how, screen));
  return text;
}

std::string join_ids(const std::vector<std::string>& ids, bool all) {
  return join_and(ids, all ? std::string::npos : 6);
}

std::string common_text(const CommonPart& common, std::size_t clusters, const Naming& naming,
                        const Screen& screen) {
  std::string text = head_text(common.part, screen), heading;
  if (common.items.empty() && !common.lacking.empty()) {
    text += wrapped(fmt::format("in {} clusters; not in {}", clusters - common.lacking.size(),
                                named(common.lacking, naming).text),
                    6, screen);
  }
  std::vector<std::string> lacking;
  for (const CommonItem& entry : common.items) {
    const bool new_heading = entry.item.heading != heading;
    if (!entry.item.heading.empty() && new_heading) text += "      " + entry.item.heading + "\n";
    heading = entry.item.heading;
    if (!entry.lacking.empty() && (new_heading || entry.lacking != lacking)) {
      const Named others = named(entry.lacking, naming);
      text +=
          wrapped(fmt::format("same in {} clusters; {} differ{}:", clusters - entry.lacking.size(),
                              others.text, others.is_one ? "s" : ""),
                  6, screen);
    }
    lacking = entry.lacking;
    text += item_text(entry.item, 6, screen);
  }
  for (const Block& block : common.part.blocks) text += block.text;
  return text;
}

std::string differing_words(const Section& section) {
  const bool is_one = section.clusters.size() == 1;
  std::size_t refused = 0;
  bool by_override = false, is_blocked = false;
  for (const DifferingPart& part : section.parts) {
    by_override = by_override || std::any_of(part.without.begin(), part.without.end(),
                                             [](const Item& item) { return item.mark == "="; });
    is_blocked = is_blocked || part.part.action == Action::Conflict;
    if (part.part.action == Action::Refused) ++refused;
  }
  std::vector<std::string> reasons;
  if (by_override) reasons.emplace_back(is_one ? "its override" : "their overrides");
  if (is_blocked) reasons.emplace_back("blocked by a conflict");
  if (refused > 0) {
    reasons.push_back(fmt::format("the server refuses {}",
                                  counted(static_cast<std::int64_t>(refused), "object")));
  }
  std::string text = is_one ? " differs" : " differ";
  for (std::size_t i = 0; i < reasons.size(); ++i) text += (i == 0 ? " (" : "; ") + reasons[i];
  return text + (reasons.empty() ? "" : ")");
}

std::string section_text(const Section& section, const Screen& screen) {
  std::string text;
  for (const DifferingPart& part : section.parts) {
    text += head_text(part.part, screen);
    text += without_text(part.without, section.clusters.size() > 1, screen);
    text += items_text(part.part.items, part.is_whole ? "" : "plus ", screen);
    for (const Block& block : part.part.blocks) text += block.text;
  }
  return text;
}

}  // namespace asmgw
