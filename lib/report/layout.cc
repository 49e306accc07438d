#include "report/layout.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"

namespace asmgw {
namespace {

std::string_view escape_of(Paint how) {
  switch (how) {
    case Paint::Plain:
      return "";
    case Paint::Dim:
      return "2";
    case Paint::Bold:
      return "1";
    case Paint::Good:
      return "32";
    case Paint::Changed:
      return "33";
    case Paint::Bad:
      return "1;31";
    case Paint::Unknown:
      return "1;33";
    case Paint::Command:
      return "36";
    case Paint::Place:
      return "2;4";
  }
  ASMGW_BUG("paint out of range");
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kAscii = {
    {{"→", "->"}, {"…", "..."}, {"·", ","}, {"≥", ">="}, {"—", "-"}, {"█", "#"}, {"░", "."}}};

}  // namespace

std::string paint(std::string_view text, Paint how, const Screen& screen) {
  const std::string_view escape = escape_of(how);
  if (!screen.color || escape.empty() || text.empty()) return std::string(text);
  return fmt::format("\033[{}m{}\033[0m", escape, text);
}

Paint paint_of(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return Paint::Dim;
    case Severity::Warning:
      return Paint::Changed;
    case Severity::Disruptive:
      return Paint::Unknown;
    case Severity::Destructive:
    case Severity::Error:
    case Severity::Refused:
      return Paint::Bad;
  }
  ASMGW_BUG("severity out of range");
}

Paint paint_of(Action action) {
  switch (action) {
    case Action::Create:
      return Paint::Good;
    case Action::Update:
    case Action::Handover:
      return Paint::Changed;
    case Action::Unchanged:
      return Paint::Dim;
    case Action::Delete:
    case Action::Conflict:
    case Action::Refused:
      return Paint::Bad;
    case Action::Unknown:
      return Paint::Unknown;
  }
  ASMGW_BUG("action out of range");
}

std::string marks(std::string_view text, const Screen& screen) {
  std::string result(text);
  if (!screen.ascii) return result;
  for (const auto& [mark, plain] : kAscii) {
    for (std::size_t at = result.find(mark); at != std::string::npos; at = result.find(mark, at)) {
      result.replace(at, mark.size(), plain);
      at += plain.size();
    }
  }
  return result;
}

int columns(std::string_view text) {
  int width = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t character = 0;
    const utf8proc_ssize_t used = utf8proc_iterate(bytes, left, &character);
    if (used <= 0) {  // not UTF-8: a replacement character will stand for the byte
      ++width, ++bytes, --left;
      continue;
    }
    width += utf8proc_charwidth(character);
    bytes += used;
    left -= used;
  }
  return width;
}

std::string pad(std::string_view text, int width) {
  const int missing = width - columns(text);
  return std::string(text) + std::string(static_cast<std::size_t>(std::max(0, missing)), ' ');
}

std::vector<std::string> wrap(std::string_view text, int width) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (!line.empty() && columns(line) + 1 + columns(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    line += (line.empty() ? "" : " ") + std::string(word);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string hanging(std::string_view text, int indent, const Screen& screen, Paint how) {
  std::string lines;
  for (const std::string& line : wrap(text, screen.width - indent)) {
    lines += std::string(lines.empty() ? 0 : static_cast<std::size_t>(indent), ' ') +
             paint(line, how, screen) + "\n";
  }
  return lines;
}

std::string join_and(const std::vector<std::string>& words, std::size_t most) {
  const std::size_t shown = std::min(words.size(), most);
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    text += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  }
  return text + (words.size() > shown ? fmt::format(" and {} more", words.size() - shown) : "");
}

std::string table(const std::vector<std::vector<Cell>>& rows, const std::vector<std::size_t>& right,
                  const Screen& screen) {
  std::vector<int> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], columns(row[i].text));
    }
  }
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      const Cell& cell = rows[r][i];
      const std::string gap(static_cast<std::size_t>(std::max(0, widths[i] - columns(cell.text))),
                            ' ');
      const bool is_right = std::find(right.begin(), right.end(), i) != right.end();
      const bool is_last = i + 1 == rows[r].size();
      const std::string shown = paint(cell.text, r == 0 ? Paint::Dim : cell.paint, screen);
      text += is_right ? gap + shown : shown + (is_last ? "" : gap);
      text += is_last ? "\n" : "  ";
    }
  }
  return text;
}

std::string short_kind(const std::string& kind) {
  return kind == "HorizontalPodAutoscaler" ? "HPA" : kind;
}

std::string counted(std::int64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string short_id(const std::string& id, const std::vector<std::string>& all) {
  constexpr std::size_t kMany = 12, kLeast = 6;
  const std::size_t longest = all.size() > kMany ? 8 : 14;
  if (all.empty() || id.size() <= longest) return id;
  std::size_t length = kLeast;
  for (const std::string& other : all) {
    if (other == id) continue;
    const auto [end, unused] = std::mismatch(id.begin(), id.end(), other.begin(), other.end());
    length = std::max(length, static_cast<std::size_t>(end - id.begin()) + 1);
  }
  return length >= id.size() ? id : id.substr(0, length) + "…";
}

}  // namespace asmgw
