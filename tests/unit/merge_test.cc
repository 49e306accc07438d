#include "object/merge.h"

#include <gtest/gtest.h>

#include <string>

#include "object/defaults.h"
#include "object/owners.h"

namespace asmgw {
namespace {

const Kind& deployments() { return kind_of({"apps", "Deployment", "n", "d"}); }
const Kind& services() { return kind_of({"", "Service", "n", "s"}); }

/// An entry of managedFields.
Json entry(const std::string& manager, const std::string& operation, const std::string& fields,
           const std::string& version = "apps/v1") {
  return {{"manager", manager},
          {"operation", operation},
          {"apiVersion", version},
          {"fieldsV1", parse_json(fields)}};
}

Json owned(Json object, std::vector<Json> entries) {
  object["metadata"]["managedFields"] = std::move(entries);
  return object;
}

Json env(const std::string& items) {
  return parse_json(R"({"spec":{"template":{"spec":{"containers":[{"name":"c","env":)" + items +
                    "}]}}}}");
}

/// `A B C`: the names of the variables, in order.
std::string names(const Json& object) {
  std::string text;
  for (const Json& variable : object["spec"]["template"]["spec"]["containers"][0]["env"]) {
    text += (text.empty() ? "" : " ") + variable["name"].get<std::string>();
  }
  return text;
}

struct Order {
  std::string name, live, ours, merged;
};

std::string list_of(const std::string& letters) {
  std::string text;
  for (const char c : letters) {
    text += std::string(text.empty() ? "" : ",") + R"({"name":")" + c + R"(","value":"x"})";
  }
  return "[" + text + "]";
}

class Orders : public testing::TestWithParam<Order> {};
TEST_P(Orders, AreTheServers) {
  const Order& order = GetParam();
  const Json result = merged(deployments(), env(list_of(order.live)), env(list_of(order.ours)), {});
  std::string letters = names(result);
  std::erase(letters, ' ');
  EXPECT_EQ(letters, order.merged);
}
// the first four are answers of a real server (page 12, A16)
INSTANTIATE_TEST_SUITE_P(
    All, Orders,
    testing::Values(Order{"ours_turns", "BPe", "eB", "PeB"}, Order{"new_last", "BPe", "n", "BPen"},
                    Order{"new_before_known", "BPe", "ne", "BPne"},
                    Order{"same", "BPe", "BPe", "BPe"}, Order{"into_empty", "", "ab", "ab"},
                    Order{"nothing", "ab", "", "ab"}, Order{"between", "aXb", "anb", "aXnb"}),
    [](const auto& test) { return test.param.name; });

TEST(Merged, WhatIsNotOursStays) {
  const Json live = parse_json(R"({"metadata":{"uid":"u","generation":7,"labels":{"a":"1"}},
    "spec":{"replicas":3,"template":{"spec":{"nodeSelector":{"x":"y"}}}}})");
  const Json ours = parse_json(R"({"metadata":{"labels":{"b":"2"}},"spec":{"replicas":4,
    "template":{"spec":{"nodeSelector":{"z":"w"}}}}})");
  const Json result = merged(deployments(), live, ours, {});
  EXPECT_EQ(result["metadata"], parse_json(R"({"uid":"u","labels":{"a":"1","b":"2"}})"));
  EXPECT_EQ(result["spec"]["replicas"], 4);
  // one value as a whole
  EXPECT_EQ(result["spec"]["template"]["spec"]["nodeSelector"], parse_json(R"({"z":"w"})"));
}

const std::string kProbe = R"({"f:spec":{"f:template":{"f:spec":{"f:containers":{
  "k:{\"name\":\"c\"}":{".":{},"f:name":{},"f:readinessProbe":{"f:failureThreshold":{}}}}}}}})";
const std::string kProbed = R"({"spec":{"template":{"spec":{"containers":[
  {"name":"c","readinessProbe":{"failureThreshold":9,"periodSeconds":10}}]}}}})";
const std::string kBare = R"({"spec":{"template":{"spec":{"containers":[{"name":"c"}]}}}})";

TEST(Dropped, AStructThatWasOursAloneGoesWithItsDefaults) {
  const Json live = owned(parse_json(kProbed), {entry("kubectl-asmgw", "Apply", kProbe)});
  const PathSet dropped = dropped_fields(live, parse_json(kBare));
  ASSERT_EQ(dropped.size(), 1U);
  EXPECT_EQ(to_string(*dropped.begin()), "spec.template.spec.containers[c].readinessProbe");
  const Json result = merged(deployments(), live, parse_json(kBare), dropped);
  EXPECT_FALSE(result["spec"]["template"]["spec"]["containers"][0].contains("readinessProbe"));
}

TEST(Dropped, WhatOthersOwnStays) {
  const Json live = owned(parse_json(kProbed), {entry("kubectl-asmgw", "Apply", kProbe),
                                                entry("kubectl-edit", "Update", kProbe)});
  EXPECT_TRUE(dropped_fields(live, parse_json(kBare)).empty());
  // what only an Update of ours set was never applied
  const Json updated = owned(parse_json(kProbed), {entry("kubectl-asmgw", "Update", kProbe)});
  EXPECT_TRUE(dropped_fields(updated, parse_json(kBare)).empty());
}

TEST(Dropped, BesideAnothersFieldOnlyOursGoesAndIsDefaulted) {
  const std::string period = R"({"f:spec":{"f:template":{"f:spec":{"f:containers":{
    "k:{\"name\":\"c\"}":{"f:readinessProbe":{"f:periodSeconds":{}}}}}}}})";
  const Json live = owned(parse_json(kProbed), {entry("kubectl-asmgw", "Apply", kProbe),
                                                entry("kubectl-edit", "Update", period)});
  const Json ours = parse_json(kBare);
  const Json result = merged(deployments(), live, ours, dropped_fields(live, ours));
  const Json& probe = result["spec"]["template"]["spec"]["containers"][0]["readinessProbe"];
  EXPECT_EQ(probe["periodSeconds"], 10);
  EXPECT_EQ(probe["failureThreshold"], 3);
}

struct Owner {
  std::string name, entry_of, operation, ours;
  std::string conflict;
};

class Conflicts : public testing::TestWithParam<Owner> {};
TEST_P(Conflicts, AreForeseen) {
  const Owner& owner = GetParam();
  const std::string fields =
      R"({"f:spec":{"f:replicas":{},"f:template":{"f:spec":{"f:nodeSelector":{}}}}})";
  const Json live =
      owned(parse_json(R"({"spec":{"replicas":3,"template":{"spec":{"nodeSelector":{"x":"y"}}}}})"),
            {entry(owner.entry_of, owner.operation, fields)});
  std::string text;
  for (const Ownership& taken : foreseen_conflicts(deployments(), live, parse_json(owner.ours))) {
    text += taken.manager + " " + taken.field;
  }
  EXPECT_EQ(text, owner.conflict);
}
INSTANTIATE_TEST_SUITE_P(
    All, Conflicts,
    testing::Values(Owner{"other_value", "kubectl", "Update", R"({"spec":{"replicas":4}})",
                          "kubectl .spec.replicas"},
                    Owner{"same_value", "kubectl", "Update", R"({"spec":{"replicas":3}})", ""},
                    Owner{"not_ours", "kubectl", "Update", R"({"spec":{}})", ""},
                    Owner{"own", "kubectl-asmgw", "Apply", R"({"spec":{"replicas":4}})", ""},
                    Owner{"own_update", "kubectl-asmgw", "Update", R"({"spec":{"replicas":4}})",
                          "kubectl-asmgw .spec.replicas"},
                    Owner{"one_key_of_one_value", "kubectl", "Update",
                          R"({"spec":{"template":{"spec":{"nodeSelector":{"x":"y","z":"w"}}}}})",
                          "kubectl .spec.template.spec.nodeSelector"}),
    [](const auto& test) { return test.param.name; });

TEST(Services, LeavingTheBalancerDropsWhatHangsOnIt) {
  const Json live = parse_json(R"({"spec":{"type":"LoadBalancer","externalTrafficPolicy":"Local",
    "healthCheckNodePort":30001,"allocateLoadBalancerNodePorts":true,
    "ports":[{"port":80,"protocol":"TCP","nodePort":30000}]}})");
  const Json result = merged(services(), live, parse_json(R"({"spec":{"type":"ClusterIP"}})"), {});
  EXPECT_EQ(result["spec"], parse_json(R"({"type":"ClusterIP","sessionAffinity":"None",
    "internalTrafficPolicy":"Cluster","ports":[{"port":80,"protocol":"TCP"}]})"));
}

TEST(Undecided, WhatTheApiMayDefaultByRulesWeDoNotKnow) {
  const std::string fields =
      R"({"f:spec":{"f:template":{"f:spec":{"f:dnsPolicy":{},"f:preemptionPolicy":{}}}}})";
  const Json live = owned(parse_json(R"({"spec":{"template":{"spec":{"dnsPolicy":"Default",
    "preemptionPolicy":"Never"}}}})"),
                          {entry("kubectl-asmgw", "Apply", fields)});
  const Json ours = parse_json(R"({"spec":{"template":{"spec":{"hostNetwork":true}}}})");
  const PathSet undecided = undecided_fields(deployments(), live, ours, dropped_fields(live, ours));
  const Path pod = asmgw::fields({"spec", "template", "spec"});
  EXPECT_TRUE(undecided.contains(pod / "preemptionPolicy"));
  EXPECT_FALSE(undecided.contains(pod / "dnsPolicy"));
}

TEST(Undecided, TwinsAndOtherVersions) {
  const Json twins = env(list_of("AA"));
  EXPECT_EQ(to_string(*undecided_fields(deployments(), twins, env("[]"), {}).rbegin()),
            "spec.template.spec.containers[c].env");
  const Kind& kind = kind_of({"autoscaling", "HorizontalPodAutoscaler", "n", "h"});
  const Json v1 = owned(Json::object(), {entry("kubectl", "Update", "{}", "autoscaling/v1")});
  EXPECT_TRUE(undecided_fields(kind, v1, Json::object(), {}).contains(fields({"spec"})));
  const Json v2 = owned(Json::object(), {entry("kubectl", "Update", "{}", "autoscaling/v2")});
  EXPECT_TRUE(undecided_fields(kind, v2, Json::object(), {}).empty());
}

}  // namespace
}  // namespace asmgw
