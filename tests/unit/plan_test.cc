#include "plan/plan.h"

#include <gtest/gtest.h>

#include <string>

#include "diff/codes.h"
#include "kube/codes.h"

namespace asmgw {
namespace {

/// An object that changes from one state to another; none before = created.
ObjectChange change_of(const std::string& kind, Action action,
                       const std::string& live_object = "") {
  ObjectChange change;
  change.object.desired.ref = {kind == "Deployment" ? "apps" : "", kind, "n", "istio-web"};
  change.object.desired.gateway = "web";
  change.object.desired.body = Json{{"kind", kind}, {"from", "us"}};
  if (!live_object.empty()) change.object.before = Found{parse_json(live_object)};
  change.object.after = Found{Json{{"from", "server"}}, live_object.empty()};
  change.action = action;
  return change;
}

ObjectChange restarting(std::int64_t pods, std::int64_t floor) {
  ObjectChange change = change_of("Deployment", Action::Update, R"({"metadata":{"uid":"u1",
      "annotations":{"deployment.kubernetes.io/revision":"3"}},"status":{"conditions":[
      {"type":"Progressing","message":"ReplicaSet \"istio-web-5c9\" has successfully progressed."}]}})");
  change.restart.predicted = Restart::Predicted::Yes;
  change.restart.arithmetic = Arithmetic{};
  change.restart.arithmetic->replicas = pods;
  change.restart.arithmetic->floor = floor;
  change.restart.arithmetic->peak = pods + 1;
  return change;
}

ClusterChanges cluster_of(const std::string& id, std::vector<ObjectChange> objects) {
  ClusterChanges changes;
  changes.cluster.id = id;
  changes.objects = std::move(objects);
  return changes;
}

std::string texts(const std::vector<Gate>& gates) {
  std::string text;
  for (const Gate& gate : gates) {
    text += (text.empty() ? "" : "\n") + (gate.flag.empty() ? "(nothing)" : gate.flag) + ": " +
            gate.cost;
    for (const std::string& detail : gate.details) text += " | " + detail;
  }
  return text;
}

TEST(MakePlan, StepsInOrderGuardedByUid) {
  const Plan plan = make_plan(
      {{cluster_of("c1",
                   {change_of("ServiceAccount", Action::Unchanged, R"({"metadata":{"uid":"u0"}})"),
                    change_of("Service", Action::Update, R"({"metadata":{"uid":"u7",
                              "resourceVersion":"42"}})"),
                    change_of("Deployment", Action::Create)})}},
      false);
  ASSERT_EQ(plan.clusters.size(), 1U);
  const auto& steps = plan.clusters[0].steps;
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(to_string(steps[0].write.ref), "Service/istio-web");
  EXPECT_EQ(steps[0].write.guard.uid, "u7");
  EXPECT_FALSE(steps[0].creates);
  const Apply& apply = std::get<Apply>(steps[0].write.what);
  EXPECT_EQ(apply.body, (Json{{"kind", "Service"}, {"from", "us"}}));  // no resourceVersion
  EXPECT_EQ(apply.manager, "kubectl-asmgw");
  EXPECT_FALSE(apply.force);
  EXPECT_EQ(steps[0].expected, (Json{{"from", "server"}}));
  EXPECT_EQ(steps[1].write.guard.uid, "");  // planned as new: no guard
  EXPECT_TRUE(steps[1].creates);
  EXPECT_EQ(object_count(plan), 2U);
  EXPECT_EQ(texts(plan.gates), "--yes: 2 objects change in 1 cluster");
  EXPECT_EQ(texts(plan.blocks), "");
}

TEST(MakePlan, NothingToDoIsAnEmptyPlan) {
  const Plan plan =
      make_plan({{cluster_of("c1", {change_of("Service", Action::Unchanged, "{}")})}}, false);
  EXPECT_TRUE(plan.clusters.empty());
  EXPECT_EQ(texts(plan.gates), "");
  EXPECT_EQ(object_count(plan), 0U);
}

TEST(MakePlan, OwnershipAloneIsWrittenOnlyBesideOtherSteps) {
  ObjectChange ownership = change_of("Service", Action::Unchanged, R"({"metadata":{"uid":"u"}})");
  ownership.hidden["managedFields"].resize(1);
  EXPECT_EQ(object_count(make_plan({{cluster_of("c1", {ownership})}}, false)), 0U);
  const Plan beside =
      make_plan({{cluster_of("c1", {ownership, change_of("Deployment", Action::Create)}),
                  cluster_of("c2", {ownership})}},
                false);
  ASSERT_EQ(beside.clusters.size(), 1U);
  EXPECT_EQ(beside.clusters[0].steps.size(), 2U);
}

TEST(MakePlan, PromisesOfRestartsAndNewPods) {
  ObjectChange created = change_of("Deployment", Action::Create);
  std::get<Found>(created.object.after).object = parse_json(R"({"spec":{"replicas":3}})");
  ObjectChange replicas_only =
      change_of("Deployment", Action::Update, R"({"metadata":{"uid":"u"}})");
  const Plan plan = make_plan({{cluster_of("c1", {restarting(4, 3)}), cluster_of("c2", {created}),
                                cluster_of("c3", {replicas_only})}},
                              false);
  ASSERT_EQ(plan.clusters.size(), 3U);
  const Promise& restart = plan.clusters[0].promises.at(0);
  EXPECT_TRUE(restart.restarts);
  EXPECT_EQ(restart.pods, 4);
  EXPECT_EQ(restart.floor, 3);
  EXPECT_EQ(restart.peak, 5);
  EXPECT_EQ(restart.revision_before, "3");
  EXPECT_EQ(restart.replica_set_before, "istio-web-5c9");
  const Promise& start = plan.clusters[1].promises.at(0);
  EXPECT_FALSE(start.restarts);
  EXPECT_EQ(start.pods, 3);
  EXPECT_EQ(start.revision_before, "");
  EXPECT_TRUE(plan.clusters[2].promises.empty());  // replicas alone are not followed
}

TEST(MakePlan, GatesSayWhatTheyCost) {
  ObjectChange destructive = change_of("Service", Action::Update, R"({"metadata":{"uid":"u"}})");
  Finding risk = finding(kLbDeleted, "load balancer and address are lost");
  risk.server = "47.96.1.2";
  destructive.risks.push_back(risk);
  const Plan plan = make_plan(
      {{cluster_of("c1", {destructive, restarting(4, 3)}), cluster_of("c2", {restarting(6, 5)})}},
      false);
  EXPECT_EQ(texts(plan.gates),
            "--yes: 3 objects change in 2 clusters\n"
            "--allow-restart: 2 rolling restarts replace 10 pods | c1 | c2\n"
            "--allow-destructive: 1 destructive step | c1 lb-deleted: address 47.96.1.2");
  EXPECT_EQ(plan.losing, (std::map<std::string, std::string>{{"web", "47.96.1.2"}}));

  EXPECT_EQ(texts(make_plan({{cluster_of("c1", {restarting(1, 1)})}}, false).gates),
            "--yes: 1 object changes in 1 cluster\n"
            "--allow-restart: 1 rolling restart replaces 1 pod | c1");
}

TEST(MakePlan, EachGateIsOpenedByItsFlagOnly) {
  Plan plan;
  plan.gates = {{"--yes", "a", {}}, {"--allow-restart", "b", {}}, {"--allow-destructive", "c", {}}};
  struct Row {
    Allowed allowed;
    std::string closed;
  };
  const Row rows[] = {
      {{false, false, false}, "--yes: a\n--allow-restart: b\n--allow-destructive: c"},
      {{true, false, false}, "--allow-restart: b\n--allow-destructive: c"},
      {{true, true, false}, "--allow-destructive: c"},
      {{false, false, true}, "--yes: a\n--allow-restart: b"},
      {{true, true, true}, ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.closed);
    EXPECT_EQ(texts(closed_gates(plan, row.allowed)), row.closed);
  }
  EXPECT_FALSE(is_open({"", "a block", {}}, {true, true, true}));
}

TEST(MakePlan, WhatIsForeseenToFailBlocks) {
  ObjectChange behind_role = change_of("Service", Action::Create);
  behind_role.object.foresight = Foresight::Ours;
  behind_role.risks.push_back(finding(kube::kServerError, "it depends on the Role above"));
  ObjectChange deleted = change_of("Service", Action::Update, R"({"metadata":{"uid":"u"}})");
  deleted.risks.push_back(finding(kBeingDeleted, "it is being deleted since T"));
  struct Row {
    std::string name;
    std::vector<ObjectChange> objects;
    std::string expected;
  };
  const Row rows[] = {
      {"conflict",
       {change_of("Service", Action::Conflict, "{}")},
       "--force-conflicts: c1 Service/istio-web: conflict"},
      {"refused",
       {change_of("Service", Action::Refused)},
       "(nothing): c1 Service/istio-web: refused"},
      {"unknown",
       {change_of("Service", Action::Unknown)},
       "(nothing): c1 Service/istio-web: unknown"},
      {"a RoleBinding before its Role", {behind_role}, ""},
      {"being deleted", {deleted}, "(nothing): c1 Service/istio-web: it is being deleted since T"},
      {"an ordinary update", {change_of("Service", Action::Update, "{}")}, ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    for (const bool keep_going : {false, true}) {  // opens none of these
      EXPECT_EQ(texts(make_plan({{cluster_of("c1", row.objects)}}, keep_going).blocks),
                row.expected);
    }
  }
}

TEST(MakePlan, AMissingNamespaceBlocksOnce) {
  ObjectChange service = change_of("Service", Action::Create);
  service.object.foresight = Foresight::Ours;
  ClusterChanges cluster = cluster_of("c1", {service, service});
  cluster.notes.push_back(finding(kube::kNoNamespace, "namespace n is missing in c1"));
  EXPECT_EQ(texts(make_plan({{cluster}}, false).blocks),
            "(nothing): c1: the namespace n is missing");
}

TEST(MakePlan, AnUnreadClusterBlocksUnlessLeftOut) {
  ClusterChanges unread = cluster_of("c9", {});
  unread.state = ClusterChanges::State::Unreachable;
  unread.error = finding(kube::kUnreachable, "no answer");
  const ChangeSet changes{{unread, cluster_of("c1", {change_of("Service", Action::Create)})}};
  EXPECT_EQ(texts(make_plan(changes, false).blocks),
            "--keep-going: c9 unreachable: would be left out");
  const Plan plan = make_plan(changes, true);
  EXPECT_EQ(texts(plan.blocks), "");
  ASSERT_EQ(plan.clusters.size(), 1U);
  EXPECT_EQ(plan.clusters[0].cluster.id, "c1");
}

}  // namespace
}  // namespace asmgw
