#include "report/findings.h"

#include <fmt/format.h>

#include <algorithm>

namespace asmgw {
namespace {

std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (;;) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string headline(const Finding& finding, const Screen& screen) {
  return fmt::format(
      "{} {} {}",
      paint(fmt::format("{}:", word(finding.severity)), paint_of(finding.severity), screen),
      harmless(finding.message),
      paint(fmt::format("[{}]", finding.code->name), Paint::Dim, screen));
}

/// As `headline`, broken where it is longer than the screen.
std::string indented_headline(const Finding& finding, int indent, const Screen& screen) {
  const std::string label = fmt::format("{}:", word(finding.severity));
  const std::string code = fmt::format("[{}]", finding.code->name);
  const int begin = indent + columns(label) + 1;
  std::vector<std::string> lines =
      wrap(harmless(finding.message) + " " + code, screen.width - begin);
  std::string& last = lines.back();
  last = last.substr(0, last.size() - code.size()) + paint(code, Paint::Dim, screen);
  std::string text = spaces(indent) + paint(label, paint_of(finding.severity), screen) + " ";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += (i == 0 ? "" : spaces(begin)) + lines[i] + "\n";
  }
  return text;
}

/// `label: text`, further lines below the text's begin; long ones are broken.
std::string labelled(std::string_view label, std::string_view text, int indent,
                     const Screen& screen, Paint how = Paint::Plain) {
  std::string result;
  const int begin = indent + static_cast<int>(label.size()) + 1;
  bool is_first = true;
  for (const std::string& line : lines_of(text)) {
    const std::vector<std::string> pieces =
        line.starts_with(' ') ? std::vector<std::string>{line} : wrap(line, screen.width - begin);
    for (const std::string& piece : pieces) {
      result += is_first ? spaces(indent) + std::string(label) + " " : spaces(begin);
      result += paint(piece, how, screen) + "\n";
      is_first = false;
    }
  }
  return result;
}

/// The source line with its number, and a caret below the token.
std::string quoted_line(const Range& at, const Screen& screen) {
  const std::string line = harmless(line_of(*at.source, at.line));
  const int room = screen.width - 8;
  if (columns(line) > 4 * room) return {};  // a file of one line: the position says it all
  const std::string gutter = fmt::format("{:>5}", at.line);
  return fmt::format(
      "{} | {}\n{} | {}{}\n", paint(gutter, Paint::Dim, screen), line,
      spaces(static_cast<int>(gutter.size())), spaces(at.column - 1),
      paint(std::string(static_cast<std::size_t>(std::max(1, at.end_column - at.column)), '^'),
            paint_of(Severity::Error), screen));
}

}  // namespace

std::string finding_text(const Finding& finding, const Screen& screen) {
  if (finding.at) {
    const Range& at = *finding.at;
    std::string text = fmt::format(
        "{} {}\n",
        paint(fmt::format("{}:{}:{}:", at.source->name, at.line, at.column), Paint::Bold, screen),
        headline(finding, screen));
    if (finding.severity == Severity::Note) return marks(text, screen);
    text += quoted_line(at, screen);
    return marks(text + hint_text(finding.hint, 2, screen), screen);
  }
  std::string text = headline(finding, screen) + "\n";
  if (!finding.why.empty()) {
    for (const std::string& line : lines_of(finding.why)) {
      text += line.empty() ? "\n" : "  " + line + "\n";
    }
  }
  if (!finding.server.empty()) text += labelled("server:", harmless(finding.server), 2, screen);
  return marks(text + hint_text(finding.hint, 2, screen), screen);
}

std::string findings_text(const Findings& findings, const Screen& screen) {
  std::string text;
  for (const Finding& finding : findings.all()) text += finding_text(finding, screen);
  return text;
}

std::string indented_finding(const Finding& finding, int indent, const Screen& screen) {
  return marks(indented_headline(finding, indent, screen), screen) +
         finding_details(finding, indent + 2, screen);
}

std::string finding_details(const Finding& finding, int indent, const Screen& screen) {
  std::string text;
  const bool is_loss = finding.code->name == "lb-deleted";  // else it is what the server says
  if (!finding.server.empty()) {
    text += labelled(is_loss ? "what:" : "server:", harmless(finding.server), indent, screen);
  }
  if (finding.at) text += labelled("at:  ", file_line(*finding.at), indent, screen);
  if (!finding.why.empty()) text += labelled("why: ", harmless(finding.why), indent, screen);
  if (!finding.hint.empty()) text += labelled("hint:", finding.hint, indent, screen);
  return marks(text, screen);
}

std::string hint_text(const std::string& hint, int indent, const Screen& screen) {
  return hint.empty() ? "" : labelled("hint:", hint, indent, screen, Paint::Command);
}

std::string findings_count(const Findings& findings) {
  std::string text;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Note}) {
    const auto count =
        std::count_if(findings.all().begin(), findings.all().end(),
                      [&](const Finding& finding) { return finding.severity == severity; });
    if (count == 0) continue;
    text += (text.empty() ? "" : ", ") + counted(count, word(severity));
  }
  return text.empty() ? "no findings" : text;
}

}  // namespace asmgw
