#include "report/summary_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <map>
#include <set>

namespace asmgw {
namespace {

constexpr std::size_t kMostKinds = 3;

std::vector<std::string> changed_kinds(const std::vector<SummaryRow>& rows) {
  std::vector<std::string> kinds;
  for (const SummaryRow& row : rows) {
    if (!is_read(*row.cluster)) continue;
    for (const ObjectChange& change : row.cluster->objects) {
      const std::string& kind = change.object.desired.ref.kind;
      if (change.action == Action::Unchanged) continue;
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    }
  }
  return kinds;
}

Cell kind_cell(const ClusterChanges& cluster, const std::string& kind) {
  if (!is_read(cluster)) return {"unknown", Paint::Unknown};
  for (const ObjectChange& change : cluster.objects) {
    if (change.object.desired.ref.kind != kind || change.action == Action::Unchanged) continue;
    // an autoscaler that was adopted has a name of its own
    const DesiredObject& desired = change.object.desired;
    const bool is_named = desired.ref.name.starts_with("istio-" + desired.gateway);
    const std::string_view said = change.object.forced ? "force" : word(change.action);
    return {std::string(said) + (is_named ? "" : " " + desired.ref.name), paint_of(change.action)};
  }
  return {"-", Paint::Dim};
}

/// `3 update, 1 create`
Cell objects_cell(const ClusterChanges& cluster) {
  if (!is_read(cluster)) return {"unknown", Paint::Unknown};
  std::string text;
  Paint how = Paint::Dim;
  for (const Action action : {Action::Update, Action::Handover, Action::Create, Action::Delete,
                              Action::Conflict, Action::Refused, Action::Unknown}) {
    const auto count =
        std::count_if(cluster.objects.begin(), cluster.objects.end(),
                      [&](const ObjectChange& change) { return change.action == action; });
    if (count == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, word(action));
    how = paint_of(action);
  }
  return text.empty() ? Cell{"-", Paint::Dim} : Cell{text, how};
}

struct RestartCells {
  Cell restart{"-", Paint::Dim}, floor{"-", Paint::Dim};
};

RestartCells restart_cells(const ClusterChanges& cluster, bool several, bool of_how_many) {
  RestartCells cells;
  if (!is_read(cluster)) {
    cells.restart = {"unknown", Paint::Unknown};
    return cells;
  }
  std::int64_t pods = 0, floor = 0;
  bool any = false;
  for (const ObjectChange& change : cluster.objects) {
    if (change.restart.predicted == Restart::Predicted::Unknown) {
      cells.restart = {"unknown", Paint::Unknown};
    }
    if (change.restart.predicted != Restart::Predicted::Yes) continue;
    pods += change.restart.arithmetic->replicas;
    floor += change.restart.arithmetic->floor;
    any = true;
  }
  if (any) {
    cells.restart = {counted(pods, "pod") + (several ? " each" : ""), Paint::Changed};
    cells.floor = {fmt::format("{}{}", floor, of_how_many ? fmt::format(" of {}", pods) : "")};
  }
  return cells;
}

/// In how many clusters is there a risk of each code?
using Spread = std::map<std::string_view, std::size_t>;

Spread spread_of(const std::vector<SummaryRow>& rows) {
  Spread spread;
  for (const SummaryRow& row : rows) {
    std::set<std::string_view> codes;
    for (const ObjectChange& change : row.cluster->objects)
      for (const Finding& risk : change.risks) codes.insert(risk.code->name);
    for (const std::string_view code : codes)
      spread[code] += std::max<std::size_t>(1, row.clusters);
  }
  return spread;
}

/// Codes by gravity, what few clusters have before what many have; RESTART and FLOOR say
/// `rolling-restart` already, and the action `conflict`.
Cell risk_cell(const ClusterChanges& cluster, const Spread& spread, int room) {
  if (!is_read(cluster)) return {std::string(cluster.error->code->name), Paint::Bad};
  std::vector<const Finding*> risks;
  for (const ObjectChange& change : cluster.objects) {
    for (const Finding& risk : change.risks) {
      const bool is_known = std::any_of(risks.begin(), risks.end(), [&](const Finding* known) {
        return known->code->name == risk.code->name;
      });
      if (risk.code->name != "rolling-restart" && !is_known) risks.push_back(&risk);
    }
  }
  std::stable_sort(risks.begin(), risks.end(), [&](const Finding* a, const Finding* b) {
    if (a->severity != b->severity) return a->severity > b->severity;
    return spread.at(a->code->name) < spread.at(b->code->name);
  });
  std::string text;
  for (std::size_t i = 0; i < risks.size(); ++i) {
    const std::string next = (text.empty() ? "" : " ") + std::string(risks[i]->code->name);
    if (!text.empty() && columns(text) + columns(next) > room - 3) {
      text += fmt::format(" +{}", risks.size() - i);
      break;
    }
    text += next;
  }
  return risks.empty() ? Cell{"-", Paint::Dim} : Cell{text, paint_of(risks.front()->severity)};
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::vector<Cell> header(const std::vector<std::string>& kinds, RowsOf of) {
  std::vector<Cell> cells = {{of == RowsOf::Groups ? "group" : "cluster"}};
  if (of == RowsOf::Groups) cells.push_back({"clusters"});
  if (of == RowsOf::ClustersWide) cells.push_back({"context"});
  for (const std::string& kind : kinds) cells.push_back({short_kind(kind)});
  if (kinds.empty()) cells.push_back({"objects"});
  cells.insert(cells.end(), {{"restart"}, {"floor"}});
  return cells;
}

/// Columns that the table leaves for one more.
int room_beside(const std::vector<std::vector<Cell>>& rows, const Screen& screen) {
  int room = screen.width;
  for (std::size_t i = 0; i < rows.front().size(); ++i) {
    int widest = 0;
    for (const std::vector<Cell>& row : rows) widest = std::max(widest, columns(row[i].text));
    room -= widest + 2;
  }
  return room;
}

}  // namespace

std::vector<std::vector<Cell>> summary_cells(const std::vector<SummaryRow>& rows, RowsOf of,
                                             const Screen& screen) {
  std::vector<std::string> kinds = changed_kinds(rows);
  if (kinds.size() > kMostKinds) kinds.clear();
  const Spread spread = spread_of(rows);
  std::vector<std::vector<Cell>> cells = {header(kinds, of)};
  for (const SummaryRow& row : rows) {
    const ClusterChanges& cluster = *row.cluster;
    std::vector<Cell> line = {{row.name}};
    if (of == RowsOf::Groups)
      line.push_back({row.clusters == 0 ? "-" : fmt::format("{}", row.clusters)});
    if (of == RowsOf::ClustersWide) line.push_back({cluster.cluster.context});
    for (const std::string& kind : kinds) line.push_back(kind_cell(cluster, kind));
    if (kinds.empty()) line.push_back(objects_cell(cluster));
    const RestartCells restart =
        restart_cells(cluster, row.clusters > 1, of == RowsOf::ClustersWide);
    line.insert(line.end(), {restart.restart, restart.floor});
    cells.push_back(std::move(line));
  }
  const int room =
      of == RowsOf::ClustersWide ? std::numeric_limits<int>::max() : room_beside(cells, screen);
  cells.front().push_back({"risk"});
  for (std::size_t i = 0; i < rows.size(); ++i)
    cells[i + 1].push_back(risk_cell(*rows[i].cluster, spread, room));
  return cells;
}

std::string summary_table(const std::vector<SummaryRow>& rows, RowsOf of, const Screen& screen) {
  const std::vector<std::size_t> counts = {1};  // of a group's clusters
  std::vector<std::vector<Cell>> cells = summary_cells(rows, of, screen);
  for (Cell& title : cells.front()) title.text = upper(std::move(title.text));
  return table(cells, of == RowsOf::Groups ? counts : std::vector<std::size_t>{}, screen);
}

}  // namespace asmgw
