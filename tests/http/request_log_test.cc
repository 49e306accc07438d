// What does -v say of a request, and what does it keep to itself?
#include "io/request_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server.h"

namespace asmgw::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

struct Header {
  const char *name, *header, *value, *shown;
};
class Masked : public testing::TestWithParam<Header> {};
INSTANTIATE_TEST_SUITE_P(
    Each, Masked,
    testing::Values(Header{"bearer", "Authorization", "Bearer abc", "Bearer <masked>"},
                    Header{"lower_case", "authorization", "bearer abc", "bearer <masked>"},
                    Header{"basic", "Authorization", "Basic abc", "Basic <masked>"},
                    Header{"negotiate", "Authorization", "Negotiate abc", "Negotiate <masked>"},
                    Header{"unknown_scheme", "Authorization", "Other abc", "<masked>"},
                    Header{"no_scheme", "Authorization", "abc", "<masked>"},
                    Header{"scheme_alone", "Authorization", "Bearer ", "Bearer"},
                    Header{"empty", "Authorization", "", ""},
                    Header{"of_a_proxy", "Proxy-Authorization", "Basic abc", "Basic <masked>"},
                    Header{"cookie", "Set-Cookie", "session=abc", "<masked>"},
                    Header{"other", "Impersonate-User", "jane", "jane"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST_P(Masked, AsInKubectl) {
  EXPECT_EQ(io::masked_value(GetParam().header, GetParam().value), GetParam().shown);
}

class RequestLog : public testing::Test {
 protected:
  std::vector<std::string> request(int verbosity) const {
    return io::request_entries(verbosity, request_, {"t0ken"});
  }
  std::vector<std::string> response(int verbosity) const {
    return io::response_entries(verbosity, request_, response_, timing_, {"t0ken"});
  }
  std::string body(int verbosity, std::string text) {
    response_.body = std::move(text);
    return response(verbosity).at(1);
  }

  io::SentRequest request_{
      "PATCH", "https://h/a?b='c'", "{}", {"Expect:", "Accept: x", "Authorization: Bearer t0ken"}};
  Response response_{.status = 404, .headers = {{"content-type", "text/plain"}, {"audit-id", "7"}}};
  io::Timing timing_{
      .total = 12, .dns = 1, .dial = 2, .tls = 3, .get_connection = std::nullopt, .server = 4};
};

TEST_F(RequestLog, SaysLittleBelow8) {
  EXPECT_THAT(request(5), IsEmpty());
  EXPECT_THAT(response(5), IsEmpty());
  EXPECT_THAT(request(6), IsEmpty());
  EXPECT_THAT(response(6), ElementsAre(R"("Response" verb="PATCH" url="https://h/a?b='c'" )"
                                       R"(status="404 Not Found" milliseconds=12)"));
  EXPECT_THAT(request(7),
              ElementsAre("\"Request\" verb=\"PATCH\" url=\"https://h/a?b='c'\" headers=<\n"
                          "\tAccept: x\n\tAuthorization: Bearer <masked>\n >"));
  EXPECT_THAT(response(7), ElementsAre(R"("Response" status="404 Not Found" milliseconds=12)"));
}

TEST_F(RequestLog, SaysAllFrom8On) {
  EXPECT_THAT(request(8), ElementsAre(request(7)[0], R"("Request Body" body="{}")"));
  EXPECT_THAT(response(8),
              ElementsAre("\"Response\" status=\"404 Not Found\" headers=<\n\tAudit-Id: 7\n"
                          "\tContent-Type: text/plain\n > milliseconds=12"));
  EXPECT_THAT(request(9),
              ElementsAre("\"Request\" curlCommand=<\n\tcurl -v -XPATCH  -H \"Accept: x\" -H "
                          "\"Authorization: Bearer <masked>\" 'https://h/a?b='\\''c'\\'''\n >",
                          R"("Request Body" body="{}")"));
  EXPECT_THAT(response(9),
              ElementsAre(AllOf(
                  StartsWith(R"("Response" verb="PATCH" url="https://h/a?b='c'" status="404)"),
                  HasSubstr(" milliseconds=12 dnsLookupMilliseconds=1 dialMilliseconds=2 "
                            "tlsHandshakeMilliseconds=3 serverProcessingMilliseconds=4"))));
}

TEST_F(RequestLog, SaysWhatFailed) {
  response_ = {.failure = Response::Failure::Cut, .failure_text = "cut \"off\""};
  EXPECT_THAT(response(7),
              ElementsAre(R"("Response" status="" milliseconds=12 err="cut \"off\"")"));
}

TEST_F(RequestLog, CutsBodiesAsKubectl) {
  const std::string long_body = std::string(1023, 'x') + "é" + std::string(10'000, 'y');
  EXPECT_THAT(body(8, long_body),
              AllOf(HasSubstr("xxx [truncated 10002 chars]\""), Not(HasSubstr("yy"))));
  EXPECT_THAT(body(9, long_body), HasSubstr("yyy [truncated 785 chars]\""));
  EXPECT_THAT(body(10, long_body), Not(HasSubstr("truncated")));
}

TEST_F(RequestLog, NothingSteersTheTerminalOrForgesALine) {
  EXPECT_EQ(body(8, "a\x1b[2J\nb\r"), "\"Response Body\" body=<\n\ta\\x1b[2J\n\tb\\x0d\n >");
  response_.headers = {{"x", "a\x1b[2J"}};
  EXPECT_THAT(response(8)[0], HasSubstr("X: a\\x1b[2J\n"));
}

TEST_F(RequestLog, KeepsSecretsToItself) {
  EXPECT_THAT(body(10, "you sent t0ken, t0ken"), HasSubstr("you sent <masked>, <masked>"));
  EXPECT_EQ(body(10, R"({"kind":"Secret","data":{}})"),
            "\"Response Body\" body=\"(27 bytes, secret)\"");
  EXPECT_THAT(body(10, R"({"kind":"SecretList"})"), HasSubstr("bytes, secret)"));
  request_.url = "https://h/api/v1/namespaces/n/secrets?limit=1";
  EXPECT_THAT(body(10, "anything"), HasSubstr("(8 bytes, secret)"));
  request_.url = "https://h/api/v1/namespaces/n/secretsanta";
  EXPECT_THAT(body(10, "anything"), HasSubstr("anything"));
}

/// All that one run says at a verbosity.
std::string log_of(const Endpoint& endpoint, int verbosity, const std::string& target) {
  std::string text;
  const auto transport = io::connect_with_curl(
      endpoint, {.user_agent = "kubectl-asmgw/v0.0.0 (test/test)",
                 .verbosity = verbosity,
                 .log = [&](int, std::string_view entry) { text.append(entry).append("\n"); }});
  get(*transport, target);
  return text;
}

TEST(TransportLog, TellsARequestWithoutSecrets) {
  const Server server;
  Endpoint endpoint = server.endpoint("http2");
  endpoint.authorization = "Bearer s3cret";
  endpoint.client_cert_pem = server["client_cert"];
  endpoint.client_key_pem = server["client_key"];
  endpoint.url.replace(0, 8, "https://user:s3cret@");
  endpoint.proxy = "http://jane:pa55@127.0.0.1:" + server["http_proxy"];
  for (const int verbosity : {6, 7, 8, 9, 10}) {
    const std::string text = log_of(endpoint, verbosity, "/echo?limit=1");  // echoes its headers
    EXPECT_THAT(text, HasSubstr("status=\"200 OK\"")) << verbosity;
    for (const char* secret : {"s3cret", "pa55", "PRIVATE", "CERTIFICATE"})
      EXPECT_THAT(text, Not(HasSubstr(secret))) << verbosity;
  }
  const std::string all = log_of(endpoint, 9, "/says?body=hello");
  EXPECT_THAT(all, HasSubstr("\"Response Body\" body=\"hello\""));
  EXPECT_THAT(all, HasSubstr(" tlsHandshakeMilliseconds="));
  EXPECT_THAT(all, HasSubstr("Set-Cookie: <masked>\n"));
  endpoint.authorization = "";  // then the URL's user is sent, and echoed in base64
  EXPECT_THAT(log_of(endpoint, 8, "/echo"), HasSubstr("authorization: Basic <masked>\n"));
  EXPECT_THAT(log_of(endpoint, 10, "/api/v1/namespaces/x/secrets/y"), Not(HasSubstr("c2VjcmV0")));
}

TEST(TransportLog, TellsAFailure) {
  const Server server;
  EXPECT_THAT(log_of(server.endpoint("http2"), 6, "/cut"),
              MatchesRegex("\"Response\" verb=\"GET\" url=\"https://127.0.0.1:[0-9]+/cut\" "
                           "status=\"\" milliseconds=[0-9]+ err=\".*: the answer was cut off\"\n"));
  EXPECT_THAT(log_of(server.endpoint("refused"), 7, "/echo"),
              AllOf(StartsWith("\"Request\" verb=\"GET\""), HasSubstr("connection refused")));
}

}  // namespace
}  // namespace asmgw::test
