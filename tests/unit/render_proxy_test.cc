// A Deployment that carries the proxy itself (page 3, "Whole Deployment, self-contained"). What
// upstream's charts say to the same values is compared in tests/mesh.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/tree.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "render/render.h"

namespace asmgw {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

const Proxy kNamed{.image = {.value = "registry/proxyv2:1.22"}};

/// The Deployment of `spec` (its lines indented by two, from line 6 on) in cluster c1.
struct Carried {
  explicit Carried(const std::string& spec, const Proxy& proxy = kNamed) {
    int skipped = 0;
    const Source& source = findings.keep(
        {"g.yaml",
         "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\nmetadata: {name: web}\n"
         "spec:\n  ports: [{name: http2, port: 80}]\n" +
             spec});
    const auto gateways = read_gateways(parse_yaml(source, findings), skipped, findings);
    EXPECT_TRUE(findings.all().empty());
    Settings settings;
    settings.proxy = proxy;
    for (DesiredObject& candidate :
         render(effective(gateways.at(0), "c1", "istio-system"), settings, {}, findings)) {
      if (candidate.ref.kind == "Deployment") object = std::move(candidate);
    }
    EXPECT_TRUE(object.body) << "no Deployment";
  }
  const Json& pod() const { return object.body->at("spec").at("template"); }
  const Json& proxy() const { return pod().at("spec").at("containers").at(0); }
  std::vector<std::string> variables() const {
    std::vector<std::string> names;
    for (const Json& variable : proxy().at("env")) names.push_back(variable.at("name"));
    return names;
  }
  Json variable(const std::string& name) const {
    for (const Json& variable : proxy().at("env")) {
      if (variable.at("name") == name) return variable;
    }
    return nullptr;
  }
  std::string volume(const std::string& name) const {
    for (const Json& volume : pod().at("spec").at("volumes")) {
      if (volume.at("name") == name) return dump(volume);
    }
    return "";
  }

  Findings findings;
  DesiredObject object;
};

const Path kPod = fields({"spec", "template"});
const Path kContainer =
    kPod / "spec" / "containers" / PathStep{PathStep::Kind::Key, R"({"name":"istio-proxy"})"};

Path variable_at(const std::string& name) {
  return kContainer / "env" / PathStep{PathStep::Kind::Key, dump({{"name", name}})};
}

TEST(RenderProxy, ANamedImageAloneMakesItSelfContained) {
  for (const char* image : {"", "auto"}) {
    const Carried injected("", {.image = {.value = image}});
    EXPECT_EQ(injected.proxy().at("image"), "auto");
    EXPECT_FALSE(injected.proxy().contains("args"));
    EXPECT_FALSE(injected.pod().at("spec").contains("volumes"));
    EXPECT_EQ(injected.pod().at("metadata").at("labels").at("sidecar.istio.io/inject"), "true");
  }
  const Carried carried("");
  EXPECT_EQ(carried.proxy().at("image"), "registry/proxyv2:1.22");
  EXPECT_EQ(carried.proxy().at("imagePullPolicy"), "IfNotPresent");
  EXPECT_EQ(carried.proxy().at("args").size(), 7U);
}

TEST(RenderProxy, NothingAsksForInjection) {
  const Carried carried("  podLabels: {sidecar.istio.io/inject: \"true\"}\n");
  EXPECT_EQ(carried.pod().at("metadata").at("labels").at("sidecar.istio.io/inject"), "false");
  EXPECT_FALSE(
      carried.pod().at("metadata").at("annotations").contains("inject.istio.io/templates"));
  EXPECT_TRUE(carried.pod().at("metadata").at("annotations").contains("prometheus.io/port"));
}

TEST(RenderProxy, TheVariablesHaveTheChartsOrder) {
  EXPECT_THAT(
      Carried("").variables(),
      ElementsAre("PILOT_CERT_PROVIDER", "CA_ADDR", "NODE_NAME", "POD_NAME", "POD_NAMESPACE",
                  "INSTANCE_IP", "HOST_IP", "ISTIO_CPU_LIMIT", "SERVICE_ACCOUNT",
                  "ISTIO_META_WORKLOAD_NAME", "ISTIO_META_OWNER", "ISTIO_META_MESH_ID",
                  "TRUST_DOMAIN", "ISTIO_META_CLUSTER_ID", "ISTIO_META_NODE_NAME", "PROXY_CONFIG"));
}

TEST(RenderProxy, TheMeshsValuesHaveDefaults) {
  const Carried carried("");
  EXPECT_EQ(carried.variable("CA_ADDR").at("value"), "istiod.istio-system.svc:15012");
  EXPECT_EQ(carried.variable("ISTIO_META_MESH_ID").at("value"), "cluster.local");
  EXPECT_EQ(carried.variable("TRUST_DOMAIN").at("value"), "cluster.local");
  EXPECT_EQ(carried.variable("ISTIO_META_CLUSTER_ID").at("value"), "c1");
  EXPECT_EQ(carried.variable("PROXY_CONFIG").at("value"),
            R"({"discoveryAddress":"istiod.istio-system.svc:15012"})");
  EXPECT_THAT(carried.variables(), Not(Contains("ISTIO_META_NETWORK")));
  EXPECT_THAT(carried.variables(), Not(Contains("ISTIO_META_UNPRIVILEGED_POD")));
  EXPECT_EQ(carried.volume("config-volume"),
            R"({"configMap":{"name":"istio","optional":true},"name":"config-volume"})");
}

TEST(RenderProxy, TheConfigFilesValuesComeWithTheirLines) {
  Findings findings;
  const Source& file = findings.keep({"asmgw.yaml", ""});
  const Range at{&file, 7, 3, 9};
  Proxy proxy = kNamed;
  proxy.image.at = proxy.revision.at = proxy.discovery_address.at = proxy.network.at = at;
  proxy.discovery_address.value = "istiod.mesh.svc:15012";
  proxy.revision.value = "r1";
  proxy.network.value = "vpc-1";
  const Carried carried("", proxy);
  EXPECT_EQ(carried.variable("CA_ADDR").at("value"), "istiod.mesh.svc:15012");
  EXPECT_EQ(carried.variable("PROXY_CONFIG").at("value"),
            R"({"discoveryAddress":"istiod.mesh.svc:15012"})");
  EXPECT_EQ(carried.variables().back(), "ISTIO_META_NETWORK");
  EXPECT_EQ(carried.pod().at("metadata").at("labels").at("istio.io/rev"), "r1");
  EXPECT_EQ(carried.volume("config-volume"),
            R"({"configMap":{"name":"istio-r1","optional":true},"name":"config-volume"})");
  const auto& origins = carried.object.origins;
  for (const Path& path :
       {kContainer / "image", variable_at("CA_ADDR"), variable_at("PROXY_CONFIG"),
        variable_at("ISTIO_META_NETWORK"), kPod / "metadata" / "labels" / "istio.io/rev"}) {
    EXPECT_EQ(origins.at(path).kind, Origin::Kind::Config) << to_string(path);
    EXPECT_EQ(file_line(*origins.at(path).at), "asmgw.yaml:7") << to_string(path);
  }
  EXPECT_EQ(origins.at(variable_at("TRUST_DOMAIN")).kind, Origin::Kind::BuiltIn);
}

TEST(RenderProxy, AUsersVariableTakesThePlaceOfABuiltIn) {
  const Carried carried(
      "  env: [{name: B, value: x}, {name: ISTIO_CPU_LIMIT, value: \"4\"}, "
      "{name: A, value: z}, {name: TRUST_DOMAIN, value: other}]\n");
  EXPECT_EQ(dump(carried.variable("ISTIO_CPU_LIMIT")), R"({"name":"ISTIO_CPU_LIMIT","value":"4"})");
  EXPECT_EQ(carried.variable("TRUST_DOMAIN").at("value"), "other");
  const std::vector<std::string> names = carried.variables();
  EXPECT_EQ(names.size(), 18U);
  EXPECT_EQ(names[7], "ISTIO_CPU_LIMIT");
  EXPECT_EQ(names[16], "B");
  EXPECT_EQ(names[17], "A");
  EXPECT_EQ(carried.object.origins.at(variable_at("TRUST_DOMAIN")).kind, Origin::Kind::Manifest);
}

TEST(RenderProxy, EveryVolumeHasItsMount) {
  const Carried carried("");
  std::vector<std::string> mounts;
  for (const Json& mount : carried.proxy().at("volumeMounts")) {
    mounts.push_back(text_at(mount, {"name"}) + " " + text_at(mount, {"mountPath"}));
    EXPECT_NE(carried.volume(mount.at("name")), "") << mount.at("name");
  }
  EXPECT_THAT(mounts, ElementsAre("workload-socket /var/run/secrets/workload-spiffe-uds",
                                  "credential-socket /var/run/secrets/credential-uds",
                                  "workload-certs /var/run/secrets/workload-spiffe-credentials",
                                  "istio-envoy /etc/istio/proxy", "istio-data /var/lib/istio/data",
                                  "istiod-ca-cert /var/run/secrets/istio", "podinfo /etc/istio/pod",
                                  "istio-token /var/run/secrets/tokens",
                                  "config-volume /etc/istio/config"));
  EXPECT_EQ(carried.volume("istio-token"),
            R"({"name":"istio-token","projected":{"sources":[{"serviceAccountToken":)"
            R"({"audience":"istio-ca","expirationSeconds":43200,"path":"istio-token"}}]}})");
}

TEST(RenderProxy, UnderHostNetworkNoSysctlAndTheClustersNames) {
  const Json ordinary = Carried("").pod().at("spec");
  EXPECT_EQ(ordinary.at("securityContext").at("sysctls").at(0).at("value"), "0");
  EXPECT_FALSE(ordinary.contains("hostNetwork"));
  EXPECT_FALSE(ordinary.contains("dnsPolicy"));
  const Json host = Carried("  hostNetwork: true\n").pod().at("spec");
  EXPECT_EQ(host.at("hostNetwork"), true);
  EXPECT_EQ(host.at("dnsPolicy"), "ClusterFirstWithHostNet");
  EXPECT_FALSE(host.contains("securityContext"));
  EXPECT_EQ(host.at("containers").at(0).at("securityContext").at("capabilities").at("drop").at(0),
            "ALL");
  EXPECT_EQ(Carried("  hostNetwork: true\n  dnsPolicy: Default\n").pod().at("spec").at("dnsPolicy"),
            "Default");
}

}  // namespace
}  // namespace asmgw
