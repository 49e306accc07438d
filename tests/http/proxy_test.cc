// Is the proxy of an endpoint used as kubectl uses it, and no other one?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "server.h"

namespace asmgw::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using Failure = Response::Failure;

/// A host that only the proxy knows, and one of its proxies with `user` (`name:password@`).
class Proxies : public testing::Test {
 protected:
  Endpoint by(const std::string& scheme, const std::string& user = "",
              const std::string& proxy = "") const {
    Endpoint endpoint = server_.endpoint("http2");
    endpoint.url = "https://asmgw.invalid:" + server_["http2"];
    endpoint.tls_server_name = "localhost";
    endpoint.proxy =
        scheme + "://" + user + "127.0.0.1:" + server_[proxy.empty() ? scheme + "_proxy" : proxy];
    return endpoint;
  }

  /// What the proxies have seen since the last look.
  std::string seen() const { return get(*connect(server_.endpoint("http2")), "/proxied").body; }

  Server server_;
};

TEST_F(Proxies, LeadToAServerThatTheyAloneKnow) {
  for (const char* scheme : {"http", "https", "socks5"}) {
    const Endpoint endpoint = by(scheme);
    const Response response = get(*connect(endpoint), "/echo");
    EXPECT_THAT(response.body, HasSubstr("/echo HTTP/2.0\nhost: asmgw.invalid:"))
        << scheme << response.failure_text;
    EXPECT_THAT(seen(), HasSubstr("asmgw.invalid:" + server_["http2"] + " user= password="));
  }
}

TEST_F(Proxies, GetUserAndPasswordFromTheirUrlAndNothingElse) {
  for (const char* scheme : {"http", "https", "socks5"}) {
    Endpoint endpoint = by(scheme, "jane:p%40ss%3Aw@");
    endpoint.authorization = "Bearer for-the-server";
    endpoint.headers = {{"Impersonate-User", "joe"}};
    const std::string body = get(*connect(endpoint), "/echo").body;
    EXPECT_THAT(body, HasSubstr("authorization: Bearer for-the-server\n"));
    EXPECT_THAT(body, Not(HasSubstr("proxy-"))) << "the server sees the proxy's password";
    const std::string seen_by_proxy = seen();
    EXPECT_THAT(seen_by_proxy, HasSubstr("user=jane password=p@ss:w"));
    EXPECT_THAT(seen_by_proxy, Not(HasSubstr("Impersonate")));
    EXPECT_THAT(seen_by_proxy, Not(HasSubstr(" Authorization")));
  }
}

// Go's http.Transport has one TLS configuration for both.
TEST_F(Proxies, AreVerifiedLikeTheServer) {
  Endpoint endpoint = by("https");
  endpoint.client_cert_pem = server_["client_cert"];
  endpoint.client_key_pem = server_["client_key"];
  EXPECT_THAT(get(*connect(endpoint), "/echo").body, HasSubstr("sni: localhost\nclient: alice\n"));
  EXPECT_THAT(seen(), HasSubstr("sni=localhost client=alice"));
  endpoint.ca_pem = server_["other_ca"];
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            endpoint.url + ": the proxy's certificate is not signed by the CA of the kubeconfig");
  endpoint.insecure = true;
  endpoint.ca_pem = "";
  EXPECT_EQ(get(*connect(endpoint), "/echo").status, 200);
}

TEST_F(Proxies, MustShowTheirOwnName) {
  Endpoint endpoint = by("https", "", "https_proxy_of_other_name");
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            endpoint.url + ": the proxy's certificate is not for this name");
  endpoint.url = "https://localhost:" + server_["http2"];
  endpoint.tls_server_name = "";
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            endpoint.url + ": the proxy's certificate is not for this name");
  endpoint.proxy = "https://127.0.0.1:" + server_["https_proxy"];
  EXPECT_THAT(get(*connect(endpoint), "/echo").body, HasSubstr("sni: localhost\n"));
  EXPECT_THAT(seen(), HasSubstr("sni= ")) << "an IP address is no name for SNI";
  endpoint.url = "https://localhost:" + server_["other_name"];
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            endpoint.url + ": the certificate is not for this name");
}

TEST_F(Proxies, CarryPlainHttpToo) {
  Endpoint endpoint = server_.endpoint("plain");
  endpoint.url = "http://asmgw.invalid";
  endpoint.proxy = "http://jane:secret@127.0.0.1:" + server_["plain"];
  EXPECT_THAT(get(*connect(endpoint), "/echo").body,
              HasSubstr("GET http://asmgw.invalid/echo HTTP/1.1\nhost: asmgw.invalid\n"));
}

TEST_F(Proxies, OfTheEnvironmentAreNotAsked) {
  for (const char* name : {"ALL_PROXY", "HTTPS_PROXY", "https_proxy", "http_proxy"})
    setenv(name, "http://127.0.0.1:1", 1);
  setenv("NO_PROXY", "*", 1);
  setenv("no_proxy", "*", 1);
  EXPECT_EQ(get(*connect(server_.endpoint("http2")), "/echo").status, 200);
  EXPECT_EQ(get(*connect(by("http")), "/echo").status, 200);
  EXPECT_THAT(seen(), Not(IsEmpty()));
  for (const char* name :
       {"ALL_PROXY", "HTTPS_PROXY", "https_proxy", "http_proxy", "NO_PROXY", "no_proxy"})
    unsetenv(name);
}

struct Refusal {
  const char *name, *scheme, *user, *text;
};
class ProxyRefuses : public Proxies, public testing::WithParamInterface<Refusal> {};
INSTANTIATE_TEST_SUITE_P(
    Each, ProxyRefuses,
    testing::Values(
        Refusal{"no_user", "http", "", ""},
        Refusal{"user", "http", "407:secret@", " refuses its user or password"},
        Refusal{"user_of_https", "https", "407:secret@", " refuses its user or password"},
        Refusal{"user_of_socks", "socks5", "407:secret@",
                ": User was rejected by the SOCKS5 server (1 1)."},
        Refusal{"target", "http", "403:secret@", " does not lead there: 403 Forbidden"},
        Refusal{"gateway", "https", "502:secret@", " does not lead there: 502 Bad Gateway"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_P(ProxyRefuses, InWordsWithoutItsPassword) {
  const Refusal& row = GetParam();
  const Endpoint endpoint = by(row.scheme, row.user);
  const Response response = get(*connect(endpoint), "/echo");
  if (*row.text == 0) {
    EXPECT_EQ(response.status, 200);
    return;
  }
  EXPECT_EQ(response.failure, Failure::Unreachable);
  const std::string proxy =
      std::string(row.scheme) + "://127.0.0.1:" + server_[std::string(row.scheme) + "_proxy"];
  EXPECT_EQ(response.failure_text, endpoint.url + ": the proxy " + proxy + row.text);
}

TEST_F(Proxies, ThatAreNotThere) {
  Endpoint endpoint = by("http", "jane:secret@");
  const std::string refused = "127.0.0.1:" + server_["refused"];
  for (const char* scheme : {"http", "https", "socks5"}) {
    endpoint.proxy = std::string(scheme) + "://jane:secret@" + refused;
    EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
              endpoint.url + ": the proxy " + scheme + "://" + refused + ": connection refused");
  }
  endpoint.proxy = "http://jane:secret@proxy.invalid:3128";
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            endpoint.url + ": the proxy's host name is unknown");
}

TEST_F(Proxies, ThatDoNotAnswer) {
  Endpoint endpoint = by("http", "silent:secret@");
  endpoint.connect_timeout = 60ms;
  const std::string port = server_["http_proxy"];
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            "no connection to " + endpoint.url + " by the proxy http://127.0.0.1:" + port +
                " within 60ms");
  endpoint.connect_timeout = 30s;
  endpoint.tls_timeout = 60ms;
  endpoint.proxy = "https://127.0.0.1:" + server_["silent"];
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            "no TLS handshake with the proxy " + endpoint.proxy + " within 60ms");
}

TEST_F(Proxies, WithoutAPortHaveThatOfGo) {
  Endpoint endpoint = by("http");
  endpoint.proxy = "http://127.0.0.1";
  EXPECT_THAT(get(*connect(endpoint), "/echo").failure_text,
              StartsWith(endpoint.url + ": the proxy http://127.0.0.1:80: "));
}

TEST_F(Proxies, OfNoUseAreNotLeftOut) {
  Endpoint endpoint = server_.endpoint("http2");
  endpoint.proxy = "ftp://jane:secret@127.0.0.1";
  EXPECT_EQ(get(*connect(endpoint), "/echo").failure_text,
            endpoint.url + ": a proxy of ftp:// cannot be used: it must be http, https or socks5");
  endpoint.proxy = "http://jane:secret@host:port";
  const Response response = get(*connect(endpoint), "/echo");
  EXPECT_EQ(response.failure, Failure::Unreachable);
  EXPECT_THAT(response.failure_text, HasSubstr(": the proxy's URL cannot be used: "));
  EXPECT_THAT(response.failure_text, Not(HasSubstr("secret")));
  EXPECT_EQ(count(*connect(server_.endpoint("http2")), "connections"), 1);  // this one
}

}  // namespace
}  // namespace asmgw::test
