#include "cluster/follow.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/client.h"

namespace asmgw {
namespace {

using std::chrono::seconds;

/// A pod as a cluster lists it.
struct Pod {
  std::string hash;  ///< of its ReplicaSet: old, new
  bool ready = false;
  std::string waiting = "";  ///< reason of a container that waits
  int restarts = 0;
  bool ending = false;
};

/// What the cluster shows from some second on.
struct Moment {
  std::string revision = "2";
  int generation = 2, observed = 2;
  int wanted = 2, replicas = 2, updated = 0, available = 2;
  std::vector<Pod> pods = {};
  std::string conditions = "";  ///< as JSON, without the brackets
  bool paused = false;
};

Json deployment(const Moment& moment, std::size_t version) {
  return {{"metadata",
           {{"uid", "d"},
            {"generation", moment.generation},
            {"resourceVersion", std::to_string(version)},
            {"annotations", {{"deployment.kubernetes.io/revision", moment.revision}}}}},
          {"spec",
           {{"replicas", moment.wanted},
            {"paused", moment.paused},
            {"selector", {{"matchLabels", {{"app", "istio-web"}, {"istio", "web"}}}}}}},
          {"status",
           {{"observedGeneration", moment.observed},
            {"replicas", moment.replicas},
            {"updatedReplicas", moment.updated},
            {"availableReplicas", moment.available},
            {"conditions", parse_json("[" + moment.conditions + "]")}}}};
}

Json pods(const Moment& moment) {
  Json items = Json::array();
  for (const Pod& pod : moment.pods) {
    Json item = {
        {"metadata",
         {{"name", fmt::format("istio-web-{}-{}", pod.hash, items.size())},
          {"labels", {{"pod-template-hash", pod.hash}}}}},
        {"status",
         {{"phase", "Running"},
          {"conditions",
           Json::array({{{"type", "Ready"}, {"status", pod.ready ? "True" : "False"}}})}}}};
    if (pod.ending) item["metadata"]["deletionTimestamp"] = "2026-11-24T06:12:04Z";
    if (!pod.waiting.empty()) {
      item["status"]["containerStatuses"] = Json::array(
          {{{"restartCount", pod.restarts},
            {"state", {{"waiting", {{"reason", pod.waiting}, {"message", "its own words"}}}}}}});
    }
    items.push_back(item);
  }
  return {{"items", items}};
}

Json replica_sets() {
  Json items = Json::array();
  for (const auto& [revision, hash] : {std::pair("1", "old"), std::pair("2", "new")}) {
    items.push_back({{"metadata",
                      {{"ownerReferences", Json::array({{{"uid", "d"}}})},
                       {"annotations", {{"deployment.kubernetes.io/revision", revision}}},
                       {"labels", {{"pod-template-hash", hash}}}}}});
  }
  return {{"items", items}};
}

/// Its moments follow each other as time goes by, and the last one stays.
class Cluster : public Transport, public Clock {
 public:
  explicit Cluster(std::vector<Moment> moments) : moments_(std::move(moments)) {}

  bool may_watch = true, may_list = true, is_gone = false;
  int polls = 0;

  std::chrono::system_clock::time_point now() override { return now_; }
  void sleep(std::chrono::milliseconds time, std::stop_token) override {
    ++polls;
    advance(time);
  }
  std::vector<Response> send(std::span<const Request> requests, std::stop_token) override {
    std::vector<Response> responses;
    for (const Request& request : requests) responses.push_back(answer(request.target));
    return responses;
  }
  Response stream(const Request& request, const std::function<bool(std::string_view)>& on_line,
                  std::stop_token) override {
    EXPECT_NE(request.target.find("watch=true"), std::string::npos);
    if (!may_watch) return with(403, Json{{"message", "cannot watch"}});
    const std::size_t before = at_;
    advance(seconds(2));
    if (at_ != before) on_line(dump({{"type", "MODIFIED"}, {"object", state()}}));
    return with(200, "");
  }

 private:
  static Response with(int status, const Json& body) {
    Response response;
    response.status = status;
    response.body = dump(body);
    return response;
  }
  void advance(std::chrono::milliseconds time) {
    now_ += time;
    if (at_ + 1 < moments_.size()) ++at_;
  }
  Json state() const { return deployment(moments_[at_], at_ + 1); }
  Response answer(const std::string& target) const {
    if (target.find("/deployments/istio-web") != std::string::npos) {
      return is_gone ? with(404, {{"details", {{"name", "istio-web"}}}}) : with(200, state());
    }
    EXPECT_NE(target.find("labelSelector=app%3Distio-web%2Cistio%3Dweb"), std::string::npos);
    if (!may_list) return with(403, {{"message", "cannot list"}});
    if (target.find("/replicasets") != std::string::npos) return with(200, replica_sets());
    return with(200, pods(moments_[at_]));
  }

  std::vector<Moment> moments_;
  std::size_t at_ = 0;
  std::chrono::system_clock::time_point now_;
};

/// The client owns its transport; the test keeps the cluster.
class Borrowed : public Transport {
 public:
  explicit Borrowed(Transport& to) : to_(to) {}
  std::vector<Response> send(std::span<const Request> requests, std::stop_token stop) override {
    return to_.send(requests, stop);
  }
  Response stream(const Request& request, const std::function<bool(std::string_view)>& on_line,
                  std::stop_token stop) override {
    return to_.stream(request, on_line, stop);
  }

 private:
  Transport& to_;
};

RolloutResult followed(Cluster& cluster, seconds timeout = seconds(600), std::stop_token stop = {},
                       const std::string& revision_before = "1") {
  kube::Client client = test::client_over(std::make_unique<Borrowed>(cluster), cluster);
  Promise promise;
  promise.deployment = {"apps", "Deployment", "n", "istio-web"};
  promise.pods = 2;
  promise.floor = 2;
  promise.restarts = true;
  promise.revision_before = revision_before;
  promise.replica_set_before = "istio-web-old";
  return follow(promise, client, cluster, {timeout, {}}, stop);
}

std::string shown(const RolloutResult& result) {
  return fmt::format("{} after {}s{}{}", word(result.state), result.took.count(),
                     result.reason.empty() ? "" : ": ", result.reason);
}

// before our write was noticed; while it rolls; when it is done
const Moment kOld{
    .revision = "1", .observed = 1, .updated = 2, .pods = {{"old", true}, {"old", true}}};
const Moment kRolling{
    .replicas = 3, .updated = 1, .pods = {{"old", true}, {"old", true}, {"new", false}}};
const Moment kDone{.updated = 2, .pods = {{"new", true}, {"new", true}}};

Moment hanging(const std::string& reason, int restarts = 0) {
  Moment moment = kRolling;
  moment.pods[2].waiting = reason;
  moment.pods[2].restarts = restarts;
  return moment;
}
Moment with_condition(Moment moment, const std::string& condition) {
  moment.conditions = condition;
  return moment;
}
std::string deadline_of(const std::string& replica_set) {
  return R"({"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded",)"
         R"("message":"ReplicaSet \")" +
         replica_set + R"(\" has timed out progressing."})";
}
Moment changed(Moment moment, const std::function<void(Moment&)>& change) {
  change(moment);
  return moment;
}

struct Case {
  std::string name;
  std::vector<Moment> moments;
  std::string expected;
};

class Follow : public testing::TestWithParam<Case> {};
TEST_P(Follow, Ends) {
  Cluster cluster(GetParam().moments);
  EXPECT_EQ(shown(followed(cluster)), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    All, Follow,
    testing::Values(
        Case{"converged", {kOld, kRolling, kDone}, "ready after 4s"},
        Case{"at_once", {kDone}, "ready after 0s"},
        // the controller has seen our generation, but its status is still the old revision's
        Case{"old_success_under_the_new_generation",
             {changed(kOld, [](Moment& m) { m.observed = 2; }), kRolling, kDone},
             "ready after 4s"},
        Case{"not_all_available",
             {changed(kDone, [](Moment& m) { m.available = 1; }), kDone},
             "ready after 2s"},
        Case{"an_old_pod_still_counts",
             {changed(kDone, [](Moment& m) { m.replicas = 3; }), kDone},
             "ready after 2s"},
        Case{"not_yet_observed",
             {changed(kDone, [](Moment& m) { m.observed = 1; }), kDone},
             "ready after 2s"},
        Case{"none_wanted",
             {changed(kDone,
                      [](Moment& m) { m.wanted = m.replicas = m.updated = m.available = 0; })},
             "ready after 0s"},
        Case{"deadline_of_the_old_replica_set",
             {with_condition(kRolling, deadline_of("istio-web-old")), kDone},
             "ready after 2s"},
        Case{"deadline_under_the_old_revision",
             {with_condition(changed(kOld, [](Moment& m) { m.observed = 2; }),
                             deadline_of("istio-web-new")),
              kDone},
             "ready after 2s"},
        Case{"deadline_of_the_new_replica_set",
             {kRolling, with_condition(kRolling, deadline_of("istio-web-new"))},
             "failed after 2s: ProgressDeadlineExceeded"},
        Case{"pods_refused",
             {kOld, with_condition(kRolling, R"({"type":"ReplicaFailure","status":"True",
                  "reason":"FailedCreate","message":"exceeded quota"})")},
             "failed after 62s: FailedCreate"},
        Case{"image_pull_lasts_a_minute",
             {kRolling, hanging("ImagePullBackOff")},
             "failed after 62s: ImagePullBackOff"},
        Case{"missing_config_lasts_a_minute",
             {kRolling, hanging("CreateContainerConfigError")},
             "failed after 62s: CreateContainerConfigError"},
        Case{"missing_config_comes",
             {hanging("CreateContainerConfigError"), kDone},
             "ready after 2s"},
        Case{"image_pull_passes",
             {hanging("ImagePullBackOff"), hanging("ImagePullBackOff"), kDone},
             "ready after 4s"},
        Case{"trouble_that_comes_again_starts_anew",
             {hanging("ImagePullBackOff"), kRolling, hanging("ImagePullBackOff")},
             "failed after 64s: ImagePullBackOff"},
        Case{"crash_loop_of_three_restarts",
             {kRolling, hanging("CrashLoopBackOff", 3)},
             "failed after 2s: CrashLoopBackOff"},
        Case{"crash_loop_of_a_minute",
             {kRolling, hanging("CrashLoopBackOff", 1)},
             "failed after 62s: CrashLoopBackOff"},
        Case{"an_old_pods_trouble_is_not_ours",
             {changed(kRolling,
                      [](Moment& m) {
                        m.pods[0] = {"old", false, "CrashLoopBackOff", 9};
                      }),
              kDone},
             "ready after 2s"},
        Case{"trouble_before_our_revision_is_not_ours",
             {changed(hanging("CrashLoopBackOff", 9), [](Moment& m) { m.observed = 1; }), kDone},
             "ready after 2s"},
        Case{"paused",
             {changed(kOld, [](Moment& m) { m.paused = true; })},
             "not watched after 0s: the Deployment is paused"},
        Case{"time_is_up", {kRolling}, "timed out after 600s: not ready in time"}),
    [](const auto& row) { return row.param.name; });

TEST(FollowResult, SaysWhatHangsInThePodsOwnWords) {
  Cluster cluster({hanging("CrashLoopBackOff", 3)});
  const RolloutResult result = followed(cluster);
  EXPECT_EQ(result.pod, "istio-web-new-2");
  EXPECT_EQ(result.message, "its own words");
  EXPECT_EQ(result.failing_pods, 1);
  EXPECT_EQ(result.serving, 2);
  EXPECT_EQ(result.new_ready, 0);
}

TEST(FollowResult, FloorAndPeakAreMeasuredOnThePods) {
  const Moment low{.replicas = 2,
                   .updated = 1,
                   .available = 2,  // the status lags
                   .pods = {{"old", true}, {"old", true, "", 0, true}, {"new", false}}};
  const Moment high{.replicas = 3,
                    .updated = 2,
                    .pods = {{"old", true}, {"new", true}, {"new", false}, {"new", false}}};
  Cluster cluster({kOld, low, high, kDone});
  const RolloutResult result = followed(cluster);
  EXPECT_EQ(result.state, RolloutResult::State::Ready);
  EXPECT_EQ(result.floor_seen, 1);
  EXPECT_EQ(result.peak_seen, 4);
  EXPECT_EQ(result.floor_planned, 2);
  EXPECT_EQ(result.new_ready, 2);
  EXPECT_EQ(result.wanted, 2);
}

TEST(FollowResult, AFirstRolloutHasNoRevisionBefore) {
  Cluster cluster({changed(kRolling, [](Moment& m) { m.revision = ""; }), kRolling, kDone});
  EXPECT_EQ(shown(followed(cluster, seconds(600), {}, "")), "ready after 4s");
}

TEST(FollowResult, WithoutTheRightToWatchItPollsEverySecond) {
  Cluster cluster({kOld, kRolling, kRolling, kDone});
  cluster.may_watch = false;
  EXPECT_EQ(shown(followed(cluster)), "ready after 3s");
  EXPECT_EQ(cluster.polls, 3);
}

TEST(FollowResult, WithoutTheRightToListOnlyDetailIsMissing) {
  Cluster cluster({kOld, kRolling, kDone});
  cluster.may_list = false;
  const RolloutResult result = followed(cluster);
  EXPECT_EQ(shown(result), "ready after 4s");
  EXPECT_EQ(result.peak_seen, 0);
}

TEST(FollowResult, TheTimeLimitIsTheCallers) {
  Cluster cluster({kRolling});
  EXPECT_EQ(shown(followed(cluster, seconds(10))), "timed out after 10s: not ready in time");
}

TEST(FollowResult, WhenStoppedItIsNotWatched) {
  std::stop_source stop;
  stop.request_stop();
  Cluster cluster({kRolling});
  EXPECT_EQ(shown(followed(cluster, seconds(600), stop.get_token())),
            "not watched after 0s: interrupted");
}

TEST(FollowResult, ADeploymentThatIsGoneHasFailed) {
  Cluster cluster({kRolling});
  cluster.is_gone = true;
  EXPECT_EQ(shown(followed(cluster)), "failed after 0s: Gone");
}

}  // namespace
}  // namespace asmgw
