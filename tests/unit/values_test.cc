#include "diff/values.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

namespace asmgw {
namespace {

const Kind& service() { return kind_of({"", "Service", "", ""}); }
const Kind& deployment() { return kind_of({"apps", "Deployment", "", ""}); }

/// `~ spec.type "A" → "B"; + …` and what was hidden: `(spelling 1)`.
std::string compared(const Kind& kind, const std::string& before, const std::string& after) {
  Hidden hidden;
  std::string text;
  const auto changes = differences(kind, parse_json(before), parse_json(after), hidden);
  for (const FieldChange& change : changes) {
    text += text.empty() ? "" : "; ";
    text += change.op == FieldChange::Op::Add       ? "+ "
            : change.op == FieldChange::Op::Remove  ? "- "
            : change.op == FieldChange::Op::Reorder ? "order "
                                                    : "~ ";
    text += to_string(change.path);
    if (change.before) text += " " + dump(*change.before);
    if (change.before && change.after) text += " →";
    if (change.after) text += " " + dump(*change.after);
  }
  for (const auto& [reason, fields] : hidden) {
    text += fmt::format(" ({} {})", reason, fields.size());
  }
  return text;
}

struct Case {
  std::string name;
  std::string before, after, expected;
};

class ServiceValues : public testing::TestWithParam<Case> {};
TEST_P(ServiceValues, Differ) {
  EXPECT_EQ(compared(service(), GetParam().before, GetParam().after), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    All, ServiceValues,
    testing::Values(
        Case{"equal", R"({"spec":{"type":"A"}})", R"({"spec":{"type":"A"}})", ""},
        Case{"changed", R"({"spec":{"type":"A"}})", R"({"spec":{"type":"B"}})",
             R"(~ spec.type "A" → "B")"},
        Case{"added", R"({"spec":{}})", R"({"spec":{"type":"B"}})", R"(+ spec.type "B")"},
        Case{"removed", R"({"spec":{"type":"A"}})", R"({"spec":{}})", R"(- spec.type "A")"},
        Case{"map_key_added", R"({"metadata":{"name":"x"}})",
             R"({"metadata":{"name":"x","annotations":{"a.b/c":"1"}}})",
             R"(+ metadata.annotations[a.b/c] "1")"},
        Case{"in_the_order_of_paths", R"({"b":1,"a":1,"c":{"d":1}})",
             R"({"b":2,"a":2,"c":{"d":2}})", "~ a 1 → 2; ~ b 1 → 2; ~ c.d 1 → 2"},
        Case{"port_by_identity",
             R"({"spec":{"ports":[{"port":80,"protocol":"TCP"},
                                  {"port":443,"protocol":"TCP","targetPort":1}]}})",
             R"({"spec":{"ports":[{"port":443,"protocol":"TCP","targetPort":2},
                                  {"port":81,"protocol":"TCP"}]}})",
             R"(- spec.ports[80/TCP] {"port":80,"protocol":"TCP"}; )"
             R"(~ spec.ports[443/TCP].targetPort 1 → 2; )"
             R"(+ spec.ports[81/TCP] {"port":81,"protocol":"TCP"})"},
        Case{"absent_protocol_is_tcp", R"({"ports":[{"port":80,"name":"a"}]})",
             R"({"ports":[{"port":80,"name":"b","protocol":"TCP"}]})",
             R"(~ ports[80/TCP].name "a" → "b"; + ports[80/TCP].protocol "TCP")"},
        Case{"tcp_is_not_udp", R"({"ports":[{"port":80,"protocol":"TCP"}]})",
             R"({"ports":[{"port":80,"protocol":"UDP"}]})",
             R"(- ports[80/TCP] {"port":80,"protocol":"TCP"}; )"
             R"(+ ports[80/UDP] {"port":80,"protocol":"UDP"})"},
        Case{"pure_reorder",
             R"({"ports":[{"port":80,"protocol":"TCP"},{"port":81,"protocol":"TCP"}]})",
             R"({"ports":[{"port":81,"protocol":"TCP"},{"port":80,"protocol":"TCP"}]})",
             R"(order ports ["80/TCP","81/TCP"] → ["81/TCP","80/TCP"])"},
        Case{"removal_alone_is_no_reorder",
             R"({"ports":[{"port":80,"protocol":"TCP"},{"port":81,"protocol":"TCP"}]})",
             R"({"ports":[{"port":81,"protocol":"TCP"}]})",
             R"(- ports[80/TCP] {"port":80,"protocol":"TCP"})"},
        Case{"absent_and_empty_list", R"({"spec":{}})", R"({"spec":{"ports":[]}})", " (empty 1)"},
        Case{"absent_and_null", R"({"spec":{"x":null}})", R"({"spec":{}})", " (empty 1)"},
        Case{"null_and_empty_list", R"({"x":null})", R"({"x":[]})", ""},
        Case{"absent_and_empty_string_map", R"({"metadata":{"a":1}})",
             R"({"metadata":{"a":1,"annotations":{}}})", " (empty 1)"},
        Case{"empty_object_is_a_value", R"({"spec":{}})", R"({"spec":{"affinity":{}}})",
             "+ spec.affinity {}"},
        Case{"object_of_nothing_is_a_value", R"({"spec":{}})",
             R"({"spec":{"affinity":{"x":null}}})", R"(+ spec.affinity {"x":null} (empty 1))"},
        Case{"other_type", R"({"a":{"b":1}})", R"({"a":"b"})", R"(~ a {"b":1} → "b")"},
        Case{"number_is_not_text", R"({"a":80})", R"({"a":"80"})", R"(~ a 80 → "80")"},
        Case{"list_without_identity", R"({"args":["a","b"]})", R"({"args":["b","a"]})",
             R"(~ args ["a","b"] → ["b","a"])"},
        Case{"servers_own_is_not_shown",
             R"({"metadata":{"uid":"1","resourceVersion":"1","generation":1,"name":"x",
                 "creationTimestamp":"t","managedFields":[{"a":1}]},"status":{"a":1}})",
             R"({"metadata":{"uid":"2","resourceVersion":"2","generation":2,"name":"x",
                 "creationTimestamp":"u","managedFields":[{"a":2}]},"status":{"a":2}})",
             " (generation 1) (managedFields 1) (resourceVersion 1) (status 1) (timestamps 1) (uid "
             "1)"},
        Case{"servers_own_only_at_the_top", R"({"spec":{"status":1,"metadata":{"uid":"1"}}})",
             R"({"spec":{"status":2,"metadata":{"uid":"2"}}})",
             R"(~ spec.metadata.uid "1" → "2"; ~ spec.status 1 → 2)"},
        Case{"a_new_object_has_no_counts", R"({"metadata":{}})",
             R"({"metadata":{"managedFields":[1],"generation":1,"uid":"x"}})", ""}),
    [](const auto& row) { return row.param.name; });

std::string pod(const std::string& container) {
  return R"({"spec":{"template":{"spec":{"containers":[{"name":"istio-proxy",)" + container +
         "}]}}}}";
}

class PodValues : public testing::TestWithParam<Case> {};
TEST_P(PodValues, Differ) {
  EXPECT_EQ(compared(deployment(), pod(GetParam().before), pod(GetParam().after)),
            GetParam().expected);
}
constexpr const char* kProxy = "spec.template.spec.containers[istio-proxy].";
INSTANTIATE_TEST_SUITE_P(
    All, PodValues,
    testing::Values(
        Case{"equal_amounts", R"("resources":{"limits":{"cpu":"2000m","memory":"256Mi"}})",
             R"("resources":{"limits":{"cpu":"2","memory":"268435456"}})", " (spelling 2)"},
        Case{"other_amounts", R"("resources":{"requests":{"cpu":"200m"}})",
             R"("resources":{"requests":{"cpu":"400m"}})",
             std::string("~ ") + kProxy + R"(resources.requests.cpu "200m" → "400m")"},
        Case{"amounts_only_in_resources", R"("x":{"limits":{"cpu":"2000m"}})",
             R"("x":{"limits":{"cpu":"2"}})",
             std::string("~ ") + kProxy + R"(x.limits.cpu "2000m" → "2")"},
        Case{"env_reorder", R"("env":[{"name":"A","value":"1"},{"name":"B","value":"2"}])",
             R"("env":[{"name":"B","value":"2"},{"name":"A","value":"1"}])",
             std::string("order ") + kProxy + R"(env ["A","B"] → ["B","A"])"},
        Case{
            "env_changed_in_another_place",
            R"("env":[{"name":"A","value":"1"},{"name":"B","value":"2"}])",
            R"("env":[{"name":"C","value":"0"},{"name":"A","value":"9"},{"name":"B","value":"2"}])",
            std::string("~ ") + kProxy + R"(env[A].value "1" → "9"; + )" + kProxy +
                R"(env[C] {"name":"C","value":"0"})"},
        Case{"env_twice_is_one_value",
             R"("env":[{"name":"A","value":"1"},{"name":"A","value":"1"}])",
             R"("env":[{"name":"A","value":"1"},{"name":"A","value":"2"}])",
             std::string("~ ") + kProxy +
                 R"(env [{"name":"A","value":"1"},{"name":"A","value":"1"}] → )"
                 R"([{"name":"A","value":"1"},{"name":"A","value":"2"}])"},
        Case{"mounts_by_path", R"("volumeMounts":[{"mountPath":"/a","name":"x"}])",
             R"("volumeMounts":[{"mountPath":"/a","name":"y"}])",
             std::string("~ ") + kProxy + R"(volumeMounts[/a].name "x" → "y")"},
        Case{"container_ports", R"("ports":[{"containerPort":80,"protocol":"TCP"}])",
             R"("ports":[{"containerPort":80,"protocol":"UDP"}])",
             std::string("- ") + kProxy +
                 R"(ports[80/TCP] {"containerPort":80,"protocol":"TCP"}; + )" + kProxy +
                 R"(ports[80/UDP] {"containerPort":80,"protocol":"UDP"})"},
        Case{"empty_limits", R"("resources":{"requests":{"cpu":"1"}})",
             R"("resources":{"requests":{"cpu":"1"},"limits":{}})", " (empty 1)"}),
    [](const auto& row) { return row.param.name; });

TEST(Values, IsQuantityOnlyBelowResources) {
  EXPECT_TRUE(is_quantity(fields({"a", "resources", "limits", "cpu"})));
  EXPECT_TRUE(is_quantity(fields({"resources", "requests", "memory"})));
  EXPECT_FALSE(is_quantity(fields({"resources", "limits"})));
  EXPECT_FALSE(is_quantity(fields({"resources", "claims", "x"})));
  EXPECT_FALSE(is_quantity(fields({"limits", "cpu"})));
  EXPECT_FALSE(is_quantity({}));
}

}  // namespace
}  // namespace asmgw
