#include "cmd/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace asmgw::cmd {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Each finding as `line:column: message [code] (hint)`.
std::vector<std::string> shown(const Findings& findings) {
  std::vector<std::string> result;
  for (const Finding& found : findings.all()) {
    EXPECT_TRUE(found.at.has_value());
    const Range at = found.at.value_or(Range{});
    result.push_back(std::to_string(at.line) + ":" + std::to_string(at.column) + ": " +
                     found.message + " [" + std::string(found.code->name) + "]" +
                     (found.hint.empty() ? "" : " (" + found.hint + ")"));
  }
  return result;
}

Config read(const std::string& text, Findings& findings,
            const std::string& name = "~/.kube/asmgw.yaml") {
  return read_config(findings.keep({.name = name, .text = text}), "/home/u", findings);
}

const std::string kHead = "apiVersion: asmgw/v1alpha1\nkind: Config\n";

TEST(Config, TheSpecificationsExample) {
  Findings findings;
  const Config config = read(kHead + R"(clusters:
  c8a4b2xxxxxx: { context: prod-hangzhou }
  c9f3e7xxxxxx: { kubeconfig: ~/.kube/ack/c9f3e7.yaml }
controlPlane: { context: asm-prod }      # where Istio's own objects (EnvoyFilter) go
asmVersion: v1.22.2.35
proxy: { image: auto, revision: "" }
kernelInitImage: busybox:1.36
ignore:
  - { kind: Service, path: 'metadata.annotations["example.com/touched"]', reason: "set by X" }
)",
                             findings);
  EXPECT_THAT(shown(findings), IsEmpty());
  ASSERT_EQ(config.clusters.size(), 2u);
  const kube::Mapping& first = config.clusters.at("c8a4b2xxxxxx");
  EXPECT_EQ(first.context, "prod-hangzhou");
  EXPECT_EQ(first.kubeconfig, "");
  EXPECT_EQ(first.said_by, "~/.kube/asmgw.yaml:4");
  const kube::Mapping& second = config.clusters.at("c9f3e7xxxxxx");
  EXPECT_EQ(second.context, "");
  EXPECT_EQ(second.kubeconfig, "/home/u/.kube/ack/c9f3e7.yaml");
  EXPECT_EQ(second.said_by, "~/.kube/asmgw.yaml:5");
  EXPECT_EQ(config.control_plane_context, "asm-prod");
  EXPECT_EQ(config.asm_version, "v1.22.2.35");
  EXPECT_EQ(config.proxy.image.value, "auto");
  EXPECT_EQ(config.proxy.revision.value, "");
  EXPECT_EQ(config.kernel_init_image, "busybox:1.36");
  ASSERT_EQ(config.ignore.size(), 1u);
  EXPECT_EQ(config.ignore[0].kind, "Service");
  EXPECT_EQ(config.ignore[0].path, "metadata.annotations[\"example.com/touched\"]");
  EXPECT_EQ(config.ignore[0].reason, "set by X");
  EXPECT_EQ(config.file, "~/.kube/asmgw.yaml");
}

TEST(Config, EveryProxySetting) {
  Findings findings;
  const Config config = read(kHead + R"(proxy:
  image: registry/proxyv2:1.22
  revision: 1-22
  discoveryAddress: istiod.istio-system.svc:15012
  meshId: cluster.local
  trustDomain: mesh.local
  network: vpc-1
)",
                             findings);
  EXPECT_THAT(shown(findings), IsEmpty());
  EXPECT_EQ(config.proxy.image.value, "registry/proxyv2:1.22");
  EXPECT_EQ(config.proxy.revision.value, "1-22");
  EXPECT_EQ(config.proxy.discovery_address.value, "istiod.istio-system.svc:15012");
  EXPECT_EQ(config.proxy.mesh_id.value, "cluster.local");
  EXPECT_EQ(config.proxy.trust_domain.value, "mesh.local");
  EXPECT_EQ(config.proxy.network.value, "vpc-1");
}

struct PathCase {
  const char* name;
  const char* file;
  const char* kubeconfig;
  const char* resolved;
};

class ConfigPath : public testing::TestWithParam<PathCase> {};

TEST_P(ConfigPath, IsBesideTheFileOrBelowHome) {
  Findings findings;
  const Config config =
      read(kHead + "clusters: {a: {kubeconfig: '" + GetParam().kubeconfig + "', context: x}}\n",
           findings, GetParam().file);
  EXPECT_THAT(shown(findings), IsEmpty());
  EXPECT_EQ(config.clusters.at("a").kubeconfig, GetParam().resolved);
  EXPECT_EQ(config.clusters.at("a").context, "x");
  EXPECT_EQ(config.clusters.at("a").said_by, std::string(GetParam().file) + ":3");
}

INSTANTIATE_TEST_SUITE_P(
    All, ConfigPath,
    testing::Values(PathCase{"Absolute", "c.yaml", "/k/a", "/k/a"},
                    PathCase{"Home", "c.yaml", "~/k/a", "/home/u/k/a"},
                    PathCase{"OtherUsersHomeIsAName", "c.yaml", "~v/a", "~v/a"},
                    PathCase{"Beside", "~/.kube/asmgw.yaml", "ack/a", "/home/u/.kube/ack/a"},
                    PathCase{"BesideRelative", "conf/c.yaml", "../a", "a"},
                    PathCase{"SameFolder", "c.yaml", "a", "a"}),
    [](const auto& param) { return param.param.name; });

TEST(Config, EmptyFileSaysNothing) {
  for (const char* text : {"", "# nothing yet\n"}) {
    Findings findings;
    const Config config = read(text, findings);
    EXPECT_THAT(shown(findings), IsEmpty());
    EXPECT_THAT(config.clusters, IsEmpty());
    EXPECT_EQ(config.file, "~/.kube/asmgw.yaml");
  }
}

TEST(Config, WhatIsNotSaidMayBeNull) {
  Findings findings;
  read(kHead + "clusters:\ncontrolPlane: ~\nasmVersion:\nproxy:\nignore:\n", findings);
  EXPECT_THAT(shown(findings), IsEmpty());
}

struct BadCase {
  const char* name;
  std::string text;
  std::vector<std::string> shown;
};

class BadConfig : public testing::TestWithParam<BadCase> {};

TEST_P(BadConfig, IsSaidWithItsPlace) {
  Findings findings;
  read(GetParam().text, findings);
  EXPECT_EQ(shown(findings), GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    All, BadConfig,
    testing::Values(
        BadCase{"MisspeltKey",
                kHead + "cluster: {}\n",
                {"3:1: no field \"cluster\" in the config file [bad-config] (did you mean "
                 "clusters?)"}},
        BadCase{"UnknownKey",
                kHead + "proxy: {something: x}\n",
                {"3:9: no field \"something\" in proxy [bad-config] (allowed: image, revision, "
                 "discoveryAddress, meshId, trustDomain, network)"}},
        BadCase{"KeysAreCaseSensitive",
                kHead + "asmversion: v1\n",
                {"3:1: no field \"asmversion\" in the config file [bad-config] (did you mean "
                 "asmVersion?)"}},
        BadCase{"UnknownKeyOfACluster",
                kHead + "clusters:\n  c1: { contxt: x }\n",
                {"4:9: no field \"contxt\" in clusters.c1 [bad-config] (did you mean context?)"}},
        BadCase{"NumberAsText",
                kHead + "asmVersion: 1.22\n",
                {"3:13: asmVersion is a number, not text [bad-config] (asmVersion: \"1.22\")"}},
        BadCase{"ListAsText",
                kHead + "kernelInitImage: [a]\n",
                {"3:18: kernelInitImage is a list, not text [bad-config]"}},
        BadCase{"TextAsMapping",
                kHead + "controlPlane: asm-prod\n",
                {"3:15: controlPlane is text, not a mapping [bad-config]"}},
        BadCase{"TextAsCluster",
                kHead + "clusters:\n  c1: prod\n",
                {"4:7: clusters.c1 is text, not a mapping [bad-config]"}},
        BadCase{"ListAsClusters",
                kHead + "clusters: [a]\n",
                {"3:11: clusters is a list, not a mapping [bad-config]"}},
        BadCase{"MappingAsIgnore",
                kHead + "ignore: {}\n",
                {"3:9: ignore is a mapping, not a list [bad-config]"}},
        BadCase{"ClusterWithoutAnything",
                kHead + "clusters:\n  c1:\n  c2: {}\n  c3: { context: '' }\n",
                {"4:3: clusters.c1 names neither context nor kubeconfig [bad-config] (c1: { "
                 "context: CONTEXT })",
                 "5:3: clusters.c2 names neither context nor kubeconfig [bad-config] (c2: { "
                 "context: CONTEXT })",
                 "6:3: clusters.c3 names neither context nor kubeconfig [bad-config] (c3: { "
                 "context: CONTEXT })"}},
        BadCase{"ClusterTwice",
                kHead + "clusters:\n  c1: { context: a }\n  c1: { context: b }\n",
                {"5:3: \"c1\" stands here twice; first on line 4 [duplicate-key] (remove one of "
                 "the two)"}},
        BadCase{"IgnoreWithoutReason",
                kHead + "ignore:\n- { kind: Service, path: spec.x }\n",
                {"4:3: an entry of ignore has no reason [bad-config] ({ kind: KIND, path: PATH, "
                 "reason: TEXT })"}},
        BadCase{"NoVersion",
                "kind: Config\n",
                {"1:1: the config file has no apiVersion [bad-config] (apiVersion: "
                 "asmgw/v1alpha1)"}},
        BadCase{"OtherVersion",
                "apiVersion: asmgw/v2\nkind: Config\n",
                {"1:13: apiVersion is \"asmgw/v2\" [bad-config] (apiVersion: asmgw/v1alpha1)"}},
        BadCase{"OtherKind",
                "apiVersion: asmgw/v1alpha1\nkind: IstioGateway\n",
                {"2:7: kind is \"IstioGateway\" [bad-config] (kind: Config)"}},
        BadCase{
            "NoMapping", "- a\n", {"1:1: the config file is a list, not a mapping [bad-config]"}},
        BadCase{"SecondDocument",
                kHead + "---\nkind: Config\n",
                {"4:1: the config file has a second document [bad-config] (put everything into "
                 "one)"}},
        BadCase{"AllAtOnce",
                kHead + "asmVersion: 1\nfoo: 1\nkernelInitImage: 2\n",
                {"4:1: no field \"foo\" in the config file [bad-config] (allowed: apiVersion, "
                 "kind, asmVersion, kernelInitImage, clusters, controlPlane, proxy, ignore)",
                 "3:13: asmVersion is a number, not text [bad-config] (asmVersion: \"1\")",
                 "5:18: kernelInitImage is a number, not text [bad-config] (kernelInitImage: "
                 "\"2\")"}}),
    [](const auto& param) { return param.param.name; });

TEST(Config, TextThatIsNoYamlIsASyntaxFinding) {
  Findings findings;
  read("clusters: [\n", findings);
  ASSERT_EQ(findings.all().size(), 1u);
  EXPECT_EQ(findings.all().front().code->name, "syntax");
}

}  // namespace
}  // namespace asmgw::cmd
