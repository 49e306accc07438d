// Random gateways: are they valid, for us, and does each hold every field at times?
#include "tests/support/random_gateway.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "gateway/fields.h"
#include "gateway/read.h"
#include "gateway/validate.h"

namespace asmgw {
namespace {

constexpr std::uint32_t kGateways = 300;

TEST(RandomGateways, AreValid) {
  for (std::uint32_t seed = 0; seed < kGateways; ++seed) {
    test::RandomRange range;
    range.host_network = seed % 4 == 0;
    const std::string text = dump_for_yaml(test::random_gateway(seed, range));
    Findings findings;
    int skipped = 0;
    const auto documents = parse_yaml(findings.keep({"gateway.yaml", text}), findings);
    validate(read_gateways(documents, skipped, findings), {}, findings);
    for (const Finding& finding : findings.all()) {
      EXPECT_NE(finding.severity, Severity::Error)
          << "seed " << seed << ": " << finding.message << " [" << finding.code->name << "]\n"
          << text;
    }
  }
}

TEST(RandomGateways, AreTheSameForTheSameSeed) {
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(test::random_gateway(seed), test::random_gateway(seed));
  }
  EXPECT_NE(test::random_gateway(1)["spec"], test::random_gateway(2)["spec"]);
}

TEST(RandomGateways, HoldEveryField) {
  std::set<std::string> seen;
  for (std::uint32_t seed = 0; seed < kGateways; ++seed) {
    test::RandomRange range;
    range.host_network = true;
    const Json gateway = test::random_gateway(seed, range);
    for (const auto& [name, value] : gateway.at("spec").items()) {
      if (!value.is_null()) seen.insert(name);
    }
    for (const auto& [name, value] : gateway.at("metadata").at("annotations").items()) {
      seen.insert(name);
    }
  }
  for (const FieldView& view : spec_views()) EXPECT_EQ(seen.count(std::string(view.name)), 1U);
  for (const FieldView& view : annotation_views()) {
    EXPECT_EQ(seen.count(std::string(view.name)), 1U) << view.name;
  }
}

}  // namespace
}  // namespace asmgw
