#include "gateway/kubernetes_types.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/in_quotes.h"
#include "gateway/read_value.h"

namespace asmgw {
namespace {

using Form = FieldForm;

const KubernetesMember* member_of(const KubernetesType& type, std::string_view name) {
  for (const KubernetesMember& member : type.members) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

/// The documentation of a member, as the readers of scalars want it.
FieldDoc doc_of(const KubernetesMember& member) {
  FieldDoc doc;
  doc.words = member.words;
  doc.min = member.min;
  doc.max = member.max;
  return doc;
}

/// Go's empty text, list and map are the same as none; an empty object is there.
bool is_absent(const Node& node, const KubernetesMember& member) {
  return is_null(node) || (member.form != Form::Object && is_empty(node, member.form));
}

template <class T>
bool reads(const Node& node, const KubernetesMember& member, Findings& findings) {
  T ignored{};
  return read_value(node, member.name, doc_of(member), ignored, findings);
}

bool check_texts(const Node& node, const KubernetesMember& member, Findings& findings) {
  if (!reads<std::vector<Located<std::string>>>(node, member, findings)) return false;
  if (member.syntax == nullptr) return true;
  bool is_good = true;
  for (const Node& item : node.items) {
    if (item.kind != Node::Kind::Scalar) continue;  // which has been said
    is_good = check_syntax(item.at, member.name, item.text, *member.syntax, findings) && is_good;
  }
  return is_good;
}

bool check_list(const Node& node, const KubernetesMember& member, Findings& findings) {
  if (node.kind != Node::Kind::Sequence) {
    wrong_type(node, member.name, "a list", findings);
    return false;
  }
  bool is_good = true;
  for (const Node& item : node.items) {
    is_good = check_kubernetes_value(item, member.name, *member.type, findings) && is_good;
  }
  return is_good;
}

bool check_member(const Node& node, const KubernetesMember& member, Findings& findings) {
  switch (member.form) {
    case Form::Text:
      return reads<std::string>(node, member, findings) &&
             (member.syntax == nullptr ||
              check_syntax(node.at, member.name, node.text, *member.syntax, findings));
    case Form::Int:
      return reads<std::int64_t>(node, member, findings);
    case Form::Bool:
      return reads<bool>(node, member, findings);
    case Form::NumberOrText:
      return reads<IntOrText>(node, member, findings);
    case Form::MapOfText:
      return reads<TextMap>(node, member, findings);
    case Form::TextList:
      return check_texts(node, member, findings);
    case Form::Object:
      return check_kubernetes_value(node, member.name, *member.type, findings);
    case Form::ObjectList:
      return check_list(node, member, findings);
    case Form::MapOfQuantities:
    case Form::MapOfSpecs:
    case Form::Anything:
      break;
  }
  ASMGW_BUG("no type of Kubernetes has such a member");
}

void report_unknown(const Located<std::string>& key, std::string_view where,
                    const KubernetesType& type, Findings& findings) {
  std::vector<std::string_view> names;
  for (const KubernetesMember& member : type.members) names.push_back(member.name);
  const std::string near = nearest(key.value, names);
  findings.add(finding(kUnknownField, key.at,
                       fmt::format("no field {} in {}", in_quotes(key.value), where),
                       near.empty() ? fmt::format("{} has {}", type.name, fmt::join(names, ", "))
                                    : fmt::format("did you mean {}?", near)));
}

std::string_view name_of(Form form) {
  switch (form) {
    case Form::Text:
      return "string";
    case Form::Int:
      return "int";
    case Form::Bool:
      return "bool";
    case Form::NumberOrText:
      return "int or string";
    case Form::MapOfText:
      return "map";
    case Form::TextList:
      return "[]string";
    case Form::Object:
    case Form::ObjectList:
    case Form::MapOfQuantities:
    case Form::MapOfSpecs:
    case Form::Anything:
      break;
  }
  ASMGW_BUG("a form without a name of its own");
}

FieldType type_of(const KubernetesMember& member) {
  if (member.type == nullptr) return {name_of(member.form), member.form};
  return {member.type->name, member.form, member.type};
}

}  // namespace

std::vector<FieldView> views_of(const KubernetesType& type) {
  std::vector<FieldView> views;
  for (const KubernetesMember& member : type.members) {
    FieldView view{member.name, type_of(member), doc_of(member)};
    view.doc.required = member.required;
    view.doc.empty_is_value = member.empty_is_value;
    if (member.syntax != nullptr) view.doc.values = member.syntax->rule;
    if (member.type != nullptr) view.members = views_of(*member.type);
    views.push_back(std::move(view));
  }
  return views;
}

bool check_kubernetes_value(const Node& node, std::string_view name, const KubernetesType& type,
                            Findings& findings) {
  if (node.kind != Node::Kind::Mapping) {
    wrong_type(node, name, "a mapping", findings);
    return false;
  }
  Findings found;  // its own: of what an alias repeats nothing is added to `findings` again
  for (const auto& [key, value] : node.members) {
    const KubernetesMember* member = member_of(type, key.value);
    if (member == nullptr) {
      report_unknown(key, name, type, found);
    } else if (!is_absent(value, *member)) {
      check_member(value, *member, found);
    }
  }
  for (const KubernetesMember& member : type.members) {
    const Node* value = node.find(member.name);
    if (!member.required || (value != nullptr && !is_absent(*value, member))) continue;
    found.add(finding(kMissingField, node.at, fmt::format("{} has no {}", name, member.name),
                      fmt::format("{} needs it", type.name)));
  }
  if (type.rule != nullptr && found.all().empty()) type.rule(node, found);
  for (const Finding& one : found.all()) findings.add(one);
  return found.all().empty();
}

Node without_empty_parts(const Node& node, const KubernetesType& type) {
  Node result = node;
  result.members.clear();
  for (const auto& [key, value] : node.members) {
    const KubernetesMember* member = member_of(type, key.value);
    if (member == nullptr) continue;
    if (is_unset(value)) {
      if (member->empty_is_value && value.kind == Node::Kind::Mapping) {
        result.members.emplace_back(key, value);
      }
      continue;
    }
    Node kept = value;
    if (member->form == Form::Object) kept = without_empty_parts(value, *member->type);
    if (member->form == Form::ObjectList) {
      for (Node& item : kept.items) item = without_empty_parts(item, *member->type);
    }
    if (!is_unset(kept) || member->empty_is_value) result.members.emplace_back(key, kept);
  }
  return result;
}

}  // namespace asmgw
