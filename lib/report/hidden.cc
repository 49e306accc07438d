#include "report/hidden.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/sections.h"

namespace asmgw {
namespace {

std::string value_or_absent(const std::optional<Json>& value) {
  return value ? harmless(value_text(*value, false)) : "absent";
}

std::string lines_of(const Hidden& hidden, const Screen& screen) {
  std::string text;
  for (const auto& [reason, fields] : hidden) {
    for (const FieldChange& field : fields) {
      // of whole objects no values are kept
      const bool has_values = field.before || field.after;
      const std::string value =
          has_values ? value_or_absent(field.before) + " → " + value_or_absent(field.after)
                     : "differs";
      text += item_text({"", "=", to_string(field.path), value, reason}, 6, screen);
    }
  }
  return text;
}

/// What is hidden of one object, and the clusters of which the same is.
struct Same {
  std::string title, lines;
  std::vector<std::string> clusters;
};

std::string listed(const std::vector<ClusterChanges>& clusters,
                   const std::vector<std::string>& all_ids, const Screen& screen) {
  std::vector<Same> all;
  for (const ClusterChanges& cluster : clusters) {
    for (const ObjectChange& change : cluster.objects) {
      if (change.hidden.empty()) continue;
      Same same{to_string(change.object.desired.ref), lines_of(change.hidden, screen), {}};
      const auto known = std::find_if(all.begin(), all.end(), [&](const Same& other) {
        return other.title == same.title && other.lines == same.lines;
      });
      Same& entry = known != all.end() ? *known : all.emplace_back(std::move(same));
      entry.clusters.push_back(short_id(cluster.cluster.id, all_ids));
    }
  }
  std::string text;
  for (const Same& same : all) {
    const bool is_everywhere = same.clusters.size() == clusters.size() && clusters.size() > 1;
    text += fmt::format("  = {}   in {}\n{}", same.title,
                        is_everywhere ? fmt::format("all {} clusters", clusters.size())
                                      : join_ids(same.clusters, false),
                        same.lines);
  }
  return text;
}

/// `24 differences without effect (managedFields 16, generation 8)`
std::string counts_text(const Hidden& total) {
  std::vector<std::pair<std::string, std::size_t>> sorted;
  for (const auto& [reason, fields] : total) sorted.emplace_back(reason, fields.size());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string reasons;
  for (const auto& [reason, number] : sorted) {
    reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", reason, number);
  }
  return fmt::format("{} without effect ({})",
                     counted(static_cast<std::int64_t>(count_hidden(total)), "difference"),
                     reasons);
}

}  // namespace

std::size_t count_hidden(const Hidden& hidden) {
  std::size_t count = 0;
  for (const auto& [reason, fields] : hidden) count += fields.size();
  return count;
}

std::string hidden_text(const std::vector<ClusterChanges>& clusters, Noise noise,
                        const std::vector<std::string>& all_ids, const Screen& screen) {
  Hidden total;
  for (const ClusterChanges& cluster : clusters) {
    for (const ObjectChange& change : cluster.objects) {
      for (const auto& [reason, fields] : change.hidden) {
        total[reason].resize(total[reason].size() + fields.size());
      }
    }
  }
  if (total.empty()) return {};
  constexpr std::string_view kOffer = "list them with --show-noise";
  constexpr std::string_view kBegin = "Hidden: ";
  const int indent = columns(kBegin);
  const std::string counts = counts_text(total) + (noise == Noise::Offered ? ";" : "");
  std::vector<std::string> texts = {counts};
  if (noise == Noise::Offered) {
    const int room = screen.width - indent;
    const bool is_sentence =
        columns(counts) <= room && columns(counts) + 1 + columns(kOffer) > room;
    if (is_sentence) {
      texts.emplace_back(kOffer);  // it stays together
    } else {
      texts[0] += " " + std::string(kOffer);
    }
  }
  std::string lines;
  for (const std::string& one : texts) {
    for (const std::string& line : wrap(one, screen.width - indent))
      lines +=
          (lines.empty() ? std::string(kBegin) : std::string(kBegin.size(), ' ')) + line + "\n";
  }
  return noise == Noise::Listed ? lines + listed(clusters, all_ids, screen) : lines;
}

Json hidden_json(const Hidden& hidden, bool listed) {
  Json by_reason = Json::object();
  for (const auto& [reason, fields] : hidden) by_reason[reason] = fields.size();
  Json json{{"total", count_hidden(hidden)}, {"byReason", by_reason}};
  if (!listed) return json;
  json["differences"] = Json::array();
  for (const auto& [reason, fields] : hidden) {
    for (const FieldChange& field : fields) {
      Json difference{{"path", to_string(field.path)}, {"reason", reason}};
      if (field.before) difference["before"] = *field.before;
      if (field.after) difference["after"] = *field.after;
      json["differences"].push_back(std::move(difference));
    }
  }
  return json;
}

}  // namespace asmgw
