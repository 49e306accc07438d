#include "diff/risk.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "diff/ownership.h"
#include "tests/support/risks.h"

namespace asmgw {
namespace {

std::string deployment(int replicas, const std::string& unavailable, const std::string& dns,
                       const std::string& more = "") {
  return R"({"spec":{)" + more + R"("replicas":)" + std::to_string(replicas) +
         R"(,"strategy":{"rollingUpdate":{"maxSurge":"25%","maxUnavailable":")" + unavailable +
         R"("}},"template":{"spec":{"dnsPolicy":")" + dns + R"("}}}})";
}

TEST(RiskPods, RestartFloorAndReplicas) {
  struct Row {
    std::string name, before, after, expected;
  };
  const Row rows[] = {
      {"nothing", deployment(4, "25%", "A"), deployment(4, "25%", "A"), ""},
      {"restart", deployment(4, "25%", "A"), deployment(4, "25%", "B"),
       "disruptive rolling-restart: 4 pods are replaced in 2 waves"},
      {"one pod", deployment(1, "25%", "A"), deployment(1, "25%", "B"),
       "disruptive rolling-restart: 1 pod is replaced in 1 wave"},
      {"no pod ready", deployment(2, "100%", "A"), deployment(2, "100%", "B"),
       "disruptive rolling-restart: 2 pods are replaced in 1 wave\n"
       "disruptive floor-zero: at some moment of the rollout no pod is ready"},
      {"no pods at all", deployment(0, "100%", "A"), deployment(0, "100%", "B"), ""},
      {"strategy alone", deployment(2, "25%", "A"), deployment(2, "100%", "A"), ""},
      {"fewer replicas", deployment(5, "25%", "A"), deployment(3, "25%", "A"),
       "disruptive replicas-down: 2 pods of 5 end"},
      {"paused", deployment(4, "25%", "A", R"("paused":true,)"),
       deployment(4, "25%", "B", R"("paused":true,)"),
       "disruptive rolling-restart: 4 pods are replaced in 2 waves, when unpaused"},
      {"more replicas", deployment(3, "25%", "A"), deployment(5, "25%", "A"), ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(risks(changed("Deployment", row.before, row.after)), row.expected);
  }
}

TEST(RiskSelectorImmutable, OfOurOwnDeployment) {
  const std::string live_object = R"({"spec":{"selector":{"matchLabels":{"app":"a","v":"1"}}}})";
  ObjectChange change = changed("Deployment", live_object, live_object);
  change.object.desired.body = parse_json(R"({"spec":{"selector":{"matchLabels":{"app":"a"}}}})");
  EXPECT_EQ(risks(change), "destructive selector-immutable: the selector cannot be changed");
  change.object.after = Refused{Refused::Kind::Invalid, 422, "field is immutable"};
  ASSERT_EQ(risks_of(change).size(), 1U);
  EXPECT_EQ(risks_of(change)[0].server, "field is immutable");
  change.object.desired.style = Style::Overlay;  // it never names the selector
  EXPECT_EQ(risks(change), "");
}

TEST(RiskPrivileged, WhenTheKernelContainerIsAdded) {
  const auto with = [](const std::string& name) {
    return R"({"spec":{"template":{"spec":{"initContainers":[{"name":")" + name + R"("}]}}}})";
  };
  const std::string added =
      "warning privileged: a privileged init container is added: kernel-parameters";
  const auto last = [](const std::string& text) { return text.substr(text.rfind('\n') + 1); };
  EXPECT_EQ(last(risks(changed("Deployment", with("other"), with("kernel-parameters")))), added);
  EXPECT_EQ(risks(changed("Deployment", with("kernel-parameters"), with("kernel-parameters"))), "");
  ObjectChange created = changed("Deployment", "{}", with("kernel-parameters"));
  created.object.before = Absent{};
  created.restart = {};
  EXPECT_EQ(risks(created), added);
}

TEST(RiskConflict, NamesOwnersAndTimesWhereRecorded) {
  ObjectChange change;
  change.object.desired.ref = {"", "Service", "n", "istio-web"};
  change.object.before = Found{parse_json(R"({"metadata":{"managedFields":[
      {"manager":"kubectl-edit","operation":"Update","time":"2026-08-19T16:02:44Z",
       "fieldsV1":{"f:spec":{"f:externalTrafficPolicy":{}}}},
      {"manager":"kubectl","operation":"Update","subresource":"scale",
       "fieldsV1":{"f:spec":{"f:type":{}}}}]}})")};
  change.object.after = Conflict{{{"kubectl-edit", ".spec.externalTrafficPolicy"},
                                  {"kubectl", ".spec.type"},
                                  {"other", ".metadata.labels.app.kubernetes.io/managed-by"}},
                                 "Apply failed"};
  change.action = Action::Conflict;
  change.claims = claims_of(change.object);
  const auto found = risks_of(change);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].code->name, "conflict");
  EXPECT_EQ(found[0].severity, Severity::Warning);
  EXPECT_EQ(found[0].why,  // no changed field to stand at
            "[metadata.labels.app.kubernetes.io/managed-by]: other\n"
            "spec.externalTrafficPolicy: kubectl-edit since 2026-08-19T16:02:44Z\n"
            "spec.type: kubectl");  // a scale entry has no time

  FieldChange policy{fields({"spec", "externalTrafficPolicy"})};
  EXPECT_EQ(text_of(*owner_of(policy, change.claims)), "kubectl-edit since 2026-08-19T16:02:44Z");
  EXPECT_FALSE(owner_of({fields({"spec", "selector"})}, change.claims).has_value());
}

TEST(RiskBeingDeleted, SaysSinceWhen) {
  const std::string live_object =
      R"({"metadata":{"deletionTimestamp":"2026-08-19T16:02:44Z"},"a":1})";
  EXPECT_EQ(risks(changed("Service", live_object, live_object)),
            "warning being-deleted: it is being deleted since 2026-08-19T16:02:44Z");
}

TEST(RiskHpaBounds, WhenTheMostAreFewerThanRunNow) {
  const auto scaler = [](const std::string& most) {
    return R"({"spec":{"maxReplicas":)" + most + "}}";
  };
  struct Row {
    std::string name, before, after;
    std::optional<std::int64_t> now;
    std::string expected;
  };
  const std::string two = "disruptive hpa-bounds: 2 pods of 5 end";
  const Row rows[] = {
      {"lowered", scaler("8"), scaler("3"), 5, two},
      {"lowered by one", scaler("8"), scaler("4"), 5, "disruptive hpa-bounds: 1 pod of 5 ends"},
      {"new", "", scaler("3"), 5, two},
      {"room enough", scaler("8"), scaler("5"), 5, ""},
      {"as it is", scaler("3"), scaler("3"), 5, ""},
      {"nothing runs yet", "", scaler("3"), std::nullopt, ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    ObjectChange change = changed("Service", row.before.empty() ? "{}" : row.before, row.after);
    change.object.desired.ref = {"autoscaling", "HorizontalPodAutoscaler", "n", "istio-web"};
    if (row.before.empty()) change.object.before = Absent{};
    change.object.desired.scales = row.now;
    EXPECT_EQ(risks(change), row.expected);
  }
}

TEST(RiskPruneNeeded, OnlyOfOursAWarning) {
  ObjectChange change;
  change.object.desired.ref = {"autoscaling", "HorizontalPodAutoscaler", "n", "istio-web"};
  change.object.desired.stays = true;
  change.action = Action::Unchanged;
  change.object.before = change.object.after = Found{parse_json(
      R"({"metadata":{"managedFields":[{"manager":"kubectl-asmgw","operation":"Apply",
          "fieldsV1":{"f:metadata":{"f:labels":{"f:app.kubernetes.io/managed-by":{}}}}}]}})")};
  EXPECT_EQ(risks(change),
            "warning prune-needed: the manifest no longer asks for this, but it stays");
  change.object.before = change.object.after = Found{Json::object()};
  ASSERT_EQ(risks_of(change).size(), 1U);
  EXPECT_EQ(risks_of(change)[0].severity, Severity::Note);
  change.object.desired.stays = false;
  EXPECT_EQ(risks(change), "");
}

}  // namespace
}  // namespace asmgw
