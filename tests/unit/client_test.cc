#include "kube/client.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <utility>

#include "tests/support/client.h"

namespace asmgw::kube {
namespace {

Response answer(int status, std::string body, const std::string& retry_after = "") {
  Response response;
  response.status = status;
  response.body = std::move(body);
  if (!retry_after.empty()) response.headers = {{"retry-after", retry_after}};
  return response;
}
Response failure(Response::Failure kind) {
  Response response;
  response.failure = kind;
  response.failure_text = "why";
  return response;
}

class StillClock : public Clock {
 public:
  std::chrono::system_clock::time_point now() override { return {}; }
  void sleep(std::chrono::milliseconds time, std::stop_token) override {
    slept += std::to_string(time.count()) + " ";
  }
  std::string slept;
};

/// Gives the scripted batches of responses; a batch beyond the script fails the test.
struct Script {
  std::deque<std::vector<Response>> batches;
  std::vector<std::vector<std::string>> sent;  ///< `GET …/name`, per batch
  std::vector<std::string> lines;              ///< of a stream
  Response streamed;
};

class ScriptedTransport : public Transport {
 public:
  explicit ScriptedTransport(Script& script) : script_(script) {}
  std::vector<Response> send(std::span<const Request> requests, std::stop_token) override {
    std::vector<std::string> batch;
    for (const Request& request : requests) {
      const std::string path = request.target.substr(0, request.target.find('?'));
      batch.push_back(request.method + " " + path.substr(path.rfind('/') + 1));
    }
    script_.sent.push_back(batch);
    if (script_.batches.empty() || script_.batches.front().size() != requests.size()) {
      ADD_FAILURE() << "an unexpected batch of " << requests.size();
      return std::vector<Response>(requests.size(), failure(Response::Failure::Unreachable));
    }
    std::vector<Response> responses = std::move(script_.batches.front());
    script_.batches.pop_front();
    return responses;
  }
  Response stream(const Request& request, const std::function<bool(std::string_view)>& on_line,
                  std::stop_token) override {
    script_.sent.push_back({request.target});
    for (const std::string& line : script_.lines) {
      if (!on_line(line)) break;
    }
    return script_.streamed;
  }

 private:
  Script& script_;
};

struct Given {
  Script script;
  StillClock clock;
  Client client = test::client_over(std::make_unique<ScriptedTransport>(script), clock);

  ~Given() { EXPECT_TRUE(script.batches.empty()) << "an unused answer"; }
};

Get get(const std::string& name) { return {{"", "Service", "n", name}}; }
Write write(const std::string& name) {
  return {{"", "Service", "n", name}, Apply{Json::object()}, {}};
}

std::string uid(const Answer& answer) {
  const auto* found = std::get_if<Found>(&answer);
  return found != nullptr ? text_at(found->object, {"metadata", "uid"}) : "-";
}

TEST(Client, ABatchIsSentAtOnceAndAnsweredInOrder) {
  Given given;
  given.script.batches = {
      {answer(200, R"({"metadata":{"uid":"a"}})"), answer(200, R"({"metadata":{"uid":"b"}})")}};
  const auto answers = given.client.ask({get("a"), get("b")}, {});
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(uid(answers[0]) + uid(answers[1]), "ab");
  EXPECT_EQ(given.script.sent, (std::vector<std::vector<std::string>>{{"GET a", "GET b"}}));
  EXPECT_EQ(given.clock.slept, "");
}

TEST(Client, OfWhatExistsNothingIsKept) {
  Given given;
  given.script.batches = {
      {answer(200, R"({"metadata":{"uid":"a","annotations":{"last":"password"}}})")}};
  const auto answers = given.client.ask({Exists{{"", "Secret", "n", "s"}}}, {});
  ASSERT_EQ(answers.size(), 1U);
  ASSERT_TRUE(std::holds_alternative<Found>(answers[0]));
  EXPECT_EQ(std::get<Found>(answers[0]).object, Json::object());
}

TEST(Client, OnlyWhatMayBeRetriedIsSentAgain) {
  Given given;
  given.script.batches = {{answer(429, "", "1"), answer(200, R"({"metadata":{"uid":"b"}})"),
                           answer(503, "", "3"), failure(Response::Failure::TimedOut)},
                          {answer(200, R"({"metadata":{"uid":"a"}})"), answer(503, "", "2")},
                          {answer(200, R"({"metadata":{"uid":"c"}})")}};
  const auto answers = given.client.ask({get("a"), get("b"), get("c"), get("d")}, {});
  EXPECT_EQ(uid(answers[0]) + uid(answers[1]) + uid(answers[2]) + uid(answers[3]), "abc-");
  EXPECT_EQ(given.script.sent,
            (std::vector<std::vector<std::string>>{
                {"GET a", "GET b", "GET c", "GET d"}, {"GET a", "GET c"}, {"GET c"}}));
  EXPECT_EQ(given.clock.slept, "3000 2000 ");  // the longest of the batch
}

TEST(Client, GivesUpAfterTenRetries) {
  Given given;
  for (int i = 0; i < 11; ++i) given.script.batches.push_back({answer(429, "", "0")});
  const auto answers = given.client.ask({get("a")}, {});
  EXPECT_EQ(std::get<Refused>(answers[0]).kind, Refused::Kind::Overload);
  EXPECT_EQ(given.script.sent.size(), 11U);
}

TEST(Client, AWriteThatIsCutIsNotSentAgain) {
  Given given;
  given.script.batches = {{failure(Response::Failure::Cut)}};
  const Answer result = given.client.write(write("a"), {});
  EXPECT_TRUE(std::get<Unread>(result).sent);
  EXPECT_EQ(given.script.sent, (std::vector<std::vector<std::string>>{{"PATCH a"}}));
}

TEST(Client, AWriteThatTheServerPutOffIsSentAgain) {
  Given given;
  given.script.batches = {{answer(429, "", "1")}, {answer(200, R"({"metadata":{"uid":"a"}})")}};
  EXPECT_EQ(uid(given.client.write(write("a"), {})), "a");
}

TEST(Client, WhenStoppedNothingIsSentAgain) {
  Given given;
  std::stop_source stop;
  stop.request_stop();
  given.script.batches = {{answer(429, "", "1")}};
  given.client.ask({get("a")}, stop.get_token());
  EXPECT_EQ(given.script.sent.size(), 1U);
}

struct WatchCase {
  std::string name;
  std::vector<std::string> lines;
  Response response;
  std::string expected;
};

class Watch : public testing::TestWithParam<WatchCase> {};
TEST_P(Watch, GivesTheNextState) {
  Given given;
  given.script.lines = GetParam().lines;
  given.script.streamed = GetParam().response;
  const Answer result =
      given.client.next({"apps", "Deployment", "n", "d"}, "7", std::chrono::seconds(2), {});
  std::string shown = uid(result);
  if (std::holds_alternative<Absent>(result)) shown = "absent";
  if (const auto* refused = std::get_if<Refused>(&result)) {
    shown = "refused " + std::to_string(refused->status);
  }
  if (std::holds_alternative<Unread>(result)) shown = "unread";
  EXPECT_EQ(shown, GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    All, Watch,
    testing::Values(
        WatchCase{"modified",
                  {R"({"type":"MODIFIED","object":{"metadata":{"uid":"a"}}})"},
                  answer(200, ""),
                  "a"},
        WatchCase{"the_first_of_two",
                  {R"({"type":"MODIFIED","object":{"metadata":{"uid":"a"}}})",
                   R"({"type":"MODIFIED","object":{"metadata":{"uid":"b"}}})"},
                  answer(200, ""),
                  "a"},
        WatchCase{"ended_by_us",
                  {R"({"type":"MODIFIED","object":{"metadata":{"uid":"a"}}})"},
                  failure(Response::Failure::Stopped),
                  "a"},
        WatchCase{"nothing_happened", {}, answer(200, ""), "absent"},
        WatchCase{"too_old",
                  {R"({"type":"ERROR","object":{"code":410,"message":"too old"}})"},
                  answer(200, ""),
                  "refused 410"},
        WatchCase{"no_json_in_a_line",
                  {"", "oops", R"({"type":"MODIFIED","object":{"metadata":{"uid":"a"}}})"},
                  answer(200, ""),
                  "a"},
        WatchCase{"no_right", {}, answer(403, R"({"message":"cannot watch"})"), "refused 403"},
        WatchCase{"cut", {}, failure(Response::Failure::Cut), "unread"}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace asmgw::kube
