#include "base/yaml_events.h"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <functional>
#include <map>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "base/codes.h"
#include "base/yaml_errors.h"

namespace asmgw {
namespace {

using Kind = TreeEvent::Kind;

constexpr std::string_view kMergeTag = "tag:yaml.org,2002:merge";
constexpr std::string_view kNonSpecificTag = "!";

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

TreeTag tag_of(std::string_view tag) {
  constexpr std::string_view kPrefix = "tag:yaml.org,2002:";
  if (tag.empty()) return TreeTag::None;
  if (!tag.starts_with(kPrefix)) return TreeTag::Text;
  tag.remove_prefix(kPrefix.size());
  if (tag == "int") return TreeTag::Int;
  if (tag == "float") return TreeTag::Float;
  if (tag == "bool") return TreeTag::Bool;
  if (tag == "null") return TreeTag::Null;
  if (tag == "binary") return TreeTag::Binary;
  return tag == "timestamp" ? TreeTag::Timestamp : TreeTag::Text;
}

/// libyaml's parser and the event that it gave last.
class Parser {
 public:
  explicit Parser(std::string_view document) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(document.data()),
                                 document.size());
  }
  ~Parser() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  /// The next event; nullptr: see error().
  const yaml_event_t* next() {
    yaml_event_delete(&event_);
    event_ = {};
    if (yaml_parser_parse(&parser_, &event_) != 0) return &event_;
    if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    return nullptr;
  }
  const yaml_parser_t& error() const { return parser_; }

 private:
  yaml_parser_t parser_ = {};
  yaml_event_t event_ = {};
};

class Reader {
 public:
  Reader(YamlText& text, const Token& document)
      : text_(text), document_(document), offset_(document.begin) {}

  std::vector<TreeEvent> read(std::optional<Finding>& problem) {
    std::string document(text_.text().substr(document_.begin, document_.end - document_.begin));
    if (!document.ends_with('\n')) document += '\n';  // as kubectl does
    Parser parser(document);
    while (!problem_) {
      const yaml_event_t* event = parser.next();
      if (event == nullptr) problem_ = explain(parser.error());
      if (event == nullptr || event->type == YAML_STREAM_END_EVENT) break;
      take(*event);
    }
    problem = std::move(problem_);
    return std::move(events_);
  }

 private:
  struct Open {
    bool is_flow = false;
    bool is_block_sequence = false;
    Range at = {};
  };

  /// libyaml counts characters. Cheap for marks that mostly grow.
  std::size_t offset_of(const yaml_mark_t& mark) {
    const std::string_view text = text_.text();
    for (; index_ > mark.index; --index_) {
      do {
        --offset_;
      } while (is_continuation(text[offset_]));
    }
    for (; index_ < mark.index && offset_ < document_.end; ++index_) {
      do {
        ++offset_;
      } while (offset_ < document_.end && is_continuation(text[offset_]));
    }
    return offset_;
  }

  bool in_flow() const { return !open_.empty() && open_.back().is_flow; }

  void fail(const Range& at, std::string message, std::string hint = {}) {
    if (!problem_) problem_ = finding(kSyntax, at, std::move(message), std::move(hint));
  }

  Finding explain(const yaml_parser_t& error) {
    YamlError what;
    what.problem = error.problem == nullptr ? "" : error.problem;
    what.context = error.context == nullptr ? "" : error.context;
    if (error.context != nullptr) what.began = offset_of(error.context_mark);
    what.at = offset_of(error.problem_mark);
    return explain_yaml_error(text_, document_, what);
  }

  void take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT:
        return begin_document(event);
      case YAML_SCALAR_EVENT:
        return add_scalar(event);
      case YAML_ALIAS_EVENT:
        return add_alias(event);
      case YAML_SEQUENCE_START_EVENT: {
        const auto& sequence = event.data.sequence_start;
        const bool is_flow = in_flow() || sequence.style == YAML_FLOW_SEQUENCE_STYLE;
        return start(Kind::Sequence, event.start_mark, sequence.anchor, {is_flow, !is_flow});
      }
      case YAML_MAPPING_START_EVENT: {
        const auto& mapping = event.data.mapping_start;
        const bool is_flow = in_flow() || mapping.style == YAML_FLOW_MAPPING_STYLE;
        return start(Kind::Mapping, event.start_mark, mapping.anchor, {is_flow, false});
      }
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        add(Kind::End, open_.back().at, nullptr);
        return open_.pop_back();
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_STREAM_END_EVENT:
      case YAML_DOCUMENT_END_EVENT:
        return;
    }
  }

  /// Some versions of libyaml go on behind a line `...`; Kubernetes' reader does not.
  void begin_document(const yaml_event_t& event) {
    if (events_.empty()) return;
    YamlError what;
    what.problem = kRest;
    what.at = offset_of(event.start_mark);
    problem_ = explain_yaml_error(text_, document_, what);
  }

  TreeEvent& add(Kind kind, const Range& at, const yaml_char_t* anchor) {
    TreeEvent& event = events_.emplace_back();
    event.kind = kind;
    event.at = at;
    if (anchor != nullptr) {
      event.anchor = ++anchors_seen_;
      anchors_[std::string(text_of(anchor))] = event.anchor;
    }
    return event;
  }

  void start(Kind kind, const yaml_mark_t& mark, const yaml_char_t* anchor, Open open) {
    const std::size_t begin = text_.skip_properties(offset_of(mark), false);
    open.at = text_.range(text_.token_at(begin, open.is_flow));
    add(kind, open.at, anchor);
    open_.push_back(open);
    if (open_.size() > kMaxDepth) fail(open.at, fmt::format("nested deeper than {}", kMaxDepth));
  }

  void add_scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    const bool is_quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
    const bool is_written = is_quoted || scalar.length > 0;
    const std::size_t begin = offset_of(event.start_mark);
    const std::size_t value = text_.skip_properties(begin, !is_written);
    const bool is_absent = !is_written && value == begin;
    const bool is_empty_item = is_absent && !open_.empty() && open_.back().is_block_sequence;
    const Token token = text_.token_at(is_empty_item ? begin - 1 : value, in_flow());  // of its "-"

    TreeEvent& added = add(Kind::Scalar, text_.range(token), scalar.anchor);
    added.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
    added.quoted = is_quoted;
    added.absent = is_absent;
    const std::string_view tag = text_of(scalar.tag);
    added.tag = tag_of(tag);
    const bool may_merge = tag.empty() ? !is_quoted : tag == kNonSpecificTag || tag == kMergeTag;
    added.is_merge_key = may_merge && added.text == "<<";
    const Token raw{value, std::max(value, offset_of(event.end_mark))};
    if (scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) check_escapes(raw);
    if (in_flow() && scalar.style == YAML_PLAIN_SCALAR_STYLE)
      check_flow_scalar({begin, value}, raw);
  }

  // What libyaml has learned since Kubernetes' reader was translated from it is refused.

  void check_escapes(const Token& quoted) {
    const std::string_view text = text_.text().substr(0, quoted.end);
    for (std::size_t at = quoted.begin; (at = text.find('\\', at)) != std::string_view::npos;
         at += 2) {
      if (text.substr(at).starts_with("\\/")) {
        return fail(text_.range(Token{at, at + 2}), "there is no such escape",
                    "a / needs no backslash");
      }
    }
  }

  void check_flow_scalar(const Token& properties, const Token& plain) {
    const std::string_view text = text_.text();
    const std::size_t question = text.substr(0, plain.end).find('?', plain.begin);
    if (question != std::string_view::npos) {
      return fail(text_.range(question), "a \"?\" cannot stand here", "put the text in quotes");
    }
    const std::string_view written = text.substr(0, properties.end).substr(properties.begin);
    const std::size_t tag = written.find_last_of(" \t\r\n") + 1;  // npos + 1 is 0
    if (written.substr(tag).starts_with('!') && text.substr(properties.end).starts_with(',')) {
      fail(text_.range(Token{properties.begin + tag, properties.end}),
           "a tag cannot stand before a comma", "write the value behind it, or put it in quotes");
    }
  }

  void add_alias(const yaml_event_t& event) {
    const Token token = text_.token_at(offset_of(event.start_mark), in_flow());
    TreeEvent& added = add(Kind::Alias, text_.range(token), nullptr);
    const auto anchor = anchors_.find(text_of(event.data.alias.anchor));
    if (anchor == anchors_.end()) {
      return fail(added.at, "no anchor has this name",
                  "define it above with &, or put the text in quotes");
    }
    added.anchor = anchor->second;
  }

  YamlText& text_;
  const Token document_;
  std::size_t offset_;     // two names of one place: the byte,
  std::size_t index_ = 0;  // and the characters before it
  std::vector<Open> open_;
  std::size_t anchors_seen_ = 0;
  std::map<std::string, std::size_t, std::less<>> anchors_;
  std::vector<TreeEvent> events_;
  std::optional<Finding> problem_;
};

}  // namespace

std::vector<TreeEvent> read_yaml(YamlText& text, const Token& document,
                                 std::optional<Finding>& problem) {
  return Reader(text, document).read(problem);
}

}  // namespace asmgw
