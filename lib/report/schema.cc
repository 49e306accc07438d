#include "report/schema.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "report/explain_cells.h"

namespace asmgw {
namespace {

// As parse_quantity reads it: number and suffix of a Kubernetes quantity.
constexpr std::string_view kQuantityPattern =
    R"(^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$)";

/// Schemas of the named types, by name: each is written once.
using Definitions = Json;

Json schema_of(const FieldPlace& place, Definitions& definitions);

/// Properties of all members that `keep` takes; others are refused.
template <class Keep>
Json object_of(const FieldPlace& place, const std::vector<FieldView>& members, const Keep& keep,
               Definitions& definitions) {
  Json schema{{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
  for (const FieldView& member : members) {
    if (!keep(member)) continue;
    FieldPlace below = place;
    below.path += (below.path.empty() ? "" : ".") + std::string(member.name);
    below.chain.push_back(&member);
    schema["properties"][std::string(member.name)] = schema_of(below, definitions);
  }
  return schema;
}

bool any(const FieldView&) { return true; }

/// Adds `required`.
void require(Json& schema, const std::vector<FieldView>& members) {
  for (const FieldView& member : members) {
    if (member.doc.required) schema["required"].push_back(member.name);
  }
}

/// A reference to the definition of the field's own type.
Json reference(const FieldPlace& place, Definitions& definitions) {
  const FieldView& field = *place.chain.back();
  std::string name(field.type.name);
  if (name.starts_with("[]")) name.erase(0, 2);
  if (!definitions.contains(name)) {
    definitions[name] = Json::object();  // a type that holds itself ends here
    Json schema = object_of(place, field.members, any, definitions);
    require(schema, field.members);
    definitions[name] = std::move(schema);
  }
  return Json{{"$ref", "#/definitions/" + name}};
}

Json number_of(const FieldDoc& doc) {
  Json schema{{"type", "integer"}};
  const std::int64_t min = doc.zero_is_unset ? std::min<std::int64_t>(doc.min, 0) : doc.min;
  if (min != INT64_MIN) schema["minimum"] = min;
  if (doc.max != INT64_MAX) schema["maximum"] = doc.max;
  return schema;
}

Json map_of_text(const FieldDoc& doc) {
  Json schema{{"type", "object"}, {"additionalProperties", {{"type", "string"}}}};
  if (doc.words.empty()) return schema;
  schema["additionalProperties"] = false;
  for (const std::string_view key : doc.words) {
    schema["properties"][std::string(key)] = {{"type", "string"}, {"minLength", 1}};
  }
  return schema;
}

Json form_of(const FieldPlace& place, Definitions& definitions) {
  const FieldView& field = *place.chain.back();
  const FieldDoc& doc = field.doc;
  switch (field.type.form) {
    case FieldForm::Text: {
      Json schema{{"type", "string"}};
      for (const std::string_view word : doc.words) schema["enum"].push_back(word);
      if (!doc.words.empty() && !doc.required) schema["enum"].push_back("");  // as unset
      return schema;
    }
    case FieldForm::Int:
      return number_of(doc);
    case FieldForm::Bool:
      return {{"type", "boolean"}};
    case FieldForm::NumberOrText: {
      Json schema = number_of(doc);
      schema["type"] = {"integer", "string"};
      return schema;
    }
    case FieldForm::MapOfText:
      return map_of_text(doc);
    case FieldForm::MapOfQuantities:
      return {{"type", "object"},
              {"additionalProperties",
               {{"type", {"string", "number"}}, {"pattern", kQuantityPattern}}}};
    case FieldForm::TextList: {
      Json schema{{"type", "array"}, {"items", {{"type", "string"}}}};
      if (doc.required) schema["minItems"] = 1;
      return schema;
    }
    case FieldForm::Object:
      return reference(place, definitions);
    case FieldForm::ObjectList:
      return {{"type", "array"}, {"items", reference(place, definitions)}};
    case FieldForm::MapOfSpecs:
      return {{"type", "object"}, {"additionalProperties", {{"$ref", "#/definitions/override"}}}};
    case FieldForm::Anything:
      return Json::object();
  }
  ASMGW_BUG("form out of range");
}

/// What an editor shows beside the field.
std::string description_of(const FieldPlace& place) {
  const FieldDoc& doc = place.chain.back()->doc;
  std::string text(doc.means);
  if (text.empty()) return text;
  if (!doc.values.empty()) text += fmt::format("\nValues: {}", doc.values);
  if (!doc.required) text += fmt::format("\nDefault: {}", default_text(place));
  if (!doc.watch_out.empty()) text += fmt::format("\nWatch out: {}", doc.watch_out);
  return text;
}

Json schema_of(const FieldPlace& place, Definitions& definitions) {
  Json schema = form_of(place, definitions);
  if (schema.contains("$ref"))
    schema = Json{{"allOf", Json::array({schema})}};  // beside $ref nothing counts
  const std::string description = description_of(place);
  if (!description.empty()) schema["description"] = description;
  return schema;
}

Json metadata(const std::vector<FieldView>& annotations, Definitions& definitions) {
  Json known = object_of({}, annotations, any, definitions);
  known["additionalProperties"] = {{"type", "string"}};
  return {{"type", "object"},
          {"required", Json::array({"name"})},
          {"properties",
           {{"name",
             {{"type", "string"},
              {"maxLength", 57},  // istio-NAME has at most 63 characters
              {"pattern", "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"},
              {"description", "The objects are named istio-NAME."}}},
            {"namespace",
             {{"type", "string"},
              {"description",
               "istio-system; a gateway reads its "
               "configuration nowhere else."}}},
            {"annotations", known}}}};
}

}  // namespace

Json manifest_schema(const std::vector<FieldView>& spec,
                     const std::vector<FieldView>& annotations) {
  Definitions definitions = Json::object();
  Json whole = object_of({}, spec, any, definitions);
  require(whole, spec);
  const auto is_overridable = [](const FieldView& field) {
    return field.doc.overridable != Overridable::No;
  };
  definitions["override"] = object_of({}, spec, is_overridable, definitions);
  return {{"$schema", "http://json-schema.org/draft-07/schema#"},
          {"title", "IstioGateway of Alibaba Cloud Service Mesh"},
          {"type", "object"},
          {"required", {"apiVersion", "kind", "metadata", "spec"}},
          {"properties",
           {{"apiVersion",
             {{"type", "string"},
              {"enum", {"istio.alibabacloud.com/v1beta1", "istio.alibabacloud.com/v1"}}}},
            {"kind", {{"type", "string"}, {"enum", Json::array({"IstioGateway"})}}},
            {"metadata", metadata(annotations, definitions)},
            {"spec", whole}}},
          {"definitions", definitions}};
}

}  // namespace asmgw
