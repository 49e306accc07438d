// Which failure is it, and what do people read?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "io/curl_transport.h"
#include "server.h"

namespace asmgw::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Failure = Response::Failure;

void expect_failure(const Endpoint& endpoint, const std::string& text) {
  const auto transport = connect(endpoint);
  const std::vector<Request> requests(20, Request{.target = "/echo"});
  for (const Response& response : transport->send(requests, {})) {
    EXPECT_EQ(response.failure, Failure::Unreachable);
    EXPECT_EQ(response.failure_text, text);
    EXPECT_EQ(response.status, 0);
  }
}

TEST(Failure, ConnectionRefused) {
  const Server server;
  const Endpoint endpoint = server.endpoint("refused");
  expect_failure(endpoint, endpoint.url + ": connection refused");
}

TEST(Failure, NoConnectionInTime) {
  const Server server;
  Endpoint endpoint = server.endpoint("full");
  endpoint.connect_timeout = 50ms;
  expect_failure(endpoint, "no connection to " + endpoint.url + " within 50ms");
  endpoint.connect_timeout = 30s;
  endpoint.request_timeout = 60ms;
  expect_failure(endpoint, "no connection to " + endpoint.url + " within 60ms");
}

TEST(Failure, NoHandshakeInTime) {
  const Server server;
  Endpoint endpoint = server.endpoint("silent");
  endpoint.tls_timeout = 50ms;
  expect_failure(endpoint, "no TLS handshake with " + endpoint.url + " within 50ms");
  endpoint.tls_timeout = 10s;
  endpoint.request_timeout = 60ms;
  expect_failure(endpoint, "no TLS handshake with " + endpoint.url + " within 60ms");
}

TEST(Failure, TheLimitsOfConnectionAndHandshakeAreTwo) {
  const Server server;
  Endpoint endpoint = server.endpoint("silent");
  endpoint.connect_timeout = 50ms;  // is kept: the connection itself comes at once
  endpoint.tls_timeout = 300ms;
  const auto began = std::chrono::steady_clock::now();
  expect_failure(endpoint, "no TLS handshake with " + endpoint.url + " within 300ms");
  EXPECT_GE(std::chrono::steady_clock::now() - began, 300ms);
  const Response response =
      connect(endpoint)->stream({.target = "/watch"}, [](std::string_view) { return true; }, {});
  EXPECT_EQ(response.failure_text, "no TLS handshake with " + endpoint.url + " within 300ms");
}

TEST(Failure, DeadServerIsTriedOncePerBatch) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.ca_pem = server["other_ca"];
  expect_failure(
      endpoint,
      endpoint.url + ": the server's certificate is not signed by the CA of the kubeconfig");
  EXPECT_EQ(count(*connect(server.endpoint("http2")), "connections"), 2);  // with this one
}

TEST(Failure, UnknownHost) {
  Endpoint endpoint;
  endpoint.url = "https://asmgw.invalid:6443";
  expect_failure(endpoint, "https://asmgw.invalid:6443: the host name is unknown");
}

TEST(Failure, CertificateForAnotherName) {
  const Server server;
  Endpoint endpoint = server.endpoint("other_name");
  expect_failure(endpoint, endpoint.url + ": the certificate is not for this name");
  endpoint = server.endpoint("http2");
  endpoint.tls_server_name = "api.example.test";
  expect_failure(endpoint, endpoint.url + ": the certificate is not for this name");
}

TEST(Failure, CertificateOfACaThatTheSystemDoesNotKnow) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.ca_pem = "";
  expect_failure(endpoint, endpoint.url +
                               ": the server's certificate is not signed by a CA that "
                               "this system trusts");
}

TEST(Failure, ExpiredCertificate) {
  const Server server;
  const Endpoint endpoint = server.endpoint("expired");
  expect_failure(endpoint, endpoint.url + ": the server's certificate has expired");
}

TEST(Failure, UnusableCaOfTheKubeconfig) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.ca_pem = "no certificate";
  expect_failure(endpoint, endpoint.url + ": the kubeconfig's CA is not a certificate");
}

TEST(Failure, HttpAnswerToHttps) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.url = "https://127.0.0.1:" + server["plain"];
  const Response response = get(*connect(endpoint), "/echo");
  EXPECT_EQ(response.failure, Failure::Unreachable);
  EXPECT_THAT(response.failure_text, HasSubstr("wrong version number"));
}

TEST(Failure, UnusableUrl) {
  Endpoint endpoint;
  endpoint.url = "https://host:port";
  const Response response = get(*connect(endpoint), "/echo");
  EXPECT_EQ(response.failure, Failure::Unreachable);
  EXPECT_THAT(response.failure_text, StartsWith("https://host:port: "));
}

TEST(Failure, CutOff) {
  const Server server;
  for (const char* listener : {"http2", "http1", "plain"}) {
    const Endpoint endpoint = server.endpoint(listener);
    for (const char* target : {"/cut", "/reset"}) {
      const Response response = get(*connect(endpoint), target);
      EXPECT_EQ(response.failure, Failure::Cut) << listener << target;
      EXPECT_EQ(response.failure_text, endpoint.url + ": the answer was cut off");
      EXPECT_EQ(response.status, 0);
      EXPECT_EQ(response.body, "");
    }
  }
}

TEST(Failure, OneCutStreamLeavesTheOthersAlone) {
  const Server server;
  const auto transport = connect(server.endpoint("http2"));
  const std::vector<Request> requests{
      {.target = "/together/0?least=2"}, {.target = "/cut"}, {.target = "/together/1?least=2"}};
  const auto responses = transport->send(requests, {});
  EXPECT_EQ(responses[0].body, "0");
  EXPECT_EQ(responses[1].failure, Failure::Cut);
  EXPECT_EQ(responses[2].body, "1");
}

TEST(Failure, AWriteIsSentOnceAtMost) {
  const Server server;
  for (const char* listener : {"http2", "http1"}) {
    const auto transport = connect(server.endpoint(listener));
    EXPECT_EQ(get(*transport, "/echo").status, 200);  // libcurl repeats on reused connections only
    const Response response =
        ask(*transport, {.method = "PATCH", .target = "/reset", .body = "{}"});
    EXPECT_EQ(response.failure, Failure::Cut);
    EXPECT_EQ(count(*transport, "reset"), 1) << listener;
  }
}

TEST(Failure, NoAnswerInTime) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.request_timeout = 300ms;
  const auto transport = connect(endpoint);
  EXPECT_EQ(get(*transport, "/echo").status, 200);
  const Response response = get(*transport, "/slow");
  EXPECT_EQ(response.failure, Failure::TimedOut);
  EXPECT_EQ(response.failure_text, "no answer from " + endpoint.url + " within 300ms");
}

TEST(Failure, OneLimitForAWholeBatch) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.request_timeout = 300ms;
  const auto transport = connect(endpoint);
  const std::vector<Request> requests(40, Request{.target = "/slow"});
  for (const Response& response : transport->send(requests, {}))
    EXPECT_EQ(response.failure, Failure::TimedOut);
  EXPECT_LE(count(*transport, "slow"), 16) << "the others would have waited for nothing";
}

TEST(Failure, TooLarge) {
  const Server server;
  for (const char* listener : {"http2", "http1"}) {
    const Endpoint endpoint = server.endpoint(listener);
    const auto transport = connect(endpoint);
    for (const char* target : {"/huge?mib=32", "/gzip?mib=32"}) {
      const Response response = get(*transport, target);
      EXPECT_EQ(response.failure, Failure::TooLarge) << target;
      EXPECT_EQ(response.failure_text, endpoint.url + ": the answer is larger than 32 MiB");
    }
    EXPECT_EQ(get(*transport, "/huge?mib=31").body.size(), (31u << 20) + 1);
    const Response headers = get(*transport, "/bigheaders");
    EXPECT_EQ(headers.failure, Failure::TooLarge);
    EXPECT_EQ(headers.failure_text, endpoint.url + ": the answer's headers are larger than 64 KiB");
  }
}

}  // namespace
}  // namespace asmgw::test
