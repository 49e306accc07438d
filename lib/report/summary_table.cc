#include "report/summary_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace asmgw {
namespace {

constexpr std::size_t kMostKinds = 3;

std::vector<std::string> changed_kinds(const std::vector<ClusterChanges>& clusters) {
  std::vector<std::string> kinds;
  for (const ClusterChanges& cluster : clusters) {
    if (!is_read(cluster)) continue;
    for (const ObjectChange& change : cluster.objects) {
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

RestartCells restart_cells(const ClusterChanges& cluster) {
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
    cells.restart = {counted(pods, "pod"), Paint::Changed};
    cells.floor = {std::to_string(floor)};
  }
  return cells;
}

/// Codes by gravity; RESTART and FLOOR say `rolling-restart` already, and the action `conflict`.
Cell risk_cell(const ClusterChanges& cluster, int room) {
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
  std::stable_sort(risks.begin(), risks.end(),
                   [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  std::string text;
  for (std::size_t i = 0; i < risks.size(); ++i) {
    const std::string next = (text.empty() ? "" : " ") + std::string(risks[i]->code->name);
    if (!text.empty() && columns(text) + columns(next) + 3 > room) {
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

}  // namespace

std::string summary_table(const std::vector<ClusterChanges>& clusters,
                          const std::vector<std::string>& all_ids, const Screen& screen) {
  const std::vector<std::string> kinds = changed_kinds(clusters);
  const bool by_kind = !kinds.empty() && kinds.size() <= kMostKinds;
  std::vector<Cell> header = {{"CLUSTER"}};
  if (by_kind) {
    for (const std::string& kind : kinds) header.push_back({upper(short_kind(kind))});
  } else {
    header.push_back({"OBJECTS"});
  }
  header.insert(header.end(), {{"RESTART"}, {"FLOOR"}, {"RISK"}});
  std::vector<std::vector<Cell>> rows = {header};
  for (const ClusterChanges& cluster : clusters) {
    std::vector<Cell> row = {{short_id(cluster.cluster.id, all_ids)}};
    if (by_kind) {
      for (const std::string& kind : kinds) row.push_back(kind_cell(cluster, kind));
    } else {
      row.push_back(objects_cell(cluster));
    }
    const RestartCells restart = restart_cells(cluster);
    row.push_back(restart.restart);
    row.push_back(restart.floor);
    row.push_back(risk_cell(cluster, screen.width - 52));
    rows.push_back(std::move(row));
  }
  return table(rows, {}, screen);
}

}  // namespace asmgw
