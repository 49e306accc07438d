// explain: what does a field or a code mean? Written from the lists; asks no cluster.
#include <ostream>

#include "base/codes.h"
#include "base/error.h"
#include "cmd/all_codes.h"
#include "cmd/explain_topic.h"
#include "cmd/verbs.h"
#include "gateway/fields.h"
#include "plan/verdict.h"
#include "report/changes_schema.h"
#include "report/json.h"
#include "report/schema.h"

namespace asmgw::cmd {
namespace {

std::string topic_text(const Topic& topic, const FieldLists& lists, const Screen& screen) {
  if (std::holds_alternative<EveryAnnotation>(topic)) {
    return annotations_text(lists.annotations, screen);
  }
  if (std::holds_alternative<EveryCode>(topic)) return codes_text(all_codes(), screen);
  if (std::holds_alternative<OverrideRules>(topic)) return overrides_text(lists.spec, screen);
  if (const auto* code = std::get_if<PlacedCode>(&topic)) return code_text(*code, screen);
  if (const auto* field = std::get_if<FieldPlace>(&topic)) {
    return field_text(*field, lists.spec, screen);
  }
  return overview_text(lists.spec, screen);
}

/// The fields of a list without their members: these are below them.
std::string list_json(const std::vector<FieldView>& views) {
  std::vector<FieldPlace> places = places_of(views);
  std::erase_if(places, [](const FieldPlace& place) { return place.chain.size() > 1; });
  return fields_json(places, tool_version());
}

std::string topic_json(const Topic& topic, const FieldLists& lists) {
  if (std::holds_alternative<EveryAnnotation>(topic)) return list_json(lists.annotations);
  if (std::holds_alternative<EveryCode>(topic)) return codes_json(all_codes(), tool_version());
  if (const auto* code = std::get_if<PlacedCode>(&topic)) {
    return codes_json({code, 1}, tool_version());
  }
  if (const auto* field = std::get_if<FieldPlace>(&topic)) {
    return fields_json({field, 1}, tool_version());
  }
  if (std::holds_alternative<OverrideRules>(topic)) {
    std::vector<FieldPlace> places = places_of(lists.spec);
    std::erase_if(places, [](const FieldPlace& place) { return place.path != "overrides"; });
    return fields_json(places, tool_version());
  }
  return list_json(lists.spec);
}

/// `explain -o json-schema GatewayDiff`: of what we print, in place of what we read.
bool is_about_diff(const GivenFlags& given) {
  return given.arguments == std::vector<std::string>{"GatewayDiff"};
}

std::string word_of(const GivenFlags& given, const std::string& format) {
  if (given.arguments.empty()) return "";
  if (given.arguments.size() > 1) {
    throw Error(finding(kUsage, "explain takes one field or code",
                        "kubectl asmgw explain " + given.arguments.front()));
  }
  if (format == "json-schema") {
    throw Error(finding(kUsage, "the JSON Schema is one of the whole manifest",
                        "kubectl asmgw explain -o json-schema; of what diff prints: explain -o "
                        "json-schema GatewayDiff"));
  }
  return given.arguments.front();
}

}  // namespace

std::vector<FlagGroup> explain_flags() {
  return {{"How to show it",
           {{"output", 'o', "FORMAT", "text, json, json-schema (for editors)"},
            {"color", 0, "WHEN", "auto, always, never"},
            {"ascii", 0, "", "plain characters only"}}}};
}

int run_explain(const GivenFlags& given, const Deps& deps) {
  const OutputOptions output = output_options(given, {"text", "json", "json-schema"});
  if (output.format == "json-schema" && is_about_diff(given)) {
    deps.out << record_text(changes_schema(/*closed=*/false));
    return kExitDone;
  }
  const FieldLists lists{spec_views(), annotation_views()};
  const Topic topic = find_topic(word_of(given, output.format), lists);
  if (output.format == "json-schema") {
    deps.out << record_text(manifest_schema(lists.spec, lists.annotations));
  } else if (output.format == "json") {
    deps.out << topic_json(topic, lists);
  } else {
    deps.out << topic_text(topic, lists, screen_of(output, deps));
  }
  return kExitDone;
}

}  // namespace asmgw::cmd
