#include "diff/risk.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "diff/ownership.h"
#include "diff/restart.h"
#include "diff/values.h"

namespace asmgw {
namespace {

/// The change from one JSON object to another, as the server foresees it.
ObjectChange changed(const std::string& kind, const std::string& before, const std::string& after) {
  ObjectChange change;
  change.object.desired.ref = {kind == "Deployment" ? "apps" : "", kind, "n", "istio-web"};
  change.object.before = Found{parse_json(before)};
  change.object.after = Found{parse_json(after)};
  change.fields = differences(kind_of(change.object.desired.ref), *live(change.object),
                              *foreseen(change.object), change.hidden);
  change.action = change.fields.empty() ? Action::Unchanged : Action::Update;
  change.restart = predict_restart(change.object, change.fields);
  return change;
}

/// `severity code: message`, one per line.
std::string risks(const ObjectChange& change) {
  std::string text;
  for (const Finding& risk : risks_of(change)) {
    text += fmt::format("{}{} {}: {}", text.empty() ? "" : "\n", word(risk.severity),
                        risk.code->name, risk.message);
    EXPECT_FALSE(risk.hint.empty()) << risk.code->name << " does not say what to do";
  }
  return text;
}

const std::string kLost = "destructive lb-deleted: load balancer and address are lost";

std::string balancer(const std::string& annotations = "") {
  return R"({"metadata":{"annotations":{)" + annotations +
         R"(}},"spec":{"type":"LoadBalancer"},"status":{"loadBalancer":{"ingress":[
            {"ip":"47.96.1.2"},{"hostname":"nlb.example.com"}]}}})";
}

/// The same Service after the edit, its annotations kept.
std::string as_node_port(std::string service) {
  const std::string type = "LoadBalancer";
  return service.replace(service.find(type), type.size(), "NodePort");
}

TEST(RiskLbDeleted, WhenTheTypeLeavesLoadBalancer) {
  const std::string prefix = R"("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-)";
  const std::string old_prefix = R"("service.beta.kubernetes.io/alicloud-loadbalancer-)";
  struct Row {
    std::string name, before, after, expected;
  };
  const std::string node_port = R"({"spec":{"type":"NodePort"}})";
  const Row rows[] = {
      {"to NodePort", balancer(), R"({"metadata":{"annotations":{}},"spec":{"type":"NodePort"}})",
       kLost},
      {"to ClusterIP", balancer(), R"({"metadata":{"annotations":{}},"spec":{"type":"ClusterIP"}})",
       kLost},
      {"stays", balancer(), balancer(), ""},
      {"was none", node_port, R"({"spec":{"type":"ClusterIP"}})", ""},
      {"becomes one", node_port, R"({"spec":{"type":"LoadBalancer"}})", ""},
      {"the user's own", balancer(prefix + R"(id":"lb-1")"),
       as_node_port(balancer(prefix + R"(id":"lb-1")")), ""},
      {"the user's own, but its mark goes", balancer(prefix + R"(id":"lb-1")"), node_port, kLost},
      {"the user's own, old prefix", balancer(old_prefix + R"(id":"lb-1")"),
       as_node_port(balancer(old_prefix + R"(id":"lb-1")")), ""},
      {"preserved", balancer(prefix + R"(preserve-lb-on-delete":"true")"),
       as_node_port(balancer(prefix + R"(preserve-lb-on-delete":"true")")), ""},
      {"preserved, but the mark goes", balancer(prefix + R"(preserve-lb-on-delete":"true")"),
       node_port, kLost},
      {"preserved by any word", balancer(prefix + R"(preserve-lb-on-delete":"on")"),
       as_node_port(balancer(prefix + R"(preserve-lb-on-delete":"on")")), ""},
      {"preserve false", balancer(prefix + R"(preserve-lb-on-delete":"false")"),
       as_node_port(balancer(prefix + R"(preserve-lb-on-delete":"false")")), kLost},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(risks(changed("Service", row.before, row.after)), row.expected);
  }
  const auto found = risks_of(changed("Service", balancer(), node_port));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].server, "47.96.1.2, nlb.example.com");
  EXPECT_EQ(found[0].paths, PathSet{fields({"spec", "type"})});
}

TEST(RiskPortRemoved, OnePerListener) {
  const std::string before = R"({"spec":{"ports":[{"port":80,"protocol":"TCP"},
      {"port":443,"protocol":"TCP"},{"port":443,"protocol":"UDP"}]}})";
  EXPECT_EQ(
      risks(changed("Service", before, R"({"spec":{"ports":[{"port":80,"protocol":"TCP"}]}})")),
      "disruptive port-removed: the listener 443/TCP goes away\n"
      "disruptive port-removed: the listener 443/UDP goes away");
  EXPECT_EQ(risks(changed("Service", before,
                          R"({"spec":{"ports":[{"port":443,"protocol":"UDP","name":"x"},
                              {"port":80,"protocol":"TCP"},{"port":443,"protocol":"TCP"},
                              {"port":90,"protocol":"TCP"}]}})")),
            "");
}

std::string deployment(int replicas, const std::string& unavailable, const std::string& dns) {
  return R"({"spec":{"replicas":)" + std::to_string(replicas) +
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
      {"more replicas", deployment(3, "25%", "A"), deployment(5, "25%", "A"), ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(risks(changed("Deployment", row.before, row.after)), row.expected);
  }
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
