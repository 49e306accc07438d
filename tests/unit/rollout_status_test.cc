#include <gtest/gtest.h>

#include <string>

#include "object/rollout.h"

namespace asmgw {
namespace {

TEST(DeploymentStatusTest, AbsentNumbersAreZeroAndReplicasOne) {
  const DeploymentStatus status = deployment_status(Json::object());
  EXPECT_EQ(status.generation, 0);
  EXPECT_EQ(status.observed_generation, 0);
  EXPECT_EQ(status.wanted, 1);  // the server's default
  EXPECT_EQ(status.replicas, 0);
  EXPECT_EQ(status.updated, 0);
  EXPECT_EQ(status.available, 0);
  EXPECT_EQ(status.revision, "");
  EXPECT_EQ(status.replica_set, "");
  EXPECT_FALSE(status.paused);
  EXPECT_FALSE(status.deadline_exceeded);
  EXPECT_EQ(status.replica_failure, "");
}

TEST(DeploymentStatusTest, ReadsWhatTheServerWrote) {
  const DeploymentStatus status = deployment_status(parse_json(R"({
    "metadata": {"generation": 7, "annotations": {"deployment.kubernetes.io/revision": "3"}},
    "spec": {"replicas": 4, "paused": true},
    "status": {"observedGeneration": 6, "replicas": 5, "updatedReplicas": 2, "availableReplicas": 4,
      "conditions": [
        {"type": "Available", "status": "True", "message": "has \"minimum\" availability"},
        {"type": "Progressing", "status": "True", "reason": "ReplicaSetUpdated",
         "message": "ReplicaSet \"istio-web-5c9f8d\" is progressing."}]}})"));
  EXPECT_EQ(status.generation, 7);
  EXPECT_EQ(status.observed_generation, 6);
  EXPECT_EQ(status.wanted, 4);
  EXPECT_EQ(status.replicas, 5);
  EXPECT_EQ(status.updated, 2);
  EXPECT_EQ(status.available, 4);
  EXPECT_EQ(status.revision, "3");
  EXPECT_EQ(status.replica_set, "istio-web-5c9f8d");
  EXPECT_TRUE(status.paused);
  EXPECT_FALSE(status.deadline_exceeded);
}

TEST(DeploymentStatusTest, Conditions) {
  struct Row {
    std::string name, condition;
    bool deadline;
    std::string replica_set, failure;
  };
  const Row rows[] = {
      {"deadline",
       R"({"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded",
           "message":"ReplicaSet \"a-1\" has timed out progressing."})",
       true, "a-1", ""},
      {"another false",
       R"({"type":"Progressing","status":"False","reason":"FailedCreate","message":"x"})", false,
       "", ""},
      {"success names its set",
       R"({"type":"Progressing","status":"True","reason":"NewReplicaSetAvailable",
           "message":"ReplicaSet \"a-2\" has successfully progressed."})",
       false, "a-2", ""},
      {"one quote only", R"({"type":"Progressing","status":"True","message":"a \" b"})", false, "",
       ""},
      {"no message", R"({"type":"Progressing","status":"True"})", false, "", ""},
      {"pods refused",
       R"({"type":"ReplicaFailure","status":"True","reason":"FailedCreate",
           "message":"pods \"x\" is forbidden: exceeded quota"})",
       false, "", R"(pods "x" is forbidden: exceeded quota)"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const DeploymentStatus status =
        deployment_status(parse_json(R"({"status":{"conditions":[)" + row.condition + "]}}"));
    EXPECT_EQ(status.deadline_exceeded, row.deadline);
    EXPECT_EQ(status.replica_set, row.replica_set);
    EXPECT_EQ(status.replica_failure, row.failure);
  }
}

TEST(NewestHash, IsThatOfTheOwnedReplicaSetOfTheRevision) {
  const Json deployment = parse_json(R"({"metadata":{"uid":"d1","annotations":
      {"deployment.kubernetes.io/revision":"2"}}})");
  const auto set = [](const std::string& owner, const std::string& revision,
                      const std::string& hash) {
    return Json{{"metadata",
                 {{"ownerReferences", Json::array({{{"uid", owner}}})},
                  {"annotations", {{"deployment.kubernetes.io/revision", revision}}},
                  {"labels", {{"pod-template-hash", hash}}}}}};
  };
  struct Row {
    std::string name;
    Json sets;
    std::string expected;
  };
  const Row rows[] = {
      {"none yet", Json::array(), ""},
      {"only the old one", Json::array({set("d1", "1", "old")}), ""},
      {"both", Json::array({set("d1", "1", "old"), set("d1", "2", "new")}), "new"},
      {"another owner's", Json::array({set("d2", "2", "other")}), ""},
      {"another owner's first", Json::array({set("d2", "2", "other"), set("d1", "2", "new")}),
       "new"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(newest_hash(deployment, deployment_status(deployment), Json{{"items", row.sets}}),
              row.expected);
  }
  EXPECT_EQ(newest_hash(Json::object(), {}, Json{{"items", Json::array({set("", "", "x")})}}), "");
}

/// A pod of the hash; `status` is its status as JSON.
Json pod(const std::string& name, const std::string& hash, const std::string& status) {
  return Json{{"metadata", {{"name", name}, {"labels", {{"pod-template-hash", hash}}}}},
              {"status", parse_json(status)}};
}
const std::string kReady = R"({"phase":"Running","conditions":[{"type":"Ready","status":"True"}]})";
const std::string kNotReady =
    R"({"phase":"Running","conditions":[{"type":"Ready","status":"False"}]})";

Json ending(Json pod) {
  pod["metadata"]["deletionTimestamp"] = "2026-11-24T06:12:04Z";
  return pod;
}

TEST(CountPods, EndingPodsAreLeftOut) {
  const Json pods{{"items", Json::array({pod("a", "old", kReady), ending(pod("b", "old", kReady)),
                                         pod("c", "new", kReady), pod("d", "new", kNotReady),
                                         pod("e", "new", "{}"), ending(pod("f", "new", "{}"))})}};
  const PodCounts counts = count_pods(pods, "new");
  EXPECT_EQ(counts.all, 4);
  EXPECT_EQ(counts.serving, 2);
  EXPECT_EQ(counts.fresh, 3);
  EXPECT_EQ(counts.fresh_ready, 1);
  EXPECT_TRUE(counts.troubles.empty());
}

TEST(CountPods, WithoutAHashNoPodIsNew) {
  Json unlabelled = pod("a", "", kReady);
  unlabelled["metadata"].erase("labels");
  const PodCounts counts =
      count_pods(Json{{"items", Json::array({unlabelled, pod("b", "", kReady)})}}, "");
  EXPECT_EQ(counts.all, 2);
  EXPECT_EQ(counts.serving, 2);
  EXPECT_EQ(counts.fresh, 0);
  EXPECT_EQ(count_pods(Json::object(), "x").all, 0);
}

struct Trouble {
  std::string name, status;
  std::string reason, message;  ///< reason "" = no trouble
  bool is_final;
};

class PodTroubles : public testing::TestWithParam<Trouble> {};
TEST_P(PodTroubles, InThePodsOwnWords) {
  const Trouble& row = GetParam();
  const PodCounts counts = count_pods(
      Json{{"items",
            Json::array({pod("web-1", "new", row.status), pod("old-1", "old", row.status)})}},
      "new");
  if (row.reason.empty()) {
    EXPECT_TRUE(counts.troubles.empty());
    return;
  }
  ASSERT_EQ(counts.troubles.size(), 1U);  // an old pod's trouble is not this rollout's
  EXPECT_EQ(counts.troubles[0].pod, "web-1");
  EXPECT_EQ(counts.troubles[0].reason, row.reason);
  EXPECT_EQ(counts.troubles[0].message, row.message);
  EXPECT_EQ(counts.troubles[0].is_final, row.is_final);
}

std::string waiting(const std::string& reason, int restarts, const std::string& message) {
  return R"({"phase":"Pending","containerStatuses":[{"restartCount":)" + std::to_string(restarts) +
         R"(,"state":{"waiting":{"reason":")" + reason + R"(","message":")" + message + R"("}}}]})";
}

INSTANTIATE_TEST_SUITE_P(
    All, PodTroubles,
    testing::Values(
        Trouble{"starting", waiting("ContainerCreating", 0, ""), "", "", false},
        Trouble{"running_not_ready", kNotReady, "", "", false},
        Trouble{"ready_is_no_trouble", kReady, "", "", false},
        Trouble{"image_pull", waiting("ImagePullBackOff", 0, "Back-off pulling image"),
                "ImagePullBackOff", "Back-off pulling image", false},
        Trouble{"crash_loop_begins", waiting("CrashLoopBackOff", 2, "back-off 20s"),
                "CrashLoopBackOff", "back-off 20s", false},
        Trouble{"crash_loop_of_three", waiting("CrashLoopBackOff", 3, "back-off 40s"),
                "CrashLoopBackOff", "back-off 40s", true},
        Trouble{"config_error", waiting("CreateContainerConfigError", 0, "no ConfigMap"),
                "CreateContainerConfigError", "no ConfigMap", false},
        Trouble{"never_pulled", waiting("ErrImageNeverPull", 0, "m"), "ErrImageNeverPull", "m",
                false},
        Trouble{"invalid_image", waiting("InvalidImageName", 0, "m"), "InvalidImageName", "m",
                false},
        Trouble{"sysctl_forbidden",
                R"({"phase":"Failed","reason":"SysctlForbidden","message":"forbidden sysctl"})",
                "SysctlForbidden", "forbidden sysctl", false},
        Trouble{"init_container",
                R"({"phase":"Pending","initContainerStatuses":[{"restartCount":5,"state":
                   {"waiting":{"reason":"CrashLoopBackOff","message":"m"}}}]})",
                "CrashLoopBackOff", "m", true},
        Trouble{"unschedulable",
                R"({"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False",
                   "reason":"Unschedulable","message":"0/3 nodes are available"}]})",
                "Unschedulable", "0/3 nodes are available", false},
        Trouble{"scheduled",
                R"({"phase":"Pending","conditions":[{"type":"PodScheduled","status":"True"}]})", "",
                "", false},
        Trouble{"second_container",
                R"({"containerStatuses":[{"state":{"running":{}}},{"restartCount":0,"state":
                   {"waiting":{"reason":"ErrImagePull","message":"e"}}}]})",
                "ErrImagePull", "e", false}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace asmgw
