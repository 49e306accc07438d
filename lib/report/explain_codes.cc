// Every code in one table; one code with its reason, an example and the way out.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "report/explain.h"
#include "report/explain_cells.h"

namespace asmgw {
namespace {

constexpr std::array<std::string_view, 5> kWhere = {"diff", "input", "config", "read", "apply"};
constexpr int kCodeColumns = 21;  // a longer name takes its room from SEVERITY

std::size_t rank(std::string_view where) {
  return static_cast<std::size_t>(std::find(kWhere.begin(), kWhere.end(), where) - kWhere.begin());
}

/// The gravest first; a refusal is the program's own answer and comes after what went wrong.
int rank(Severity severity) {
  return severity == Severity::Error     ? -2
         : severity == Severity::Refused ? -1
                                         : 9 - static_cast<int>(severity);
}

std::string_view found(std::string_view where) {
  if (where == "diff") return "found by comparing with a cluster";
  if (where == "input") return "found by reading the manifest";
  if (where == "config") return "found in flags, config file or kubeconfig";
  if (where == "read") return "found by asking a cluster";
  return "found while applying";
}

}  // namespace

std::vector<PlacedCode> in_order(std::span<const PlacedCode> codes) {
  std::vector<PlacedCode> sorted(codes.begin(), codes.end());
  std::sort(sorted.begin(), sorted.end(), [](const PlacedCode& a, const PlacedCode& b) {
    return std::make_tuple(rank(a.where), rank(a.code->severity), a.code->name) <
           std::make_tuple(rank(b.where), rank(b.code->severity), b.code->name);
  });
  return sorted;
}

std::string codes_text(std::span<const PlacedCode> codes, const Screen& screen) {
  std::vector<std::vector<Cell>> rows = {{{"CODE", Paint::Dim},
                                          {"SEVERITY", Paint::Dim},
                                          {"WHERE", Paint::Dim},
                                          {"MEANS", Paint::Dim}}};
  for (const PlacedCode& row : in_order(codes)) {
    rows.push_back({{std::string(row.code->name)},
                    {std::string(word(row.code->severity)), paint_of(row.code->severity)},
                    {std::string(row.where)},
                    {std::string(row.code->means)}});
  }
  std::vector<int> widths = {kCodeColumns, 0, 0, 0};
  for (const std::vector<Cell>& row : rows) {
    for (std::size_t i = 1; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], columns(row[i].text));
    }
  }
  return marks(spread_rows(rows, widths, screen) +
                   paint("kubectl asmgw explain lb-deleted", Paint::Command, screen) +
                   "      reason, source, example, what to do\n",
               screen);
}

std::string code_text(const PlacedCode& row, const Screen& screen) {
  const Code& code = *row.code;
  constexpr int kIndent = 2, kColumn = 12;
  std::string text = fmt::format("{}  {}  {}\n  {}\n\n", paint(code.name, Paint::Bold, screen),
                                 paint(word(code.severity), paint_of(code.severity), screen),
                                 found(row.where), code.means);
  text += labelled_line("why", code.why, kIndent, kColumn, screen);
  text += labelled_line("example", code.example, kIndent, kColumn, screen);
  text += labelled_line("what to do", code.what_to_do, kIndent, kColumn, screen);
  return marks(text, screen);
}

}  // namespace asmgw
