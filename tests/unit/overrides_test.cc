#include "gateway/overrides.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "base/tree.h"
#include "gateway/fields.h"
#include "gateway/read.h"

namespace asmgw {
namespace {

struct Given {
  explicit Given(const std::string& spec) {
    int skipped = 0;
    const Source& source = findings.keep(
        {"g.yaml",
         "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\nmetadata: {name: web}\n"
         "spec:\n" +  // what follows begins on line 5
             spec});
    gateways = read_gateways(parse_yaml(source, findings), skipped, findings);
  }
  EffectiveGateway in(const std::string& cluster) const {
    EXPECT_TRUE(findings.all().empty());
    return effective(gateways.at(0), cluster, "istio-system");
  }

  Findings findings;
  std::vector<Gateway> gateways;
};

/// `4 @8 override`: a value, its line (0 = a default), and where it comes from.
template <class T>
std::string shown(const EffectiveGateway& gateway, const Located<T>& located) {
  return fmt::format("{} @{}{}", located.value, located.at.line,
                     is_overridden(gateway, located.at) ? " override" : "");
}

TEST(Overrides, ScalarsReplace) {
  const Given given(
      "  replicaCount: 1\n"
      "  overrides:\n"
      "    c1:\n"
      "      replicaCount: 4\n"
      "    c2:\n"
      "      serviceType: ClusterIP\n");
  EXPECT_EQ(shown(given.in("c1"), *given.in("c1").spec.replica_count), "4 @8 override");
  EXPECT_EQ(shown(given.in("c2"), *given.in("c2").spec.replica_count), "1 @5");
  EXPECT_EQ(shown(given.in("c2"), *given.in("c2").spec.service_type), "ClusterIP @10 override");
  EXPECT_EQ(shown(given.in("c3"), *given.in("c3").spec.replica_count), "1 @5");
  EXPECT_EQ(shown(given.in("c3"), *given.in("c3").spec.service_type), "LoadBalancer @0");
}

TEST(Overrides, ZeroAndEmptyReplaceNothing) {
  const Given given(
      "  replicaCount: 3\n"
      "  serviceAnnotations: {a: base}\n"
      "  overrides:\n"
      "    c1: {replicaCount: 0, serviceAnnotations: {}, cpu: {}}\n"
      "    c2:\n");
  for (const std::string cluster : {"c1", "c2"}) {
    SCOPED_TRACE(cluster);
    EXPECT_EQ(given.in(cluster).spec.replica_count->value, 3);
    EXPECT_EQ(given.in(cluster).spec.service_annotations->value.at("a").value, "base");
    EXPECT_FALSE(given.in(cluster).spec.cpu);
  }
}

TEST(Overrides, MapsMergeByKey) {
  const EffectiveGateway gateway = Given(
                                       "  serviceAnnotations:\n"
                                       "    a: base\n"
                                       "    b: base\n"
                                       "  overrides:\n"
                                       "    c1:\n"
                                       "      serviceAnnotations:\n"
                                       "        b: own\n"
                                       "        c: own\n")
                                       .in("c1");
  const TextMap& map = gateway.spec.service_annotations->value;
  ASSERT_EQ(map.size(), 3U);
  EXPECT_EQ(map.at("a").value + map.at("b").value + map.at("c").value, "baseownown");
  EXPECT_EQ(map.at("a").at.line, 6);
  EXPECT_EQ(map.at("b").at.line, 11);
  EXPECT_EQ(map.at("c").at.line, 12);
}

TEST(Overrides, AMapTheBaseLacksIsTaken) {
  const Given given("  overrides: {c1: {podAnnotations: {a: own}}}\n");
  EXPECT_EQ(given.in("c1").spec.pod_annotations->value.at("a").value, "own");
  EXPECT_FALSE(given.in("c2").spec.pod_annotations);
}

TEST(Overrides, ResourcesMergeByKeyBothLevels) {
  const Given given(
      "  resources:\n"
      "    limits: {cpu: '2', memory: 2G}\n"
      "    requests: {cpu: 200m}\n"
      "  overrides:\n"
      "    c1:\n"
      "      resources:\n"
      "        limits: {memory: 4G}\n"
      "        requests: {memory: 1Gi}\n");
  const EffectiveGateway gateway = given.in("c1");
  const TextMap& limits = gateway.spec.resources->value.limits->value.amounts;
  const TextMap& requests = gateway.spec.resources->value.requests->value.amounts;
  EXPECT_EQ(shown(gateway, limits.at("cpu")), "2 @6");
  EXPECT_EQ(shown(gateway, limits.at("memory")), "4G @11 override");
  EXPECT_EQ(shown(gateway, requests.at("cpu")), "200m @7");
  EXPECT_EQ(shown(gateway, requests.at("memory")), "1Gi @12 override");
}

TEST(Overrides, OfResourcesWithoutABaseLeavesOutTheDefault) {
  const EffectiveGateway gateway =
      Given("  overrides: {c1: {resources: {limits: {cpu: 4}}}}\n").in("c1");
  EXPECT_EQ(gateway.spec.resources->value.limits->value.amounts.at("cpu").value, "4");
}

TEST(Overrides, FieldsThatCannotBeOverriddenKeepTheBase) {
  const Given given(
      "  externalTrafficPolicy: Local\n"
      "  podLabels: {a: base}\n"
      "  ports: [{port: 80}]\n"
      "  rollingMaxSurge: 25%\n"
      "  overrides:\n"
      "    c1:\n"
      "      externalTrafficPolicy: Cluster\n"
      "      podLabels: {a: own, b: own}\n"
      "      ports: [{port: 81}]\n"
      "      rollingMaxSurge: 50%\n"
      "      dnsPolicy: Default\n");
  const GatewaySpec spec = given.in("c1").spec;
  EXPECT_EQ(spec.external_traffic_policy->value, "Local");
  EXPECT_EQ(spec.pod_labels->value.size(), 1U);
  EXPECT_EQ(spec.pod_labels->value.at("a").value, "base");
  EXPECT_EQ(spec.ports->value[0].value.port->value, 80);
  EXPECT_EQ(spec.rolling_max_surge->value, "25%");
  EXPECT_FALSE(spec.dns_policy);
}

TEST(Overrides, FlowStyleOnOneLineKeepsProvenanceApart) {
  const Given given(
      "  replicaCount: 1\n"
      "  overrides: {c1: {replicaCount: 2, podAnnotations: {a: x}}, c2: {replicaCount: 3}}\n");
  const EffectiveGateway first = given.in("c1"), second = given.in("c2");
  EXPECT_EQ(shown(first, *first.spec.replica_count), "2 @6 override");
  EXPECT_EQ(shown(second, *second.spec.replica_count), "3 @6 override");
  EXPECT_TRUE(is_overridden(first, first.spec.pod_annotations->value.at("a").at));
  // neither takes the other's values for its own
  EXPECT_FALSE(is_overridden(second, first.spec.replica_count->at));
  EXPECT_FALSE(is_overridden(first, second.spec.replica_count->at));
}

TEST(Overrides, BaseValuesBehindTheOverridesAreNotOverridden) {
  const EffectiveGateway gateway = Given(
                                       "  overrides:\n"
                                       "    c1:\n"
                                       "      replicaCount: 2\n"
                                       "  rollingMaxSurge: 25%\n"
                                       "  podAnnotations: {a: b}\n")
                                       .in("c1");
  EXPECT_TRUE(is_overridden(gateway, gateway.spec.replica_count->at));
  EXPECT_FALSE(is_overridden(gateway, gateway.spec.rolling_max_surge->at));
  EXPECT_FALSE(is_overridden(gateway, gateway.spec.pod_annotations->value.at("a").at));
  EXPECT_FALSE(is_overridden(gateway, {}));  // a default
}

TEST(Overrides, ValuesBehindAliasesCount) {
  const Given given(
      "  serviceAnnotations: &shared {a: x}\n"
      "  overrides:\n"
      "    c1: &one {replicaCount: 2}\n"
      "    c2: *one\n"
      "    c3: {podAnnotations: *shared}\n");
  EXPECT_EQ(shown(given.in("c1"), *given.in("c1").spec.replica_count), "2 @7 override");
  EXPECT_EQ(given.in("c2").spec.replica_count->value, 2);
  EXPECT_EQ(given.in("c3").spec.pod_annotations->value.at("a").value, "x");
}

TEST(Overrides, NamespaceIsTheManifestsOrTheGivenOne) {
  const Given given("  replicaCount: 1\n");
  EXPECT_EQ(given.in("c1").ns, "istio-system");
  EXPECT_EQ(effective(given.gateways[0], "c1", "other").ns, "other");
  EXPECT_EQ(given.in("c1").name, "web");
  EXPECT_EQ(given.in("c1").cluster, "c1");
  EXPECT_FALSE(given.in("c1").override_used);
}

TEST(Overrides, WhatNobodySaysIsTheDefault) {
  const EffectiveGateway gateway = Given("  dnsPolicy: Default\n").in("c1");
  EXPECT_EQ(gateway.spec.replica_count->value, 1);
  EXPECT_EQ(gateway.spec.rolling_max_surge->value, "100%");
  EXPECT_EQ(gateway.spec.resources->value.requests->value.amounts.at("cpu").value, "200m");
  EXPECT_EQ(gateway.spec.readiness_probe->value.failure_threshold->value, 30);
  EXPECT_FALSE(gateway.spec.host_network->value);
  EXPECT_EQ(gateway.spec.replica_count->at.source, nullptr);
}

}  // namespace
}  // namespace asmgw
