// Does what we ask arrive, over one connection, and does the answer come back whole?
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "io/curl_transport.h"
#include "server.h"

namespace asmgw::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using Failure = Response::Failure;

std::vector<Request> many(int count, int least) {
  std::vector<Request> requests;
  for (int i = 0; i < count; ++i)
    requests.push_back(
        {.target = "/together/" + std::to_string(i) + "?least=" + std::to_string(least)});
  return requests;
}

void expect_answers_in_order(const std::vector<Response>& responses, std::size_t count) {
  ASSERT_EQ(responses.size(), count);
  for (std::size_t i = 0; i < count; ++i)
    EXPECT_EQ(responses[i].body, std::to_string(i)) << responses[i].failure_text;
}

TEST(Transport, SendsManyRequestsOverOneConnection) {
  const Server server;
  const auto transport = connect(server.endpoint("http2"));
  // The server answers none of the first 16 before it has them all, and those in reverse order.
  expect_answers_in_order(transport->send(many(40, 16), {}), 40);
  EXPECT_EQ(count(*transport, "connections"), 1);
  EXPECT_EQ(count(*transport, "most%20together"), 16);
}

TEST(Transport, ReusesTheConnectionForTheNextBatch) {
  const Server server;
  const auto transport = connect(server.endpoint("http2"));
  expect_answers_in_order(transport->send(many(5, 5), {}), 5);
  expect_answers_in_order(transport->send(many(20, 1), {}), 20);
  EXPECT_EQ(count(*transport, "connections"), 1);
}

TEST(Transport, SendsNothingForAnEmptyBatch) {
  const Server server;
  const auto transport = connect(server.endpoint("refused"));
  EXPECT_THAT(transport->send({}, {}), IsEmpty());
}

TEST(Transport, FallsBackToAFewConnectionsWithoutHttp2) {
  const Server server;
  const auto transport = connect(server.endpoint("http1"));
  expect_answers_in_order(transport->send(many(40, 1), {}), 40);
  expect_answers_in_order(transport->send(many(40, 1), {}), 40);
  EXPECT_THAT(get(*transport, "/echo").body, HasSubstr("HTTP/1.1"));
  EXPECT_LE(count(*transport, "connections"), 4);
}

TEST(Transport, SpeaksPlainHttp) {
  const Server server;
  const auto transport = connect(server.endpoint("plain"));
  expect_answers_in_order(transport->send(many(40, 4), {}), 40);
  EXPECT_EQ(count(*transport, "connections"), 4);
}

TEST(Transport, CarriesWhatTheRequestSays) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.authorization = "Bearer abc";
  endpoint.client_cert_pem = server["client_cert"];
  endpoint.client_key_pem = server["client_key"];
  const auto transport = connect(endpoint);
  const Response response = ask(*transport, {.method = "PATCH",
                                             .target = "/echo?dryRun=All",
                                             .content_type = "application/apply-patch+yaml",
                                             .body = R"({"a":"é"})"});
  EXPECT_EQ(response.failure, Failure::None) << response.failure_text;
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.headers, Contains(Pair("x-test-case", "Mixed Value")));
  EXPECT_EQ(response.body,
            "PATCH /echo?dryRun=All HTTP/2.0\n"
            "host: 127.0.0.1:" +
                server["http2"] +
                "\n"
                "sni: \n"
                "client: alice\n"
                "user-agent: kubectl-asmgw/v0.0.0 (test/test)\n"
                "accept: application/json\n"
                "accept-encoding: gzip\n"
                "authorization: Bearer abc\n"
                "content-type: application/apply-patch+yaml\n"
                "body: {\"a\":\"é\"}\n");
}

TEST(Transport, SendsBodiesOfEveryMethodAndNoneWithGet) {
  const Server server;
  for (const char* listener : {"http2", "http1"}) {
    const auto transport = connect(server.endpoint(listener));
    for (const char* method : {"POST", "DELETE", "PATCH", "PUT"}) {
      const Response response = ask(*transport, {.method = method,
                                                 .target = "/echo",
                                                 .content_type = "application/json",
                                                 .body = R"({"kind":"DeleteOptions"})"});
      EXPECT_THAT(response.body, HasSubstr(method));
      EXPECT_THAT(response.body, HasSubstr("body: {\"kind\":\"DeleteOptions\"}\n"));
    }
    const std::string large(2u << 20, 'x');
    EXPECT_THAT(ask(*transport, {.method = "POST", .target = "/echo", .body = large}).body,
                HasSubstr("body: " + large + "\n"));
    const Response none = get(*transport, "/echo");
    EXPECT_THAT(none.body, HasSubstr("content-type: \nbody: \n"));
    EXPECT_THAT(none.body, HasSubstr("authorization: \n"));
  }
}

TEST(Transport, KeepsThePathPrefixAndThePathAsItIs) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.url += "/k8s/c-1";
  const auto transport = connect(endpoint);
  EXPECT_THAT(get(*transport, "/echo?a=%2F").body, HasSubstr("GET /k8s/c-1/echo?a=%2F "));
  EXPECT_EQ(get(*transport, "/../c-1/echo").status, 307);  // the server cleans it, not we
}

TEST(Transport, UnpacksGzip) {
  const Server server;
  const auto transport = connect(server.endpoint("http2"));
  EXPECT_EQ(get(*transport, "/gzip?mib=0").body, "unpacked");
}

TEST(Transport, GivesErrorAnswersAsTheyAre) {
  const Server server;
  const auto transport = connect(server.endpoint("http2"));
  const Response response = get(*transport, "/429");
  EXPECT_EQ(response.failure, Failure::None);
  EXPECT_EQ(response.status, 429);
  EXPECT_THAT(response.headers, Contains(Pair("retry-after", "1")));
  EXPECT_EQ(response.body, "too many requests\n");
}

TEST(Transport, FollowsNoRedirect) {
  const Server server;
  const auto transport = connect(server.endpoint("http2"));
  EXPECT_EQ(get(*transport, "/moved").status, 302);
}

// libcurl 7.88 loses some answers that arrive together with a GOAWAY: those GETs are asked again.
TEST(Transport, GoesOnOverANewConnectionAfterGoaway) {
  const Server server;
  const auto transport = connect(server.endpoint("http2"));
  get(*transport, "/goaway?bytes=100");
  std::vector<Request> requests = many(40, 1);
  std::vector<Response> responses = transport->send(requests, {});
  for (std::size_t i = 0; i < requests.size(); ++i)
    if (responses[i].failure == Failure::Cut) responses[i] = ask(*transport, requests[i]);
  expect_answers_in_order(responses, 40);
  EXPECT_GE(count(*transport, "connections"), 2);
}

TEST(Transport, ChecksTheNameOfTlsServerName) {
  const Server server;
  Endpoint endpoint = server.endpoint("other_name");
  endpoint.tls_server_name = "api.example.test";
  const auto transport = connect(endpoint);
  const Response response = get(*transport, "/echo");
  EXPECT_THAT(response.body, HasSubstr("sni: api.example.test\n")) << response.failure_text;
  EXPECT_THAT(response.body, HasSubstr("host: 127.0.0.1:" + server["other_name"] + "\n"));
}

TEST(Transport, InsecureTrustsAnyCertificate) {
  const Server server;
  for (const char* listener : {"other_name", "expired"}) {
    Endpoint endpoint = server.endpoint(listener);
    endpoint.ca_pem = "";
    endpoint.insecure = true;
    EXPECT_EQ(get(*connect(endpoint), "/echo").status, 200);
  }
}

TEST(Transport, SendsTheEndpointsOwnHeaders) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.headers = {{"Impersonate-User", "jane"},
                      {"Impersonate-Group", "a"},
                      {"Impersonate-Group", "b"},
                      {"Impersonate-Extra-empty", ""}};
  const std::string body = get(*connect(endpoint), "/echo").body;
  EXPECT_THAT(body, HasSubstr("impersonate-user: jane\n"));
  EXPECT_THAT(body, HasSubstr("impersonate-group: a,b\n"));
  EXPECT_THAT(body, HasSubstr("impersonate-extra-empty: \n"));
}

TEST(Transport, AUserInTheUrlIsSentUnlessAnotherOneIsGiven) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  for (const auto& [user, encoded] :
       std::map<std::string, std::string>{{"jane:pass", "amFuZTpwYXNz"},
                                          {"jane:p%40ss%3Aw", "amFuZTpwQHNzOnc="},
                                          {"jane", "amFuZTo="},
                                          {"j:pw", "ajpwdw=="}}) {
    endpoint.url = "https://" + user + "@127.0.0.1:" + server["http2"];
    EXPECT_THAT(get(*connect(endpoint), "/echo").body,
                HasSubstr("authorization: Basic " + encoded + "\n"));
  }
  endpoint.authorization = "Bearer abc";
  EXPECT_THAT(get(*connect(endpoint), "/echo").body, HasSubstr("authorization: Bearer abc\n"));
}

TEST(Transport, AHeaderCannotSmuggleInAnother) {
  const Server server;
  for (const char* value : {"a\r\nX-Other: b", "a\nb", "a\x01"}) {
    Endpoint endpoint = server.endpoint("http2");
    endpoint.authorization = value;
    const Response response = get(*connect(endpoint), "/echo");
    EXPECT_EQ(response.failure, Failure::Unreachable);
    EXPECT_EQ(response.failure_text,
              endpoint.url + ": a header cannot be sent: its value has control characters");
  }
  EXPECT_EQ(count(*connect(server.endpoint("http2")), "connections"), 1);  // this one
}

TEST(Transport, AsksForNoCompressionWhereNoneIsWanted) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.compressed = false;
  EXPECT_THAT(get(*connect(endpoint), "/echo").body, HasSubstr("accept-encoding: \n"));
}

TEST(Transport, ASocketIsClosedInProgramsThatWeStart) {
  const Server server;
  const auto transport = connect(server.endpoint("http2"));
  EXPECT_EQ(get(*transport, "/echo").status, 200);
  int sockets = 0;
  for (int number = 3; number < 256; ++number) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    const int found = getsockname(number, reinterpret_cast<sockaddr*>(&address), &size);
    if (found != 0 || address.sin_family != AF_INET) continue;
    EXPECT_EQ(fcntl(number, F_GETFD), FD_CLOEXEC);
    ++sockets;
  }
  EXPECT_GE(sockets, 1);
}

}  // namespace
}  // namespace asmgw::test
