#include "report/explain_cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/tree.h"

namespace asmgw {
namespace {

constexpr std::int64_t kNoBound = 2147483647;  // int32: every integer has this one

/// An integer whose type tells its bounds.
bool has_bounds(const FieldView& field) {
  return field.type.form == FieldForm::Int && field.doc.min >= 0 && field.doc.max < kNoBound;
}

Json yaml_as_json(std::string_view text) {
  Findings findings;
  const std::vector<Node> documents = parse_yaml(findings.keep({"", std::string(text)}), findings);
  return documents.empty() ? Json() : to_json(documents[0]);
}

/// The defaults of the members, where each has one: a probe's.
Json default_of_members(const FieldView& field) {
  Json values = Json::array();
  if (field.type.form != FieldForm::Object) return {};
  for (const FieldView& member : field.members) {
    if (member.doc.default_value.empty()) return {};
    values.push_back(yaml_as_json(member.doc.default_value));
  }
  return values.empty() ? Json() : values;
}

std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

}  // namespace

std::string type_name(const FieldView& field) {
  std::string text(field.type.name);
  const bool is_list = field.type.form == FieldForm::ObjectList && !text.starts_with("[]");
  return is_list ? "[]" + text : text;
}

std::string type_text(const FieldView& field) {
  if (!has_bounds(field)) return type_name(field);
  return fmt::format("{} {}-{}", type_name(field), field.doc.min, field.doc.max);
}

Json default_json(const FieldPlace& place) {
  const FieldView& field = *place.chain.back();
  if (!field.doc.default_value.empty()) return yaml_as_json(field.doc.default_value);
  if (place.chain.size() > 1 && !place.chain.front()->doc.default_value.empty()) {
    Json value = yaml_as_json(place.chain.front()->doc.default_value);
    for (std::size_t i = 1; i < place.chain.size() && value.is_object(); ++i) {
      value = value.value(std::string(place.chain[i]->name), Json());
    }
    return value;
  }
  return default_of_members(field);
}

std::string default_text(const FieldPlace& place) {
  const FieldDoc& doc = place.chain.back()->doc;
  if (doc.required) return "required";
  if (!doc.default_shown.empty()) return std::string(doc.default_shown);
  const Json value = default_json(place);
  return value.is_null() ? "none" : plain_text(value);
}

Overridable overridable_of(const FieldPlace& place) {
  const Overridable own = place.chain.back()->doc.overridable;
  return own != Overridable::No ? own : place.chain.front()->doc.overridable;
}

Restarts restarts_of(const FieldPlace& place) {
  const Restarts own = place.chain.back()->doc.restarts;
  return own != Restarts::No ? own : place.chain.front()->doc.restarts;
}

bool is_merged_by_key(const FieldPlace& place) {
  const FieldForm form = place.chain.back()->type.form;
  return form == FieldForm::MapOfText || form == FieldForm::MapOfQuantities ||
         form == FieldForm::Object;
}

std::string values_text(const FieldView& field) {
  const FieldDoc& doc = field.doc;
  if (!doc.values.empty()) return std::string(doc.values);
  if (!doc.words.empty()) return fmt::format("{}", fmt::join(doc.words, ", "));
  if (doc.min < 0 || has_bounds(field)) return "";
  if (field.type.form == FieldForm::Int) return fmt::format("{} or more", doc.min);
  const bool is_either = field.type.form == FieldForm::NumberOrText && doc.max < kNoBound;
  return is_either ? fmt::format("{} to {}", doc.min, doc.max) : "";
}

std::string plain_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array()) {
    std::string text;
    for (const Json& item : value) text += (text.empty() ? "" : ", ") + plain_text(item);
    return text;
  }
  if (!value.is_object()) return dump(value);
  std::string text;
  for (const auto& [key, member] : value.items()) {
    const std::string_view between = member.is_object() ? "; " : ", ";
    text += fmt::format("{}{} {}", text.empty() ? "" : between, key, plain_text(member));
  }
  return text;
}

std::string labelled_line(std::string_view label, std::string_view text, int indent, int column,
                          const Screen& screen) {
  std::string result;
  for (const std::string& line : wrap(text, screen.width - indent - column)) {
    const std::string_view shown = std::string_view(line).substr(0, line.find_last_not_of(' ') + 1);
    result += spaces(indent) + pad(result.empty() ? label : "", column) + std::string(shown) + "\n";
  }
  return result;
}

std::string spread_rows(const std::vector<std::vector<Cell>>& rows, const std::vector<int>& widths,
                        const Screen& screen) {
  std::string text;
  const auto is_long = [&](std::size_t r) { return columns(rows[r][0].text) > widths[0]; };
  for (std::size_t begin = 0; begin < rows.size();) {
    std::size_t end = begin + 1;
    while (end < rows.size() && is_long(end) == is_long(begin)) ++end;
    std::vector<int> here = widths;
    for (std::size_t r = begin; r < end; ++r) here[0] = std::max(here[0], columns(rows[r][0].text));
    here[1] -= here[0] - widths[0];
    for (std::size_t r = begin; r < end; ++r) {
      for (std::size_t i = 0; i < rows[r].size(); ++i) {
        const Cell& cell = rows[r][i];
        const bool is_last = i + 1 == rows[r].size();
        text += paint(cell.text, cell.paint, screen);
        text += is_last ? "\n" : spaces(here[i] - columns(cell.text) + 2);
      }
    }
    begin = end;
  }
  return text;
}

}  // namespace asmgw
