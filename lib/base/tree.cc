#include "base/tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <string_view>

#include "base/codes.h"
#include "base/tree_builder.h"
#include "base/yaml_text.h"

namespace asmgw {
namespace {

TreeTag tag_of(std::string_view tag) {
  constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  if (tag == "?") return TreeTag::None;
  if (!tag.starts_with(kPrefix)) return TreeTag::Text;
  tag.remove_prefix(kPrefix.size());
  if (tag == "int") return TreeTag::Int;
  if (tag == "float") return TreeTag::Float;
  if (tag == "bool") return TreeTag::Bool;
  if (tag == "null") return TreeTag::Null;
  if (tag == "merge") return TreeTag::None;
  return tag == "binary" ? TreeTag::Binary : TreeTag::Text;
}

/// yaml-cpp 0.7 writes the escapes \N and \_ as one byte, which is no UTF-8. All other text is
/// valid, so a continuation byte without a beginning is one of these.
std::string repaired(const std::string& text) {
  std::string result;
  std::size_t expected = 0;  // continuation bytes
  for (const char byte : text) {
    const auto bits = static_cast<unsigned char>(byte);
    if (expected == 0 && (bits == 0x85 || bits == 0xA0)) {
      append_utf8(result, bits);
      continue;
    }
    result += byte;
    if (bits < 0x80) continue;
    expected = bits >= 0xF0 ? 3 : bits >= 0xE0 ? 2 : bits >= 0xC0 ? 1 : expected - 1;
  }
  return result;
}

/// Writes down the events of one document, with places, and refuses what yaml-cpp lets pass.
class Recorder : public YAML::EventHandler {
 public:
  struct Open {
    bool is_sequence = false;
    bool is_flow = false;
    Range at = {};
    char bracket = '\0';  ///< `{`, `[`, or none: a block
  };

  explicit Recorder(YamlText& text) : text_(text) {}

  const std::vector<TreeEvent>& events() const { return events_; }
  const std::optional<Finding>& problem() const { return problem_; }

  /// The innermost `{` or `[` that is still open, or nullptr.
  const Open* open_bracket() const {
    const auto open = std::find_if(open_.rbegin(), open_.rend(),
                                   [](const Open& entry) { return entry.bracket != '\0'; });
    return open == open_.rend() ? nullptr : &*open;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    events_.clear();
    open_.clear();
    const std::size_t offset = begin_of(mark);
    refuse_directive(offset);
    // Where yaml-cpp cannot go on it begins a further document, in the worst case for ever.
    const bool marked = text_.text().substr(offset).starts_with("---") ||
                        text_.line_before(offset).starts_with("...");
    if (begun_ && (!marked || *begun_ == offset)) {
      fail(text_.range(text_.token_at(offset, false)), "this does not belong to the value above it",
           "check its indentation; a further document begins with a line ---");
    }
    begun_ = offset;
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    TreeEvent& event = add(TreeEvent::Kind::Null, mark, "?", anchor);
    const Token token = text_.token_at(text_.skip_properties(begin_of(mark), true), in_flow());
    const std::string_view word = text_.text().substr(token.begin, token.end - token.begin);
    event.absent = word != "~" && word != "null" && word != "Null" && word != "NULL";
    if (!event.absent) {
      event.at = text_.range(token);
    } else if (!open_.empty() && open_.back().is_sequence) {
      if (in_flow()) return fail(event.at, "a value is missing here", "remove one of the commas");
      event.at = text_.range(text_.find_empty_item(begin_of(mark)));
    }
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(TreeEvent::Kind::Alias, mark, "?", anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    TreeEvent& event = add(TreeEvent::Kind::Scalar, mark, tag, anchor);
    // Behind the tag of an empty scalar comes something else, unless it is on the same line.
    const Token token =
        text_.token_at(text_.skip_properties(begin_of(mark), value.empty()), in_flow());
    const char first = token.begin < token.end ? text_.text()[token.begin] : '\0';
    event.is_block = !in_flow() && (first == '|' || first == '>');
    event.quoted = event.is_block || first == '"' || first == '\'';
    if (event.quoted || !value.empty()) event.at = text_.range(token);
    event.text = repaired(value);
    event.is_behind_question = !in_flow() && text_.is_behind(begin_of(mark), '?');
    if (!token.closed)
      fail(event.at, "this quote is never closed", "close it, or double it inside");
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(TreeEvent::Kind::Sequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(TreeEvent::Kind::Mapping, mark, tag, anchor, style);
  }
  void OnMapEnd() override { end(); }

  /// yaml-cpp drops a line that begins with % before a document, and at the end.
  void refuse_directive(std::size_t offset) {
    const std::string_view line = text_.line_before(offset);
    if (!line.starts_with('%') || line.starts_with("%YAML ") || line.starts_with("%TAG ")) return;
    const auto begin = static_cast<std::size_t>(line.data() - text_.text().data());
    fail(text_.range(Token{begin, begin + line.size()}), "there is no such directive",
         "a text that begins with % needs quotes");
  }

  static std::size_t offset_of(const YAML::Mark& mark) {
    return mark.is_null() ? std::string_view::npos : static_cast<std::size_t>(mark.pos);
  }

 private:
  std::size_t begin_of(const YAML::Mark& mark) const {
    return std::min(offset_of(mark), text_.text().size());
  }

  bool in_flow() const { return !open_.empty() && open_.back().is_flow; }

  void fail(const Range& at, std::string message, std::string hint) {
    if (!problem_) problem_ = finding(kSyntax, at, std::move(message), std::move(hint));
  }

  /// `at` is the token at the mark, be it an anchor or a tag.
  TreeEvent& add(TreeEvent::Kind kind, const YAML::Mark& mark, const std::string& tag,
                 YAML::anchor_t anchor) {
    TreeEvent& event = events_.emplace_back();
    event.kind = kind;
    const std::size_t offset = begin_of(mark);
    event.begin = text_.range(text_.token_at(offset, in_flow()));
    event.at = event.begin;
    event.tag = tag_of(tag);
    event.anchor = anchor;
    event.in_flow = in_flow();
    return event;
  }

  void start(TreeEvent::Kind kind, const YAML::Mark& mark, const std::string& tag,
             YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    TreeEvent& event = add(kind, mark, tag, anchor);
    Open open;
    open.is_sequence = kind == TreeEvent::Kind::Sequence;
    open.is_flow = in_flow() || style == YAML::EmitterStyle::Flow;
    const std::size_t begin = text_.skip_properties(begin_of(mark), false);
    event.at = text_.range(text_.token_at(begin, open.is_flow));
    open.at = event.at;
    const char first = begin < text_.text().size() ? text_.text()[begin] : '\0';
    if (open.is_flow && (first == '{' || first == '[')) open.bracket = first;
    event.is_block = !open.is_flow;
    open_.push_back(open);
  }

  void end() {
    TreeEvent& event = events_.emplace_back();
    event.kind = TreeEvent::Kind::End;
    event.at = open_.back().at;
    open_.pop_back();
  }

  YamlText& text_;
  std::vector<TreeEvent> events_;
  std::vector<Open> open_;
  std::optional<Finding> problem_;
  std::optional<std::size_t> begun_;  // where the last document began
};

struct Saying {
  std::string_view theirs;  ///< how yaml-cpp's message begins
  std::string_view ours;
  std::string_view hint;
};
constexpr std::array kSayings = {
    Saying{"illegal map value", "a \":\" cannot stand here",
           "check the indentation; a text with \": \" in it needs quotes"},
    Saying{"illegal map key", "a \"?\" cannot stand here",
           "a text that begins with it needs quotes"},
    Saying{"illegal block entry", "a \"-\" cannot stand here",
           "begin the list on a line of its own"},
    Saying{"illegal flow end", "this bracket closes nothing",
           "remove it, or put the text in quotes"},
    Saying{"illegal tab", "a tab stands in the indentation",
           "YAML does not allow tabs for indentation"},
    Saying{"end of map not found", "this does not fit the mapping above it",
           "check its indentation, and the quotes before it"},
    Saying{"end of sequence not found", "this does not fit the list above it",
           "check its indentation, and the quotes before it"},
    Saying{"end of map flow not found", "expected \",\" or \"}\"", ""},
    Saying{"end of sequence flow not found", "expected \",\" or \"]\"", ""},
    Saying{"unknown token", "a text cannot begin with this character", "put it in quotes"},
    Saying{"unknown escape character", "there is no such escape",
           "double the backslash, or use single quotes"},
    Saying{"bad character found while scanning hex", "this escape needs hexadecimal digits",
           "double the backslash, or use single quotes"},
    Saying{"invalid unicode", "this escape is no character", "write the character itself"},
    Saying{"illegal EOF in scalar", "a quote before this is never closed",
           "close it, or double it inside"},
    Saying{"illegal document indicator in scalar", "a quote before this is never closed",
           "close it, or double it inside"},
    Saying{"the referenced anchor is not defined", "no anchor has this name",
           "define it above with &, or put the text in quotes"},
};

/// The tab in the indentation of the line, or npos.
std::size_t tab_before(std::string_view text, std::size_t offset) {
  const std::size_t begin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
  const std::size_t end = text.find_first_not_of(" \t", begin);
  const std::size_t tab = text.find('\t', begin);
  return tab < std::min(end, text.size()) ? tab : std::string_view::npos;
}

Finding translate(const YAML::Exception& error, const Recorder& recorder, YamlText& text) {
  const std::size_t offset = std::min(Recorder::offset_of(error.mark), text.text().size());
  if (error.msg.starts_with(YAML::ErrorMsg::BAD_FILE)) {  // so it says; its mark is far behind
    return finding(kSyntax, recorder.events().empty() ? text.range(0) : recorder.events().back().at,
                   "nested deeper than 500");
  }
  const Recorder::Open* open = recorder.open_bracket();
  const bool at_end = text.text().find_first_not_of(" \t\r\n", offset) == std::string_view::npos;
  if (open != nullptr && at_end)
    return finding(kSyntax, open->at, fmt::format("this \"{}\" is never closed", open->bracket));

  const std::size_t tab = tab_before(text.text(), offset);
  if (open == nullptr && tab != std::string_view::npos) {
    return finding(kSyntax, text.range(tab), "a tab stands in the indentation",
                   "YAML does not allow tabs for indentation");
  }
  const auto saying = std::find_if(kSayings.begin(), kSayings.end(), [&](const Saying& entry) {
    return error.msg.starts_with(entry.theirs);
  });
  if (saying == kSayings.end()) return finding(kSyntax, text.range(offset), error.msg);
  std::string hint(saying->hint);
  if (hint.empty() && open != nullptr)
    hint = fmt::format("the \"{}\" of line {} is still open", open->bracket, open->at.line);
  return finding(kSyntax, text.range(offset), std::string(saying->ours), std::move(hint));
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto member = std::find_if(members.rbegin(), members.rend(),
                                   [&](const auto& entry) { return entry.first.value == key; });
  return member == members.rend() ? nullptr : &member->second;
}

std::vector<Node> parse_yaml(const Source& source, Findings& findings) {
  std::vector<Node> documents;
  std::optional<Finding> problem = find_forbidden_bytes(source);
  if (problem) {
    findings.add(*std::move(problem));
    return documents;
  }
  YamlText text(source);
  Recorder recorder(text);
  std::size_t expanded = 0;
  std::istringstream stream{std::string(text.text())};
  try {
    YAML::Parser parser(stream);
    while (!problem && parser.HandleNextDocument(recorder)) {
      problem = recorder.problem();
      if (problem) break;
      Node root = build_tree(recorder.events(), expanded, problem);
      if (!problem && root.kind != Node::Kind::Null) documents.push_back(std::move(root));
    }
    recorder.refuse_directive(text.text().size());
    if (!problem) problem = recorder.problem();
  } catch (const YAML::Exception& error) {
    problem = recorder.problem() ? recorder.problem() : translate(error, recorder, text);
  }
  if (problem) findings.add(*std::move(problem));
  return documents;
}

}  // namespace asmgw
