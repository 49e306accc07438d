// Does spec.replicas pass between the manifest and an autoscaler without any pod lost? Judged by
// every state that real API servers have stored, not by looking now and then.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <set>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kFive = "  replicaCount: 5\n";
const std::string kBounds = "  minReplicas: 2\n  maxReplicas: 8\n";
const std::string kCpu = "  cpu: {targetAverageUtilization: 80}\n";

class Autoscaler : public testing::Test {
 protected:
  void SetUp() override { clean("web"); }
  void TearDown() override { clean("web"); }

  static std::string file(const std::string& spec) {
    return write("web.yaml", gateway("web", kOne, spec));
  }
  static Outcome apply(const std::string& spec, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"apply", "-f", file(spec), "--yes", "--allow-restart"});
    Outcome outcome = asmgw(more);
    EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
    return outcome;
  }
  static Outcome diff(const std::string& spec, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"diff", "-f", file(spec)});
    return asmgw(more);
  }
  static void expect_no_change(const std::string& spec) {
    const Outcome outcome = diff(spec);
    EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
    EXPECT_THAT(outcome.out, HasSubstr("No change")) << outcome.err;
  }
  /// Every number of replicas that the Deployment, and that its ReplicaSets, were given since then.
  static std::set<int> counts(const std::string& resource, const std::string& since) {
    std::set<int> all;
    for (const Json& state : history(kOne, resource, "web", since)) {
      all.insert(state["spec"]["replicas"].get<int>());
    }
    return all;
  }
  /// `began`: the number of the moment itself, which may not be written again after it.
  static void expect_only(std::set<int> expected, const std::string& since, int began = 5) {
    std::set<int> seen = counts("deployments", since);
    seen.insert(began);
    seen.merge(counts("replicasets", since));
    EXPECT_EQ(seen, expected);
  }
  /// What nobody but asmgw writes: of the autoscaler, whose controller writes its status whenever
  /// it likes, what is asked for.
  static std::map<std::string, std::string> written() {
    std::map<std::string, std::string> all = versions(kOne, "web");
    const auto scaler = all.find("HorizontalPodAutoscaler/istio-web");
    if (scaler != all.end()) scaler->second = autoscaler()["spec"].dump();
    return all;
  }
  /// Who owns spec.replicas, sorted.
  static std::set<std::string> owners() {
    std::set<std::string> all;
    const Json deployment = get(kOne, "deployment", "istio-web");
    for (const Json& entry : deployment["metadata"]["managedFields"]) {
      if (entry["fieldsV1"].contains("f:spec") &&
          entry["fieldsV1"]["f:spec"].contains("f:replicas"))
        all.insert(entry["manager"].get<std::string>());
    }
    return all;
  }
  static Json autoscaler() { return get(kOne, "hpa", "istio-web"); }
  /// Applies a part of an object as another manager's server-side apply.
  static void apply_as(const std::string& manager, const Json& body) {
    const Outcome outcome =
        kubectl(kOne, {"apply", "--server-side", "--force-conflicts", "--field-manager", manager,
                       "-f", write("part.json", body.dump())});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
  }
  /// The object of a kind as `render` prints it.
  static Json rendered(const std::string& spec, const std::string& kind) {
    const Outcome outcome = run({"kubectl", "asmgw", "render", "-f", file(spec), "-o", "json"});
    const Json record = Json::parse(outcome.out);
    for (const Json& object : record["clusters"][0]["objects"]) {
      if (object["kind"] == kind) return object;
    }
    ADD_FAILURE() << "no " << kind << " is rendered";
    return {};
  }
  static Json deployment_with(Json body, int replicas) {
    body["spec"]["replicas"] = replicas;
    return body;
  }
  static Json only_replicas(int replicas) {
    return {{"apiVersion", "apps/v1"},
            {"kind", "Deployment"},
            {"metadata", {{"name", "istio-web"}, {"namespace", "istio-system"}}},
            {"spec", {{"replicas", replicas}}}};
  }
  /// An autoscaler that somebody else makes for our Deployment.
  static void make_foreign(const std::string& name, int least, int most) {
    const Json hpa{
        {"apiVersion", "autoscaling/v2"},
        {"kind", "HorizontalPodAutoscaler"},
        {"metadata", {{"name", name}, {"labels", {{"app", "istio-web"}}}}},
        {"spec",
         {{"minReplicas", least},
          {"maxReplicas", most},
          {"scaleTargetRef",
           {{"apiVersion", "apps/v1"}, {"kind", "Deployment"}, {"name", "istio-web"}}}}}};
    const Outcome outcome = kubectl(kOne, {"create", "-f", write("hpa.json", hpa.dump())});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
  }
};

TEST_F(Autoscaler, TakesOverWithoutAPodLost) {
  apply(kFive);
  const std::string since = moment(kOne);
  const Outcome foreseen = diff(kBounds + kCpu);
  EXPECT_EQ(foreseen.code, 1);
  EXPECT_THAT(foreseen.out, HasSubstr("+ HorizontalPodAutoscaler/istio-web"));
  EXPECT_THAT(foreseen.out, HasSubstr("2 to 8 pods, cpu 80%"));
  EXPECT_THAT(foreseen.out,
              HasSubstr("handover: spec.replicas stays 5 and passes to the autoscaler (3 steps)"));
  EXPECT_THAT(foreseen.out, Not(HasSubstr("5 → 1")));
  const Outcome done = apply(kBounds + kCpu);
  EXPECT_THAT(done.out, HasSubstr("Done: 2 objects in 1 cluster"));
  expect_only({5}, since);
  EXPECT_EQ(owners(), std::set<std::string>{"kubectl-asmgw-replicas"});
  EXPECT_EQ(autoscaler()["spec"]["maxReplicas"], 8);
  EXPECT_EQ(revision(kOne, "web"), "1");
  expect_no_change(kBounds + kCpu);
  const auto before = written();
  apply(kBounds + kCpu);
  EXPECT_EQ(written(), before);
}

TEST_F(Autoscaler, GivesBackWithoutAPodLost) {
  apply(kFive);
  apply(kBounds + kCpu);
  const std::string since = moment(kOne);
  const Outcome kept = diff(kFive);
  EXPECT_EQ(kept.code, 0);  // nothing would be written, but it is not silent
  EXPECT_THAT(kept.out, HasSubstr("[prune-needed]"));
  EXPECT_THAT(kept.out, Not(HasSubstr("No change")));
  const auto untouched = written();
  const Outcome foreseen = diff(kFive, {"--prune"});
  EXPECT_EQ(foreseen.code, 1);
  EXPECT_THAT(foreseen.out, HasSubstr("- HorizontalPodAutoscaler/istio-web"));
  EXPECT_THAT(foreseen.out,
              HasSubstr("handover: spec.replicas stays 5 and passes to the manifest (4 steps)"));
  EXPECT_EQ(written(), untouched);  // a removal was previewed, and the object stays
  EXPECT_FALSE(autoscaler().is_null());
  const Outcome done = apply(kFive, {"--prune"});
  EXPECT_THAT(done.out, HasSubstr("deleted"));
  expect_only({5}, since);
  EXPECT_TRUE(autoscaler().is_null());
  EXPECT_EQ(owners(), std::set<std::string>{"kubectl-asmgw"});
  EXPECT_EQ(revision(kOne, "web"), "1");
  expect_no_change(kFive);
  apply("  replicaCount: 6\n");  // it is ours: nobody else's consent is needed
  EXPECT_EQ(get(kOne, "deployment", "istio-web")["spec"]["replicas"], 6);
}

/// The controller that scaled stays an owner as long as the value is equal: force takes nothing
/// then. Its autoscaler is gone, so the first other value is taken from it without more ado.
TEST_F(Autoscaler, GivesBackFromAControllerThatScaled) {
  const std::string six = "  replicaCount: 6\n";
  apply(kFive);
  apply("  minReplicas: 6\n  maxReplicas: 8\n");
  ASSERT_EQ(kubectl(kOne, {"wait", "--for=jsonpath={.spec.replicas}=6", "deployment/istio-web",
                           "--timeout=60s"})
                .code,
            0);
  EXPECT_EQ(owners(), std::set<std::string>{"kube-controller-manager"});
  std::string since = moment(kOne);
  apply(six, {"--prune"});
  expect_only({6}, since, 6);
  EXPECT_EQ(owners(), (std::set<std::string>{"kube-controller-manager", "kubectl-asmgw"}));
  expect_no_change(six);
  since = moment(kOne);
  const Outcome foreseen = diff(kFive);
  EXPECT_THAT(foreseen.out, HasSubstr("spec.replicas 6 passes to the manifest, as 5 (3 steps)"));
  apply(kFive);
  expect_only({5}, since);
  EXPECT_EQ(owners(), std::set<std::string>{"kubectl-asmgw"});
  expect_no_change(kFive);
}

TEST_F(Autoscaler, GivesBackAnotherNumberInOneStep) {
  apply(kBounds + kCpu);
  ASSERT_EQ(kubectl(kOne, {"scale", "deployment", "istio-web", "--replicas=7"}).code, 0);
  const std::string since = moment(kOne);
  const Outcome foreseen = diff(kFive, {"--prune"});
  EXPECT_THAT(foreseen.out, HasSubstr("7 → 5"));
  EXPECT_THAT(foreseen.out, HasSubstr("[replicas-down]"));
  apply(kFive, {"--prune"});
  expect_only({7, 5}, since, 7);
  EXPECT_EQ(owners(), std::set<std::string>{"kubectl-asmgw"});
  expect_no_change(kFive);
}

/// Created with its least pods: with replicas left out the server would make it 1 first.
TEST_F(Autoscaler, ANewDeploymentStartsWithMinReplicas) {
  const std::string spec = "  minReplicas: 3\n  maxReplicas: 8\n  replicaCount: 2\n";
  const std::string since = moment(kOne);
  const Outcome foreseen = diff(spec);
  EXPECT_THAT(foreseen.out, HasSubstr("3 pods to start"));
  const Outcome done = apply(spec);
  EXPECT_THAT(done.out, HasSubstr("3/3 new pods"));
  EXPECT_EQ(counts("deployments", since), std::set<int>{3});
  std::set<int> pods = counts("replicasets", since);
  pods.erase(0);  // as the Deployment controller creates it
  EXPECT_EQ(pods, std::set<int>{3});
  EXPECT_EQ(owners(), std::set<std::string>{"kubectl-asmgw-replicas"});
  expect_no_change(spec);
  // later scale writes are tracked, and are no change
  ASSERT_EQ(kubectl(kOne, {"scale", "deployment", "istio-web", "--replicas=4"}).code, 0);
  EXPECT_EQ(owners(), std::set<std::string>{"kubectl"});
  expect_no_change(spec);
}

/// No manager owned spec.replicas, so what an autoscaler of another name did is not recorded.
TEST_F(Autoscaler, IsFoundThoughManagedFieldsDoNotShowIt) {
  apply(kBounds);
  ASSERT_EQ(kubectl(kOne, {"delete", "hpa", "istio-web"}).code, 0);
  apply_as("kubectl-asmgw-replicas", [] {
    Json nothing = only_replicas(0);
    nothing.erase("spec");
    return nothing;
  }());
  EXPECT_EQ(owners(), std::set<std::string>{});
  make_foreign("somebody", 2, 9);
  ASSERT_EQ(kubectl(kOne, {"scale", "deployment", "istio-web", "--replicas=6"}).code, 0);
  EXPECT_EQ(owners(), std::set<std::string>{});  // not recorded
  const std::string since = moment(kOne);
  expect_no_change("  replicaCount: 3\n");
  apply("  replicaCount: 3\n  podAnnotations: {a: b}\n");
  EXPECT_EQ(counts("deployments", since), std::set<int>{6});
}

TEST_F(Autoscaler, AnothersIsAdoptedUnderItsName) {
  apply(kFive);
  make_foreign("somebody", 2, 8);
  const std::string since = moment(kOne);
  const std::string spec = kBounds + kFive;
  const Outcome foreseen = diff(spec);
  EXPECT_THAT(foreseen.out, HasSubstr("~ HorizontalPodAutoscaler/somebody"));
  EXPECT_THAT(foreseen.out, HasSubstr("(2 steps)"));
  apply(spec);
  expect_only({5}, since);
  EXPECT_TRUE(autoscaler().is_null());
  const Json adopted = get(kOne, "hpa", "somebody");
  EXPECT_EQ(adopted["metadata"]["labels"], (Json{{"app", "istio-web"}, {"asmgw/gateway", "web"}}));
  expect_no_change(spec);
  const Outcome pruned = diff(kFive, {"--prune"});  // not ours: it stays, and that is said
  EXPECT_THAT(pruned.out, HasSubstr("another manager made this, so it stays"));
  EXPECT_EQ(pruned.code, 0);
}

TEST_F(Autoscaler, AnothersAppearsAndTheReplicasPassToIt) {
  apply(kFive);
  make_foreign("somebody", 2, 8);
  const std::string since = moment(kOne);
  const Outcome foreseen = diff(kFive);
  EXPECT_THAT(foreseen.out, HasSubstr("passes to the autoscaler (2 steps)"));
  apply(kFive);
  expect_only({5}, since);
  EXPECT_EQ(owners(), std::set<std::string>{"kubectl-asmgw-replicas"});
  expect_no_change("  replicaCount: 3\n");
}

TEST_F(Autoscaler, TheUserKeepsTheCount) {
  apply(kFive);
  const std::string since = moment(kOne);
  const std::string text = replaced(
      gateway("web", kOne, "  replicaCount: 3\n"), "  name: web\n",
      "  name: web\n  annotations: {asm.alibabacloud.com/replicas-managed-by-asm: \"false\"}\n");
  const std::string path = write("left.yaml", text);
  const Outcome foreseen = asmgw({"diff", "-f", path});
  EXPECT_THAT(foreseen.out, HasSubstr("spec.replicas stays 5 and is left to others (2 steps)"));
  EXPECT_EQ(asmgw({"apply", "-f", path, "--yes"}).code, 0);
  expect_only({5}, since);
  EXPECT_THAT(asmgw({"diff", "-f", path}).out, HasSubstr("No change"));
  ASSERT_EQ(kubectl(kOne, {"scale", "deployment", "istio-web", "--replicas=6"}).code, 0);
  EXPECT_THAT(asmgw({"diff", "-f", path}).out, HasSubstr("No change"));
}

/// Whatever was done when a run ended, the next one does the rest, and 5 stay 5 all the while.
TEST_F(Autoscaler, AHandoverToItGoesOnAfterEachOfItsSteps) {
  const std::string to = kBounds + kCpu;
  for (int done = 0; done <= 2; ++done) {
    SCOPED_TRACE("steps done before: " + std::to_string(done));
    clean("web");
    apply(kFive);
    const std::string since = moment(kOne);
    if (done >= 1) apply_as("kubectl-asmgw", rendered(to, "HorizontalPodAutoscaler"));
    if (done >= 2) apply_as("kubectl-asmgw-replicas", only_replicas(5));
    apply(to);
    expect_only({5}, since);
    EXPECT_EQ(owners(), std::set<std::string>{"kubectl-asmgw-replicas"});
    expect_no_change(to);
  }
}

TEST_F(Autoscaler, AHandoverBackGoesOnAfterEachOfItsSteps) {
  const std::string to = kBounds + kCpu;
  for (int done = 0; done <= 3; ++done) {
    SCOPED_TRACE("steps done before: " + std::to_string(done));
    clean("web");
    apply(kFive);
    apply(to);
    const std::string since = moment(kOne);
    if (done >= 1) {
      ASSERT_EQ(kubectl(kOne, {"delete", "hpa", "istio-web"}).code, 0);
    }
    if (done >= 2) apply_as("kubectl-asmgw-replicas", only_replicas(5));
    if (done >= 3) apply_as("kubectl-asmgw", rendered(kFive, "Deployment"));
    apply(kFive, {"--prune"});
    expect_only({5}, since);
    EXPECT_EQ(owners(), std::set<std::string>{"kubectl-asmgw"});
    expect_no_change(kFive);
  }
}

TEST_F(Autoscaler, ACreationGoesOnAfterEachOfItsSteps) {
  for (int done = 1; done <= 3; ++done) {
    SCOPED_TRACE("steps done before: " + std::to_string(done));
    clean("web");
    const std::string since = moment(kOne);
    apply_as("kubectl-asmgw", deployment_with(rendered(kBounds, "Deployment"), 2));
    if (done >= 2) apply_as("kubectl-asmgw-replicas", only_replicas(2));
    if (done >= 3) apply_as("kubectl-asmgw", rendered(kBounds, "Deployment"));
    apply(kBounds);
    EXPECT_EQ(counts("deployments", since), std::set<int>{2});
    EXPECT_EQ(owners(), std::set<std::string>{"kubectl-asmgw-replicas"});
    expect_no_change(kBounds);
  }
}

TEST_F(Autoscaler, AKilledRunConverges) {
  apply(kFive);
  const std::string since = moment(kOne);
  bool to = true;
  for (int after = 60; after <= 300; after += 30, to = !to) {
    SCOPED_TRACE("killed after ms: " + std::to_string(after));
    const std::string spec = to ? kBounds + kFive : kFive;
    std::vector<std::string> command = {"kubectl",       "asmgw", "apply",   "-f",
                                        file(spec),      "--yes", "--prune", "--kubeconfig-dir",
                                        kubeconfig_dir()};
    run(command, std::chrono::milliseconds(after), {}, SIGKILL);
    apply(spec, {"--prune"});
    expect_no_change(spec);
  }
  expect_only({5}, since);
}

TEST_F(Autoscaler, ARemovalIsGuardedAndItsPreviewDeletesNothing) {
  apply(kBounds);
  const std::string uid = autoscaler()["metadata"]["uid"];
  const std::size_t seen = audited(kOne).size();
  EXPECT_EQ(diff(kFive, {"--prune"}).code, 1);
  bool previewed = false;
  for (const std::string& request : audited(kOne, seen)) {
    if (!request.starts_with("delete ")) continue;
    previewed = true;
    EXPECT_THAT(request, Not(HasSubstr("dryRun")));  // the body says it, never the query
  }
  EXPECT_TRUE(previewed);
  EXPECT_EQ(autoscaler()["metadata"]["uid"], uid);
  const Outcome dry = asmgw({"apply", "-f", file(kFive), "--prune", "--dry-run=server"});
  EXPECT_EQ(dry.code, 0) << dry.out << dry.err;
  EXPECT_EQ(autoscaler()["metadata"]["uid"], uid);
}

}  // namespace
}  // namespace asmgw::e2e
