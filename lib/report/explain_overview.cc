// The overview: every field of the spec, one row each; where a row cannot hold it, a rule says how.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/error.h"
#include "report/explain.h"
#include "report/explain_cells.h"

namespace asmgw {
namespace {

constexpr int kDefaultColumns = 12;  // a longer default is a footnote

struct Row {
  std::string name, type, otherwise, override, restart;
};

/// A heading and its rows.
struct Group {
  std::string_view heading;
  std::vector<Row> rows;
};

struct Overview {
  std::vector<Group> groups;
  std::vector<std::string> legacy;     ///< names
  std::vector<std::string> footnotes;  ///< of `**`, `***` …
};

std::string override_cell(const FieldPlace& place) {
  switch (overridable_of(place)) {
    case Overridable::No:
      return "-";
    case Overridable::Yes:
      return "yes";
    case Overridable::FromAsm116:
      return "1.16";
  }
  ASMGW_BUG("overridable out of range");
}

std::string restart_cell(const FieldPlace& place) {
  if (place.chain.front()->doc.names_clusters) return "-";
  switch (restarts_of(place)) {
    case Restarts::No:
      return "no";
    case Restarts::Listed:
      return "yes";
    case Restarts::Inferred:
      return "yes *";
    case Restarts::UntilAsm116:
      return "until 1.16";
  }
  ASMGW_BUG("restarts out of range");
}

std::int64_t fields_in(const FieldView& field) {
  std::int64_t count = 0;
  for (const FieldView& member : field.members) count += 1 + fields_in(member);
  return count;
}

bool has_members(const FieldView& field) { return !field.members.empty(); }

/// An object of ours that goes deeper than a row can tell says how many fields it has.
std::string type_cell(const FieldView& field) {
  const bool is_deep = field.type.form == FieldForm::Object && field.type.kubernetes == nullptr &&
                       std::any_of(field.members.begin(), field.members.end(), has_members);
  return is_deep ? fmt::format("{} fields", fields_in(field)) : type_text(field);
}

/// One row, or one per member? An object of ours without a default as a whole is shown by its
/// members, unless these have members again.
bool is_shown_by_member(const FieldPlace& place) {
  const FieldView& field = *place.chain.back();
  return field.type.form == FieldForm::Object && field.type.kubernetes == nullptr &&
         default_json(place).is_null() &&
         std::none_of(field.members.begin(), field.members.end(), has_members);
}

Row row_of(const FieldPlace& place, std::vector<std::string>& footnotes) {
  Row row{place.path, type_cell(*place.chain.back()), default_text(place), override_cell(place),
          restart_cell(place)};
  if (columns(row.otherwise) <= kDefaultColumns) return row;
  footnotes.push_back(row.otherwise);
  row.otherwise = std::string(footnotes.size() + 1, '*');
  return row;
}

/// A minimum and its maximum that are alike in all else share a row.
bool share_row(const Row& first, const Row& second) {
  const auto facts = [](const Row& row) {
    return std::tie(row.type, row.otherwise, row.override, row.restart);
  };
  return first.name.starts_with("min") && second.name.starts_with("max") &&
         first.name.substr(3) == second.name.substr(3) && facts(first) == facts(second);
}

Overview make_overview(const std::vector<FieldView>& spec) {
  Overview overview;
  for (const FieldPlace& place : places_of(spec)) {
    const FieldView& top = *place.chain.front();
    const bool is_by_member = is_shown_by_member({std::string(top.name), {&top}});
    if (place.chain.size() > 2 || (place.chain.size() == 2) != is_by_member) continue;
    if (top.doc.group == kLegacyGroup) {
      const bool is_inferred = restarts_of(place) == Restarts::Inferred;
      overview.legacy.push_back(place.path + (is_inferred ? " *" : ""));
      continue;
    }
    if (overview.groups.empty() || overview.groups.back().heading != top.doc.group) {
      overview.groups.push_back({top.doc.group, {}});
    }
    std::vector<Row>& rows = overview.groups.back().rows;
    Row row = row_of(place, overview.footnotes);
    if (!rows.empty() && share_row(rows.back(), row)) {
      rows.back().name += ", " + row.name;
    } else {
      rows.push_back(std::move(row));
    }
  }
  return overview;
}

std::vector<Cell> cells_of(const Row& row) {
  const auto faint = [](const std::string& text) {
    return Cell{text, text == "-" ? Paint::Dim : Paint::Plain};
  };
  return {{row.name}, {row.type}, {row.otherwise}, faint(row.override), faint(row.restart)};
}

/// As wide as their longest cell; the first as the longest name that is not a member's.
std::vector<int> widths_of(const Overview& overview, const Row& header) {
  std::vector<int> widths;
  for (const Cell& cell : cells_of(header)) widths.push_back(columns(cell.text));
  for (const Group& group : overview.groups) {
    for (const Row& row : group.rows) {
      if (row.name.find('.') != std::string::npos) continue;
      const std::vector<Cell> cells = cells_of(row);
      for (std::size_t i = 0; i < cells.size(); ++i) {
        widths[i] = std::max(widths[i], columns(cells[i].text));
      }
    }
  }
  return widths;
}

std::string legend(const Overview& overview) {
  std::string text =
      "1.16     from ASM v1.16; \"until 1.16\": restarts only before it\n"
      "*        not on the vendor's list; follows from our pod template\n";
  for (std::size_t i = 0; i < overview.footnotes.size(); ++i) {
    text += pad(std::string(i + 2, '*'), 9) + overview.footnotes[i] + "\n";
  }
  return text;
}

}  // namespace

std::string overview_text(const std::vector<FieldView>& spec, const Screen& screen) {
  const Overview overview = make_overview(spec);
  const Row header{"FIELD", "TYPE", "DEFAULT", "OVERRIDE", "RESTART"};
  const std::vector<int> widths = widths_of(overview, header);
  std::string text =
      fmt::format("{}     {}\n\n", paint("IstioGateway.spec", Paint::Bold, screen),
                  paint("kubectl asmgw explain FIELD for one of them", Paint::Command, screen));
  std::vector<Cell> head = cells_of(header);
  for (Cell& cell : head) cell.paint = Paint::Dim;
  text += spread_rows({head}, widths, screen);
  for (const Group& group : overview.groups) {
    if (!group.heading.empty()) text += "\n";
    if (group.rows.size() > 1 && !group.heading.empty()) {
      text += paint(group.heading, Paint::Bold, screen) + "\n";
    }
    std::vector<std::vector<Cell>> rows;
    for (const Row& row : group.rows) rows.push_back(cells_of(row));
    text += spread_rows(rows, widths, screen);
  }
  const std::string legacy = fmt::format("{}: {}.  See also: explain annotations", kLegacyGroup,
                                         fmt::join(overview.legacy, ", "));
  text += hanging(legacy, 0, screen);
  return text + "\n" + legend(overview);
}

}  // namespace asmgw
