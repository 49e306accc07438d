// Do the vendor's examples go all the way, on real API servers?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kIngress = "myexample-customingressgateway";
const std::string kEgress = "egressgateway";

struct Example {
  std::string file, gateway;
  std::vector<std::string> clusters;
  std::vector<std::int64_t> replicas;
};

class Examples : public testing::TestWithParam<Example> {
 protected:
  void SetUp() override { clean(GetParam().gateway); }
  void TearDown() override { clean(GetParam().gateway); }
};

TEST_P(Examples, GoAllTheWay) {
  const Example& example_case = GetParam();
  const std::string file = write(example_case.file, example(example_case.file));

  const Outcome first = asmgw({"diff", "-f", file});
  EXPECT_EQ(first.code, 1) << first.err;
  for (const char* kind : {"ServiceAccount", "Role", "RoleBinding", "Service", "Deployment"}) {
    EXPECT_THAT(first.out, HasSubstr(std::string("+ ") + kind + "/istio-" + example_case.gateway));
  }
  for (const std::string& cluster : example_case.clusters) {
    EXPECT_TRUE(versions(cluster, example_case.gateway).empty()) << "diff wrote something";
  }

  const Outcome applied = asmgw({"apply", "-f", file, "--yes"});
  EXPECT_EQ(applied.code, 0) << applied.out << applied.err;
  EXPECT_THAT(applied.out, HasSubstr("Done: "));
  std::map<std::string, std::map<std::string, std::string>> before;
  for (std::size_t i = 0; i < example_case.clusters.size(); ++i) {
    const std::string& cluster = example_case.clusters[i];
    before[cluster] = versions(cluster, example_case.gateway);
    const Json deployment = get(cluster, "deployment", "istio-" + example_case.gateway);
    EXPECT_EQ(deployment["spec"]["replicas"], example_case.replicas[i]);
    EXPECT_EQ(deployment["status"].value("readyReplicas", 0), example_case.replicas[i]);
  }

  const Outcome second = asmgw({"diff", "-f", file});
  EXPECT_EQ(second.code, 0) << second.out;
  EXPECT_THAT(second.out, StartsWith("No change: gateway " + example_case.gateway));
  EXPECT_THAT(second.out, Not(HasSubstr("\n\n"))) << "nothing to decide, so one paragraph";
  const Outcome again = asmgw({"apply", "-f", file, "--yes"});
  EXPECT_EQ(again.code, 0) << again.out;
  for (const std::string& cluster : example_case.clusters) {
    EXPECT_EQ(versions(cluster, example_case.gateway), before[cluster])
        << "a second apply, or a diff, wrote something";
  }
}

INSTANTIATE_TEST_SUITE_P(Vendor, Examples,
                         testing::Values(Example{"ingress.yaml", kIngress, {kOne, kTwo}, {1, 2}},
                                         Example{"egress.yaml", kEgress, {kOne}, {1}}),
                         [](const auto& test) {
                           return test.param.gateway == kEgress ? "Egress" : "Ingress";
                         });

class Ingress : public testing::Test {
 protected:
  void SetUp() override {
    clean(kIngress);
    ASSERT_EQ(asmgw({"apply", "-f", write("ingress.yaml", example("ingress.yaml")), "--yes"}).code,
              0);
  }
  void TearDown() override { clean(kIngress); }
};

/// Is a restart predicted for the gateway's Deployment in this cluster?
std::string predicted(const Json& record, const std::string& cluster) {
  for (const Json& entry : record["clusters"]) {
    if (entry["id"] != cluster) continue;
    for (const Json& object : entry["objects"]) {
      if (object["kind"] != "Deployment") continue;
      return object.contains("restart") ? object["restart"]["predicted"].get<std::string>() : "no";
    }
  }
  return "cluster not found";
}

TEST_F(Ingress, AnEnvChangeRestartsInBothClusters) {
  const std::string file =
      write("env.yaml", replaced(example("ingress.yaml"), "envvalue1", "envvalue2"));
  const Outcome diff = asmgw({"diff", "-f", file, "-o", "json"});
  EXPECT_EQ(diff.code, 1);
  const Json record = Json::parse(diff.out);
  EXPECT_EQ(predicted(record, kOne), "yes");
  EXPECT_EQ(predicted(record, kTwo), "yes");
  EXPECT_EQ(record["clusters"][0]["objects"][4]["restart"]["causes"][0]["line"], 15);

  const Outcome refused = asmgw({"apply", "-f", file, "--yes"});
  EXPECT_EQ(refused.code, 4);
  EXPECT_THAT(refused.out, HasSubstr("closed  --allow-restart"));
  EXPECT_EQ(revision(kOne, kIngress), "1") << "refused, and yet written";

  const Outcome applied = asmgw({"apply", "-f", file, "--yes", "--allow-restart"});
  EXPECT_EQ(applied.code, 0) << applied.out << applied.err;
  EXPECT_THAT(applied.out, HasSubstr("never under"));
  EXPECT_EQ(revision(kOne, kIngress), "2");
  EXPECT_EQ(revision(kTwo, kIngress), "2");
  EXPECT_EQ(asmgw({"diff", "-f", file}).code, 0);
}

TEST_F(Ingress, AReplicaCountChangeRestartsNothing) {
  // line 72: the override of the second cluster
  const std::string file = write(
      "replicas.yaml", replaced(example("ingress.yaml"), "replicaCount: 2", "replicaCount: 3"));
  const Outcome diff = asmgw({"diff", "-f", file, "-o", "json"});
  EXPECT_EQ(diff.code, 1);
  const Json record = Json::parse(diff.out);
  EXPECT_EQ(predicted(record, kOne), "no");
  EXPECT_EQ(predicted(record, kTwo), "no");
  const Json& change = record["clusters"][1]["objects"][4]["fields"][0];
  EXPECT_EQ(change["path"], "spec.replicas");
  EXPECT_EQ(change["origin"]["layer"], "override");
  EXPECT_EQ(change["origin"]["line"], 72);

  EXPECT_EQ(asmgw({"apply", "-f", file, "--yes"}).code, 0);
  EXPECT_EQ(revision(kTwo, kIngress), "1");
  EXPECT_EQ(get(kTwo, "deployment", "istio-" + kIngress)["spec"]["replicas"], 3);
}

TEST_F(Ingress, ARespelledQuantityIsNoChange) {
  const std::string file =
      write("respelled.yaml", replaced(example("ingress.yaml"), "cpu: '4'", "cpu: 4000m"));
  const Outcome diff = asmgw({"diff", "-f", file});
  EXPECT_EQ(diff.code, 0) << diff.out;
}

TEST_F(Ingress, AnotherManagersFieldIsAConflict) {
  ASSERT_EQ(kubectl(kTwo, {"patch", "service", "istio-" + kIngress, "--field-manager=kubectl-edit",
                           "--type=merge", "-p", R"({"spec":{"externalTrafficPolicy":"Cluster"}})"})
                .code,
            0);
  const std::string file = write("ingress.yaml", example("ingress.yaml"));
  const Outcome diff = asmgw({"diff", "-f", file});
  EXPECT_EQ(diff.code, 1) << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("! Service/istio-" + kIngress));
  EXPECT_THAT(diff.out, HasSubstr("Cluster → Local"));
  EXPECT_THAT(diff.out, HasSubstr("kubectl-edit"));
  const auto before = versions(kOne, kIngress);
  const Outcome apply = asmgw({"apply", "-f", file, "--yes"});
  EXPECT_EQ(apply.code, 4) << apply.out;
  EXPECT_EQ(versions(kOne, kIngress), before);
}

}  // namespace
}  // namespace asmgw::e2e
