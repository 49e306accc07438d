#include "report/summary.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "diff/codes.h"

namespace asmgw {
namespace {

std::string text(const Summary& summary) {
  std::string joined;
  for (const std::string& sentence : sentences(summary)) {
    joined += (joined.empty() ? "" : " ") + sentence;
  }
  return joined;
}

Summary of(std::size_t clusters) {
  Summary summary;
  summary.clusters = summary.compared = clusters;
  return summary;
}
Summary with(Summary summary, const std::function<void(Summary&)>& change) {
  change(summary);
  return summary;
}

struct Case {
  std::string name;
  Summary summary;
  std::string expected;
};

class Sentences : public testing::TestWithParam<Case> {};
TEST_P(Sentences, SayWhatItComesTo) { EXPECT_EQ(text(GetParam().summary), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    All, Sentences,
    testing::Values(
        // screen 1
        Case{"first_run",
             with(of(2),
                  [](Summary& s) {
                    s.create = 10;
                    s.pods_started = 3;
                    s.public_balancers = 2;
                  }),
             "2 clusters: 10 objects to create, 3 pods to start, 2 public load balancers."},
        // screen 2
        Case{"everyday_edit",
             with(of(8),
                  [](Summary& s) {
                    s.update = 15;
                    s.blocked = 1;
                    s.conflicts_in = {"c4d8c3xxxxxx"};
                    s.rollouts = 8;
                    s.pods = 34;
                    s.lowest_floor = 3;
                  }),
             "8 clusters: 15 objects change, 1 is blocked by a conflict (c4d8c3xxxxxx). "
             "8 rolling restarts replace 34 pods, at least 3 ready in every cluster. "
             "Nothing is destroyed."},
        Case{"one_of_each",
             with(of(1),
                  [](Summary& s) {
                    s.update = 1;
                    s.rollouts = 1;
                    s.pods = 1;
                    s.lowest_floor = 1;
                  }),
             "1 cluster: 1 object changes. 1 rolling restart replaces 1 pod, at least 1 ready. "
             "Nothing is destroyed."},
        Case{"control_plane",
             with(of(2),
                  [](Summary& s) {
                    s.create = 11;
                    s.control_plane = ClusterChanges::State::Compared;
                  }),
             "2 clusters and the control plane: 11 objects to create."},
        Case{"control_plane_unread",
             with(of(2),
                  [](Summary& s) {
                    s.update = 2;
                    s.control_plane = ClusterChanges::State::Unreachable;
                  }),
             "2 clusters: 2 objects change. No pod restarts; "
             "about the control plane this cannot be told."},
        Case{"only_the_control_plane_read",
             with(of(2),
                  [](Summary& s) {
                    s.compared = 0;
                    s.unread = 2;
                    s.update = 1;
                    s.control_plane = ClusterChanges::State::Compared;
                  }),
             "0 of 2 clusters and the control plane: 1 object changes. No pod restarts; "
             "about 2 clusters this cannot be told."},
        Case{"nothing_read_at_all",
             with(of(2),
                  [](Summary& s) {
                    s.compared = 0;
                    s.unread = 2;
                    s.control_plane = ClusterChanges::State::Error;
                  }),
             "2 clusters and the control plane: none could be compared; what would change is "
             "unknown."},
        Case{"no_restart", with(of(3), [](Summary& s) { s.update = 3; }),
             "3 clusters: 3 objects change. No pod restarts. Nothing is destroyed."},
        Case{"both",
             with(of(2),
                  [](Summary& s) {
                    s.update = 1;
                    s.create = 1;
                  }),
             "2 clusters: 1 object changes, 1 to create. No pod restarts. Nothing is destroyed."},
        Case{"nothing", of(2), "2 clusters: nothing changes."},
        Case{"loss",
             with(of(1),
                  [](Summary& s) {
                    s.update = 1;
                    s.losses = {"47.96.1.2"};
                  }),
             "1 cluster: 1 object changes. No pod restarts. 1 load balancer is lost: 47.96.1.2."},
        Case{"refused", with(of(1), [](Summary& s) { s.refused = 2; }),
             "1 cluster: 2 objects are refused."},
        Case{"none_read",
             with(of(2),
                  [](Summary& s) {
                    s.compared = 0;
                    s.unread = 2;
                  }),
             "2 clusters: none could be compared; what would change is unknown."},
        Case{"one_unread",
             with(of(8),
                  [](Summary& s) {
                    s.compared = 7;
                    s.unread = 1;
                    s.update = 7;
                  }),
             "7 of 8 clusters: 7 objects change. No pod restarts; about 1 cluster this cannot be "
             "told."}),
    [](const auto& row) { return row.param.name; });

ObjectChange change_of(const std::string& kind, Action action) {
  ObjectChange change;
  change.object.desired.ref = {kind == "Deployment" ? "apps" : "", kind, "n", "istio-web"};
  change.object.after = Found{Json{{"spec", {{"replicas", 3}}}}, action == Action::Create};
  change.action = action;
  return change;
}

TEST(Summarize, CountsWhatClustersShow) {
  ObjectChange restarting = change_of("Deployment", Action::Update);
  restarting.restart.predicted = Restart::Predicted::Yes;
  restarting.restart.arithmetic = Arithmetic{};
  restarting.restart.arithmetic->replicas = 4;
  restarting.restart.arithmetic->floor = 3;
  ObjectChange other = restarting;
  other.restart.arithmetic->replicas = 6;
  other.restart.arithmetic->floor = 5;
  ObjectChange lost = change_of("Service", Action::Update);
  lost.risks.push_back(finding(kLbDeleted, "x"));
  lost.risks.back().server = "47.96.1.2";
  lost.risks.push_back(finding(kPortRemoved, "x"));
  ClusterChanges first, second, third, fourth;
  first.cluster.id = "c1";
  first.objects = {restarting, lost, change_of("Role", Action::Unchanged)};
  second.cluster.id = "c2";
  second.objects = {other, change_of("Service", Action::Conflict),
                    change_of("ServiceAccount", Action::Conflict)};
  third.cluster.id = "c3";
  third.state = ClusterChanges::State::Partial;
  third.objects = {change_of("Service", Action::Refused), change_of("Role", Action::Unknown),
                   change_of("Deployment", Action::Create)};
  fourth.state = ClusterChanges::State::Unreachable;

  const Summary summary = summarize({first, second, third, fourth});
  EXPECT_EQ(summary.clusters, 4U);
  EXPECT_EQ(summary.compared, 2U);
  EXPECT_EQ(summary.partial, 1U);
  EXPECT_EQ(summary.unread, 1U);
  EXPECT_EQ(summary.update, 3U);
  EXPECT_EQ(summary.create, 1U);
  EXPECT_EQ(summary.unchanged, 1U);
  EXPECT_EQ(summary.blocked, 2U);
  EXPECT_EQ(summary.refused, 1U);
  EXPECT_EQ(summary.unknown, 1U);
  EXPECT_EQ(summary.rollouts, 2U);
  EXPECT_EQ(summary.pods, 10);
  EXPECT_EQ(summary.lowest_floor, 3);
  EXPECT_EQ(summary.pods_started, 3);
  EXPECT_EQ(summary.conflicts_in, std::vector<std::string>{"c2"});  // once
  EXPECT_EQ(summary.losses, std::vector<std::string>{"47.96.1.2"});
  EXPECT_EQ(summary.risks[static_cast<std::size_t>(Severity::Disruptive)], 1U);
  EXPECT_EQ(summary.risks[static_cast<std::size_t>(Severity::Destructive)], 1U);
}

}  // namespace
}  // namespace asmgw
