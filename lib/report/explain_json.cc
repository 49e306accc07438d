// Fields and codes as data: kind FieldDocs, kind CodeDocs.
#include "base/error.h"
#include "report/explain.h"
#include "report/explain_cells.h"
#include "report/json.h"

namespace asmgw {
namespace {

std::string_view json_word(Overridable overridable) {
  switch (overridable) {
    case Overridable::No:
      return "no";
    case Overridable::Yes:
      return "yes";
    case Overridable::FromAsm116:
      return "fromAsm1.16";
  }
  ASMGW_BUG("overridable out of range");
}

std::string_view json_word(Restarts restarts) {
  switch (restarts) {
    case Restarts::No:
      return "no";
    case Restarts::Listed:
      return "yes";
    case Restarts::Inferred:
      return "inferred";
    case Restarts::UntilAsm116:
      return "untilAsm1.16";
  }
  ASMGW_BUG("restarts out of range");
}

void put(Json& json, const char* key, std::string_view text) {
  if (!text.empty()) json[key] = text;
}

Json field_json(const FieldPlace& place) {
  const FieldView& field = *place.chain.back();
  const FieldDoc& doc = field.doc;
  Json json{{"path", place.path}, {"type", type_name(field)}, {"required", doc.required}};
  const Json otherwise = default_json(place);
  if (!otherwise.is_null()) json["default"] = otherwise;
  put(json, "means", doc.means);
  put(json, "defaultShown", doc.default_shown);
  put(json, "values", doc.values);
  put(json, "becomes", doc.becomes);
  put(json, "notWith", doc.not_with);
  put(json, "watchOut", doc.watch_out);
  put(json, "since", doc.since);
  put(json, "group", place.chain.front()->doc.group);
  for (const std::string_view word : doc.words) json["allowed"].push_back(word);
  if (field.type.form == FieldForm::Int && doc.min >= 0) {
    json["minimum"] = doc.min;
    json["maximum"] = doc.max;
  }
  if (!place.chain.front()->doc.names_clusters) {
    json["override"] = json_word(overridable_of(place));
    json["restarts"] = json_word(restarts_of(place));
  }
  if (doc.immutable) json["immutable"] = true;
  for (const FieldView& member : field.members) {
    FieldPlace below = place;
    below.path += "." + std::string(member.name);
    below.chain.push_back(&member);
    json["members"].push_back(field_json(below));
  }
  return json;
}

}  // namespace

std::string fields_json(std::span<const FieldPlace> places, const std::string& tool) {
  Json record{{"apiVersion", kApiVersion},
              {"kind", "FieldDocs"},
              {"tool", tool},
              {"fields", Json::array()}};
  for (const FieldPlace& place : places) record["fields"].push_back(field_json(place));
  return record_text(record);
}

std::string codes_json(std::span<const PlacedCode> codes, const std::string& tool) {
  Json record{
      {"apiVersion", kApiVersion}, {"kind", "CodeDocs"}, {"tool", tool}, {"codes", Json::array()}};
  for (const PlacedCode& row : in_order(codes)) {
    Json json{{"code", row.code->name}, {"severity", word(row.code->severity)},
              {"where", row.where},     {"means", row.code->means},
              {"why", row.code->why},   {"whatToDo", row.code->what_to_do}};
    put(json, "example", row.code->example);
    record["codes"].push_back(std::move(json));
  }
  return record_text(record);
}

}  // namespace asmgw
