// What a tree means: the functions of tree.h that need no parser.
#include <fmt/format.h>

#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/codes.h"
#include "base/scalar.h"
#include "base/tree.h"

namespace asmgw {
namespace {

/// Where keys that stand twice were reported: aliases show the same text again.
using Reported = std::set<std::pair<int, int>>;

void report_duplicate_keys(const Node& node, Reported& reported, Findings& findings) {
  std::map<std::string_view, int> first_lines;
  for (const auto& [key, value] : node.members) {
    const auto [first, is_new] = first_lines.emplace(key.value, key.at.line);
    if (!is_new && reported.emplace(key.at.line, key.at.column).second) {
      findings.add(finding(kDuplicateKey, key.at,
                           fmt::format("{} stands here twice; first on line {}",
                                       dump(Json(key.value)), first->second),
                           "remove one of the two"));
    }
    report_duplicate_keys(value, reported, findings);
  }
  for (const Node& item : node.items) report_duplicate_keys(item, reported, findings);
}

}  // namespace

ScalarType scalar_type(const Node& scalar) {
  if (scalar.kind == Node::Kind::Null) return ScalarType::Null;
  if (!scalar.plain) return ScalarType::String;
  const Json value = plain_value(scalar.text);
  if (value.is_null()) return ScalarType::Null;
  if (value.is_boolean()) return ScalarType::Bool;
  if (value.is_number_integer()) return ScalarType::Int;
  return value.is_number() ? ScalarType::Float : ScalarType::String;
}

std::string describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Null:
      return "nothing";
    case Node::Kind::Sequence:
      return "a list";
    case Node::Kind::Mapping:
      return "a mapping";
    case Node::Kind::Scalar:
      break;
  }
  switch (scalar_type(node)) {
    case ScalarType::Null:
      return "nothing";
    case ScalarType::Bool:
      return "true or false";
    case ScalarType::Int:
    case ScalarType::Float:
      return "a number";
    case ScalarType::String:
      break;
  }
  return "text";
}

void report_duplicate_keys(const Node& node, Findings& findings) {
  Reported reported;
  report_duplicate_keys(node, reported, findings);
}

// Both recursions are bounded: parse_yaml refuses what is nested deeper than 500.
Json to_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Null:
      return nullptr;
    case Node::Kind::Scalar:
      return node.plain ? plain_value(node.text) : Json(node.text);
    case Node::Kind::Sequence:
      break;
    case Node::Kind::Mapping: {
      Json object = Json::object();
      for (const auto& [key, value] : node.members) object[key.value] = to_json(value);
      return object;
    }
  }
  Json list = Json::array();
  for (const Node& item : node.items) list.push_back(to_json(item));
  return list;
}

}  // namespace asmgw
