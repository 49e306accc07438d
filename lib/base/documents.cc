#include "base/documents.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/codes.h"
#include "base/json_events.h"
#include "base/yaml_events.h"

namespace asmgw {
namespace {

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kSeparator = "---";
constexpr std::size_t kPeeked = 4096;  // bytes that kubectl looks at to know JSON

/// What stands behind the `---` of this line, without space around it.
std::string_view behind_separator(std::string_view line) {
  line.remove_prefix(kSeparator.size());
  const std::size_t begin = std::min(line.find_first_not_of(kSpace), line.size());
  return line.substr(begin, line.find_last_not_of(kSpace) + 1 - begin);
}

}  // namespace

std::optional<std::vector<TreeEvent>> Documents::next(std::optional<Finding>& problem) {
  if (next_is_json()) {
    std::optional<std::vector<TreeEvent>> events = next_json(problem);
    if (events || problem) return events;
  }
  is_yaml_ = true;
  if (at_ >= text_.text().size()) return std::nullopt;
  Token document = cut_yaml(problem);
  if (text_.text().substr(document.begin).starts_with(kByteOrderMark))
    document.begin += kByteOrderMark.size();  // files were joined
  if (!problem) problem = find_forbidden_characters(text_, document);
  if (problem) return std::nullopt;
  std::vector<TreeEvent> events = read_yaml(text_, document, problem);
  if (problem) return std::nullopt;
  return events;
}

bool Documents::next_is_json() const {
  if (is_yaml_) return false;
  if (json_documents_ > 0) return true;
  const std::string_view peeked = text_.text().substr(0, kPeeked);
  const std::size_t first = peeked.find_first_not_of(kSpace);
  return first != std::string_view::npos && peeked[first] == '{';
}

std::optional<std::vector<TreeEvent>> Documents::next_json(std::optional<Finding>& problem) {
  const std::string_view text = text_.text();
  const std::size_t begin = std::min(text.find_first_not_of(kSpace, at_), text.size());
  if (begin == text.size()) {
    at_ = begin;
    return std::nullopt;
  }
  JsonValue value = read_json(text_, begin);
  if (!value.failure) {
    ++json_documents_;
    at_ = value.end;
    return std::move(value.events);
  }
  // two JSON values behind one another are a stream of JSON; before that it may yet be YAML
  if (value.is_json || json_documents_ > 1) {
    problem = std::move(value.failure);
  } else if (json_documents_ == 1) {
    const std::size_t line_end = text.find('\n', at_);
    at_ = line_end < begin ? line_end + 1 : begin;
  }
  return std::nullopt;
}

/// The lines up to the next separator, which is passed over. A separator that nothing stands before
/// belongs to the document behind it.
Token Documents::cut_yaml(std::optional<Finding>& problem) {
  const std::string_view text = text_.text();
  const std::size_t begin = at_;
  while (at_ < text.size()) {
    const std::size_t line_begin = at_;
    const std::size_t line_end = std::min(text.find('\n', at_), text.size());
    at_ = std::min(line_end + 1, text.size());
    const std::string_view line = text.substr(line_begin, line_end - line_begin);
    if (!line.starts_with(kSeparator)) continue;
    const std::string_view behind = behind_separator(line);
    if (behind.empty() || behind.front() == '#') {
      if (line_begin == begin) continue;
      return {begin, line_begin};
    }
    const auto offset = static_cast<std::size_t>(behind.data() - text.data());
    problem = finding(kSyntax, text_.range(Token{offset, offset + behind.size()}),
                      "only a comment may stand in the line of a ---", "begin a line of its own");
    break;
  }
  return {begin, at_};
}

}  // namespace asmgw
