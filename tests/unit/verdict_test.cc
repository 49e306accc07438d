#include "plan/verdict.h"

#include <gtest/gtest.h>

#include <string>

#include "diff/codes.h"
#include "kube/codes.h"

namespace asmgw {
namespace {

ObjectChange change_of(Action action, const Code* risk = nullptr) {
  ObjectChange change;
  change.action = action;
  if (risk != nullptr) change.risks.push_back(finding(*risk, "x"));
  return change;
}
ObjectChange restarting() {
  ObjectChange change = change_of(Action::Update);
  change.restart.predicted = Restart::Predicted::Yes;
  return change;
}
ClusterChanges cluster_of(const std::string& id, ClusterChanges::State state,
                          std::vector<ObjectChange> objects) {
  ClusterChanges changes;
  changes.cluster.id = id;
  changes.state = state;
  changes.objects = std::move(objects);
  return changes;
}

using State = ClusterChanges::State;

struct Case {
  std::string name;
  std::vector<ClusterChanges> clusters;
  std::vector<FailOn> fail_on;
  int expected;
  std::string gates;
};

class ExitCode : public testing::TestWithParam<Case> {};
TEST_P(ExitCode, OfADiff) {
  const Verdict verdict = judge({GetParam().clusters}, GetParam().fail_on);
  EXPECT_EQ(verdict.exit_code, GetParam().expected);
  EXPECT_EQ(verdict.complete, GetParam().expected != 3);
  std::string gates;
  for (const std::string& gate : verdict.gates_met) gates += (gates.empty() ? "" : "; ") + gate;
  EXPECT_EQ(gates, GetParam().gates);
}

const ClusterChanges kUnread = cluster_of("c9", State::Unreachable, {});
ClusterChanges compared(std::vector<ObjectChange> objects, const std::string& id = "c1") {
  return cluster_of(id, State::Compared, std::move(objects));
}

INSTANTIATE_TEST_SUITE_P(
    All, ExitCode,
    testing::Values(
        Case{"no_clusters", {}, {}, 0, ""},
        Case{"no_change", {compared({change_of(Action::Unchanged)})}, {}, 0, ""},
        Case{"update",
             {compared({change_of(Action::Unchanged), change_of(Action::Update)})},
             {},
             1,
             ""},
        Case{"create", {compared({change_of(Action::Create)})}, {}, 1, ""},
        Case{"conflict_is_a_change",
             {compared({change_of(Action::Conflict, &kConflict)})},
             {},
             1,
             ""},
        Case{"conflict_gate",
             {compared({change_of(Action::Conflict, &kConflict)})},
             {FailOn::Conflict},
             4,
             "--fail-on conflict (c1)"},
        Case{"restart_gate",
             {compared({restarting()})},
             {FailOn::Restart},
             4,
             "--fail-on restart (c1)"},
        Case{"gate_not_met",
             {compared({change_of(Action::Update)})},
             {FailOn::Restart, FailOn::Disruption, FailOn::Destructive, FailOn::Conflict},
             1,
             ""},
        Case{"gate_without_change",
             {compared({change_of(Action::Unchanged)})},
             {FailOn::Restart},
             0,
             ""},
        Case{"disruption_gate",
             {compared({change_of(Action::Update, &kPortRemoved)})},
             {FailOn::Disruption},
             4,
             "--fail-on disruption (c1)"},
        Case{"destructive_gate",
             {compared({change_of(Action::Update, &kLbDeleted)})},
             {FailOn::Destructive},
             4,
             "--fail-on destructive (c1)"},
        Case{"warning_is_no_disruption",
             {compared({change_of(Action::Update, &kBeingDeleted)})},
             {FailOn::Disruption, FailOn::Destructive},
             1,
             ""},
        Case{"two_gates_in_two_clusters",
             {compared({restarting()}),
              compared({restarting(), change_of(Action::Conflict, &kConflict)}, "c2")},
             {FailOn::Restart, FailOn::Conflict},
             4,
             "--fail-on restart (2 clusters); --fail-on conflict (c2)"},
        Case{"unread", {kUnread}, {}, 3, ""},
        Case{"unread_beats_changes", {kUnread, compared({change_of(Action::Update)})}, {}, 3, ""},
        Case{"unread_beats_the_gate",
             {kUnread, compared({restarting()})},
             {FailOn::Restart},
             3,
             "--fail-on restart (c1)"},  // printed all the same
        Case{"unread_beats_no_change",
             {kUnread, compared({change_of(Action::Unchanged)})},
             {},
             3,
             ""},
        Case{"refused_preview",
             {cluster_of("c1", State::Partial, {change_of(Action::Refused, &kube::kServerError)})},
             {},
             3,
             ""},
        Case{"forbidden", {cluster_of("c1", State::Forbidden, {})}, {}, 3, ""}),
    [](const auto& row) { return row.param.name; });

TEST(ExitCodeOfARun, Precedence) {
  using Done = ClusterResult::State;
  const auto run = [](std::vector<Done> states, bool interrupted = false) {
    RunResult result;
    result.interrupted = interrupted;
    for (const Done state : states) result.clusters.push_back({state, {}, {}, {}});
    return result;
  };
  struct Row {
    std::string name;
    RunResult result;
    bool left_out;
    int expected;
  };
  const Row rows[] = {
      {"done", run({Done::Done, Done::Done}), false, 0},
      {"nothing to do", run({}), false, 0},
      {"one failed", run({Done::Done, Done::Failed}), false, 3},
      {"one not started", run({Done::Failed, Done::NotStarted}), false, 3},
      {"one unknown", run({Done::Unknown}), false, 3},
      {"left out", run({Done::Done}), true, 3},
      {"interrupted", run({Done::Failed}, true), true, 130},
      {"interrupted though done", run({Done::Done}, true), false, 130},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(exit_code(row.result, row.left_out), row.expected);
  }
}

TEST(Words, OfResults) {
  EXPECT_EQ(word(StepResult(Applied{})), "applied");
  EXPECT_EQ(word(StepResult(Conflicted{})), "conflict");
  EXPECT_EQ(word(StepResult(Rejected{})), "rejected");
  EXPECT_EQ(word(StepResult(UnknownResult{})), "unknown");
  EXPECT_EQ(word(StepResult(Skipped{})), "skipped");
  EXPECT_EQ(word(Action::Create), "create");
  EXPECT_EQ(word(Severity::Destructive), "destructive");
}

TEST(Verdict, AServersTroubleIsNoWrongUsage) {
  const auto code = [](std::string_view name) {
    const Code made{name, Severity::Error, "", "", ""};
    return exit_code(Finding{&made, Severity::Error, "m"});
  };
  EXPECT_EQ(code("unreachable"), kExitIncomplete);
  EXPECT_EQ(code("not-served"), kExitIncomplete);
  EXPECT_EQ(code("usage"), kExitUsage);
  EXPECT_EQ(code("no-context"), kExitUsage);
}

}  // namespace
}  // namespace asmgw
