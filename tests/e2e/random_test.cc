// Is every body that we render for a valid gateway accepted by a real API server, without a
// warning, and does applying it twice change nothing? Random gateways; a failure names its seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "bench.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "gateway/validate.h"
#include "render/render.h"
#include "server.h"
#include "tests/support/dice.h"
#include "tests/support/random_gateway.h"

namespace asmgw::e2e {
namespace {

constexpr std::uint32_t kPerBatch = 20;  // gateways

std::uint32_t gateways(std::uint32_t usual) {
  const char* number = std::getenv("ASMGW_RANDOM_GATEWAYS");
  return number != nullptr ? static_cast<std::uint32_t>(std::stoul(number)) : usual;
}

/// An object's body, and which gateway it is of.
struct Rendered {
  std::uint32_t seed = 0;
  std::string cluster;
  Json body;

  std::string name() const {
    return fmt::format("seed {}, cluster {}: {}\n{}", seed, cluster, dump(body),
                       dump(test::random_gateway(seed)));
  }
};

Settings settings_of(std::uint32_t seed) {
  test::Dice dice(seed + 1'000'000);
  Settings settings;
  if (dice.chance(30)) settings.asm_version = AsmVersion{1, 15, 3, 0};
  if (dice.chance(30)) settings.asm_version = AsmVersion{1, 22, 0, 0};
  if (dice.chance(50)) settings.revision = "1-22";
  return settings;
}

/// All bodies of a random gateway, in all its clusters. Each cluster's are as for a cluster alone.
std::vector<Rendered> rendered(std::uint32_t seed, const test::RandomRange& range) {
  std::vector<Rendered> all;
  Findings findings;
  const Source& source =
      findings.keep({"gateway.yaml", dump_for_yaml(test::random_gateway(seed, range))});
  int skipped = 0;
  const auto read = read_gateways(parse_yaml(source, findings), skipped, findings);
  const Settings settings = settings_of(seed);
  validate(read, {"istio-system", false, settings.asm_version}, findings);
  for (const Located<std::string>& id : read.at(0).spec.cluster_ids->value) {
    const EffectiveGateway gateway = effective(read[0], id.value, "istio-system", settings);
    for (const DesiredObject& object : render(gateway, settings, {}, findings)) {
      all.push_back({seed, id.value, object.body.value()});
    }
  }
  for (const Finding& finding : findings.all()) {
    EXPECT_NE(finding.severity, Severity::Error) << "seed " << seed << ": " << finding.message;
  }
  return all;
}

TEST(Random, EveryBodyIsAccepted) {
  kube::Client client = connect(kOne);
  const std::uint32_t count = gateways(1000);
  std::size_t bodies = 0;
  for (std::uint32_t first = 0; first < count; first += kPerBatch) {
    std::vector<Rendered> batch;
    for (std::uint32_t seed = first; seed < std::min(first + kPerBatch, count); ++seed) {
      for (Rendered& one : rendered(seed, {})) batch.push_back(std::move(one));
    }
    std::vector<Json> asked;
    for (const Rendered& one : batch) asked.push_back(one.body);
    const std::vector<Answer> answers = try_out(client, asked);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      EXPECT_EQ(complaint(answers[i]), "") << batch[i].name();
    }
    bodies += batch.size();
  }
  EXPECT_GT(bodies, std::size_t{count} * 5);
}

/// What an apply may change: all but what the server and the controllers keep.
Json applied(Json object) {
  object.erase("status");
  for (const char* own : {"managedFields", "resourceVersion", "creationTimestamp", "uid"}) {
    object["metadata"].erase(own);
  }
  if (object["metadata"].contains("annotations")) {
    object["metadata"]["annotations"].erase("deployment.kubernetes.io/revision");
    if (object["metadata"]["annotations"].empty()) object["metadata"].erase("annotations");
  }
  return object;
}

class RandomApplied : public testing::Test {
 protected:
  void SetUp() override { take_out(); }
  void TearDown() override { take_out(); }

  static void take_out() {
    EXPECT_EQ(kubectl(kOne, {"delete", "deployment,service,serviceaccount,role,rolebinding,hpa",
                             "--selector=app.kubernetes.io/managed-by=kubectl-asmgw"})
                  .code,
              0);
  }
};

TEST_F(RandomApplied, TwiceChangesNothing) {
  kube::Client client = connect(kOne);
  for (std::uint32_t seed = 0; seed < gateways(100); ++seed) {
    test::RandomRange range;
    range.most_pods = 2;
    std::vector<Rendered> all = rendered(seed, range);
    std::erase_if(all, [&](const Rendered& one) { return one.cluster != all[0].cluster; });
    for (const Rendered& one : all) {
      const Write write{ref_of(one.body), Apply{one.body}, {}};
      ASSERT_EQ(complaint(client.write(write, {})), "") << one.name();
    }
    for (const Rendered& one : all) {
      const auto again = try_out(client, {one.body});
      const auto live = client.ask({Get{ref_of(one.body)}}, {});
      ASSERT_EQ(complaint(again[0]), "") << one.name();
      EXPECT_EQ(applied(std::get<Found>(again[0]).object), applied(std::get<Found>(live[0]).object))
          << one.name();
    }
  }
}

}  // namespace
}  // namespace asmgw::e2e
