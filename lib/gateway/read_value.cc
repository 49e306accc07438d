#include "gateway/read_value.h"

#include <fmt/format.h>

#include <algorithm>

#include "object/quantity.h"

namespace asmgw {
namespace {

bool is_scalar(const Node& node) { return node.kind == Node::Kind::Scalar; }

std::string join(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    text += (text.empty() ? "" : ", ") + std::string(word);
  }
  return text;
}

/// The place of the last value in the tree.
Range last_of(const Node& node) {
  if (!node.items.empty()) return last_of(node.items.back());
  if (!node.members.empty()) return last_of(node.members.back().second);
  return node.at;
}

bool check_word(const Node& node, std::string_view name, const FieldDoc& doc, Findings& findings) {
  if (doc.words.empty() ||
      std::find(doc.words.begin(), doc.words.end(), node.text) != doc.words.end())
    return true;
  const std::string near = nearest(node.text, doc.words);
  findings.add(
      finding(kBadValue, node.at, fmt::format("{} cannot be {}", name, in_quotes(node.text)),
              near.empty() ? "allowed: " + join(doc.words) : "did you mean " + near + "?"));
  return false;
}

}  // namespace

bool read_value(const Node& node, std::string_view name, const FieldDoc&, Overrides& out,
                Findings& findings) {
  if (node.kind != Node::Kind::Mapping) {
    wrong_type(node, name, "a mapping", findings, "overrides: {CLUSTER-ID: {replicaCount: 2}}");
    return false;
  }
  for (const auto& [cluster, spec] : node.members) {
    if (is_null(spec) || is_empty(spec, FieldForm::Object)) continue;
    Override override{cluster, {}, last_of(spec)};
    if (!read_struct(spec, "spec.overrides", spec_fields(), override.spec, findings)) continue;
    out.list.push_back(std::move(override));
  }
  return true;
}

bool is_null(const Node& node) {
  return node.kind == Node::Kind::Null ||
         (is_scalar(node) && scalar_type(node) == ScalarType::Null);
}

bool is_unset(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Null:
      return true;
    case Node::Kind::Scalar:
      return scalar_type(node) == ScalarType::Null;
    case Node::Kind::Sequence:
      return node.items.empty();
    case Node::Kind::Mapping:
      return node.members.empty();
  }
  return false;
}

bool is_empty(const Node& node, FieldForm form) {
  switch (form) {
    case FieldForm::Text:
      return is_scalar(node) && node.text.empty();
    case FieldForm::MapOfText:
    case FieldForm::MapOfQuantities:
    case FieldForm::MapOfSpecs:
    case FieldForm::Object:
      return node.kind == Node::Kind::Mapping && node.members.empty();
    case FieldForm::TextList:
    case FieldForm::ObjectList:
      return node.kind == Node::Kind::Sequence && node.items.empty();
    case FieldForm::Anything:
      return is_unset(node) || (is_scalar(node) && node.text.empty());
    case FieldForm::Int:
    case FieldForm::Bool:
    case FieldForm::NumberOrText:
      return false;
  }
  return false;
}

bool is_unset(const Node& node, FieldForm form, const FieldDoc& doc) {
  if (is_null(node)) return true;
  if (doc.zero_is_unset && is_scalar(node) && node.plain && node.text == "0") return true;
  return !doc.empty_is_value && is_empty(node, form);
}

void wrong_type(const Node& node, std::string_view name, std::string_view wanted,
                Findings& findings, std::string hint) {
  findings.add(finding(kWrongType, node.at,
                       fmt::format("{} is {}, not {}", name, wanted, describe(node)),
                       std::move(hint)));
}

bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, std::string& out,
                Findings& findings) {
  if (!is_scalar(node) || scalar_type(node) != ScalarType::String) {
    wrong_type(node, name, "text", findings,
               is_scalar(node) ? fmt::format("{}: \"{}\"", name, node.text) : "");
    return false;
  }
  if (!check_word(node, name, doc, findings)) return false;
  out = node.text;
  return true;
}

bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, std::int64_t& out,
                Findings& findings) {
  const std::string_view digits =
      std::string_view(node.text).substr(node.text.starts_with('-') || node.text.starts_with('+'));
  const bool is_huge = is_scalar(node) && node.plain && scalar_type(node) == ScalarType::Float &&
                       digits.find_first_not_of("0123456789") == std::string_view::npos;
  if (!is_huge && (!is_scalar(node) || scalar_type(node) != ScalarType::Int)) {
    const bool is_quoted_number = is_scalar(node) && !node.text.empty() &&
                                  node.text.find_first_not_of("0123456789") == std::string::npos;
    const bool is_fraction = is_scalar(node) && scalar_type(node) == ScalarType::Float;
    wrong_type(node, name, is_fraction ? "a whole number" : "a number", findings,
               is_quoted_number ? fmt::format("without quotes: {}: {}", name, node.text) : "");
    return false;
  }
  const Json number = to_json(node);
  const bool fits = number.is_number_integer() &&
                    !(number.is_number_unsigned() &&
                      number.get<std::uint64_t>() > static_cast<std::uint64_t>(doc.max));
  if (!fits || number.get<std::int64_t>() < doc.min || number.get<std::int64_t>() > doc.max) {
    findings.add(finding(kOutOfRange, node.at,
                         fmt::format("{} is out of range: {}", name, node.text),
                         fmt::format("{} to {}", doc.min, doc.max)));
    return false;
  }
  out = number.get<std::int64_t>();
  return true;
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, bool& out,
                Findings& findings) {
  if (!is_scalar(node) || scalar_type(node) != ScalarType::Bool) {
    wrong_type(node, name, "true or false", findings);
    return false;
  }
  out = to_json(node).get<bool>();
  return true;
}

bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, IntOrText& out,
                Findings& findings) {
  if (is_scalar(node) && scalar_type(node) == ScalarType::String) {
    out = node.text;
    return true;
  }
  std::int64_t number = 0;
  if (!read_value(node, name, doc, number, findings)) return false;
  out = number;
  return true;
}

bool read_value(const Node& node, std::string_view name, const FieldDoc& doc, TextMap& out,
                Findings& findings) {
  if (node.kind != Node::Kind::Mapping) {
    wrong_type(node, name, "a mapping", findings);
    return false;
  }
  for (const auto& [key, value] : node.members) {
    std::string text;
    if (read_value(value, key.value, doc, text, findings))
      out[key.value] = {text, value.at, key.at};
  }
  return true;
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, Quantities& out,
                Findings& findings) {
  if (node.kind != Node::Kind::Mapping) {
    wrong_type(node, name, "a mapping", findings);
    return false;
  }
  for (const auto& [key, value] : node.members) {
    if (is_null(value)) continue;
    if (!is_scalar(value)) {  // a number without quotes is fine, as in Kubernetes
      wrong_type(value, key.value, "a quantity", findings);
    } else if (!parse_quantity(value.text)) {
      findings.add(finding(kBadValue, value.at,
                           fmt::format("{} is not a Kubernetes quantity", in_quotes(value.text)),
                           "as in 200m, 2, 1.5, 256Mi, 2G"));
    } else {
      out.amounts[key.value] = {value.text, value.at, key.at};
    }
  }
  return true;
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, Resources& out,
                Findings& findings) {
  return read_struct(node, name, resources_fields(), out, findings) && (out.limits || out.requests);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, UtilizationTarget& out,
                Findings& findings) {
  return read_struct(node, name, utilization_fields(), out, findings) &&
         out.target_average_utilization;
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, ReadinessProbe& out,
                Findings& findings) {
  return read_struct(node, name, probe_fields(), out, findings);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, ServicePort& out,
                Findings& findings) {
  return read_struct(node, name, port_fields(), out, findings);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, EnvVar& out,
                Findings& findings) {
  return read_struct(node, name, env_fields(), out, findings);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, ConfigVolume& out,
                Findings& findings) {
  return read_struct<Volume>(node, name, config_volume_fields(), out, findings) &&
         has_required<Volume>(node, name, config_volume_fields(), out, findings);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, SecretVolume& out,
                Findings& findings) {
  return read_struct<Volume>(node, name, secret_volume_fields(), out, findings) &&
         has_required<Volume>(node, name, secret_volume_fields(), out, findings);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, Kernel& out,
                Findings& findings) {
  return read_struct(node, name, kernel_fields(), out, findings) && (out.enabled || out.parameters);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, Compression& out,
                Findings& findings) {
  return read_struct(node, name, compression_fields(), out, findings);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, Gzip& out,
                Findings& findings) {
  return read_struct(node, name, gzip_fields(), out, findings);
}

bool read_value(const Node&, std::string_view, const FieldDoc&, Ignored&, Findings&) {
  return true;
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, KernelParameters& out,
                Findings& findings) {
  if (node.kind != Node::Kind::Mapping) {
    wrong_type(node, name, "a mapping", findings);
    return false;
  }
  for (const auto& [key, value] : node.members) {
    const auto known = kernel_parameters();
    if (std::find(known.begin(), known.end(), key.value) == known.end()) {
      const std::string near = nearest(key.value, known);
      findings.add(finding(kUnknownKernel, key.at,
                           fmt::format("no kernel parameter {} here", in_quotes(key.value)),
                           near.empty() ? "kubectl asmgw explain kernel.parameters lists the 18"
                                        : fmt::format("did you mean {}?", near)));
    } else if (!is_scalar(value) || is_null(value)) {
      wrong_type(value, key.value, "text", findings);
    } else if (value.text.empty()) {
      findings.add(finding(kBadValue, value.at, fmt::format("{} has no value", key.value),
                           "give one, or take the parameter out"));
    } else if (scalar_type(value) != ScalarType::String) {
      findings.add(finding(kUnquotedKernelValue, value.at, "a kernel value must be quoted",
                           fmt::format("{}: \"{}\"", key.value, value.text)));
    } else {
      out.values[key.value] = {value.text, value.at, key.at};
    }
  }
  return !out.values.empty();
}

// Values of Kubernetes' own types.

namespace {

bool read_kubernetes(const Node& node, std::string_view name, const KubernetesType& type,
                     KubernetesValue& out, Findings& findings) {
  if (!check_kubernetes_value(node, name, type, findings)) return false;
  out.tree = without_empty_parts(node, type);
  return !is_unset(out.tree);
}

}  // namespace

bool read_value(const Node& node, std::string_view name, const FieldDoc&, Affinity& out,
                Findings& findings) {
  return read_kubernetes(node, name, kAffinityType, out, findings);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, Lifecycle& out,
                Findings& findings) {
  return read_kubernetes(node, name, kLifecycleType, out, findings);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, EnvVarSource& out,
                Findings& findings) {
  return read_kubernetes(node, name, kEnvVarSourceType, out, findings);
}

bool read_value(const Node& node, std::string_view name, const FieldDoc&, Tolerations& out,
                Findings& findings) {
  if (node.kind != Node::Kind::Sequence) {
    wrong_type(node, name, "a list", findings);
    return false;
  }
  out.tree = node;
  out.tree.items.clear();
  for (const Node& item : node.items) {
    if (!check_kubernetes_value(item, name, kTolerationType, findings)) continue;
    out.tree.items.push_back(without_empty_parts(item, kTolerationType));
  }
  return !out.tree.items.empty();
}

void merge_value(Field<TextMap>& base, const Field<TextMap>& other) {
  if (!other) return;
  if (!base) {
    base = other;
    return;
  }
  for (const auto& [key, value] : other->value) base->value[key] = value;
}

void merge_value(Field<Quantities>& base, const Field<Quantities>& other) {
  if (!other) return;
  if (!base) {
    base = other;
    return;
  }
  for (const auto& [key, value] : other->value.amounts) base->value.amounts[key] = value;
}

void merge_value(Field<Resources>& base, const Field<Resources>& other) {
  if (!other) return;
  if (!base) {
    base = other;
    return;
  }
  merge_value(base->value.limits, other->value.limits);
  merge_value(base->value.requests, other->value.requests);
}

}  // namespace asmgw
