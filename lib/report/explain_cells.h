// How is one fact about a field said? The cells that overview, page and data share. Private to
// `explain`.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/field_view.h"
#include "base/json.h"
#include "report/layout.h"

namespace asmgw {

/// `int`, `[]ServicePort`
std::string type_name(const FieldView& field);

/// The same with an integer's bounds: `int 1-100`
std::string type_text(const FieldView& field);

/// The value when the field is unset, as JSON, from its own row, its parent's or its members'; null
/// when there is none.
Json default_json(const FieldPlace& place);

/// The same for people: `100%`, `cpu 2, memory 2G`, `none (CLB)`, `required`.
std::string default_text(const FieldPlace& place);

/// What holds of the field: its own row's word, else that of the spec's field it is a part of.
Overridable overridable_of(const FieldPlace& place);
Restarts restarts_of(const FieldPlace& place);

/// Is the value an object or a map, merged by key where an override meets the base?
bool is_merged_by_key(const FieldPlace& place);

/// What may be written: the row's text, else from words and bounds; "" when all of the type may,
/// and when `type_text` says it.
std::string values_text(const FieldView& field);

/// A mapping of YAML or JSON for people: `limits cpu 2, memory 2G; requests cpu 200m`.
std::string plain_text(const Json& value);

/// `label  text`, wrapped below the text's begin; nothing for an empty text.
std::string labelled_line(std::string_view label, std::string_view text, int indent, int column,
                          const Screen& screen);

/// Rows in columns of these widths, two spaces apart. A first cell that is too long moves its right
/// neighbour, alike in neighbouring rows; the cells after that stay in their columns.
std::string spread_rows(const std::vector<std::vector<Cell>>& rows, const std::vector<int>& widths,
                        const Screen& screen);

}  // namespace asmgw
