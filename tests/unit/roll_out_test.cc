#include "cluster/roll_out.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/support/client.h"

namespace asmgw {
namespace {

class FakeClock : public Clock {
 public:
  std::chrono::system_clock::time_point now() override { return now_; }
  void sleep(std::chrono::milliseconds time, std::stop_token) override { now_ += time; }

 private:
  std::chrono::system_clock::time_point now_;
};

class Events : public EventSink {
 public:
  void send(const Event& event) override {
    log += fmt::format("{} {} {}\n", event.cluster, event.type, event.what);
  }
  std::string log;
};

/// Each cluster answers every write with one status; its Deployment is in one of two states.
class OneCluster : public Transport {
 public:
  OneCluster(int status, bool converged, std::function<void()> on_write)
      : status_(status), converged_(converged), on_write_(std::move(on_write)) {}

  std::vector<Response> send(std::span<const Request> requests, std::stop_token) override {
    std::vector<Response> responses;
    for (const Request& request : requests) {
      Response response;
      const bool is_write = request.method == "PATCH";
      if (is_write) on_write_();
      response.status = is_write ? status_ : 200;
      const bool is_deployment = request.target.find("/deployments/") != std::string::npos;
      response.body =
          is_deployment && !is_write ? deployment() : R"({"metadata":{"uid":"u"},"items":[]})";
      responses.push_back(response);
    }
    return responses;
  }
  Response stream(const Request&, const std::function<bool(std::string_view)>&,
                  std::stop_token) override {
    Response response;
    response.status = 403;  // polls, so that the clock goes on
    return response;
  }

 private:
  std::string deployment() const {
    return fmt::format(R"({{"metadata":{{"uid":"u","generation":2,"annotations":
        {{"deployment.kubernetes.io/revision":"2"}}}},"spec":{{"replicas":1}},
        "status":{{"observedGeneration":2,"replicas":1,"updatedReplicas":1,
        "availableReplicas":{}}}}})",
                       converged_ ? 1 : 0);
  }

  int status_;
  bool converged_;
  std::function<void()> on_write_;
};

struct Behaviour {
  int status = 200;
  bool converged = true;
};

struct World {
  std::map<std::string, Behaviour> clusters;
  RolloutOptions options{true, std::chrono::seconds(5), false};
  bool with_promise = false;
  std::stop_source stop;
  std::string stop_in;  ///< requested while a write to this cluster is in flight

  FakeClock clock;
  Events events;
  std::string connected;  ///< IDs, in order

  RunResult run() {
    Plan plan;
    for (const auto& [id, behaviour] : clusters) {
      ClusterPlan cluster;
      cluster.cluster.id = id;
      if (id == kControlPlane) cluster.cluster.place = Place::ControlPlane;
      Step step;
      step.write = {{"", "Service", "n", "s"}, Apply{Json::object()}, {}};
      step.expected = parse_json(R"({"items":[]})");
      cluster.steps = {step};
      if (with_promise) {
        Promise promise;
        promise.deployment = {"apps", "Deployment", "n", "d"};
        promise.pods = 1;
        promise.restarts = true;
        promise.revision_before = "1";
        cluster.promises = {promise};
      }
      plan.clusters.push_back(cluster);
    }
    const auto connect = [&](const Cluster& cluster) {
      connected += cluster.id + " ";
      const Behaviour& behaviour = clusters.at(cluster.id);
      const auto on_write = [this, id = cluster.id] {
        if (id == stop_in) stop.request_stop();
      };
      return test::client_over(
          std::make_unique<OneCluster>(behaviour.status, behaviour.converged, on_write), clock);
    };
    return roll_out(plan, options, connect, clock, events, stop.get_token());
  }
};

std::string states(const RunResult& result) {
  std::string text;
  for (const ClusterResult& cluster : result.clusters) {
    text +=
        (text.empty() ? "" : ", ") + cluster.cluster.id + " " + std::string(word(cluster.state));
    for (const RolloutResult& rollout : cluster.rollouts) {
      text += " (" + std::string(word(rollout.state)) +
              (rollout.reason.empty() ? "" : ": " + rollout.reason) + ")";
    }
  }
  return text;
}

TEST(RollOut, OneClusterAfterTheOther) {
  World world;
  world.clusters = {{"c1", {}}, {"c2", {}}};
  const RunResult result = world.run();
  EXPECT_EQ(states(result), "c1 done, c2 done");
  EXPECT_EQ(world.connected, "c1 c2 ");
  EXPECT_FALSE(result.interrupted);
  EXPECT_EQ(world.events.log,
            "c1 cluster start\nc1 step applied\nc2 cluster start\nc2 step applied\n");
}

TEST(RollOut, TheControlPlaneIsLeftOutWhenAClusterFailed) {
  World world;
  world.clusters = {{"c1", {422}}, {"c2", {}}, {"control-plane", {}}};
  world.options.keep_going = true;
  EXPECT_EQ(states(world.run()), "c1 failed, c2 done, control-plane not started");
  EXPECT_EQ(world.connected, "c1 c2 ");
  world.connected.clear();
  world.clusters["c1"] = {};
  EXPECT_EQ(states(world.run()), "c1 done, c2 done, control-plane done");
}

TEST(RollOut, StopsAtTheFirstFailure) {
  World world;
  world.clusters = {{"c1", {}}, {"c2", {422}}, {"c3", {}}};
  EXPECT_EQ(states(world.run()), "c1 done, c2 failed, c3 not started");
  EXPECT_EQ(world.connected, "c1 c2 ");  // the rest is untouched
}

TEST(RollOut, KeepsGoingWhenAsked) {
  World world;
  world.clusters = {{"c1", {422}}, {"c2", {}}};
  world.options.keep_going = true;
  EXPECT_EQ(states(world.run()), "c1 failed, c2 done");
}

TEST(RollOut, FollowsWhatWasPromised) {
  World world;
  world.with_promise = true;
  world.clusters = {{"c1", {}}, {"c2", {}}};
  EXPECT_EQ(states(world.run()), "c1 done (ready), c2 done (ready)");
}

TEST(RollOut, ARolloutThatDoesNotConvergeStopsTheRest) {
  World world;
  world.with_promise = true;
  world.clusters = {{"c1", {200, false}}, {"c2", {}}};
  const RunResult result = world.run();
  EXPECT_EQ(states(result), "c1 failed (timed out: not ready in time), c2 not started");
  EXPECT_GE(result.took, std::chrono::seconds(5));
}

TEST(RollOut, ARefusedStepIsNotFollowed) {
  World world;
  world.with_promise = true;
  world.clusters = {{"c1", {403}}};
  EXPECT_EQ(states(world.run()), "c1 failed");
}

TEST(RollOut, WithoutWaitingNothingIsWatched) {
  World world;
  world.with_promise = true;
  world.options.wait = false;
  world.clusters = {{"c1", {200, false}}, {"c2", {}}};
  EXPECT_EQ(states(world.run()),
            "c1 done (not watched: --wait=false), c2 done (not watched: --wait=false)");
}

TEST(RollOut, InterruptedTheWriteInFlightIsAwaitedAndNoFurtherOneStarts) {
  World world;
  world.with_promise = true;
  world.clusters = {{"c1", {200, false}}, {"c2", {}}};
  world.stop_in = "c1";
  const RunResult result = world.run();
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(states(result), "c1 done (not watched: interrupted), c2 not started");
  EXPECT_EQ(word(result.clusters[0].steps.at(0).second), "applied");
}

TEST(RollOut, StoppedBeforeItBeginsNothingStarts) {
  World world;
  world.clusters = {{"c1", {}}};
  world.stop.request_stop();
  const RunResult result = world.run();
  EXPECT_EQ(states(result), "c1 not started");
  EXPECT_TRUE(result.interrupted);
  EXPECT_EQ(world.connected, "");
}

}  // namespace
}  // namespace asmgw
