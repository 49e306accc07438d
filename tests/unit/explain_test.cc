#include "report/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/error.h"
#include "cmd/all_codes.h"
#include "cmd/explain_topic.h"
#include "gateway/fields.h"

namespace asmgw::cmd {
namespace {

FieldLists lists() { return {spec_views(), annotation_views()}; }

/// No line of a page is longer than the screen; but a path is never cut.
void expect_fits(const std::string& text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    const std::string line = text.substr(begin, end - begin);
    EXPECT_TRUE(columns(line) <= 80 || line.find(' ') == std::string::npos) << line;
    EXPECT_FALSE(line.ends_with(' ')) << line;
    begin = end + 1;
  }
  EXPECT_TRUE(text.ends_with('\n'));
}

TEST(AllCodes, AreNamedOnceAndExplained) {
  const std::set<std::string_view> places = {"diff", "input", "config", "read", "apply"};
  std::set<std::string_view> names;
  for (const PlacedCode& row : all_codes()) {
    SCOPED_TRACE(row.code->name);
    EXPECT_TRUE(names.insert(row.code->name).second) << "stands twice";
    EXPECT_TRUE(places.contains(row.where)) << row.where;
    EXPECT_FALSE(row.code->means.empty());
    EXPECT_FALSE(row.code->why.empty());
    EXPECT_FALSE(row.code->example.empty());
    EXPECT_FALSE(row.code->what_to_do.empty());
    expect_fits(code_text(row, {}));
  }
  expect_fits(codes_text(all_codes(), {}));
}

TEST(AllCodes, AreListedByPlaceThenGravityThenName) {
  const Code warning{"b", Severity::Warning, "", "", ""}, note{"a", Severity::Note, "", "", ""};
  const Code error{"d", Severity::Error, "", "", ""}, refused{"c", Severity::Refused, "", "", ""};
  const Code other{"a2", Severity::Warning, "", "", ""};
  const PlacedCode codes[] = {{&refused, "apply"}, {&note, "diff"},   {&error, "apply"},
                              {&warning, "diff"},  {&error, "input"}, {&other, "diff"}};
  std::string order;
  for (const PlacedCode& row : in_order(codes)) {
    order += std::string(row.where) + ":" + std::string(row.code->name) + " ";
  }
  EXPECT_EQ(order, "diff:a2 diff:b diff:a input:d apply:d apply:c ");
}

TEST(Explain, EveryPageFitsTheScreen) {
  const FieldLists all = lists();
  expect_fits(overview_text(all.spec, {}));
  expect_fits(overrides_text(all.spec, {}));
  expect_fits(annotations_text(all.annotations, {}));
  int pages = 0;
  for (const FieldPlace& place : places_of(all.spec)) {
    SCOPED_TRACE(place.path);
    const std::string text = field_text(place, all.spec, {});
    expect_fits(text);
    EXPECT_TRUE(text.starts_with("spec." + place.path)) << text;
    ++pages;
  }
  EXPECT_GE(pages, 150);
}

TEST(Explain, TheOverviewNamesEveryField) {
  const FieldLists all = lists();
  const std::string text = overview_text(all.spec, {});
  for (const FieldView& field : all.spec) {
    EXPECT_THAT(text, testing::HasSubstr(std::string(field.name)));
  }
}

TEST(Explain, EveryCodeThatADocumentationNamesIsOne) {
  std::set<std::string> codes, named;
  for (const PlacedCode& row : all_codes()) codes.emplace(row.code->name);
  const FieldLists all = lists();
  std::vector<FieldPlace> places = places_of(all.spec);
  for (const FieldPlace& place : places_of(all.annotations)) places.push_back(place);
  for (const FieldPlace& place : places) {
    const FieldDoc& doc = place.chain.back()->doc;
    for (const std::string_view text : {doc.means, doc.values, doc.not_with, doc.watch_out}) {
      const std::size_t begin = text.find(" [");
      if (begin == std::string_view::npos) continue;
      named.emplace(text.substr(begin + 2, text.find(']', begin) - begin - 2));
    }
  }
  EXPECT_TRUE(std::includes(codes.begin(), codes.end(), named.begin(), named.end()))
      << testing::PrintToString(named);
  EXPECT_GE(named.size(), 5U);
}

TEST(Topic, AFieldIsFoundByItsPathOrItsName) {
  struct Row {
    std::string word, path;
  };
  const Row rows[] = {
      {"replicaCount", "replicaCount"},
      {"spec.replicaCount", "replicaCount"},
      {"ports", "ports"},
      {"ports.targetPort", "ports.targetPort"},
      {"ports[].targetPort", "ports.targetPort"},
      {"spec.ports[443/TCP].targetPort", "ports.targetPort"},
      {"compression.gzip.window_bits", "compression.gzip.window_bits"},
      {"gzip.window_bits", "compression.gzip.window_bits"},
      {"window_bits", "compression.gzip.window_bits"},
      {"kernel.parameters.vm.swappiness", "kernel.parameters"},
      {"vm.swappiness", "kernel.parameters"},
      {"tolerationSeconds", "tolerations.tolerationSeconds"},
      {"affinity.podAffinity", "affinity.podAffinity"},
      {"replicas-managed-by-asm", "asm.alibabacloud.com/replicas-managed-by-asm"},
      {"metadata.annotations[asm.alibabacloud.com/replicas-managed-by-asm]",
       "asm.alibabacloud.com/replicas-managed-by-asm"},
  };
  const FieldLists all = lists();
  for (const Row& row : rows) {
    SCOPED_TRACE(row.word);
    const Topic topic = find_topic(row.word, all);
    const auto* field = std::get_if<FieldPlace>(&topic);
    ASSERT_NE(field, nullptr);
    EXPECT_EQ(field->path, row.path);
  }
}

TEST(Topic, PagesAndCodesAreFoundByTheirWord) {
  const FieldLists all = lists();
  EXPECT_TRUE(std::holds_alternative<EveryField>(find_topic("", all)));
  EXPECT_TRUE(std::holds_alternative<EveryField>(find_topic("spec", all)));
  EXPECT_TRUE(std::holds_alternative<OverrideRules>(find_topic("overrides", all)));
  EXPECT_TRUE(std::holds_alternative<OverrideRules>(find_topic("spec.overrides", all)));
  EXPECT_TRUE(std::holds_alternative<EveryAnnotation>(find_topic("annotations", all)));
  EXPECT_TRUE(std::holds_alternative<EveryCode>(find_topic("codes", all)));
  const Topic topic = find_topic("rolling-restart", all);
  ASSERT_TRUE(std::holds_alternative<PlacedCode>(topic));
  EXPECT_EQ(std::get<PlacedCode>(topic).code->name, "rolling-restart");
}

TEST(Topic, AnUnknownWordIsRefusedWithTheNearest) {
  struct Row {
    std::string word, hint;
  };
  const Row rows[] = {
      {"replicacount", "did you mean replicaCount?"},
      {"replicaCounts", "did you mean replicaCount?"},
      {"ports.targetport", "did you mean ports.targetPort?"},
      {"windowbits", "did you mean window_bits?"},
      {"rolling-restrat", "did you mean rolling-restart?"},
      {"override", "did you mean overrides?"},
      {"topologyKey",
       "one of affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution.topologyKey"},
      {"zzzzzz", "all fields: kubectl asmgw explain\n"},
  };
  const FieldLists all = lists();
  for (const Row& row : rows) {
    SCOPED_TRACE(row.word);
    try {
      find_topic(row.word, all);
      ADD_FAILURE() << "was found";
    } catch (const Error& error) {
      EXPECT_EQ(error.finding().code->name, "usage");
      EXPECT_THAT(error.finding().hint, testing::StartsWith(row.hint));
    }
  }
}

}  // namespace
}  // namespace asmgw::cmd
