#include "base/tree.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/documents.h"
#include "base/tree_builder.h"
#include "base/yaml_text.h"

namespace asmgw {

const Node* Node::find(std::string_view key) const {
  const auto member = std::find_if(members.rbegin(), members.rend(),
                                   [&](const auto& entry) { return entry.first.value == key; });
  return member == members.rend() ? nullptr : &member->second;
}

std::vector<Node> parse_yaml(const Source& source, Findings& findings) {
  std::vector<Node> trees;
  YamlText text(source);
  std::optional<Finding> problem = find_bad_utf8(text);
  Documents documents(text);
  while (!problem) {
    const std::optional<std::vector<TreeEvent>> events = documents.next(problem);
    if (!events) break;
    Node tree = build_tree(*events, problem);
    if (!problem && tree.kind != Node::Kind::Null) trees.push_back(std::move(tree));
  }
  if (problem) findings.add(*std::move(problem));
  return trees;
}

}  // namespace asmgw
