// Are gateways that another manager made only overlaid: what it owns stays, and nothing restarts
// for nothing? On real API servers, with a Deployment as a mesh's own controller leaves it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kName = "laid";

/// The mesh's own controller writes whole objects by an Update.
std::string foreign(const std::string& container) {
  return R"({"apiVersion":"apps/v1","kind":"Deployment",
    "metadata":{"name":"istio-laid","namespace":"istio-system",
                "labels":{"app":"istio-laid","app.kubernetes.io/managed-by":"asm"}},
    "spec":{"replicas":2,"selector":{"matchLabels":{"app":"istio-laid","istio":"laid"}},
      "template":{"metadata":{"labels":{"app":"istio-laid","istio":"laid"}},
        "spec":{"containers":[{"name":")" +
         container + R"(","image":"registry.example/proxyv2:1.22","args":["proxy","router"],
          "env":[{"name":"TWO","value":"b"},
                 {"name":"POD_NAME","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}},
                 {"name":"ONE","value":"a"},
                 {"name":"ISTIO_META_UNPRIVILEGED_POD","value":"true"}],
          "resources":{"limits":{"cpu":"2000m","memory":"2G"},
                       "requests":{"cpu":"0.2","memory":"256Mi"}}}]}}}})";
}

const std::string kSpec =
    "  replicaCount: 2\n"
    "  ports: [{name: http2, port: 80, targetPort: 8080}]\n"
    "  env: [{name: ONE, value: a}, {name: TWO, value: b}]\n"
    "  resources: {limits: {cpu: 2, memory: 2000M}, requests: {cpu: 200m}}\n";

std::string manifest(const std::string& more) {
  return "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\nmetadata: {name: laid}\n"
         "spec:\n  clusterIds: [c8a4b2xxxxxx]\n" +
         kSpec + more;
}

class Overlay : public testing::Test {
 protected:
  void SetUp() override { clean(kName); }
  void TearDown() override { clean(kName); }

  static void make(const std::string& container) {
    const Outcome made = kubectl(kOne, {"create", "-f", write("foreign.json", foreign(container)),
                                        "--field-manager=asm-operator"});
    ASSERT_EQ(made.code, 0) << made.err;
  }
};

TEST_F(Overlay, WhatIsAlikeRestartsNothingThoughItIsWrittenInAnotherOrder) {
  make("istio-proxy");
  const std::string file = write("laid.yaml", manifest(""));
  const Outcome diff = asmgw({"diff", "-f", file});
  EXPECT_EQ(diff.code, 1) << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("(overlay: image, built-ins stay with asm-operator)"));
  EXPECT_THAT(diff.out, Not(HasSubstr("rolling restart")));
  EXPECT_THAT(diff.out, Not(HasSubstr("Role/")));  // the mesh has its own

  const std::string before = revision(kOne, kName);
  const Outcome applied = asmgw({"apply", "-f", file, "--yes"});
  ASSERT_EQ(applied.code, 0) << applied.out << applied.err;
  EXPECT_EQ(revision(kOne, kName), before);
  const Json deployment = get(kOne, "deployment", "istio-laid");
  EXPECT_EQ(deployment["metadata"]["labels"]["app.kubernetes.io/managed-by"], "asm");
  EXPECT_EQ(deployment["metadata"]["labels"]["asmgw/gateway"], "laid");
  const Json& proxy = deployment["spec"]["template"]["spec"]["containers"][0];
  EXPECT_EQ(proxy["image"], "registry.example/proxyv2:1.22");
  EXPECT_EQ(proxy["args"], Json::array({"proxy", "router"}));
  EXPECT_EQ(proxy["env"].size(), 4U);
  // nothing is to be written, but the manifest does not ask for requests.memory
  const Outcome same = asmgw({"diff", "-f", file});
  EXPECT_EQ(same.code, 0) << same.out;
  EXPECT_THAT(same.out, HasSubstr("asm-operator owns memory, so it stays [left-over]"));
}

TEST_F(Overlay, NewVariablesComeAfterTheLiveOnes) {
  make("istio-proxy");
  const std::string file =
      write("laid.yaml", manifest("  podAnnotations: {note: edge}\n") /* env is in kSpec */);
  const std::string more = write("more.yaml", replaced(manifest(""), "{name: ONE, value: a}",
                                                       "{name: NEW, value: c}, "
                                                       "{name: ONE, value: a}"));
  ASSERT_EQ(asmgw({"apply", "-f", file, "--yes", "--allow-restart"}).code, 0);
  const Outcome applied = asmgw({"apply", "-f", more, "--yes", "--allow-restart"});
  ASSERT_EQ(applied.code, 0) << applied.out << applied.err;
  const Json deployment = get(kOne, "deployment", "istio-laid");
  std::string names;
  for (const Json& variable : deployment["spec"]["template"]["spec"]["containers"][0]["env"]) {
    names += variable["name"].get<std::string>() + " ";
  }
  EXPECT_EQ(names, "TWO POD_NAME ONE ISTIO_META_UNPRIVILEGED_POD NEW ");
  // the annotation was ours alone, so it is gone
  EXPECT_FALSE(deployment["spec"]["template"]["metadata"].contains("annotations"));
}

TEST_F(Overlay, RootInAnOverlayMayBindAndIsSentListeners) {
  make("istio-proxy");
  const Outcome diff =
      asmgw({"diff", "-f", write("laid.yaml", manifest("  runAsRoot: true\n")), "-o", "json"});
  EXPECT_THAT(diff.out, HasSubstr("NET_BIND_SERVICE"));
  EXPECT_THAT(diff.out, HasSubstr("env[ISTIO_META_UNPRIVILEGED_POD].value"));
  EXPECT_THAT(diff.out, HasSubstr("\"conflict\""));  // the entry is the other manager's
}

TEST_F(Overlay, WithoutTheProxysContainerTheDeploymentIsRefusedAndTheRestIsShown) {
  make("proxy");
  const std::string file = write("laid.yaml", manifest(""));
  const Outcome diff = asmgw({"diff", "-f", file});
  EXPECT_EQ(diff.code, 3);
  EXPECT_THAT(diff.out, HasSubstr("the live Deployment has no container istio-proxy"));
  EXPECT_THAT(diff.out, HasSubstr("[no-proxy-container]"));
  EXPECT_THAT(diff.out, HasSubstr("its containers: proxy"));
  EXPECT_THAT(diff.out, HasSubstr("+ Service/istio-laid"));
  const Outcome refused = asmgw({"apply", "-f", file, "--yes"});
  EXPECT_EQ(refused.code, 4) << refused.out;
  EXPECT_TRUE(get(kOne, "service", "istio-laid").is_null()) << "it wrote something";
  const Json deployment = get(kOne, "deployment", "istio-laid");
  EXPECT_FALSE(deployment["metadata"]["labels"].contains("asmgw/gateway"));
}

}  // namespace
}  // namespace asmgw::e2e
