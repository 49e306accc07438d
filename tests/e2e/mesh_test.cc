// The mesh's own API server, played by the second cluster: gateways by name, and the EnvoyFilter of
// compression.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kGroup = "/apis/istio.alibabacloud.com";

/// Runs kubectl until it says `text`; false when it does not, again and again.
bool says(const std::string& cluster, const std::vector<std::string>& arguments,
          const std::string& text) {
  for (int i = 0; i < 200; ++i) {
    const Outcome outcome = kubectl(cluster, arguments);
    if ((outcome.out + outcome.err).find(text) != std::string::npos) return true;
  }
  ADD_FAILURE() << "kubectl " << arguments[0] << " never says: " << text;
  return false;
}

void install(const std::string& cluster, const std::string& kind) {
  const std::string file =
      std::string(ASMGW_SOURCE_DIR) + "/tests/devcluster/crds/" + kind + ".yaml";
  const Outcome applied = kubectl(cluster, {"apply", "-f", file});
  EXPECT_EQ(applied.code, 0) << applied.err;
}

/// The second cluster is the control plane; only there are IstioGateways.
class Mesh : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    install(kTwo, "istiogateways");
    says(kTwo, {"get", "--raw", kGroup}, "v1beta1");
    for (const std::string& cluster : {kOne, kTwo}) {
      install(cluster, "envoyfilters");
      const std::string probe = write("probe.yaml",
                                      "apiVersion: networking.istio.io/v1alpha3\n"
                                      "kind: EnvoyFilter\nmetadata: {name: probe}\n");
      says(cluster, {"apply", "--dry-run=server", "-f", probe}, "EnvoyFilter exposes");
    }
  }
  static void TearDownTestSuite() {
    for (const std::string& cluster : {kOne, kTwo}) {
      for (const std::string kind : {"istiogateways", "envoyfilters"}) {
        kubectl(cluster,
                {"delete", "--ignore-not-found", "-f",
                 std::string(ASMGW_SOURCE_DIR) + "/tests/devcluster/crds/" + kind + ".yaml"});
      }
    }
  }
  void TearDown() override {
    clean("meshed");
    for (const std::string& cluster : {kOne, kTwo}) {
      kubectl(cluster, {"delete", "envoyfilters", "--all"});
    }
    kubectl(kTwo, {"delete", "istiogateways", "--all"});
  }

  /// asmgw with the control plane named.
  static Outcome meshed(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--control-plane-context", kubeconfig(kTwo)});
    return asmgw(std::move(arguments));
  }
  static void hold(const std::string& text) {
    const Outcome outcome = kubectl(kTwo, {"apply", "-f", write("held.yaml", text)});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
  }
};

/// As the mesh's controller leaves a gateway of which the user set hardly anything.
const std::string kReadBack =
    "  compression: {}\n"
    "  cpu: {}\n"
    "  kernel: {parameters: {}}\n"
    "  maxReplicas: 0\n"
    "  memory: {}\n"
    "  minReplicas: 0\n"
    "  readinessProbe: {}\n"
    "  replicaCount: 0\n"
    "  sds: {}\n"
    "  meshExpansionPorts: []\n";

TEST_F(Mesh, AGatewayIsReadByName) {
  hold(replaced(gateway("meshed", kOne, kReadBack), "targetPort: 80", "targetPort: 0"));
  const Outcome status = kubectl(
      kTwo, {"patch", "istiogateway", "meshed", "--subresource=status", "--type=merge", "-p",
             R"({"status":{"Status":"AVAILABLE","GatewayAddress":["203.0.113.10"]}})"});
  EXPECT_EQ(status.code, 0) << status.err;
  const Outcome diff = meshed({"diff", "meshed"});
  EXPECT_EQ(diff.code, 1) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("gateway meshed (istiogateway/meshed), 1 cluster: new"));
  EXPECT_THAT(diff.out, HasSubstr("1 cluster: 5 objects to create"));
  const std::string file = write("meshed.yaml", gateway("meshed", kOne, ""));
  const Outcome apply = meshed({"apply", "meshed", "--yes"});
  EXPECT_EQ(apply.code, 0) << apply.out << apply.err;
  const Outcome same = asmgw({"diff", "-f", file});  // and so says the user's own file
  EXPECT_EQ(same.code, 0) << same.out << same.err;
}

TEST_F(Mesh, LinesAreThoseOfKubectl) {
  hold(replaced(gateway("meshed", kOne,
                        "  serviceAnnotations:\n"
                        "    of-two-lines: |\n      one\n      two\n"
                        "    plain: text\n"),
                "targetPort: 80", "targetPort: 0"));
  const Outcome shown = kubectl(kTwo, {"get", "istiogateway", "meshed", "-o", "yaml"});
  std::istringstream lines(shown.out);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.find(" targetPort: 0") != std::string::npos) break;
  }
  const Outcome validate = meshed({"validate", "meshed"});
  EXPECT_EQ(validate.code, 0) << validate.out << validate.err;
  EXPECT_THAT(validate.out,
              HasSubstr("istiogateway/meshed:" + std::to_string(number) + ":17: note"))
      << shown.out;
}

TEST_F(Mesh, OnlyTheNewVersionIsServed) {
  const auto serve = [](const std::string& value) {
    const std::string patch =
        R"([{"op":"replace","path":"/spec/versions/0/served","value":)" + value + "}]";
    return kubectl(kTwo, {"patch", "crd", "istiogateways.istio.alibabacloud.com", "--type=json",
                          "-p", patch})
        .code;
  };
  hold(gateway("meshed", kOne, ""));
  EXPECT_EQ(serve("false"), 0);
  says(kTwo, {"get", "--raw", kGroup},
       R"("versions":[{"groupVersion":"istio.alibabacloud.com/v1","version":"v1"}])");
  const std::size_t before = audited(kTwo).size();
  const Outcome render = meshed({"render", "meshed"});
  EXPECT_EQ(serve("true"), 0);
  says(kTwo, {"get", "--raw", kGroup}, "v1beta1");
  EXPECT_EQ(render.code, 0) << render.out << render.err;
  EXPECT_THAT(render.out, HasSubstr("name: istio-meshed"));
  const std::vector<std::string> requests = audited(kTwo, before);
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_THAT(requests[0], HasSubstr("get " + kGroup));
  EXPECT_THAT(requests[1], HasSubstr(kGroup + "/v1/namespaces/istio-system/istiogateways/meshed"));
}

TEST_F(Mesh, AnUnknownNameIsAnError) {
  hold(gateway("meshed", kOne, ""));
  const Outcome diff = meshed({"diff", "meshd"});
  EXPECT_EQ(diff.code, 2) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("holds no IstioGateway \"meshd\" in istio-system [no-gateway]"));
  EXPECT_THAT(diff.out, HasSubstr("did you mean meshed?"));
}

TEST_F(Mesh, AClusterIsNoControlPlane) {
  const Outcome diff = asmgw({"diff", "meshed", "--control-plane-context", kubeconfig(kOne)});
  EXPECT_EQ(diff.code, 3) << diff.out << diff.err;
  EXPECT_THAT(diff.err, HasSubstr("this server is no mesh control plane [not-served]"));
}

const std::string kCompression =
    "  compression:\n"
    "    enabled: true\n"
    "    min_content_length: 4294967295\n"
    "    gzip: {window_bits: 15}\n";

TEST_F(Mesh, CompressionGoesToTheControlPlaneOnce) {
  const std::string file = write("compressed.yaml", gateway("meshed", kOne, kCompression));
  const std::size_t before = audited(kTwo).size();
  const Outcome diff = meshed({"diff", "-f", file});
  EXPECT_EQ(diff.code, 1) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("control-plane\n  + EnvoyFilter/istio-meshed-compression\n"));
  EXPECT_THAT(diff.out, HasSubstr("1 cluster and the control plane: 6 objects to create"));
  for (const std::string& request : audited(kTwo, before)) {
    EXPECT_TRUE(request.starts_with("get ") || request.find("dryRun=All") != std::string::npos)
        << request;
  }
  const Outcome apply = meshed({"apply", "-f", file, "--yes"});
  EXPECT_EQ(apply.code, 0) << apply.out << apply.err;
  EXPECT_THAT(apply.out, HasSubstr("Done: 6 objects in 1 cluster and the control plane"));
  EXPECT_TRUE(get(kOne, "envoyfilter", "istio-meshed-compression").is_null());
  EXPECT_TRUE(get(kTwo, "deployment", "istio-meshed").is_null());
  const Json filter = get(kTwo, "envoyfilter", "istio-meshed-compression");
  const Json& config = filter["spec"]["configPatches"][0]["patch"]["value"]["typed_config"];
  EXPECT_EQ(config["response_direction_config"]["common_config"]["min_content_length"], 4294967295);
  EXPECT_EQ(filter["spec"]["priority"], -10);
  const Outcome again = meshed({"apply", "-f", file, "--yes"});
  EXPECT_EQ(again.code, 0) << again.out << again.err;
  EXPECT_THAT(again.out, HasSubstr("No change"));
  EXPECT_EQ(get(kTwo, "envoyfilter", "istio-meshed-compression")["metadata"]["resourceVersion"],
            filter["metadata"]["resourceVersion"]);
}

/// The gateway is read there by name, and its EnvoyFilter compared there.
TEST_F(Mesh, TheControlPlanesPluginRunsOnce) {
  hold(gateway("meshed", kOne, kCompression));
  const CountedPlugin plugin = counted_plugin("mesh-plugin", kTwo);
  std::string config = read(kubeconfig(kTwo));
  const std::size_t user = config.find("client-certificate");
  ASSERT_NE(user, std::string::npos) << config;
  config.replace(user, config.find("client-key", user) - user, "");
  const std::size_t key = config.find("client-key");
  config.replace(key, config.find('\n', key) - key,
                 "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, "
                 "command: " +
                     plugin.program + "}");
  const Outcome diff =
      asmgw({"diff", "meshed", "--control-plane-context", write("mesh-plugin.kubeconfig", config)});
  EXPECT_EQ(diff.code, 1) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("control-plane\n  + EnvoyFilter/istio-meshed-compression\n"));
  EXPECT_EQ(read(plugin.log), "run\n");
}

TEST_F(Mesh, TheMeshsWarningIsSaidOnceAndIsNoProblem) {
  const std::string file = write("compressed.yaml", gateway("meshed", kOne, kCompression));
  const Outcome apply = meshed({"apply", "-f", file, "--yes"});
  EXPECT_EQ(apply.code, 0) << apply.out << apply.err;
  EXPECT_THAT(apply.err, HasSubstr("note: the mesh says of every EnvoyFilter: "));
  EXPECT_THAT(apply.err, Not(HasSubstr("Warning:")));
  EXPECT_EQ(std::count(apply.err.begin(), apply.err.end(), '\n'), 1) << apply.err;
}

TEST_F(Mesh, WithoutAControlPlane) {
  const std::string file = write("compressed.yaml", gateway("meshed", kOne, kCompression));
  const Outcome unnamed = asmgw({"apply", "-f", file, "--yes"});
  EXPECT_EQ(unnamed.code, 2) << unnamed.out;
  EXPECT_THAT(unnamed.out, HasSubstr("[no-context]"));
  EXPECT_TRUE(get(kOne, "service", "istio-meshed").is_null());
  const Outcome skipped = asmgw({"apply", "-f", file, "--yes", "--skip-control-plane"});
  EXPECT_EQ(skipped.code, 0) << skipped.out << skipped.err;
  EXPECT_FALSE(get(kOne, "service", "istio-meshed").is_null());
  EXPECT_TRUE(get(kTwo, "envoyfilter", "istio-meshed-compression").is_null());
}

}  // namespace
}  // namespace asmgw::e2e
