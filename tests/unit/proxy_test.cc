#include "kube/proxy.h"

#include <gtest/gtest.h>

namespace asmgw::kube {
namespace {

struct ProxyCase {
  const char* name;
  const char* server;
  ProxyRules rules;
  const char* proxy;
};

class ProxyFor : public testing::TestWithParam<ProxyCase> {};

TEST_P(ProxyFor, IsGosChoice) {
  const std::optional<Url> server = parse_url(GetParam().server);
  ASSERT_TRUE(server);
  EXPECT_EQ(proxy_for(*server, GetParam().rules), GetParam().proxy);
}

ProxyCase without(const char* name, const char* none, const char* server, bool is_used) {
  return {name, server, {.https = "http://p:1", .none = none}, is_used ? "http://p:1" : ""};
}

INSTANTIATE_TEST_SUITE_P(
    Scheme, ProxyFor,
    testing::Values(
        ProxyCase{"Https", "https://a", {.https = "http://p", .http = "http://q"}, "http://p"},
        ProxyCase{"Http", "http://a", {.https = "http://p", .http = "http://q"}, "http://q"},
        ProxyCase{"None", "https://a", {.http = "http://q"}, ""},
        ProxyCase{"WithoutScheme", "https://a", {.https = "p:3128"}, "http://p:3128"},
        ProxyCase{"Socks", "https://a", {.https = "socks5://p"}, "socks5://p"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    NoProxy, ProxyFor,
    testing::Values(without("Everything", "*", "https://a.test", false),
                    without("Host", "a.test", "https://a.test", false),
                    without("BelowTheHost", "a.test", "https://x.a.test", false),
                    without("NotBesideTheHost", "a.test", "https://xa.test", true),
                    without("SuffixMeansBelowOnly", ".a.test", "https://a.test", true),
                    without("Suffix", ".a.test", "https://x.a.test", false),
                    without("Star", "*.a.test", "https://x.a.test", false),
                    without("Case", "A.Test", "https://a.TEST", false),
                    without("Blanks", " b.test , a.test ", "https://a.test", false),
                    without("Port", "a.test:6443", "https://a.test:6443", false),
                    without("OtherPort", "a.test:6443", "https://a.test", true),
                    without("DefaultPort", "a.test:443", "https://a.test", false),
                    without("Address", "192.0.2.1", "https://192.0.2.1:6443", false),
                    without("AddressIsNoSuffix", "2.1", "https://192.0.2.1", true),
                    without("Cidr", "192.0.2.0/24", "https://192.0.2.1", false),
                    without("OutsideCidr", "192.0.2.0/25", "https://192.0.2.200", true),
                    without("CidrAndName", "192.0.2.0/24", "https://a.test", true),
                    without("Cidr6", "2001:db8::/32", "https://[2001:db8::7]", false),
                    without("Address6AndPort", "[2001:db8::7]:443", "https://[2001:db8::7]", false),
                    without("Loopback4", "", "https://127.0.0.9:6443", false),
                    without("Loopback6", "", "https://[::1]:6443", false),
                    without("Localhost", "", "https://localhost:6443", false),
                    without("NotLocalhost", "", "https://localhost.test", true)),
    [](const auto& test) { return test.param.name; });

TEST(Url, RoundTrips) {
  for (const char* text : {"https://a", "https://a:6443/k8s/x", "http://u:p@[::1]:80/x"}) {
    const std::optional<Url> url = parse_url(text);
    ASSERT_TRUE(url) << text;
    EXPECT_EQ(text_of(*url), text);
  }
  EXPECT_EQ(text_of(*parse_url("HTTPS://u:p@Host:1/x/?q#f")), "https://u:p@Host:1/x");
}

TEST(Url, RefusesWhatHasNoHost) {
  for (const char* text : {"", "a", "a:1", "https://", "https:///x", "https://a b", "https://a:x",
                           "://a", "1a://a", "https://[::1", "https://[::1]x"}) {
    EXPECT_FALSE(parse_url(text)) << text;
  }
}

TEST(Url, PathWithAHalfEscapeIsNone) {
  for (const char* path : {"/%", "/%4", "/%zz", "/a%2"}) EXPECT_FALSE(clean_path(path)) << path;
  EXPECT_EQ(clean_path(""), "");
  EXPECT_EQ(clean_path("/"), "");
}

}  // namespace
}  // namespace asmgw::kube
