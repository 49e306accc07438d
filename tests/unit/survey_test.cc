#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/tree.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "survey/observed.h"
#include "survey/questions.h"
#include "survey/wanted.h"
#include "tests/support/ours.h"

namespace asmgw {
namespace {

Goal goal_of(const std::string& spec) {
  Findings findings;
  int skipped = 0;
  const Source& source = findings.keep(
      {"g.yaml",
       "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\nmetadata: {name: web}\nspec:\n"
       "  ports: [{port: 80}]\n" +
           spec});
  const auto gateways = read_gateways(parse_yaml(source, findings), skipped, findings);
  EXPECT_TRUE(findings.all().empty());
  return {AsManifest{{effective(gateways.at(0), "c1", "istio-system")}, {}}};
}

std::string described(const Question& question) {
  struct {
    std::string operator()(const Get& get) const {
      return "get " + to_string(get.ref) + (get.attempt > 0 ? " again" : "");
    }
    std::string operator()(const Exists& exists) const { return "exists " + to_string(exists.ref); }
    std::string operator()(const List& list) const { return "list " + list.of.kind; }
    std::string operator()(const Preview& preview) const {
      const Apply* apply = std::get_if<Apply>(&preview.write.what);
      return "preview " + std::string(apply == nullptr ? "removal of " : "") +
             to_string(preview.write.ref) + (apply != nullptr && apply->force ? " forced" : "") +
             (preview.attempt > 0 ? " again" : "");
    }
    std::string operator()(const MayI& may) const { return "may " + may.verb + " " + may.ref.kind; }
    std::string operator()(const Version&) const { return "version"; }
    std::string operator()(const Served& served) const { return "served " + served.group; }
  } describe;
  return std::visit(describe, question);
}

/// A cluster that answers by rules; every batch asked is written down.
struct Cluster {
  std::map<std::string, Answer> rules;  ///< described question → answer

  Answer answer(const Question& question) const {
    const auto rule = rules.find(described(question));
    if (rule != rules.end()) return rule->second;
    if (std::holds_alternative<Get>(question)) return Absent{};
    if (const auto* preview = std::get_if<Preview>(&question)) {
      const Apply* apply = std::get_if<Apply>(&preview->write.what);
      if (apply == nullptr) return Absent{};
      return Found{apply->body, /*created=*/true};
    }
    return Found{Json::object()};
  }

  std::vector<std::string> observe(const Goal& goal, Known& known) const {
    std::vector<std::string> batches;
    for (auto open = open_questions(goal, known); !open.empty() && batches.size() < 10;
         open = open_questions(goal, known)) {
      std::vector<Answer> answers;
      std::string batch;
      for (const Question& question : open) {
        answers.push_back(answer(question));
        batch += described(question) + "\n";
      }
      batches.push_back(batch);
      known.add(open, std::move(answers));
    }
    return batches;
  }
};

const std::string kFirstBatch =
    "list HorizontalPodAutoscaler\n"
    "get ServiceAccount/istio-web-service-account\n"
    "preview ServiceAccount/istio-web-service-account\n"
    "get Role/istio-web-sds\npreview Role/istio-web-sds\n"
    "get RoleBinding/istio-web-sds\npreview RoleBinding/istio-web-sds\n"
    "get Service/istio-web\npreview Service/istio-web\n"
    "get Deployment/istio-web\npreview Deployment/istio-web\n";

/// Of a Deployment that is to be made: is it injected?
const std::string kOfNew = "get Namespace/istio-system\nlist MutatingWebhookConfiguration\n";

/// A live Deployment whose proxy has these resources.
Found deployment(const std::string& resources, const std::string& version = "7") {
  return Found{ours(parse_json(R"({"metadata":{"resourceVersion":")" + version +
                               R"("},"spec":{"template":{"spec":{"containers":[
                                   {"name":"istio-proxy","resources":)" +
                               resources + "}]}}}}"))};
}

TEST(Questions, TheFirstBatchHoldsAllGetsAndPreviews) {
  Known known;
  const auto batches = Cluster{}.observe(goal_of("  replicaCount: 1\n"), known);
  EXPECT_EQ(batches, (std::vector<std::string>{kFirstBatch, kOfNew}));  // then nothing is open
}

TEST(Questions, LocallyNothingButReadingIsAsked) {
  Goal goal = goal_of("  replicaCount: 1\n");
  goal.foresight = Foresight::Ours;
  std::string gets;
  std::istringstream lines(kFirstBatch);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("preview")) gets += line + "\n";
  }
  Known known;
  EXPECT_EQ(Cluster{}.observe(goal, known), (std::vector<std::string>{gets, kOfNew}));
}

TEST(Questions, OneObjectIsAskedOnceThoughTwoWantIt) {
  Goal goal = goal_of("  replicaCount: 1\n");
  auto& gateways = std::get<AsManifest>(goal.what).gateways;
  gateways.push_back(gateways[0]);
  Known known;
  EXPECT_EQ(Cluster{}.observe(goal, known), (std::vector<std::string>{kFirstBatch, kOfNew}));
}

TEST(Questions, AConflictOpensExactlyOneForcedPreview) {
  Cluster cluster;
  cluster.rules["get Service/istio-web"] =
      Found{ours(Json{{"metadata", {{"resourceVersion", "7"}}}})};
  cluster.rules["preview Service/istio-web"] = Conflict{{{"kubectl-edit", ".spec.type"}}, ""};
  cluster.rules["preview Service/istio-web forced"] =
      Found{Json{{"metadata", {{"resourceVersion", "7"}}}}};
  Known known;
  const auto batches = cluster.observe(goal_of("  replicaCount: 1\n"), known);
  ASSERT_EQ(batches.size(), 2U);
  EXPECT_EQ(batches[1], "preview Service/istio-web forced\n" + kOfNew);
}

TEST(Questions, ARespelledLiveQuantityOpensOneFurtherPreview) {
  const std::string spec = "  resources: {limits: {cpu: 2}}\n";
  Cluster cluster;
  cluster.rules["get Deployment/istio-web"] = deployment(R"({"limits":{"cpu":"2000m"}})");
  cluster.rules["preview Deployment/istio-web"] = deployment(R"({"limits":{"cpu":"2000m"}})");
  Known known;
  const auto batches = cluster.observe(goal_of(spec), known);
  ASSERT_EQ(batches.size(), 2U);
  EXPECT_EQ(batches[1], "preview Deployment/istio-web\n");

  // a live amount spelled as the manifest has it was guessed right
  cluster.rules["get Deployment/istio-web"] = deployment(R"({"limits":{"cpu":"2"}})");
  cluster.rules["preview Deployment/istio-web"] = deployment(R"({"limits":{"cpu":"2"}})");
  Known other;
  EXPECT_EQ(cluster.observe(goal_of(spec), other).size(), 1U);
}

TEST(Questions, ARaceIsAskedAgainForThatObjectOnly) {
  Cluster cluster;
  cluster.rules["get Deployment/istio-web"] = deployment("{}", "7");
  cluster.rules["preview Deployment/istio-web"] = deployment("{}", "8");
  cluster.rules["preview Deployment/istio-web again"] = deployment("{}", "8");
  cluster.rules["get Deployment/istio-web again"] = deployment("{}", "9");
  Known known;
  const auto batches = cluster.observe(goal_of("  replicaCount: 1\n"), known);
  EXPECT_EQ(batches, (std::vector<std::string>{kFirstBatch, "preview Deployment/istio-web again\n",
                                               "get Deployment/istio-web again\n"}));
}

const std::string kScaler = "HorizontalPodAutoscaler/istio-web";

Found autoscalers(const std::string& names) {
  return Found{parse_json(R"({"items":[{"metadata":{"name":")" + names +
                          R"("},"spec":{"maxReplicas":8,"scaleTargetRef":
                              {"kind":"Deployment","name":"istio-web"}}}]})")};
}

TEST(Questions, HiddenAutoscalersAreAskedForByOurName) {
  Cluster cluster;
  cluster.rules["list HorizontalPodAutoscaler"] = Refused{Refused::Kind::Forbidden, 403, "no"};
  Known known;
  const Goal goal = goal_of("  replicaCount: 1\n");
  const auto batches = cluster.observe(goal, known);
  EXPECT_EQ(batches, (std::vector<std::string>{kFirstBatch, "get " + kScaler + "\n" + kOfNew}));
  EXPECT_EQ(unlisted_autoscalers(goal, known)->server, "no");
}

TEST(Questions, AnAutoscalerOfAnotherNameIsPreviewedUnderIt) {
  Cluster cluster;
  cluster.rules["list HorizontalPodAutoscaler"] = autoscalers("somebody");
  Known known;
  const auto batches = cluster.observe(goal_of("  maxReplicas: 5\n"), known);
  EXPECT_EQ(batches, (std::vector<std::string>{
                         kFirstBatch + "get " + kScaler + "\npreview " + kScaler + "\n",
                         kOfNew + "get HorizontalPodAutoscaler/somebody\n"
                                  "preview HorizontalPodAutoscaler/somebody\n"}));
}

TEST(Questions, ALookAsksVersionAndRights) {
  const Goal goal{Look{
      {MayI{"patch", {"", "Service", "n", "s"}}, MayI{"get", {"apps", "Deployment", "n", "d"}}}}};
  Known known;
  EXPECT_EQ(Cluster{}.observe(goal, known),
            std::vector<std::string>{
                "version\nget Namespace/kube-system\nmay patch Service\nmay get Deployment\n"});
  Findings findings;
  EXPECT_TRUE(wanted(goal, known, findings).empty());
}

std::map<std::string, ObservedObject> observe(const Goal& goal, const Cluster& cluster,
                                              Findings& findings) {
  Known known;
  cluster.observe(goal, known);
  std::map<std::string, ObservedObject> objects;
  for (ObservedObject& object : observed(goal, known, findings)) {
    objects.emplace(object.desired.ref.kind, object);
  }
  return objects;
}

TEST(Observed, InAMissingNamespaceWeAloneForesee) {
  Cluster cluster;
  for (const std::string name :
       {"ServiceAccount/istio-web-service-account", "Role/istio-web-sds",
        "RoleBinding/istio-web-sds", "Service/istio-web", "Deployment/istio-web"}) {
    cluster.rules["preview " + name] = Refused{Refused::Kind::NoNamespace, 404, "namespaces"};
  }
  Findings findings;
  const auto objects = observe(goal_of("  replicaCount: 1\n"), cluster, findings);
  ASSERT_EQ(objects.size(), 5U);
  for (const auto& [kind, object] : objects) {
    SCOPED_TRACE(kind);
    EXPECT_EQ(object.foresight, Foresight::Ours);
    EXPECT_EQ(*foreseen(object), *object.desired.body);
  }
}

TEST(Observed, OnlyTheRoleBindingWaitsForItsRole) {
  Cluster cluster;
  cluster.rules["preview RoleBinding/istio-web-sds"] =
      Refused{Refused::Kind::RoleMissing, 404, "roles \"istio-web-sds\" not found"};
  cluster.rules["preview Service/istio-web"] = Refused{Refused::Kind::Invalid, 422, "no"};
  Findings findings;
  const auto objects = observe(goal_of("  replicaCount: 1\n"), cluster, findings);
  EXPECT_EQ(objects.at("RoleBinding").foresight, Foresight::Ours);
  EXPECT_EQ(objects.at("Role").foresight, Foresight::Server);
  EXPECT_EQ(objects.at("Service").foresight, Foresight::Server);  // refused is refused
  EXPECT_EQ(foreseen(objects.at("Service")), nullptr);
}

TEST(Observed, LocallyAllIsForeseenByUs) {
  Cluster cluster;
  cluster.rules["get Service/istio-web"] = Found{parse_json(R"({"spec":{"type":"NodePort"},
    "metadata":{"managedFields":[{"manager":"kubectl-edit","operation":"Update",
                                  "fieldsV1":{"f:spec":{"f:type":{}}}}]}})")};
  cluster.rules["get Role/istio-web-sds"] = Refused{Refused::Kind::Forbidden, 403, "no"};
  Goal goal = goal_of("  replicaCount: 1\n");
  goal.foresight = Foresight::Ours;
  Findings findings;
  const auto objects = observe(goal, cluster, findings);
  EXPECT_TRUE(std::holds_alternative<Absent>(objects.at("Deployment").after));  // it is new
  EXPECT_EQ(*foreseen(objects.at("Deployment")), *objects.at("Deployment").desired.body);
  EXPECT_EQ(std::get<Conflict>(objects.at("Service").after).fields.at(0).manager, "kubectl-edit");
  EXPECT_EQ(text_at(*foreseen(objects.at("Service")), {"spec", "type"}), "LoadBalancer");
  EXPECT_TRUE(std::holds_alternative<Refused>(objects.at("Role").before));
  EXPECT_EQ(foreseen(objects.at("Role")), nullptr);
}

TEST(Observed, AMissingNamespaceIsNoForesightForWhatExists) {
  Cluster cluster;  // the namespace went between GET and preview
  cluster.rules["get Service/istio-web"] = Found{Json{{"a", 1}}};
  cluster.rules["preview Service/istio-web"] = Refused{Refused::Kind::NoNamespace, 404, ""};
  Findings findings;
  const auto objects = observe(goal_of("  replicaCount: 1\n"), cluster, findings);
  EXPECT_EQ(objects.at("Service").foresight, Foresight::Server);
}

TEST(Observed, AConflictsForcedPreviewAndItsOwnMoment) {
  const auto service = [](const std::string& version, const std::string& type) {
    return Found{Json{{"metadata", {{"resourceVersion", version}, {"generation", version}}},
                      {"spec", {{"type", type}}}}};
  };
  Cluster cluster;
  cluster.rules["get Service/istio-web"] = service("7", "NodePort");
  cluster.rules["preview Service/istio-web"] = Conflict{{{"kubectl-edit", ".spec.type"}}, ""};
  cluster.rules["preview Service/istio-web forced"] = service("7", "LoadBalancer");
  Findings findings;
  const ObservedObject still =
      observe(goal_of("  replicaCount: 1\n"), cluster, findings).at("Service");
  EXPECT_EQ(text_at(*live(still), {"spec", "type"}), "NodePort");
  EXPECT_EQ(text_at(*foreseen(still), {"spec", "type"}), "LoadBalancer");

  // somebody changes the object between the conflict and the forced preview: the live object shown
  // must be the one that the forced preview is about, never a mixture
  cluster.rules["preview Service/istio-web forced"] = service("8", "LoadBalancer");
  cluster.rules["preview Service/istio-web forced again"] = service("8", "LoadBalancer");
  cluster.rules["get Service/istio-web again"] = service("8", "ClusterIP");
  const ObservedObject moved =
      observe(goal_of("  replicaCount: 1\n"), cluster, findings).at("Service");
  EXPECT_EQ(text_at(*live(moved), {"metadata", "resourceVersion"}),
            text_at(*foreseen(moved), {"metadata", "resourceVersion"}));
}

TEST(Observed, WhoCannotKnowOfAutoscalersSaysNothingOfTheDeployment) {
  Cluster cluster;
  cluster.rules["list HorizontalPodAutoscaler"] = Unread{"cut"};
  Findings findings;
  const auto objects = observe(goal_of("  replicaCount: 1\n"), cluster, findings);
  EXPECT_TRUE(std::holds_alternative<Unread>(objects.at("Deployment").before));
  EXPECT_TRUE(std::holds_alternative<Absent>(objects.at("Service").before));
}

TEST(Observed, AHandoverIsForeseenWithTheReplicasThatStay) {
  const auto live_deployment = [](int replicas) {
    return Found{parse_json(fmt::format(
        R"({{"metadata":{{"resourceVersion":"7","managedFields":[{{"manager":"kubectl-asmgw",
            "operation":"Apply","fieldsV1":{{"f:spec":{{"f:replicas":{{}},"f:selector":{{}}}}}}}}]}},
            "spec":{{"replicas":{}}}}})",
        replicas))};
  };
  Cluster cluster;
  cluster.rules["get Deployment/istio-web"] = live_deployment(5);
  cluster.rules["preview Deployment/istio-web"] = live_deployment(5);
  Findings findings;
  const auto objects = observe(goal_of("  maxReplicas: 8\n"), cluster, findings);
  EXPECT_EQ(int_at(*objects.at("Deployment").desired.body, {"spec", "replicas"}), 5);
  EXPECT_EQ(int_at(*foreseen(objects.at("Deployment")), {"spec", "replicas"}), 5);
  const auto made = observe(goal_of("  minReplicas: 3\n  maxReplicas: 8\n"), Cluster{}, findings);
  EXPECT_EQ(int_at(*foreseen(made.at("Deployment")), {"spec", "replicas"}), 3);
}

TEST(Observed, TheLastRenderingsFindingsCountOnce) {
  Findings findings;
  const auto objects = observe(goal_of("  hostNetwork: true\n"), Cluster{}, findings);
  ASSERT_EQ(objects.size(), 5U);
  const ObservedObject& deployment_object = objects.at("Deployment");
  EXPECT_EQ(std::get<Refused>(deployment_object.after).kind, Refused::Kind::NotAsked);
  ASSERT_FALSE(deployment_object.desired.findings.empty());
  EXPECT_EQ(deployment_object.desired.findings[0].code->name, "host-network-not-injected");
}

}  // namespace
}  // namespace asmgw
