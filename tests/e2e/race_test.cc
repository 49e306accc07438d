// Is a comparison right while somebody else writes, and does it stay within its requests?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "bench.h"
#include "io/clock.h"
#include "server.h"

namespace asmgw::e2e {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string kName = "racing";

/// Sends one request again and again, every `pause`, until it ends.
class Writer {
 public:
  Writer(std::function<Request(int number)> request, std::chrono::milliseconds pause)
      : thread_([request = std::move(request), pause, this](const std::stop_token& stop) {
          const std::unique_ptr<Transport> transport = transport_to(kOne);
          for (int i = 0; !stop.stop_requested(); ++i) {
            const Request one = request(i);
            const Response response = transport->send(std::vector{one}, {}).at(0);
            if (response.status == 200) ++written_;
            io::SystemClock().sleep(pause, stop);
          }
        }) {
    for (int i = 0; i < 10'000 && written_ == 0; ++i) io::SystemClock().sleep(1ms, {});
    EXPECT_GT(written_, 0) << "nothing is written";
  }
  int written() const { return written_; }

 private:
  std::atomic<int> written_ = 0;
  std::jthread thread_;
};

const std::string kDeployment = "/apis/apps/v1/namespaces/istio-system/deployments/istio-" + kName;

/// A status write moves the resourceVersion and nothing else that counts.
Request status_write(int number) {
  return {"PATCH", kDeployment + "/status?fieldManager=somebody", "application/merge-patch+json",
          R"({"status":{"conditions":[{"type":"Probe","status":"True","reason":"N)" +
              std::to_string(number) + R"("}]}})"};
}

class Race : public testing::Test {
 protected:
  void SetUp() override {
    clean(kName);
    file_ = write("racing.yaml", gateway(kName, kOne, "  replicaCount: 2\n"));
    const Outcome applied = asmgw({"apply", "-f", file_, "--yes"});
    ASSERT_EQ(applied.code, 0) << applied.out << applied.err;
  }
  void TearDown() override { clean(kName); }

  std::string file_;
};

/// Requests of the diffs that ran since `before`, at most; races included.
void expect_few(std::size_t before, std::size_t diffs, std::size_t each) {
  EXPECT_LE(audited(kOne, before).size(), diffs * each);
}

TEST_F(Race, AStatusWriterEvery50MillisecondsIsNone) {
  const Writer writer(status_write, 50ms);
  const std::size_t before = audited(kOne).size();
  for (int i = 0; i < 20; ++i) {
    const Outcome diff = asmgw({"diff", "-f", file_});
    ASSERT_EQ(diff.code, 0) << diff.out << diff.err;
  }
  expect_few(before, 20, 11 + 2);
  const Outcome applied = asmgw({"apply", "-f", file_, "--yes"});
  EXPECT_EQ(applied.code, 0) << applied.out << applied.err;
  EXPECT_GT(writer.written(), 5);
}

TEST_F(Race, AChangeIsSeenThroughStatusWrites) {
  const Writer writer(status_write, 50ms);
  const std::string changed = write("racing-3.yaml", gateway(kName, kOne, "  replicaCount: 3\n"));
  for (int i = 0; i < 10; ++i) {
    const Outcome diff = asmgw({"diff", "-f", changed, "-o", "json"});
    ASSERT_EQ(diff.code, 1) << diff.out << diff.err;
    const Json record = Json::parse(diff.out);
    EXPECT_EQ(record["clusters"][0]["state"], "compared") << diff.out;
    EXPECT_EQ(record["summary"]["objects"]["update"], 1) << diff.out;
  }
}

TEST_F(Race, ARolloutUnderWayIsNone) {
  ASSERT_EQ(
      kubectl(kOne, {"-n", "istio-system", "rollout", "restart", "deployment", "istio-" + kName})
          .code,
      0);
  const std::size_t before = audited(kOne).size();
  for (int i = 0; i < 10; ++i) {
    const Outcome diff = asmgw({"diff", "-f", file_});
    ASSERT_EQ(diff.code, 0) << diff.out << diff.err;
  }
  expect_few(before, 10, 11 + 2);
}

/// The number of replicas goes to and fro: each comparison must be one of the two moments, never a
/// mixture; or, when it never holds still, unknown.
TEST_F(Race, AForeignChangeBetweenGetAndPreview) {
  const Writer writer(
      [](int number) {
        return Request{"PATCH", kDeployment + "?fieldManager=somebody",
                       "application/merge-patch+json",
                       R"({"spec":{"replicas":)" + std::to_string(2 + number % 2) + "}}"};
      },
      10ms);
  const std::size_t before = audited(kOne).size();
  std::map<int, int> codes;
  for (int i = 0; i < 10; ++i) {
    const Outcome diff = asmgw({"diff", "-f", file_, "-o", "json"});
    ++codes[diff.code];
    const Json record = Json::parse(diff.out);
    const Json& cluster = record["clusters"][0];
    EXPECT_EQ(cluster["state"], diff.code == 3 ? "partial" : "compared") << diff.out;
    for (const Json& object : cluster["objects"]) {
      if (object["kind"] != "Deployment" || !object.contains("fields")) continue;
      for (const Json& field : object["fields"]) {
        EXPECT_EQ(field["path"], "spec.replicas") << diff.out;
        EXPECT_EQ(field["before"], 3) << "a mixture: " << diff.out;
        EXPECT_EQ(field["after"], 2) << "a mixture: " << diff.out;
      }
    }
  }
  EXPECT_EQ(codes[0] + codes[1] + codes[3], 10);
  expect_few(before, 10, 11 + 6);
}

}  // namespace
}  // namespace asmgw::e2e
