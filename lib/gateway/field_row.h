// How does a row of the one list come about? Name and documentation are given, the rest follows
// from the member's type. Private to the tables of this room.
#pragma once

#include <string>
#include <vector>

#include "gateway/fields.h"
#include "gateway/read_value.h"

namespace asmgw {

// What a member's type is called, for people, and its form.
constexpr FieldType type_of(const std::string*) { return {"string", FieldForm::Text}; }
constexpr FieldType type_of(const std::int64_t*) { return {"int", FieldForm::Int}; }
constexpr FieldType type_of(const bool*) { return {"bool", FieldForm::Bool}; }
constexpr FieldType type_of(const IntOrText*) { return {"int or string", FieldForm::NumberOrText}; }
constexpr FieldType type_of(const TextMap*) { return {"map", FieldForm::MapOfText}; }
constexpr FieldType type_of(const Quantities*) {
  return {"map of quantities", FieldForm::MapOfQuantities};
}
constexpr FieldType type_of(const Resources*) { return {"Resources", FieldForm::Object}; }
constexpr FieldType type_of(const UtilizationTarget*) { return {"target", FieldForm::Object}; }
constexpr FieldType type_of(const ReadinessProbe*) { return {"Probe", FieldForm::Object}; }
constexpr FieldType type_of(const Kernel*) { return {"Kernel", FieldForm::Object}; }
constexpr FieldType type_of(const KernelParameters*) {
  return {"map, 18 names", FieldForm::MapOfText};
}
constexpr FieldType type_of(const Compression*) { return {"Compression", FieldForm::Object}; }
constexpr FieldType type_of(const Gzip*) { return {"Gzip", FieldForm::Object}; }
constexpr FieldType type_of(const Affinity*) {
  return {"Affinity", FieldForm::Object, &kAffinityType};
}
constexpr FieldType type_of(const Tolerations*) {
  return {"[]Toleration", FieldForm::ObjectList, &kTolerationType};
}
constexpr FieldType type_of(const Lifecycle*) {
  return {"Lifecycle", FieldForm::Object, &kLifecycleType};
}
constexpr FieldType type_of(const EnvVarSource*) {
  return {"EnvVarSource", FieldForm::Object, &kEnvVarSourceType};
}
constexpr FieldType type_of(const Ignored*) { return {"any", FieldForm::Anything}; }
constexpr FieldType type_of(const std::vector<Located<std::string>>*) {
  return {"[]string", FieldForm::TextList};
}
constexpr FieldType type_of(const std::vector<Located<ServicePort>>*) {
  return {"[]ServicePort", FieldForm::ObjectList};
}
constexpr FieldType type_of(const std::vector<Located<EnvVar>>*) {
  return {"[]EnvVar", FieldForm::ObjectList};
}
constexpr FieldType type_of(const std::vector<Located<ConfigVolume>>*) {
  return {"[]ConfigVolume", FieldForm::ObjectList};
}
constexpr FieldType type_of(const std::vector<Located<SecretVolume>>*) {
  return {"[]SecretVolume", FieldForm::ObjectList};
}
constexpr FieldType type_of(const Overrides*) { return {"map of spec", FieldForm::MapOfSpecs}; }

/// A table as views.
template <class Struct>
std::vector<FieldView> views_of(std::span<const FieldRow<Struct>> rows) {
  std::vector<FieldView> views;
  for (const FieldRow<Struct>& row : rows) {
    views.push_back({row.name, row.type, row.doc, row.members()});
  }
  return views;
}

// The members of a value; none for what has no table.
inline std::vector<FieldView> members_of(const void*) { return {}; }
inline std::vector<FieldView> members_of(const Affinity*) { return views_of(kAffinityType); }
inline std::vector<FieldView> members_of(const Tolerations*) { return views_of(kTolerationType); }
inline std::vector<FieldView> members_of(const Lifecycle*) { return views_of(kLifecycleType); }
inline std::vector<FieldView> members_of(const EnvVarSource*) {
  return views_of(kEnvVarSourceType);
}
inline std::vector<FieldView> members_of(const Resources*) { return views_of(resources_fields()); }
inline std::vector<FieldView> members_of(const UtilizationTarget*) {
  return views_of(utilization_fields());
}
inline std::vector<FieldView> members_of(const ReadinessProbe*) { return views_of(probe_fields()); }
inline std::vector<FieldView> members_of(const Kernel*) { return views_of(kernel_fields()); }
inline std::vector<FieldView> members_of(const Compression*) {
  return views_of(compression_fields());
}
inline std::vector<FieldView> members_of(const Gzip*) { return views_of(gzip_fields()); }
inline std::vector<FieldView> members_of(const std::vector<Located<ServicePort>>*) {
  return views_of(port_fields());
}
inline std::vector<FieldView> members_of(const std::vector<Located<EnvVar>>*) {
  return views_of(env_fields());
}
inline std::vector<FieldView> members_of(const std::vector<Located<ConfigVolume>>*) {
  return views_of(config_volume_fields());
}
inline std::vector<FieldView> members_of(const std::vector<Located<SecretVolume>>*) {
  return views_of(secret_volume_fields());
}

template <class Member>
struct MemberOf;
template <class S, class V>
struct MemberOf<Field<V> S::*> {
  using Struct = S;
  using Value = V;
};

/// The row of one member: type and functions follow from the member's type.
template <auto kMember>
constexpr auto field(std::string_view name, const FieldDoc& doc) {
  using Struct = typename MemberOf<decltype(kMember)>::Struct;
  using Value = typename MemberOf<decltype(kMember)>::Value;
  return FieldRow<Struct>{
      name,
      type_of(static_cast<const Value*>(nullptr)),
      doc,
      [](Struct& out, const Range& key, const Node& node, const FieldRow<Struct>& row,
         Findings& findings) {
        if (is_unset(node, row.type.form, row.doc)) return;
        Value value{};
        const bool is_good = read_value(node, row.name, row.doc, value, findings);
        if (!is_good && !row.doc.required) return;  // a bad required one is not missing, too
        out.*kMember = Located<Value>{std::move(value), node.at, key};
      },
      [](Struct& base, const Struct& other) { merge_value(base.*kMember, other.*kMember); },
      [](const Struct& from) -> std::optional<Range> {
        if (!(from.*kMember)) return std::nullopt;
        return (from.*kMember)->at;
      },
      []() { return members_of(static_cast<const Value*>(nullptr)); }};
}

inline constexpr std::int64_t kInt32 = 2147483647;
inline constexpr std::int64_t kUint32 = 4294967295;

}  // namespace asmgw
