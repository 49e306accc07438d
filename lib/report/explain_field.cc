// The page of one field, of the rules of overrides, of the annotations.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "diff/arithmetic.h"
#include "report/explain.h"
#include "report/explain_cells.h"

namespace asmgw {
namespace {

constexpr int kIndent = 2, kColumn = 11;

std::string line(std::string_view label, std::string_view text, const Screen& screen) {
  return labelled_line(label, text, kIndent, kColumn, screen);
}

std::string override_line(const FieldPlace& place) {
  const std::string_view how =
      is_merged_by_key(place) ? "merged with the base by key" : "it replaces the base's value";
  switch (overridable_of(place)) {
    case Overridable::No:
      return "no; the same for every cluster";
    case Overridable::Yes:
      return fmt::format("yes; {}", how);
    case Overridable::FromAsm116:
      return fmt::format("from ASM v1.16; {}", how);
  }
  ASMGW_BUG("overridable out of range");
}

std::string restarts_line(const FieldPlace& place) {
  const auto with_note = [&](std::string text) {
    const std::string_view note = place.chain.back()->doc.restarts_note;
    return note.empty() ? text : fmt::format("{}; {}", text, note);
  };
  switch (restarts_of(place)) {
    case Restarts::No:
      return with_note("no");
    case Restarts::Listed:
      return with_note("yes: a rolling restart of every pod");
    case Restarts::Inferred:
      return with_note(
          "yes: a rolling restart of every pod (not on the vendor's list; follows from our pod "
          "template)");
    case Restarts::UntilAsm116:
      return with_note("yes before ASM v1.16; no from it on");
  }
  ASMGW_BUG("restarts out of range");
}

/// Annotations have a prefix, fields have none; an annotation is never overridden.
bool is_annotation(const FieldPlace& place) { return place.path.find('/') != std::string::npos; }

/// Does the field's line hold its default as well? Else the default has a line of its own.
bool fits_in_heading(const FieldPlace& place, const Screen& screen) {
  return columns(place.path) + columns(type_text(*place.chain.back())) +
             columns(default_text(place)) + 18 <
         screen.width;
}

std::string facts(const FieldPlace& place, const Screen& screen) {
  const FieldDoc& doc = place.chain.back()->doc;
  const FieldDoc& top = place.chain.front()->doc;
  const bool has_keys = place.chain.back()->type.form == FieldForm::MapOfText && !doc.words.empty();
  std::string text;
  if (!doc.required && !doc.means.empty() && !fits_in_heading(place, screen))
    text += line("default", default_text(place), screen);
  text += line("values", has_keys ? doc.values : values_text(*place.chain.back()), screen);
  if (has_keys) text += line("keys", fmt::format("{}", fmt::join(doc.words, ", ")), screen);
  if (!doc.since.empty()) text += line("since", fmt::format("ASM v{}", doc.since), screen);
  if (!top.names_clusters) {
    if (!is_annotation(place)) text += line("override", override_line(place), screen);
    text += line("restarts", restarts_line(place), screen);
  }
  text += line("becomes", doc.becomes.empty() ? top.becomes : doc.becomes, screen);
  text += line("not with", doc.not_with, screen);
  return text + line("watch out", doc.watch_out, screen);
}

std::string indented(const std::string& text) {
  std::string result;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    result += "  " + text.substr(begin, end - begin);
    begin = end;
  }
  return result;
}

/// One member: name, type, default, and what is to say of it.
struct Member {
  std::string name, type, otherwise, text;
};

std::vector<Member> members_of(const FieldPlace& place) {
  std::vector<Member> members;
  for (const FieldView& view : place.chain.back()->members) {
    FieldPlace below = place;
    below.chain.push_back(&view);
    const bool has_means = !view.doc.means.empty();
    members.push_back({std::string(view.name), type_text(view), default_text(below),
                       has_means ? std::string(view.doc.means) : values_text(view)});
  }
  return members;
}

std::string without_trailing_spaces(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') result.erase(result.find_last_not_of(' ') + 1);
    result += c;
  }
  return result;
}

/// A column of nothing is left out. What is to say stands in the last column, or, where this would
/// be narrow, below the member.
std::string members_table(const FieldPlace& place, const Screen& screen) {
  constexpr int kNarrow = 30;
  const std::vector<Member> members = members_of(place);
  const auto any = [&](const auto& has) {
    return std::any_of(members.begin(), members.end(), has);
  };
  const bool has_default = any([](const Member& member) { return member.otherwise != "none"; });
  const bool has_text = any([](const Member& member) { return !member.text.empty(); });
  const bool has_means = !place.chain.back()->members.front().doc.means.empty();
  std::vector<std::vector<Cell>> rows = {{{"FIELD"}, {"TYPE"}}};
  if (has_default) rows[0].push_back({"DEFAULT"});
  std::vector<int> widths;
  for (const Member& member : members) {
    rows.push_back({{member.name}, {member.type}});
    if (has_default) rows.back().push_back({member.otherwise});
  }
  widths.resize(rows[0].size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], columns(row[i].text));
    }
  }
  int room = screen.width - kIndent;
  for (const int width : widths) room -= width + 2;
  const bool is_narrow = room < kNarrow;
  for (Cell& cell : rows[0]) cell.paint = Paint::Dim;
  if (has_text && !is_narrow) rows[0].push_back({has_means ? "MEANS" : "VALUES", Paint::Dim});
  widths.push_back(room);
  std::string text = spread_rows({rows[0]}, widths, screen);
  for (std::size_t i = 0; i < members.size(); ++i) {
    std::vector<Cell> row = rows[i + 1];
    const auto pieces = wrap(members[i].text, is_narrow ? screen.width - 6 : room);
    if (!is_narrow && !pieces.empty()) row.push_back({pieces[0]});
    text += spread_rows({row}, widths, screen);
    for (std::size_t k = is_narrow ? 0 : 1; k < pieces.size(); ++k) {
      const int indent = is_narrow ? 4 : screen.width - kIndent - room;
      text += pad("", indent) + pieces[k] + "\n";
    }
  }
  return without_trailing_spaces(text);
}

/// The two fields that shape a rollout.
struct RollingField {
  std::string_view name, key, word, rounded;
};
constexpr RollingField kRolling[] = {
    {"rollingMaxSurge", "maxSurge", "SURGE", "up"},
    {"rollingMaxUnavailable", "maxUnavailable", "UNAVAILABLE", "down"}};

const FieldDoc& doc_of(std::string_view name, const std::vector<FieldView>& spec) {
  for (const FieldView& field : spec) {
    if (field.name == name) return field.doc;
  }
  ASMGW_BUG("a field of a rollout is not in the list");
}

std::string bounds(std::int64_t replicas, const Json& rolling_update) {
  const Json deployment{
      {"spec", {{"replicas", replicas}, {"strategy", {{"rollingUpdate", rolling_update}}}}}};
  const Arithmetic arithmetic = rollout_arithmetic(deployment, deployment);
  return fmt::format("peak {}, floor {}", arithmetic.peak, arithmetic.floor);
}

/// What the default and another value do to Deployments of several sizes, the other field being at
/// its default.
std::string rolling_table(const RollingField& field, const RollingField& other,
                          const std::vector<FieldView>& spec, const Screen& screen) {
  const FieldDoc& doc = doc_of(field.name, spec);
  const std::string_view usual = doc_of(other.name, spec).default_value;
  const std::string_view values[] = {doc.default_value, doc.examples.before};
  std::vector<std::vector<Cell>> rows = {{{"REPLICAS"}}};
  for (const std::string_view value : values) {
    rows[0].push_back({fmt::format("{} {}", field.word, value)});
  }
  for (const std::int64_t replicas : {1, 2, 4, 6}) {
    rows.push_back({{fmt::format("{}", replicas)}});
    for (const std::string_view value : values) {
      rows.back().push_back({bounds(replicas, {{field.key, value}, {other.key, usual}})});
    }
  }
  return fmt::format("\n  With {} {} (the default, rounded {}):\n{}", other.name, usual,
                     other.rounded, indented(table(rows, {0}, screen)));
}

std::string heading(const FieldPlace& place, std::string_view above, const Screen& screen) {
  const FieldDoc& doc = place.chain.back()->doc;
  const std::string name = fmt::format("{}{}", above, place.path);
  const std::string type = type_text(*place.chain.back());
  const bool is_long = columns(name) + 2 + columns(type) > screen.width;
  std::string text = paint(name, Paint::Bold, screen) + (is_long ? "\n  " : "  ") + type;
  if (doc.required) {
    text += "  required";
  } else if (!doc.means.empty() && fits_in_heading(place, screen)) {
    text += "  default " + default_text(place);
  }
  return text + "\n";
}

/// A map's or an object's example, as YAML.
std::string example_line(const FieldView& field, const Screen& screen) {
  switch (field.type.form) {
    case FieldForm::Text:
    case FieldForm::Int:
    case FieldForm::Bool:
    case FieldForm::NumberOrText:
    case FieldForm::Anything:
      return "";
    case FieldForm::MapOfText:
    case FieldForm::MapOfQuantities:
    case FieldForm::TextList:
    case FieldForm::Object:
    case FieldForm::ObjectList:
    case FieldForm::MapOfSpecs:
      return line("example", field.doc.examples.before, screen);
  }
  ASMGW_BUG("form out of range");
}

std::string names_with(Overridable overridable, const std::vector<FieldView>& spec) {
  const auto rank = [](const FieldView& field) {  // what is replaced, then what is merged by key
    return field.type.form == FieldForm::MapOfText ? 2 : field.type.form == FieldForm::Object;
  };
  std::vector<const FieldView*> fields;
  for (const FieldView& field : spec) {
    if (field.doc.overridable == overridable) fields.push_back(&field);
  }
  std::stable_sort(fields.begin(), fields.end(),
                   [&](const FieldView* a, const FieldView* b) { return rank(*a) < rank(*b); });
  std::string text;
  for (const FieldView* field : fields) {
    text += (text.empty() ? "" : ", ") + std::string(field->name);
  }
  return text;
}

}  // namespace

std::string field_text(const FieldPlace& place, const std::vector<FieldView>& spec,
                       const Screen& screen) {
  const FieldView& field = *place.chain.back();
  std::string text = heading(place, "spec.", screen);
  if (!field.doc.means.empty()) {
    for (const std::string& piece : wrap(field.doc.means, screen.width - kIndent)) {
      text += "  " + piece + "\n";
    }
  }
  text += "\n" + facts(place, screen) + example_line(field, screen);
  if (!field.members.empty()) text += "\n" + indented(members_table(place, screen));
  for (const RollingField& rolling : kRolling) {
    const RollingField& other = kRolling[&rolling == &kRolling[0] ? 1 : 0];
    if (rolling.name == place.path) text += rolling_table(rolling, other, spec, screen);
  }
  return marks(text, screen);
}

std::string overrides_text(const std::vector<FieldView>& spec, const Screen& screen) {
  constexpr int kWide = 18;
  const auto rule = [&](std::string_view label, const std::string& text) {
    return labelled_line(label, text, kIndent, kWide, screen);
  };
  const FieldDoc& doc = doc_of("overrides", spec);
  return marks(
      paint("spec.overrides.<clusterId>", Paint::Bold, screen) + "\n" +
          "  Other values for one cluster. The cluster's spec = base, then its override.\n\n" +
          rule("scalars, lists", "the override replaces the base") +
          rule("maps, resources", "merged by key (limits.cpu, …); the override's key wins") +
          rule("may stand here", names_with(Overridable::Yes, spec) + ";") +
          rule("",
               fmt::format("from ASM v1.16 also {}", names_with(Overridable::FromAsm116, spec))) +
          rule("anything else", "has no effect [override-no-effect]") +
          "\n  The vendor does not document merging by key. It is our reading; diff shows\n"
          "  the result for every cluster before anything is written.\n" +
          fmt::format("  Example  overrides: {}\n", doc.examples.before) +
          fmt::format("  See it resolved: {}\n",
                      paint("kubectl asmgw render -f FILE", Paint::Command, screen)),
      screen);
}

std::string annotations_text(const std::vector<FieldView>& annotations, const Screen& screen) {
  std::string text = paint("metadata.annotations of an IstioGateway", Paint::Bold, screen) +
                     "\n  These mean something; all others are ignored. Values are quoted.\n";
  for (const FieldPlace& place : places_of(annotations)) {
    text += "\n" + heading(place, "", screen);
    for (const std::string& piece : wrap(place.chain.back()->doc.means, screen.width - kIndent)) {
      text += "  " + piece + "\n";
    }
    text += facts(place, screen);
  }
  return marks(text, screen);
}

}  // namespace asmgw
