// Do gateways whose pods nothing injects go all the way, on real API servers?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;

const std::string kName = "carried";

std::string config(const std::string& tag) {
  return "apiVersion: asmgw/v1alpha1\nkind: Config\nproxy:\n"
         "  image: registry.example.com/istio/proxyv2:" +
         tag + "\n  network: vpc-1\n";
}

/// The Service and Deployment that `render` gives, as one text for kubectl.
std::string rendered(const std::string& manifest, const std::string& settings) {
  const Outcome outcome =
      run({"kubectl", "asmgw", "render", "-f", manifest, "--config", settings, "-o", "json"});
  EXPECT_EQ(outcome.code, 0) << outcome.err << outcome.out;
  std::string text;
  const Json record = Json::parse(outcome.out);
  for (const Json& object : record["clusters"][0]["objects"]) {
    if (object["kind"] == "Deployment" || object["kind"] == "Service") {
      text += "---\n" + object.dump() + "\n";
    }
  }
  return text;
}

TEST(SelfContained, EveryFormIsTakenWithoutAWarning) {
  const std::string settings = write("carried-config.yaml", config("1.22.2"));
  const std::string folder = std::string(ASMGW_SOURCE_DIR) + "/tests/mesh/";
  const std::map<std::string, std::string> forms = {
      {"ordinary", rendered(write("carried.yaml", gateway(kName, kOne, "")), settings)},
      {"host network",
       rendered(write("carried.yaml", gateway(kName, kOne, "  hostNetwork: true\n")), settings)},
      {"host network, root",
       rendered(
           write("carried.yaml", gateway(kName, kOne, "  hostNetwork: true\n  runAsRoot: true\n")),
           settings)},
      {"as compared with upstream, ingress",
       rendered(folder + "ingress/gateway.yaml", folder + "ingress/config.yaml")},
      {"as compared with upstream, egress",
       rendered(folder + "egress/gateway.yaml", folder + "egress/config.yaml")},
  };
  for (const auto& [name, objects] : forms) {
    const Outcome taken =
        kubectl(kOne, {"apply", "--server-side", "--dry-run=server", "--warnings-as-errors", "-f",
                       write("carried-objects.yaml", objects)});
    EXPECT_EQ(taken.code, 0) << name << ": " << taken.err;
    EXPECT_EQ(taken.err, "") << name;
  }
}

TEST(SelfContained, OnTheHostsNetworkAllTheWay) {
  clean(kName);
  const std::string manifest = write("carried.yaml", gateway(kName, kOne, "  hostNetwork: true\n"));
  const std::string settings = write("carried-config.yaml", config("1.22.2"));
  const Outcome first = asmgw({"apply", "-f", manifest, "--config", settings, "--yes"});
  EXPECT_EQ(first.code, 0) << first.out << first.err;
  EXPECT_THAT(first.out, HasSubstr("image registry.example.com/istio/proxyv2:1.22.2"));
  const Outcome second = asmgw({"diff", "-f", manifest, "--config", settings});
  EXPECT_EQ(second.code, 0) << second.out;

  const Json pods =
      Json::parse(kubectl(kOne, {"get", "pods", "-l", "app=istio-" + kName, "-o", "json"}).out);
  ASSERT_EQ(pods["items"].size(), 1U);
  const Json& pod = pods["items"][0]["spec"];
  EXPECT_EQ(pod["hostNetwork"], true);
  EXPECT_EQ(pod["dnsPolicy"], "ClusterFirstWithHostNet");
  EXPECT_EQ(pod["containers"][0]["image"], "registry.example.com/istio/proxyv2:1.22.2");
  clean(kName);
}

TEST(SelfContained, AnotherImageRestartsBecauseOfTheConfigFile) {
  clean(kName);
  const std::string manifest = write("carried.yaml", gateway(kName, kOne, ""));
  const std::string settings = write("carried-config.yaml", config("1.22.2"));
  ASSERT_EQ(asmgw({"apply", "-f", manifest, "--config", settings, "--yes"}).code, 0);
  write("carried-config.yaml", config("1.22.6"));
  const Outcome diff = asmgw({"diff", "-f", manifest, "--config", settings, "-o", "json"});
  EXPECT_EQ(diff.code, 1) << diff.err;
  const Json record = Json::parse(diff.out);
  const Json& deployment = record["clusters"][0]["objects"][4];
  EXPECT_EQ(deployment["restart"]["predicted"], "yes");
  EXPECT_EQ(deployment["fields"][0]["origin"]["kind"], "config");
  EXPECT_EQ(deployment["fields"][0]["origin"]["line"], 4);

  const Outcome applied =
      asmgw({"apply", "-f", manifest, "--config", settings, "--yes", "--allow-restart"});
  EXPECT_EQ(applied.code, 0) << applied.out << applied.err;
  EXPECT_EQ(revision(kOne, kName), "2");
  clean(kName);
}

}  // namespace
}  // namespace asmgw::e2e
