#include "base/yaml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/codes.h"

namespace asmgw {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kFlowIndicators = ",[]{}";

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

int count_code_points(std::string_view text) {
  return static_cast<int>(
      std::count_if(text.begin(), text.end(), [](char byte) { return !is_continuation(byte); }));
}

struct Decoded {
  char32_t code_point = 0;
  std::size_t size = 0;  ///< in bytes; 0: no valid UTF-8
};

Decoded decode(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return {};
  char32_t code_point = first & (0xFFU >> (size + 1));
  for (const char byte : text.substr(1, size - 1)) {
    if (!is_continuation(byte)) return {};
    code_point = (code_point << 6U) | (static_cast<unsigned char>(byte) & 0x3FU);
  }
  const bool overlong = (size == 3 && code_point < 0x800) || (size == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (overlong || surrogate || code_point > 0x10FFFF) return {};
  return {code_point, size};
}

/// By the rule of Kubernetes' own reader.
bool is_control(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r' || c == 0x85) return false;
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF;
}

bool ends_a_line(char32_t c) { return c == 0x85 || c == 0x2028 || c == 0x2029; }

/// Does an indicator like `-`, `?` or `:` at `offset` stand alone, so that it is one?
bool stands_alone(std::string_view text, std::size_t offset) {
  return offset + 1 >= text.size() || is_one_of(text[offset + 1], kSpace);
}

}  // namespace

std::optional<Finding> find_bad_utf8(YamlText& yaml) {
  const std::string_view text = yaml.text();
  for (std::size_t at = 0; at < text.size();) {
    const Decoded next = decode(text.substr(at));
    if (next.size == 0) {
      const unsigned byte = static_cast<unsigned char>(text[at]);
      return finding(kSyntax, yaml.range(at), fmt::format("the byte 0x{:02X} is not UTF-8", byte),
                     "save the file as UTF-8");
    }
    at += next.size;
  }
  return std::nullopt;
}

std::optional<Finding> find_forbidden_characters(YamlText& yaml, const Token& document) {
  const std::string_view text = yaml.text().substr(0, document.end);
  const auto forbidden = [&](std::size_t at, std::string message, std::string hint) {
    return finding(kSyntax, yaml.range(at), std::move(message), std::move(hint));
  };
  for (std::size_t at = document.begin; at < text.size();) {
    const Decoded next = decode(text.substr(at));
    const auto code_point = static_cast<unsigned>(next.code_point);
    if (is_control(next.code_point)) {
      return forbidden(at, fmt::format("the control character U+{:04X} is not allowed", code_point),
                       "in double quotes, write it as an escape");
    }
    if (ends_a_line(next.code_point)) {
      return forbidden(at,
                       fmt::format("U+{:04X} ends a line in YAML, but hardly looks so", code_point),
                       "in double quotes, write it as an escape");
    }
    if (next.code_point == 0xFEFF && at > document.begin && text[at - 1] == '\n') {
      return forbidden(at, "a byte order mark stands within the text",
                       "remove it; joining files leaves it behind");
    }
    if (next.code_point == '\r' && (at + 1 == text.size() || text[at + 1] != '\n')) {
      return forbidden(at, "a carriage return without a line feed",
                       "save the file with the line ends of Unix or Windows");
    }
    at += next.size;
  }
  return std::nullopt;
}

YamlText::YamlText(const Source& source) : source_(source), text_(source.text) {
  if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
}

Token YamlText::token_at(std::size_t offset, bool in_flow) {
  if (offset >= text_.size()) return {text_.size(), text_.size()};
  switch (text_[offset]) {
    case '"':
    case '\'':
      return quoted(offset);
    case '[':
    case ']':
    case '{':
    case '}':
    case ',':
      return {offset, offset + 1};
    case '-':
    case '?':
    case ':':
      if (stands_alone(text_, offset)) return {offset, offset + 1};
      break;
    case '|':
    case '>':
      return {offset, std::min(text_.find_first_not_of("+-0123456789", offset + 1), text_.size())};
    case '*': {
      const std::size_t end = text_.find_first_of(" \t\r\n,[]{}", offset);
      return {offset, std::min(end, text_.size())};
    }
    default:
      break;
  }
  return {offset, plain_end(offset, in_flow)};
}

std::size_t YamlText::skip_properties(std::size_t offset, bool only_this_line) {
  while (offset < text_.size() && is_one_of(text_[offset], "&!")) {
    const bool verbatim = text_.substr(offset).starts_with("!<");
    const std::size_t end = text_.find_first_of(verbatim ? ">" : " \t\r\n,[]{}", offset);
    if (end == std::string_view::npos) return text_.size();
    offset = skip_space(verbatim ? end + 1 : end, only_this_line);
  }
  return offset;
}

Range YamlText::range(const Token& token) {
  std::size_t begin = token.begin;
  if (begin >= text_.size()) begin = text_.find_last_not_of(kSpace) + 1;  // 0 if all is space
  seek(begin);
  const std::size_t end = std::max(begin, std::min(token.end, text_.size()));
  const int width = std::max(1, count_code_points(text_.substr(begin, end - begin)));
  return {&source_, line_, column_, column_ + width};
}

void YamlText::seek(std::size_t offset) {
  if (offset < offset_) {
    const std::size_t line_start = offset == 0 ? 0 : text_.rfind('\n', offset - 1) + 1;
    const std::string_view back = text_.substr(line_start, offset_ - line_start);
    line_ -= static_cast<int>(std::count(back.begin(), back.end(), '\n'));
    column_ = 1;
    offset_ = line_start;
  }
  for (; offset_ < offset; ++offset_) {
    if (text_[offset_] == '\n') {
      ++line_;
      column_ = 1;
    } else if (!is_continuation(text_[offset_])) {
      ++column_;
    }
  }
}

std::size_t YamlText::line_end(std::size_t offset) {
  if (offset < line_from_ || offset > line_to_) {
    line_from_ = offset;
    line_to_ = std::min(text_.find('\n', offset), text_.size());
  }
  return line_to_ > offset && text_[line_to_ - 1] == '\r' ? line_to_ - 1 : line_to_;
}

std::size_t YamlText::skip_space(std::size_t offset, bool only_this_line) {
  for (; offset < text_.size(); ++offset) {
    if (text_[offset] == '#' && is_one_of(text_[offset - 1], kSpace)) offset = line_end(offset);
    if (offset == text_.size()) break;
    if (!is_one_of(text_[offset], only_this_line ? kBlanks : kSpace)) break;
  }
  return offset;
}

Token YamlText::quoted(std::size_t begin) {
  const bool is_double = text_[begin] == '"';
  std::size_t at = begin + 1;
  for (; at < text_.size(); ++at) {
    const char c = text_[at];
    if (is_double && c == '\\') {
      ++at;
    } else if (c == text_[begin]) {
      if (is_double || at + 1 == text_.size() || text_[at + 1] != '\'') break;
      ++at;
    }
  }
  const bool closed = at < text_.size();
  return {begin, std::min(closed ? at + 1 : text_.size(), line_end(begin)), closed};
}

std::size_t YamlText::plain_end(std::size_t begin, bool in_flow) {
  const std::size_t last = line_end(begin);
  std::size_t end = begin;  // behind the last byte that is not blank
  for (std::size_t at = begin; at < last; ++at) {
    const char c = text_[at];
    if (in_flow && (is_one_of(c, kFlowIndicators) || c == '?')) break;
    if (c == '#' && at > begin && is_one_of(text_[at - 1], kBlanks)) break;
    if (c == ':') {
      if (stands_alone(text_, at)) break;
      if (in_flow && is_one_of(text_[at + 1], kFlowIndicators)) break;
    }
    if (!is_one_of(c, kBlanks)) end = at + 1;
  }
  return end;
}

}  // namespace asmgw
