// The autoscaler, and who has spec.replicas: what is rendered, and which steps pass it on.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "base/tree.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "plan/steps.h"
#include "render/render.h"

namespace asmgw {
namespace {

const ObjectRef kDeployment{"apps", "Deployment", "istio-system", "istio-web"};
const std::string kBounds = "  minReplicas: 2\n  maxReplicas: 8\n";

ObjectRef autoscaler(const std::string& name) {
  return {"autoscaling", "HorizontalPodAutoscaler", "istio-system", name};
}

std::vector<DesiredObject> rendered(const std::string& spec, const LiveObjects& live = {},
                                    const Settings& settings = {},
                                    const std::string& annotations = "") {
  Findings findings;
  int skipped = 0;
  const Source& source = findings.keep(
      {"g.yaml", "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\nmetadata: {name: web" +
                     (annotations.empty() ? "" : ", annotations: {" + annotations + "}") +
                     "}\nspec:\n  ports: [{port: 80}]\n" + spec});
  const auto gateways = read_gateways(parse_yaml(source, findings), skipped, findings);
  EXPECT_TRUE(findings.all().empty());
  return render(effective(gateways.at(0), "c1", "istio-system"), settings, live, findings);
}

const DesiredObject* find_kind(const std::vector<DesiredObject>& objects, const std::string& kind) {
  for (const DesiredObject& object : objects) {
    if (object.ref.kind == kind) return &object;
  }
  return nullptr;
}

/// managedFields: `MANAGER/OPERATION/SUBRESOURCE` owns the fields of a FieldsV1 text.
Json entry(const std::string& manager, const std::string& operation, const std::string& fields,
           const std::string& subresource = "") {
  Json result{{"manager", manager}, {"operation", operation}, {"fieldsV1", parse_json(fields)}};
  if (!subresource.empty()) result["subresource"] = subresource;
  return result;
}

const std::string kOwnsReplicas = R"({"f:spec":{"f:replicas":{}}})";

/// A live Deployment that we made.
Json deployment(std::int64_t replicas, Json owners) {
  owners.push_back(entry("kubectl-asmgw", "Apply", R"({"f:spec":{"f:selector":{}}})"));
  return {{"metadata", {{"uid", "u-d"}, {"managedFields", std::move(owners)}}},
          {"spec", {{"replicas", replicas}}}};
}

Json hpa(const std::string& target, bool is_ours, const std::string& gateway = "web") {
  Json owners = Json::array();
  const std::string labels = R"({"f:metadata":{"f:labels":{"f:app.kubernetes.io/managed-by":{}}}})";
  owners.push_back(is_ours ? entry("kubectl-asmgw", "Apply", labels)
                           : entry("kubectl-create", "Update", labels));
  return {{"metadata",
           {{"uid", "u-h"}, {"labels", {{"asmgw/gateway", gateway}}}, {"managedFields", owners}}},
          {"spec",
           {{"minReplicas", 4},
            {"maxReplicas", 9},
            {"scaleTargetRef",
             {{"apiVersion", "apps/v1beta2"}, {"kind", "Deployment"}, {"name", target}}}}}};
}

LiveObjects live_of(std::optional<Json> live_deployment, std::map<std::string, Json> autoscalers) {
  LiveObjects live;
  live.emplace(autoscaler(""), Json::object());  // all were listed
  if (live_deployment) live.emplace(kDeployment, *live_deployment);
  for (auto& [name, object] : autoscalers) live.emplace(autoscaler(name), std::move(object));
  return live;
}

TEST(RenderAutoscaler, OnlyMaxReplicasAsksForOne) {
  struct Row {
    std::string name, spec, expected;
  };
  const std::string target =
      R"("scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"istio-web"})";
  const auto metric = [](const std::string& name, int percent) {
    return fmt::format(R"({{"resource":{{"name":"{}","target":{{"averageUtilization":{},)"
                       R"("type":"Utilization"}}}},"type":"Resource"}})",
                       name, percent);
  };
  const Row rows[] = {
      {"nothing", "", ""},
      {"a target alone", "  cpu: {targetAverageUtilization: 80}\n", ""},
      {"unset", "  maxReplicas: 0\n", ""},
      {"off", kBounds + "  autoscaleEnabled: false\n", ""},
      {"on", "  maxReplicas: 8\n  autoscaleEnabled: true\n", R"({"maxReplicas":8,)" + target + "}"},
      {"bounds", kBounds, R"({"maxReplicas":8,"minReplicas":2,)" + target + "}"},
      {"min unset", "  minReplicas: 0\n  maxReplicas: 8\n", R"({"maxReplicas":8,)" + target + "}"},
      {"cpu before memory",
       "  memory: {targetAverageUtilization: 70}\n  cpu: {targetAverageUtilization: 80}\n"
       "  maxReplicas: 8\n",
       R"({"maxReplicas":8,"metrics":[)" + metric("cpu", 80) + "," + metric("memory", 70) + "]," +
           target + "}"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto objects = rendered(row.spec);
    const DesiredObject* object = find_kind(objects, "HorizontalPodAutoscaler");
    EXPECT_EQ(object != nullptr ? dump((*object->body)["spec"]) : "", row.expected);
    const bool has_replicas =
        (*find_kind(objects, "Deployment")->body)["spec"].contains("replicas");
    EXPECT_EQ(has_replicas, row.expected.empty());
  }
}

TEST(RenderAutoscaler, TakesTheOneThatScalesOurDeployment) {
  const auto objects = rendered(
      kBounds, live_of(deployment(4, Json::array()),
                       {{"others", hpa("istio-web", false)}, {"another", hpa("else", false)}}));
  const DesiredObject& object = *find_kind(objects, "HorizontalPodAutoscaler");
  EXPECT_EQ(object.ref.name, "others");
  EXPECT_EQ(dump((*object.body)["metadata"]["labels"]), R"({"asmgw/gateway":"web"})");
  EXPECT_EQ((*object.body)["spec"]["scaleTargetRef"]["apiVersion"], "apps/v1beta2");  // as it is
  EXPECT_EQ(object.scales, 4);
  const auto two = rendered(
      kBounds, live_of(std::nullopt,
                       {{"a", hpa("istio-web", false)}, {"istio-web", hpa("istio-web", true)}}));
  const DesiredObject& ours = *find_kind(two, "HorizontalPodAutoscaler");
  EXPECT_EQ(ours.ref.name, "istio-web");
  EXPECT_EQ((*ours.body)["metadata"]["labels"].size(), 4U);
}

TEST(RenderAutoscaler, GoesOnlyWhenItIsOursAndPruned) {
  struct Row {
    std::string name;
    bool is_ours;
    std::string gateway;
    bool prune;
    std::string expected;
  };
  const Row rows[] = {
      {"ours", true, "web", false, "stays"},
      {"ours, pruned", true, "web", true, "goes"},
      {"another's with our label", false, "web", false, ""},
      {"another's, pruned", false, "web", true, "stays"},
      {"of another gateway, pruned", true, "other", true, ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Settings settings;
    settings.prune = row.prune;
    const auto objects =
        rendered("",
                 live_of(deployment(5, Json::array()),
                         {{"istio-web", hpa("istio-web", row.is_ours, row.gateway)}}),
                 settings);
    const DesiredObject* object = find_kind(objects, "HorizontalPodAutoscaler");
    const bool goes = object != nullptr && !object->stays;
    EXPECT_EQ(object == nullptr ? "" : goes ? "goes" : "stays", row.expected);
    EXPECT_FALSE(object != nullptr && object->body);
    // as long as it lives, it has the replicas
    EXPECT_EQ((*find_kind(objects, "Deployment")->body)["spec"].contains("replicas"), goes);
  }
}

TEST(RenderAutoscaler, StandsBeforeItsDeploymentWhenTheReplicasPass) {
  const Json main = entry("kubectl-asmgw", "Apply", kOwnsReplicas);
  const std::map<std::string, Json> ours = {{"istio-web", hpa("istio-web", true)}};
  Settings prune;
  prune.prune = true;
  struct Row {
    std::string name, spec;
    LiveObjects live;
    Settings settings;
    bool first;
  };
  const Row rows[] = {
      {"known nothing", kBounds, {}, {}, false},
      {"new", kBounds, live_of(std::nullopt, {}), {}, false},
      {"takes over", kBounds, live_of(deployment(5, {main}), {}), {}, true},
      {"has them", kBounds, live_of(deployment(5, Json::array()), ours), {}, false},
      {"goes", "", live_of(deployment(5, Json::array()), ours), prune, true},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const auto objects = rendered(row.spec, row.live, row.settings);
    EXPECT_EQ(objects.size(), 6U);
    EXPECT_EQ(objects[row.first ? 4 : 5].ref.kind, "HorizontalPodAutoscaler");
  }
}

/// `to replicas (live) in N steps; body R`
std::string passed(const std::vector<DesiredObject>& objects) {
  const DesiredObject& object = *find_kind(objects, "Deployment");
  const Json* replicas = find(*object.body, {"spec", "replicas"});
  const std::string body = replicas != nullptr ? "body " + dump(*replicas) : "no replicas";
  if (!object.handover) return body;
  const char* to[] = {"autoscaler", "others", "manifest"};
  return fmt::format("to {} {} ({}) in {} steps; {}", to[static_cast<int>(object.handover->to)],
                     object.handover->replicas, object.handover->live, object.handover->steps,
                     body);
}

TEST(SettleReplicas, InEveryStateOfAHandover) {
  const Json main = entry("kubectl-asmgw", "Apply", kOwnsReplicas);
  const Json second = entry("kubectl-asmgw-replicas", "Apply", kOwnsReplicas);
  const Json scaled = entry("kube-controller-manager", "Update", kOwnsReplicas, "scale");
  const Json by_hand = entry("kubectl", "Update", kOwnsReplicas, "scale");
  const std::map<std::string, Json> none, ours = {{"istio-web", hpa("istio-web", true)}},
                                          others = {{"x", hpa("istio-web", false, "")}};
  const std::string five = "  replicaCount: 5\n", bounds = kBounds + five;
  struct Row {
    std::string name, spec;
    std::optional<Json> live;
    std::map<std::string, Json> autoscalers;
    bool prune;
    std::string expected;
  };
  const Row rows[] = {
      {"plain", five, deployment(5, {main}), none, false, "body 5"},
      {"new, without", five, std::nullopt, none, false, "body 5"},
      {"new, with", bounds, std::nullopt, none, false,
       "to autoscaler 2 (2) in 4 steps; no replicas"},
      {"new, least unset", "  maxReplicas: 3\n", std::nullopt, none, false,
       "to autoscaler 1 (1) in 4 steps; no replicas"},
      {"new, another's autoscaler waits", five, std::nullopt, others, false,
       "to autoscaler 4 (4) in 3 steps; no replicas"},
      {"to it: begin", bounds, deployment(5, {main}), none, false,
       "to autoscaler 5 (5) in 3 steps; body 5"},
      {"to it: after its apply", bounds, deployment(5, {main}), ours, false,
       "to autoscaler 5 (5) in 2 steps; body 5"},
      {"to it: both hold", bounds, deployment(5, {main, second}), ours, false,
       "to autoscaler 5 (5) in 2 steps; body 5"},
      {"to it: done", bounds, deployment(5, {second}), ours, false, "no replicas"},
      {"to it: it scaled", bounds, deployment(7, {scaled}), ours, false, "no replicas"},
      {"untracked", bounds, deployment(7, Json::array()), ours, false, "no replicas"},
      {"scaled by hand", bounds, deployment(7, {by_hand}), ours, false, "no replicas"},
      {"another's appeared", five, deployment(5, {main}), others, false,
       "to autoscaler 5 (5) in 2 steps; body 5"},
      {"another's has it", five, deployment(9, {scaled}), others, false, "no replicas"},
      {"ours stays", five, deployment(7, {scaled}), ours, false, "no replicas"},
      {"back: begin", five, deployment(7, {scaled}), ours, true,
       "to manifest 5 (7) in 4 steps; body 7"},
      {"back: by hand before", five, deployment(7, {by_hand}), ours, true,
       "to manifest 5 (7) in 4 steps; body 7"},
      {"back: deleted", five, deployment(7, {scaled}), none, false,
       "to manifest 5 (7) in 3 steps; body 7"},
      {"back: deleted, equal", five, deployment(5, {scaled}), none, false, "body 5"},
      {"back: never scaled", five, deployment(5, {second}), none, false,
       "to manifest 5 (5) in 3 steps; body 5"},
      {"back: both hold", five, deployment(5, {second, main}), none, false,
       "to manifest 5 (5) in 3 steps; body 5"},
      {"back: done", five, deployment(5, {main}), none, false, "body 5"},
      {"a scale by hand is drift", five, deployment(7, {by_hand}), none, false, "body 5"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Settings settings;
    settings.prune = row.prune;
    EXPECT_EQ(passed(rendered(row.spec, live_of(row.live, row.autoscalers), settings)),
              row.expected);
  }
}

TEST(SettleReplicas, NothingIsTakenWhileAutoscalersAreHidden) {
  const Json scaled = entry("kube-controller-manager", "Update", kOwnsReplicas, "scale");
  LiveObjects live = live_of(deployment(7, {scaled}), {});
  live.erase(autoscaler(""));  // they could not be listed
  EXPECT_EQ(passed(rendered("  replicaCount: 5\n", live)), "body 5");
}

TEST(SettleReplicas, TheUserMayKeepTheCount) {
  const std::string left = "asm.alibabacloud.com/replicas-managed-by-asm: 'false'";
  const Json main = entry("kubectl-asmgw", "Apply", kOwnsReplicas);
  struct Row {
    std::string name, annotation;
    std::optional<AsmVersion> version;
    std::optional<Json> live;
    std::string expected;
  };
  const AsmVersion old{1, 18, 0, 0}, new_enough{1, 19, 0, 0};
  const Row rows[] = {
      {"newest", left, {}, std::nullopt, "no replicas"},
      {"1.19", left, new_enough, std::nullopt, "no replicas"},
      {"1.18 has no such word", left, old, std::nullopt, "body 3"},
      {"true", "asm.alibabacloud.com/replicas-managed-by-asm: 'true'", {}, std::nullopt, "body 3"},
      {"turned", left, {}, deployment(5, {main}), "to others 5 (5) in 2 steps; body 5"},
      {"left", left, {}, deployment(5, Json::array()), "no replicas"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Settings settings;
    settings.asm_version = row.version;
    EXPECT_EQ(
        passed(rendered("  replicaCount: 3\n", live_of(row.live, {}), settings, row.annotation)),
        row.expected);
  }
}

/// Of an autoscaler, if any, and of a Deployment with a hand-over.
ClusterChanges changes_of(const Handover& handover, bool exists, std::optional<Action> scaler) {
  ClusterChanges changes;
  ObjectChange change;
  change.object.desired.ref = kDeployment;
  change.object.desired.gateway = "web";
  change.object.desired.body = Json{{"spec", {{"x", 1}}}};
  change.object.desired.handover = handover;
  if (exists) change.object.before = Found{deployment(handover.live, Json::array())};
  change.object.after = Found{Json{{"spec", {{"replicas", handover.replicas}, {"x", 1}}}}};
  change.action = exists ? Action::Handover : Action::Create;
  changes.objects.push_back(change);
  if (!scaler) return changes;
  ObjectChange other;
  other.object.desired.ref = autoscaler("istio-web");
  other.object.desired.gateway = "web";
  other.action = *scaler;
  if (*scaler == Action::Delete) {
    other.object.before = Found{hpa("istio-web", true)};
  } else {
    other.object.desired.body = Json{{"spec", {{"maxReplicas", 8}}}};
    other.object.after = Found{Json::object(), true};
  }
  changes.objects.insert(exists ? changes.objects.begin() : changes.objects.end(), other);
  return changes;
}

/// One line a step: `Kind manager[!] replicas [uid] [still N]`.
std::string told(const std::vector<Step>& steps) {
  std::string text;
  for (const Step& step : steps) {
    text += step.write.ref.kind == "Deployment" ? "Deployment" : "HPA";
    if (const auto* apply = std::get_if<Apply>(&step.write.what)) {
      const Json* replicas = find(apply->body, {"spec", "replicas"});
      text += " " + (apply->manager == "kubectl-asmgw" ? "main" : apply->manager.substr(14)) +
              (apply->force ? "!" : "") + " " + (replicas != nullptr ? dump(*replicas) : "-");
      if (find(apply->body, {"spec", "x"}) != nullptr) text += " x";
    } else {
      text += " removed";
      EXPECT_FALSE(step.expected.has_value());
    }
    if (!step.write.guard.uid.empty()) text += " " + step.write.guard.uid;
    if (step.still) text += " still " + dump(step.still->at(fields({"spec", "replicas"})));
    if (step.creates) text += " new";
    text += "\n";
  }
  return text;
}

TEST(Steps, ToTheAutoscaler) {
  const auto steps =
      steps_of(changes_of({Handover::To::Autoscaler, 5, 5, 3}, true, Action::Create));
  EXPECT_EQ(told(steps),
            "HPA main - new\nDeployment replicas 5 u-d still 5\nDeployment main - x u-d\n");
  EXPECT_EQ((*steps[1].expected)["spec"]["replicas"], 5);
  EXPECT_EQ((*steps[2].expected)["spec"]["replicas"], 5);
}

TEST(Steps, ANewDeploymentBeginsWithItsLeastPods) {
  EXPECT_EQ(
      told(steps_of(changes_of({Handover::To::Autoscaler, 3, 3, 4}, false, Action::Create))),
      "Deployment main 3 x new\nDeployment replicas 3\nDeployment main - x\nHPA main - new\n");
}

TEST(Steps, BackToTheManifest) {
  const auto steps = steps_of(changes_of({Handover::To::Manifest, 5, 7, 4}, true, Action::Delete));
  EXPECT_EQ(told(steps),
            "HPA removed u-h\nDeployment replicas! 5 u-d still 7\nDeployment main 5 x u-d\n"
            "Deployment replicas - u-d\n");
  const Apply& last = std::get<Apply>(steps[3].write.what);
  EXPECT_EQ(dump(last.body), R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":)"
                             R"({"name":"istio-web","namespace":"istio-system"}})");
  EXPECT_EQ((*steps[3].expected)["spec"]["replicas"], 5);
}

TEST(Steps, ToOthers) {
  EXPECT_EQ(told(steps_of(changes_of({Handover::To::Others, 5, 5, 2}, true, std::nullopt))),
            "Deployment replicas 5 u-d still 5\nDeployment main - x u-d\n");
}

}  // namespace
}  // namespace asmgw
