#include "diff/restart.h"

#include <gtest/gtest.h>

#include <string>

#include "diff/values.h"

namespace asmgw {
namespace {

Json deployment(const std::string& pod_template, int generation = 1) {
  return parse_json(R"({"metadata":{"generation":)" + std::to_string(generation) +
                    R"(},"spec":{"replicas":2,"template":)" + pod_template + "}}");
}

struct Case {
  std::string name;
  std::string before, after;  ///< pod templates
  bool differ;
};

class Templates : public testing::TestWithParam<Case> {};
TEST_P(Templates, DifferByTheControllersRule) {
  const Json before = deployment(GetParam().before), after = deployment(GetParam().after);
  EXPECT_EQ(templates_differ(before, after), GetParam().differ);
  EXPECT_EQ(templates_differ(after, before), GetParam().differ);
  // a difference that is a fact must have a cause that can be shown
  if (!GetParam().differ) return;
  Hidden hidden;
  const auto fields = differences(kind_of({"apps", "Deployment", "", ""}), before, after, hidden);
  EXPECT_FALSE(template_changes(fields).empty());
}

INSTANTIATE_TEST_SUITE_P(
    RestartsNothingThoughItLooksSo, Templates,
    testing::Values(
        Case{"null_is_absent", R"({"spec":{"affinity":null}})", R"({"spec":{}})", false},
        Case{"creation_timestamp", R"({"metadata":{"creationTimestamp":null}})",
             R"({"metadata":{}})", false},
        Case{"empty_lists", R"({"spec":{"tolerations":[],"volumes":[]}})", R"({"spec":{}})", false},
        Case{"empty_args_and_env", R"({"spec":{"containers":[{"name":"p","args":[],"env":[]}]}})",
             R"({"spec":{"containers":[{"name":"p"}]}})", false},
        Case{"empty_node_selector", R"({"spec":{"nodeSelector":{}}})", R"({"spec":{}})", false},
        Case{"empty_labels_and_annotations",
             R"({"metadata":{"labels":{},"annotations":{}},"spec":{}})",
             R"({"metadata":{},"spec":{}})", false},
        Case{"empty_limits_and_requests",
             R"({"spec":{"containers":[{"resources":{"limits":{},"requests":{}}}]}})",
             R"({"spec":{"containers":[{"resources":{}}]}})", false},
        Case{"empty_match_labels", R"({"a":{"matchLabels":{}}})", R"({"a":{}})", false},
        Case{
            "respelled_amounts",
            R"({"spec":{"containers":[{"resources":{"limits":{"cpu":"2000m","memory":"256Mi"}}}]}})",
            R"({"spec":{"containers":[{"resources":{"limits":{"cpu":"2","memory":"268435456"}}}]}})",
            false},
        Case{"template_hash", R"({"metadata":{"labels":{"app":"x","pod-template-hash":"5c9f"}}})",
             R"({"metadata":{"labels":{"app":"x"}}})", false},
        Case{"key_order", R"({"spec":{"a":1,"b":2}})", R"({"spec":{"b":2,"a":1}})", false}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    RestartsAlthoughItLooksHarmless, Templates,
    testing::Values(
        Case{"env_order",
             R"({"spec":{"containers":[{"name":"p","env":[{"name":"A"},{"name":"B"}]}]}})",
             R"({"spec":{"containers":[{"name":"p","env":[{"name":"B"},{"name":"A"}]}]}})", true},
        Case{"empty_affinity", R"({"spec":{}})", R"({"spec":{"affinity":{}}})", true},
        Case{"empty_node_affinity", R"({"spec":{"affinity":{}}})",
             R"({"spec":{"affinity":{"nodeAffinity":{}}}})", true},
        Case{"empty_lifecycle", R"({"spec":{"containers":[{"name":"p"}]}})",
             R"({"spec":{"containers":[{"name":"p","lifecycle":{}}]}})", true},
        Case{"empty_dir", R"({"spec":{"volumes":[{"name":"v"}]}})",
             R"({"spec":{"volumes":[{"name":"v","emptyDir":{}}]}})", true},
        Case{"empty_security_context", R"({"spec":{}})", R"({"spec":{"securityContext":{}}})",
             true},
        Case{"object_that_holds_only_null", R"({"spec":{}})", R"({"spec":{"affinity":{"x":null}}})",
             true},
        Case{"object_that_holds_only_an_empty_list", R"({"spec":{}})",
             R"({"spec":{"dnsConfig":{"nameservers":[]}}})", true},
        Case{"optional_false", R"({"spec":{"volumes":[{"name":"v","secret":{"secretName":"s"}}]}})",
             R"({"spec":{"volumes":[{"name":"v","secret":{"secretName":"s","optional":false}}]}})",
             true},
        Case{"service_links", R"({"spec":{}})", R"({"spec":{"enableServiceLinks":true}})", true},
        Case{"label", R"({"metadata":{"labels":{"a":"1"}}})",
             R"({"metadata":{"labels":{"a":"2"}}})", true},
        Case{"empty_label_value", R"({"metadata":{"labels":{"a":""}}})", R"({"metadata":{}})",
             true},
        Case{"amount",
             R"({"spec":{"containers":[{"name":"p","resources":{"limits":{"memory":"2G"}}}]}})",
             R"({"spec":{"containers":[{"name":"p","resources":{"limits":{"memory":"2Gi"}}}]}})",
             true},
        Case{"amounts_that_are_texts", R"({"metadata":{"annotations":{"a":"2000m"}}})",
             R"({"metadata":{"annotations":{"a":"2"}}})", true},
        Case{"zero_is_a_value", R"({"spec":{"terminationGracePeriodSeconds":0}})", R"({"spec":{}})",
             true},
        Case{"false_is_a_value", R"({"spec":{"hostNetwork":false}})", R"({"spec":{}})", true},
        Case{"toleration_order", R"({"spec":{"tolerations":[{"key":"a"},{"key":"b"}]}})",
             R"({"spec":{"tolerations":[{"key":"b"},{"key":"a"}]}})", true},
        Case{
            "second_of_two_equal_variables",
            R"({"spec":{"containers":[{"name":"p","env":[{"name":"A"},{"name":"A"}]}]}})",
            R"({"spec":{"containers":[{"name":"p","env":[{"name":"A"},{"name":"A","value":"2"}]}]}})",
            true}),
    [](const auto& row) { return row.param.name; });

TEST(Restart, AnEqualGenerationProvesThatNothingChanged) {
  struct Row {
    std::string before, after;
    bool proved;
  };
  const Row rows[] = {
      {R"({"metadata":{"generation":3}})", R"({"metadata":{"generation":3}})", true},
      {R"({"metadata":{"generation":3}})", R"({"metadata":{"generation":4}})", false},
      {R"({"metadata":{}})", R"({"metadata":{}})", false},  // kinds without a generation
      {R"({"metadata":{"generation":3}})", R"({"metadata":{}})", false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.before + row.after);
    EXPECT_EQ(is_proved_unchanged(parse_json(row.before), parse_json(row.after)), row.proved);
  }
}

Restart predicted(Answer before, Answer after, std::optional<Answer> forced = {},
                  const std::string& kind = "Deployment") {
  ObservedObject object;
  object.desired.ref = {kind == "Deployment" ? "apps" : "", kind, "n", "x"};
  object.before = std::move(before);
  object.after = std::move(after);
  object.if_forced = std::move(forced);
  std::vector<FieldChange> fields;
  Hidden hidden;
  const Json* live_object = live(object);
  const Json* next = foreseen(object);
  if (live_object != nullptr && next != nullptr) {
    fields = differences(kind_of(object.desired.ref), *live_object, *next, hidden);
  }
  return predict_restart(object, fields);
}

const std::string kOld = R"({"spec":{"dnsPolicy":"Default"}})";
const std::string kNew = R"({"spec":{"dnsPolicy":"None"}})";

TEST(Restart, Predictions) {
  const Found old_object{deployment(kOld, 1)}, new_object{deployment(kNew, 2)};
  using enum Restart::Predicted;
  const Restart yes = predicted(old_object, new_object);
  EXPECT_EQ(yes.predicted, Yes);
  EXPECT_EQ(yes.causes, std::vector<std::size_t>{0});
  ASSERT_TRUE(yes.arithmetic);
  EXPECT_EQ(yes.arithmetic->replicas, 2);

  EXPECT_EQ(predicted(old_object, Found{deployment(kOld, 2)}).predicted, No);
  EXPECT_EQ(predicted(Absent{}, Found{new_object.object, true}).predicted, No);
  EXPECT_EQ(predicted(old_object, Refused{}).predicted, Unknown);
  EXPECT_EQ(predicted(old_object, Unread{}).predicted, Unknown);
  EXPECT_EQ(predicted(Unread{}, Unread{}).predicted, No);  // nothing is known to restart
  EXPECT_EQ(predicted(old_object, Conflict{}, new_object).predicted, Yes);
  EXPECT_EQ(predicted(old_object, Conflict{}, Refused{}).predicted, Unknown);
  EXPECT_EQ(predicted(old_object, new_object, {}, "Service").predicted, No);
}

TEST(Restart, CausesAreOnlyThoseBelowTheTemplate) {
  Json after = deployment(kNew, 2);
  after["spec"]["replicas"] = 3;
  after["metadata"]["labels"]["a"] = "b";
  const Restart restart = predicted(Found{deployment(kOld, 1)}, Found{after});
  EXPECT_EQ(restart.causes, std::vector<std::size_t>{2});  // behind the label and the replicas
}

TEST(RestartDeathTest, ThreeStatementsMustAgree) {
  EXPECT_DEATH(predicted(Found{deployment(kOld, 4)}, Found{deployment(kNew, 4)}),
               "a restart without a new generation");
}

}  // namespace
}  // namespace asmgw
