#include "report/matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/created.h"
#include "report/groups.h"

namespace asmgw {
namespace {

constexpr int kLabelWidth = 26;
constexpr std::size_t kMostColumns = 4;

struct Column {
  std::string id;
  std::map<std::string, Setting> settings;
  std::size_t more = 0;  ///< clusters with the same values
};

/// The settings' names in the order of the screen.
std::vector<std::string> ordered_names(const std::vector<Column>& matrix) {
  std::vector<std::pair<int, std::string>> ranked;
  std::set<std::string> seen;
  for (const Column& column : matrix) {
    for (const auto& [name, setting] : column.settings) {
      if (seen.insert(name).second) ranked.emplace_back(setting.rank, name);
    }
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (auto& [rank, name] : ranked) names.push_back(std::move(name));
  return names;
}

bool differs(const std::vector<Column>& matrix, const std::string& name) {
  const auto value = [&](const Column& column) {
    const auto found = column.settings.find(name);
    return found != column.settings.end() ? found->second.value : std::string("-");
  };
  return std::any_of(matrix.begin(), matrix.end(),
                     [&](const Column& column) { return value(column) != value(matrix.front()); });
}

Setting setting_in(const Column& column, const std::string& name) {
  const auto found = column.settings.find(name);
  return found != column.settings.end() ? found->second : Setting{name, "-", "", 0};
}

/// Up to four clusters are columns.
std::string as_columns(const std::vector<Column>& matrix, const std::vector<std::string>& names) {
  int value_width = 0, cell_width = 0;
  for (const Column& column : matrix) {
    cell_width = std::max(cell_width, columns(column.id));
    for (const std::string& name : names) {
      value_width = std::max(value_width, columns(setting_in(column, name).value));
    }
  }
  value_width += 3;
  cell_width = std::max(cell_width, value_width + 3);
  std::string text = pad("Set per cluster", kLabelWidth);
  const auto finish_line = [&] {
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  };
  for (const Column& column : matrix) text += pad(column.id, cell_width + 5);
  finish_line();
  for (const std::string& name : names) {
    text += pad("  " + name, kLabelWidth);
    for (const Column& column : matrix) {
      const Setting setting = setting_in(column, name);
      text += pad(pad(setting.value, value_width) + setting.line, cell_width + 5);
    }
    finish_line();
  }
  return text;
}

/// Clusters with the same values share a row, which says the lines of the first.
std::vector<Column> merged(const std::vector<Column>& matrix,
                           const std::vector<std::string>& names) {
  std::vector<Column> rows;
  std::map<std::vector<std::string>, std::size_t> known;
  for (const Column& column : matrix) {
    std::vector<std::string> values;
    for (const std::string& name : names) values.push_back(setting_in(column, name).value);
    const auto [row, is_new] = known.emplace(std::move(values), rows.size());
    if (is_new) {
      rows.push_back(column);
    } else {
      ++rows[row->second].more;
    }
  }
  for (Column& row : rows) {
    if (row.more > 0) row.id += fmt::format(" and {} more", row.more);
  }
  return rows;
}

/// More clusters become rows.
std::string as_rows(const std::vector<Column>& matrix, const std::vector<std::string>& names,
                    const Screen& screen) {
  std::vector<std::vector<Cell>> rows;
  std::vector<Cell> header = {{"Set per cluster"}};
  for (const std::string& name : names) header.push_back({name});
  rows.push_back(std::move(header));
  for (const Column& column : matrix) {
    std::vector<Cell> row = {{"  " + column.id}};
    for (const std::string& name : names) {
      const Setting setting = setting_in(column, name);
      row.push_back({setting.value + (setting.line.empty() ? "" : " " + setting.line)});
    }
    rows.push_back(std::move(row));
  }
  return table(rows, {}, screen);
}

}  // namespace

std::string matrix_text(const std::vector<ClusterChanges>& clusters,
                        const std::vector<std::string>& all_ids, const Screen& screen) {
  std::vector<Column> matrix;
  for (const ClusterChanges& cluster : clusters) {
    Column column{short_id(cluster.cluster.id, all_ids), {}, 0};
    for (const ObjectChange& change : cluster.objects) {
      if (change.action != Action::Create) continue;
      for (Setting& setting : settings_of(change)) {
        column.settings.emplace(setting.name, std::move(setting));
      }
    }
    if (!column.settings.empty()) matrix.push_back(std::move(column));
  }
  if (matrix.empty()) return {};
  std::vector<std::string> names = ordered_names(matrix);
  if (matrix.size() > 1) {
    std::erase_if(names, [&](const std::string& name) { return !differs(matrix, name); });
  }
  if (names.empty()) return {};
  if (clusters.size() > kMostRows) matrix = merged(matrix, names);
  const int width = kLabelWidth + 23 * static_cast<int>(matrix.size());
  const bool fits = matrix.size() <= kMostColumns && width <= screen.width;
  return fits ? as_columns(matrix, names) : as_rows(matrix, names, screen);
}

}  // namespace asmgw
