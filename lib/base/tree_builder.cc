#include "base/tree_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/codes.h"
#include "base/json.h"
#include "base/scalar.h"

namespace asmgw {
namespace {

using Kind = TreeEvent::Kind;

constexpr int kMaxDepth = 500;                   // as yaml-cpp's own, which aliases escape
constexpr std::size_t kMaxExpanded = 1'000'000;  // nodes that aliases add, in one text

/// Is this plain value what the tag asks for?
bool fits(const Json& value, TreeTag tag) {
  switch (tag) {
    case TreeTag::Int:
      return value.is_number_integer();
    case TreeTag::Float:
      return value.is_number();
    case TreeTag::Bool:
      return value.is_boolean();
    case TreeTag::Null:
      return value.is_null();
    case TreeTag::Binary:
      return false;
    case TreeTag::None:
    case TreeTag::Text:
      return true;
  }
  return true;
}

std::string_view name_of(TreeTag tag) {
  switch (tag) {
    case TreeTag::Int:
      return "!!int";
    case TreeTag::Float:
      return "!!float";
    case TreeTag::Bool:
      return "!!bool";
    case TreeTag::Null:
      return "!!null";
    case TreeTag::Binary:
      return "!!binary";
    case TreeTag::None:
    case TreeTag::Text:
      return "!!str";
  }
  return "";
}

class Builder {
 public:
  Builder(const std::vector<TreeEvent>& events, std::size_t& expanded,
          std::optional<Finding>& problem)
      : events_(events), expanded_(expanded), problem_(problem) {
    for (std::size_t i = 0; i < events.size(); ++i)
      if (events[i].anchor != 0 && events[i].kind != Kind::Alias) anchors_[events[i].anchor] = i;
  }

  /// The node whose events come next. Recursive; `depth` is bounded.
  Node node(int depth) {
    const TreeEvent& event = events_[next_++];
    if (expanding_ > 0 && ++expanded_ > kMaxExpanded)
      return fail(event.at, "aliases expand to too much", "write the values out");
    if (depth > kMaxDepth) return fail(event.at, fmt::format("nested deeper than {}", kMaxDepth));
    if (event.kind == Kind::Alias) return alias(event, depth);
    if (event.kind == Kind::Scalar) return scalar(event);
    Node result;
    result.at = event.at;
    if (event.kind == Kind::Null) return result;

    open_.insert(event.anchor);
    const bool is_mapping = event.kind == Kind::Mapping;
    result.kind = is_mapping ? Node::Kind::Mapping : Node::Kind::Sequence;
    std::vector<Node> merges;
    while (!problem_ && events_[next_].kind != Kind::End) {
      if (is_mapping) {
        member(result, merges, depth);
      } else {
        result.items.push_back(node(depth + 1));
      }
    }
    ++next_;
    open_.erase(event.anchor);
    if (!problem_ && !merges.empty()) apply(merges, result);
    return result;
  }

 private:
  Node fail(const Range& at, std::string message, std::string hint = {}) {
    if (!problem_) problem_ = finding(kSyntax, at, std::move(message), std::move(hint));
    return {};
  }

  Node alias(const TreeEvent& event, int depth) {
    if (open_.contains(event.anchor)) return fail(event.at, "this alias stands within its anchor");
    const std::size_t after = next_;
    next_ = anchors_.at(event.anchor);
    ++expanding_;
    Node result = node(depth);
    --expanding_;
    next_ = after;
    result.at = event.at;  // here it is used; what is below keeps its place at the anchor
    return result;
  }

  Node scalar(const TreeEvent& event) {
    Node result;
    result.kind = Node::Kind::Scalar;
    result.at = event.at;
    result.text = event.text;
    result.plain = event.tag == TreeTag::None ? !event.quoted : event.tag != TreeTag::Text;
    if (!result.plain) return result;
    const Json value = plain_value(event.text);
    if (event.tag == TreeTag::Binary)
      return fail(event.at, "the tag !!binary is not supported", "write the text itself");
    if (!fits(value, event.tag))
      return fail(event.at, fmt::format("{} is no {}", dump(event.text), name_of(event.tag)));
    if (value.is_number_float() && !std::isfinite(value.get<double>())) {
      return fail(event.at, fmt::format("Kubernetes has no number {}", event.text),
                  "put it in quotes if it is a text");
    }
    if (value.is_null()) result = Node{.at = event.at};
    return result;
  }

  /// A key and its value; merge keys go to `merges`.
  void member(Node& mapping, std::vector<Node>& merges, int depth) {
    const TreeEvent& written = events_[next_];
    const TreeEvent& key =
        written.kind == Kind::Alias ? events_[anchors_.at(written.anchor)] : written;
    if (key.kind != Kind::Scalar) {
      refuse_key(key, written.at);
      return;
    }
    ++next_;
    const TreeEvent& value = events_[next_];
    if (!written.in_flow && !written.is_behind_question) check_layout(written, key, value);
    if (problem_) return;
    const bool is_plain = !key.quoted && key.tag != TreeTag::Text;
    Node child = node(depth + 1);
    if (value.kind == Kind::Null && value.absent) child.at = written.at;
    if (is_plain && key.text == "<<") {
      merges.push_back(std::move(child));
      return;
    }
    std::string name = is_plain ? key_name(key.text) : key.text;
    mapping.members.emplace_back(Located<std::string>{std::move(name), written.at},
                                 std::move(child));
  }

  /// What yaml-cpp lets pass in a block, and Kubernetes' reader refuses.
  void check_layout(const TreeEvent& written, const TreeEvent& key, const TreeEvent& value) {
    if (value.kind == Kind::Null && value.absent) {
      if (value.begin != written.begin) return;
      // it takes a lone word for a key, and says of the value that it is where the key is
      fail(written.at, fmt::format("expected \":\" after {}", dump(key.text)),
           key.text.find(':') == std::string::npos ? "" : "a \":\" needs a space behind it");
    } else if (!value.is_block && value.begin.line > written.begin.line &&
               value.begin.column <= written.begin.column) {
      fail(value.at, fmt::format("this stands no deeper than its key {}", dump(key.text)),
           "indent it, or write it behind the key");
    }
  }

  void refuse_key(const TreeEvent& key, const Range& at) {
    if (key.kind != Kind::Null) {
      fail(at, "a key must be a text, not a list or a mapping",
           "a text that begins with { or [ needs quotes; a template must be rendered first");
    } else if (key.absent) {
      fail(at, "a key is missing here");
    } else {
      fail(at, "null cannot be a key", "put it in quotes");
    }
  }

  /// Adds the members of what `<<` names: the mapping's own win, then the later `<<`, then the
  /// earlier mapping of its list.
  void apply(std::vector<Node>& merges, Node& mapping) {
    std::set<std::string, std::less<>> present;
    for (const auto& [key, value] : mapping.members) present.insert(key.value);
    for (auto merge = merges.rbegin(); merge != merges.rend(); ++merge) {
      std::vector<Node> from = std::move(merge->items);
      if (merge->kind != Node::Kind::Sequence) from.push_back(std::move(*merge));
      for (Node& source : from) {
        if (source.kind != Node::Kind::Mapping) {
          fail(source.at, "<< needs a mapping or a list of mappings");
          return;
        }
        const auto old_size = static_cast<std::ptrdiff_t>(mapping.members.size());
        std::for_each(source.members.rbegin(), source.members.rend(), [&](auto& member) {
          if (present.insert(member.first.value).second)
            mapping.members.push_back(std::move(member));
        });
        std::reverse(mapping.members.begin() + old_size, mapping.members.end());
      }
    }
  }

  const std::vector<TreeEvent>& events_;
  std::size_t& expanded_;
  std::optional<Finding>& problem_;
  std::size_t next_ = 0;
  int expanding_ = 0;
  std::map<std::size_t, std::size_t> anchors_;  // to the event where its node begins
  std::set<std::size_t> open_;                  // anchors whose nodes are being built
};

}  // namespace

Node build_tree(const std::vector<TreeEvent>& events, std::size_t& expanded,
                std::optional<Finding>& problem) {
  return Builder(events, expanded, problem).node(1);
}

}  // namespace asmgw
