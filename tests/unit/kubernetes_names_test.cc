#include "gateway/kubernetes_names.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace asmgw {
namespace {

struct Case {
  std::string name;
  const Syntax& syntax;
  std::vector<std::string> good, bad;
};

std::string times(std::size_t count) { return std::string(count, 'a'); }

class Names : public testing::TestWithParam<Case> {};
TEST_P(Names, FitOrNot) {
  for (const std::string& text : GetParam().good) {
    EXPECT_TRUE(GetParam().syntax.fits(text)) << '"' << text << '"';
  }
  for (const std::string& text : GetParam().bad) {
    EXPECT_FALSE(GetParam().syntax.fits(text)) << '"' << text << '"';
  }
  EXPECT_FALSE(GetParam().syntax.rule.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, Names,
    testing::Values(
        Case{"label_key",
             kLabelKey,
             {"a", "A_b.c-9", "example.com/a", times(63), times(63) + "." + times(189) + "/a"},
             {"", "/a", "a/", "a/b/c", "A/b", "-a", "a-", ".a", "a b", "é", times(64),
              times(254) + "/a", "a..b/c"}},
        Case{"annotation_key", kAnnotationKey, {"a", "A/b", "Example.COM/A"}, {"", "a b", "a/b/c"}},
        Case{"label_value", kLabelValue, {"", "a", "A_b.c-9", times(63)}, {"-a", "a b", times(64)}},
        Case{"dns_label",
             kDnsLabel,
             {"a", "0", "a-b", times(63)},
             {"", "A", "a.b", "a_b", "-a", "a-", times(64)}},
        Case{"dns_name",
             kDnsName,
             {"a", "a.b-c.d", times(253)},
             {"", "A", ".a", "a.", "a..b", "a.-b", times(254)}},
        Case{"env_name", kEnvName, {"A", "a b", "1", "~!"}, {"", "a=b", "é", "a\tb", "\x7f"}},
        Case{"port_name",
             kContainerPortName,
             {"http-envoy-prom", "a1"},
             {"", "80", "a--b", "-a", "a-", "A", "a_b", times(16)}},
        Case{"config_key",
             kConfigKey,
             {"a", ".a", "A_b-c.d", times(253)},
             {"", ".", "..", "..a", "a b", "a/b", times(254)}},
        Case{"header_name", kHeaderName, {"X-A1", "-"}, {"", "a b", "a_b", "a:"}},
        Case{"path_inside",
             kPathInside,
             {"a", "/a/b", "a..b", "..."},
             {"..", "../a", "a/../b", "/.."}}),
    [](const auto& test) { return test.param.name; });

TEST(Names, AreReportedInOneShortLine) {
  Findings findings;
  const Source& source = findings.keep({"g.yaml", "x"});
  const Range at{&source, 1, 1, 2};
  EXPECT_TRUE(check_syntax(at, "key", "a", kLabelKey, findings));
  EXPECT_TRUE(findings.all().empty());
  EXPECT_FALSE(check_syntax(at, "key", "é" + times(100) + "é", kLabelKey, findings));
  ASSERT_EQ(findings.all().size(), 1U);
  EXPECT_EQ(findings.all()[0].message, "key cannot be \"é" + times(58) + "…\"");
  EXPECT_EQ(findings.all()[0].hint, kLabelKey.rule);
}

}  // namespace
}  // namespace asmgw
