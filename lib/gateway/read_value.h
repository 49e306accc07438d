// How is a value of each type read from YAML, and how are two merged? One overload per type; the
// rows of fields.cc pick theirs by the member's type.
#pragma once

#include <string>
#include <vector>

#include "base/codes.h"
#include "base/edit_distance.h"
#include "base/in_quotes.h"
#include "base/tree.h"
#include "gateway/codes.h"
#include "gateway/fields.h"

namespace asmgw {

// Each returns whether `out` is to be set; what is wrong is a finding, and then it is not.
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, std::string& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, std::int64_t& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, bool& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, IntOrText& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, TextMap& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, Quantities& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, Resources& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc,
                UtilizationTarget& out, Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, ReadinessProbe& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, ServicePort& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, EnvVar& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, ConfigVolume& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, SecretVolume& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, Kernel& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, KernelParameters& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, Compression& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, Gzip& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, Affinity& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, Tolerations& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, Lifecycle& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, EnvVarSource& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, Ignored& out,
                Findings& findings);
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, Overrides& out,
                Findings& findings);

/// `NAME is WANTED, not GIVEN` at the node.
void wrong_type(const Node& node, std::string_view name, std::string_view wanted,
                Findings& findings, std::string hint = {});

/// Is it null, written or not?
bool is_null(const Node& node);

/// Is the value the same as none: null or an empty collection?
bool is_unset(const Node& node);

/// Is it the empty value of its form: "", {}, []? Numbers and truths have none.
bool is_empty(const Node& node, FieldForm form);

/// Is it the same as none by the rules of one field: null, its form's empty value, an unset 0? The
/// empty value of another form is none of these: the mesh's API server refuses it.
bool is_unset(const Node& node, FieldForm form, const FieldDoc& doc);

template <class T>
bool read_value(const Node& node, std::string_view name, const FieldDoc& doc,
                std::vector<Located<T>>& out, Findings& findings) {
  if (node.kind != Node::Kind::Sequence) {
    wrong_type(node, name, "a list", findings);
    return false;
  }
  for (const Node& item : node.items) {
    T value;
    if (read_value(item, name, doc, value, findings))
      out.push_back({std::move(value), item.at, {}});
  }
  return true;
}

/// Reads a mapping by the rows of its struct. `where` names it in messages: `spec`, `ports`.
template <class Struct>
bool read_struct(const Node& node, std::string_view where, std::span<const FieldRow<Struct>> rows,
                 Struct& out, Findings& findings) {
  if (node.kind != Node::Kind::Mapping) {
    wrong_type(node, where, "a mapping", findings);
    return false;
  }
  std::vector<std::string_view> names;
  for (const FieldRow<Struct>& row : rows) names.push_back(row.name);
  for (const auto& [key, value] : node.members) {
    const FieldRow<Struct>* row = nullptr;
    for (const FieldRow<Struct>& candidate : rows) {
      if (candidate.name == key.value) row = &candidate;
    }
    if (row != nullptr) {
      row->read(out, key.at, value, *row, findings);
      continue;
    }
    const std::string near = nearest(key.value, names);
    findings.add(finding(kUnknownField, key.at,
                         "no field " + in_quotes(key.value) + " in " + std::string(where),
                         near.empty() ? "" : "did you mean " + near + "?"));
  }
  return true;
}

/// Reports each required member that the mapping lacks.
template <class Struct>
bool has_required(const Node& node, std::string_view where, std::span<const FieldRow<Struct>> rows,
                  const Struct& value, Findings& findings) {
  bool has_all = true;
  for (const FieldRow<Struct>& row : rows) {
    if (!row.doc.required || row.at(value)) continue;
    has_all = false;
    findings.add(finding(kMissingField, node.at,
                         std::string(where) + " needs " + std::string(row.name),
                         std::string(row.name) + ": VALUE"));
  }
  return has_all;
}

template <class T>
void merge_value(Field<T>& base, const Field<T>& other) {
  if (other) base = other;
}
void merge_value(Field<TextMap>& base, const Field<TextMap>& other);
void merge_value(Field<Quantities>& base, const Field<Quantities>& other);
void merge_value(Field<Resources>& base, const Field<Resources>& other);

}  // namespace asmgw
