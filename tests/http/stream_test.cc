// Do the lines of a watch arrive one by one, as the server sends them?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.h"
#include "io/codes.h"
#include "io/curl_transport.h"
#include "server.h"

namespace asmgw::test {
namespace {

using ::testing::ElementsAre;
using Failure = Response::Failure;

/// Watches; asks the server for a line, and for the next one only when that has arrived.
class Stream : public testing::TestWithParam<const char*> {
 protected:
  Stream() { next(); }

  void next() { EXPECT_EQ(get(*other_, "/next").status, 200); }

  Response watch(const std::string& target, const std::function<bool(std::string_view)>& on_line,
                 std::stop_token stop = {}) {
    return transport_->stream(
        {.target = target},
        [&](std::string_view line) {
          lines_.emplace_back(line);
          const bool go_on = on_line(line);
          if (go_on) next();
          return go_on;
        },
        std::move(stop));
  }

  Server server_;
  std::unique_ptr<Transport> transport_ = connect(server_.endpoint(GetParam()));
  std::unique_ptr<Transport> other_ = connect(server_.endpoint(GetParam()));
  std::vector<std::string> lines_;
};

INSTANTIATE_TEST_SUITE_P(Http, Stream, testing::Values("http2", "http1"),
                         [](const auto& parameter) { return std::string(parameter.param); });

TEST_P(Stream, GivesEachLineAsItArrivesAndTheRestAtTheEnd) {
  const Response response = watch("/watch?then=end", [](std::string_view) { return true; });
  EXPECT_THAT(lines_, ElementsAre("line 1", "line 2", "line 3", "the rest"));
  EXPECT_EQ(response.failure, Failure::None) << response.failure_text;
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
}

TEST_P(Stream, EndsWhenTheCallerHasSeenEnough) {
  const Response response = watch("/watch", [](std::string_view line) { return line != "line 2"; });
  EXPECT_THAT(lines_, ElementsAre("line 1", "line 2"));
  EXPECT_EQ(response.failure, Failure::None);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(get(*transport_, "/echo").status, 200);
  next();  // the server's third line meets nobody
  EXPECT_EQ(count(*other_, "unwatched", 1), 1);
}

TEST_P(Stream, DropsALineThatIsCutOff) {
  const Response response = watch("/watch?then=cut", [](std::string_view) { return true; });
  EXPECT_THAT(lines_, ElementsAre("line 1", "line 2", "line 3"));
  EXPECT_EQ(response.failure, Failure::Cut);
}

TEST_P(Stream, IsNotSubjectToTheRequestTimeout) {
  Endpoint endpoint = server_.endpoint(GetParam());
  endpoint.request_timeout = std::chrono::milliseconds(1);
  transport_ = connect(endpoint);
  EXPECT_EQ(watch("/watch?then=end", [](std::string_view) { return true; }).status, 200);
  EXPECT_EQ(lines_.size(), 4u);
}

TEST_P(Stream, EndsOnAStop) {
  std::stop_source source;
  const Response response = watch(
      "/watch",
      [&](std::string_view line) {
        if (line == "line 3") source.request_stop();  // nothing more arrives
        return true;
      },
      source.get_token());
  EXPECT_EQ(response.failure, Failure::Stopped);
  EXPECT_EQ(lines_.size(), 3u);
}

TEST_P(Stream, LetsAnErrorOfTheCallerThrough) {
  EXPECT_THROW(watch("/watch",
                     [](std::string_view) -> bool {
                       throw Error({.code = &io::kUnreadableFile, .message = "no more"});
                     }),
               Error);
  EXPECT_EQ(get(*transport_, "/echo").status, 200);
}

TEST_P(Stream, KeepsTheBodyOfARefusal) {
  const Response response = watch("/429", [](std::string_view) { return true; });
  EXPECT_THAT(lines_, ElementsAre());
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.body, "too many requests\n");
}

TEST_P(Stream, RefusesAnEndlessLine) {
  EXPECT_EQ(watch("/huge?mib=33", [](std::string_view) { return true; }).failure,
            Failure::TooLarge);
}

}  // namespace
}  // namespace asmgw::test
