#include "base/tree_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/codes.h"
#include "base/in_quotes.h"
#include "base/json.h"
#include "base/scalar.h"

namespace asmgw {
namespace {

using Kind = TreeEvent::Kind;

constexpr std::size_t kMaxExpandedBytes = 64U << 20U;  // of texts that aliases repeat

/// How much of a document may come from aliases? The rule of Kubernetes' reader, by nodes read.
bool is_excessive(double read, double read_in_aliases) {
  if (read_in_aliases <= 100 || read <= 1000) return false;
  constexpr double kFew = 400'000, kMany = 4'000'000;
  const double share = std::clamp((read - kFew) / (kMany - kFew), 0.0, 1.0);
  return read_in_aliases / read > 0.99 - 0.89 * share;
}

/// Beyond int64 Kubernetes' reader has a type that is no key, and no !!float.
bool is_large_unsigned(const Json& value) {
  return value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{INT64_MAX};
}

/// Is this plain value what the tag asks for?
bool fits(const Json& value, TreeTag tag) {
  switch (tag) {
    case TreeTag::Int:
      return value.is_number_integer();
    case TreeTag::Float:
      return value.is_number() && !is_large_unsigned(value);
    case TreeTag::Bool:
      return value.is_boolean();
    case TreeTag::Null:
      return value.is_null();
    case TreeTag::Binary:
    case TreeTag::Timestamp:
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
    case TreeTag::Timestamp:
      return "!!timestamp";
    case TreeTag::None:
    case TreeTag::Text:
      return "!!str";
  }
  return "";
}

class Builder {
 public:
  Builder(const std::vector<TreeEvent>& events, std::optional<Finding>& problem)
      : events_(events), problem_(problem) {
    for (std::size_t i = 0; i < events.size(); ++i)
      if (events[i].anchor != 0 && events[i].kind != Kind::Alias) anchors_[events[i].anchor] = i;
  }

  /// The node whose events come next. Recursive; `depth` is bounded.
  Node node(int depth) {
    const TreeEvent& event = events_[next_++];
    count(event);
    if (depth > kMaxDepth) fail(event.at, fmt::format("nested deeper than {}", kMaxDepth));
    if (problem_) return {};
    if (event.kind == Kind::Alias) return alias(event, depth);
    if (event.kind == Kind::Scalar) return scalar(event);
    Node result;
    result.at = event.at;
    open_.insert(event.anchor);
    if (event.kind == Kind::Mapping) {
      result.kind = Node::Kind::Mapping;
      mapping(result, depth);
    } else {
      result.kind = Node::Kind::Sequence;
      while (!problem_ && events_[next_].kind != Kind::End) result.items.push_back(node(depth + 1));
    }
    ++next_;
    open_.erase(event.anchor);
    return result;
  }

 private:
  using Member = std::pair<Located<std::string>, Node>;

  /// Members that `<<` has brought, one of a name, and who wins: the later one in the text.
  struct Merged {
    std::vector<Member> members = {};
    std::map<std::string, std::size_t, std::less<>> places = {};  ///< in `members`
    std::set<std::string, std::less<>> winners = {};              ///< else the mapping's own wins
  };

  Node fail(const Range& at, std::string message, std::string hint = {}) {
    if (!problem_) problem_ = finding(kSyntax, at, std::move(message), std::move(hint));
    return {};
  }

  void count(const TreeEvent& event) {
    ++read_;
    if (expanding_ > 0) {
      ++read_in_aliases_;
      expanded_bytes_ += event.text.size();
    }
    if (is_excessive(read_, read_in_aliases_) || expanded_bytes_ > kMaxExpandedBytes)
      fail(event.at, "aliases expand to too much", "write the values out");
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
    if (event.tag == TreeTag::Binary || event.tag == TreeTag::Timestamp)
      return fail(event.at, fmt::format("the tag {} is not supported", name_of(event.tag)),
                  "write the text itself");
    const Json value = plain_value(event.text);
    if (!fits(value, event.tag))
      return fail(event.at, fmt::format("{} is no {}", in_quotes(event.text), name_of(event.tag)));
    if (value.is_number_float() && !std::isfinite(value.get<double>()) && !is_key_) {
      return fail(event.at, fmt::format("Kubernetes has no number {}", event.text),
                  "put it in quotes if it is a text");
    }
    if (value.is_null()) result = Node{.at = event.at};
    return result;
  }

  void mapping(Node& result, int depth) {
    Merged merged;
    while (!problem_ && events_[next_].kind != Kind::End) {
      const TreeEvent& written = events_[next_];
      if (written.kind == Kind::Scalar && written.is_merge_key) {
        ++next_;
        merge(depth, merged);
        continue;
      }
      std::string name = key(depth);
      if (problem_) return;
      const bool is_absent = events_[next_].absent;
      Node value = node(depth + 1);
      if (is_absent) value.at = written.at;
      merged.winners.erase(name);
      result.members.emplace_back(Located<std::string>{std::move(name), written.at},
                                  std::move(value));
    }
    std::erase_if(result.members, [&](const Member& member) {
      return merged.winners.contains(member.first.value);
    });
    for (Member& member : merged.members) {
      if (merged.winners.contains(member.first.value)) result.members.push_back(std::move(member));
    }
  }

  /// What Kubernetes makes of the next node as a name.
  std::string key(int depth) {
    const TreeEvent& written = events_[next_];
    const TreeEvent& meant =
        written.kind == Kind::Alias ? events_[anchors_.at(written.anchor)] : written;
    if (meant.kind != Kind::Scalar) {
      fail(written.at, "a key must be a text, not a list or a mapping",
           "a text that begins with { or [ needs quotes; a template must be rendered first");
      return {};
    }
    is_key_ = true;
    const Node node = this->node(depth + 1);
    is_key_ = false;
    if (problem_) return {};
    if (node.kind == Node::Kind::Null && meant.absent) {
      fail(written.at, "a key is missing here");
    } else if (node.kind == Node::Kind::Null) {
      fail(written.at, "null cannot be a key", "put it in quotes");
    } else if (node.plain && is_large_unsigned(plain_value(node.text))) {
      fail(written.at, "this number is too large for a key", "put it in quotes");
    }
    return node.plain ? key_name(node.text) : node.text;
  }

  /// The value of a `<<`: a mapping, or a list of them of which the earlier win.
  void merge(int depth, Merged& merged) {
    const bool is_list = events_[next_].kind == Kind::Sequence;  // not by an alias
    Node value = node(depth + 1);
    std::vector<Node> sources = std::move(value.items);
    if (!is_list) {
      sources.clear();
      sources.push_back(std::move(value));
    }
    for (auto source = sources.rbegin(); source != sources.rend() && !problem_; ++source) {
      if (source->kind != Node::Kind::Mapping) {
        fail(source->at, "<< needs a mapping or a list of mappings");
        return;
      }
      for (Member& member : source->members) {
        merged.winners.insert(member.first.value);
        const auto [place, is_new] =
            merged.places.emplace(member.first.value, merged.members.size());
        if (is_new) {
          merged.members.push_back(std::move(member));
        } else {
          merged.members[place->second] = std::move(member);
        }
      }
    }
  }

  const std::vector<TreeEvent>& events_;
  std::optional<Finding>& problem_;
  std::size_t next_ = 0;
  bool is_key_ = false;  // the scalar that is being read
  int expanding_ = 0;
  double read_ = 1, read_in_aliases_ = 0;  // nodes, with keys, aliases and the document itself
  std::size_t expanded_bytes_ = 0;
  std::map<std::size_t, std::size_t> anchors_;  // to the event where its node begins
  std::set<std::size_t> open_;                  // anchors whose nodes are being built
};

}  // namespace

Node build_tree(const std::vector<TreeEvent>& events, std::optional<Finding>& problem) {
  return events.empty() ? Node{} : Builder(events, problem).node(1);
}

}  // namespace asmgw
