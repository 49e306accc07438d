// What other managers own: a conflict and what force does, and what stays when we let go.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

class Ownership : public testing::Test {
 protected:
  void TearDown() override { clean("owned"); }

  static void apply(const std::string& file) {
    const Outcome applied = asmgw({"apply", "-f", file, "--yes", "--allow-restart"});
    ASSERT_EQ(applied.code, 0) << applied.out << applied.err;
  }
  static void patch(const std::string& kind, const std::string& manager, const std::string& body) {
    const Outcome patched =
        kubectl(kOne, {"patch", kind, "istio-owned", "--field-manager", manager, "-p", body});
    ASSERT_EQ(patched.code, 0) << patched.err;
  }
};

TEST_F(Ownership, ForceTakesWhatConflicts) {
  const std::string file = write("owned.yaml", gateway("owned", kOne, ""));
  apply(file);
  patch("service", "somebody", R"({"metadata":{"labels":{"app.kubernetes.io/managed-by":"me"}}})");
  const Outcome refused = asmgw({"apply", "-f", file, "--yes"});
  EXPECT_EQ(refused.code, 4) << refused.out << refused.err;
  EXPECT_THAT(refused.out, HasSubstr("closed  --force-conflicts  c8a4b2xxxxxx Service/istio-owned: "
                                     "conflict\n          takes metadata.labels"));
  const auto before = versions(kOne, "owned");
  const Outcome diff = asmgw({"diff", "-f", file, "--force-conflicts"});
  EXPECT_EQ(diff.code, 1) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("drift put back: somebody changed it at 20"));
  EXPECT_THAT(diff.out, HasSubstr("warning: taken from somebody [conflict]"));
  EXPECT_THAT(diff.out, HasSubstr("c8a4b2xxxxxx  force "));
  EXPECT_EQ(versions(kOne, "owned"), before);  // a diff writes nothing
  const Outcome forced = asmgw({"apply", "-f", file, "--yes", "--force-conflicts"});
  EXPECT_EQ(forced.code, 0) << forced.out << forced.err;
  const Json service = get(kOne, "service", "istio-owned");
  EXPECT_EQ(service["metadata"]["labels"]["app.kubernetes.io/managed-by"], "kubectl-asmgw");
  EXPECT_EQ(asmgw({"diff", "-f", file}).code, 0);
}

/// Only what conflicts is written with force, and the others' own fields stay theirs.
TEST_F(Ownership, ForceLeavesAloneWhatIsNotOurs) {
  const std::string file = write("owned.yaml", gateway("owned", kOne, ""));
  apply(file);
  patch("deployment", "somebody",
        R"({"spec":{"minReadySeconds":7,"strategy":{"rollingUpdate":{"maxSurge":"50%"}}}})");
  const Outcome forced = asmgw({"apply", "-f", file, "--yes", "--force-conflicts"});
  EXPECT_EQ(forced.code, 0) << forced.out << forced.err;
  const Json deployment = get(kOne, "deployment", "istio-owned");
  EXPECT_EQ(deployment["spec"]["minReadySeconds"], 7);
  EXPECT_NE(deployment["spec"]["strategy"]["rollingUpdate"]["maxSurge"], "50%");
}

TEST_F(Ownership, WhatIsCoOwnedIsLeftOver) {
  const std::string with = gateway("owned", kOne, "  podAnnotations: {team: edge}\n");
  apply(write("owned.yaml", with));
  // the same value by another manager: both own it
  patch("deployment", "somebody",
        R"({"spec":{"template":{"metadata":{"annotations":{"team":"edge"}}}}})");
  const Outcome applied =
      kubectl(kOne, {"apply", "--server-side", "--field-manager", "third", "-f",
                     write("third.yaml",
                           "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: istio-owned}\n"
                           "spec: {template: {metadata: {annotations: {team: edge}}}}\n")});
  ASSERT_EQ(applied.code, 0) << applied.err;
  const std::string file = write("owned.yaml", gateway("owned", kOne, ""));
  const Outcome diff = asmgw({"diff", "-f", file});
  EXPECT_THAT(diff.out, HasSubstr("third owns team, so it stays [left-over]"));
  EXPECT_THAT(diff.out, HasSubstr("why:  spec.template.metadata.annotations.team: third"));
  EXPECT_THAT(diff.out, Not(HasSubstr("rolling restart")));
  const std::string revision_before = revision(kOne, "owned");
  asmgw({"apply", "-f", file, "--yes"});
  EXPECT_EQ(revision(kOne, "owned"), revision_before);
  const Json deployment = get(kOne, "deployment", "istio-owned");
  EXPECT_EQ(deployment["spec"]["template"]["metadata"]["annotations"]["team"], "edge");
}

/// As the mesh's own controller leaves a gateway: whole objects, written by Update.
const std::string kForeign = R"(
apiVersion: v1
kind: Service
metadata: {name: istio-owned, namespace: istio-system}
spec:
  type: NodePort
  selector: {app: istio-owned, istio: owned}
  ports:
  - {name: http, port: 80, targetPort: 80}
  - {name: old, port: 9090, targetPort: 9090}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: istio-owned, namespace: istio-system}
spec:
  replicas: 1
  selector: {matchLabels: {app: istio-owned, istio: owned}}
  template:
    metadata: {labels: {app: istio-owned, istio: owned}}
    spec:
      containers:
      - name: istio-proxy
        image: registry.example/proxyv2:1.22
        args: [proxy, router]
        env:
        - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        - {name: MINE, value: plain}
        volumeMounts: [{name: conf, mountPath: /etc/old}]
      volumes: [{name: conf, configMap: {name: conf, optional: true}}]
)";

std::string overlay(const std::string& more) {
  return "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\nmetadata: {name: owned}\n"
         "spec:\n  clusterIds: [c8a4b2xxxxxx]\n  serviceType: NodePort\n"
         "  ports: [{name: http, port: 8080, targetPort: 80}]\n" +
         more;
}

class Adoption : public Ownership {
 protected:
  void SetUp() override {
    const Outcome made = kubectl(
        kOne, {"create", "--field-manager", "asm-operator", "-f", write("foreign.yaml", kForeign)});
    ASSERT_EQ(made.code, 0) << made.err;
  }
  void TearDown() override {
    kubectl(kOne, {"delete", "service,deployment", "istio-owned", "--ignore-not-found"});
    clean("owned");
  }
  static Json proxy() {
    return get(kOne, "deployment", "istio-owned")["spec"]["template"]["spec"]["containers"][0];
  }
};

/// What the dry run of an adoption foresees is what take-over and apply make.
TEST_F(Adoption, APortsNumberChangesAndTheOldOnesGo) {
  const std::string file = write("owned.yaml", overlay(""));
  const Outcome refused = asmgw({"diff", "-f", file});
  EXPECT_EQ(refused.code, 3) << refused.out << refused.err;
  EXPECT_THAT(refused.out, HasSubstr("asm-operator owns 80/TCP, which is in the way "
                                     "[adopt-needed]"));
  EXPECT_THAT(refused.out, HasSubstr("hint: add --adopt asm-operator"));
  const auto before = versions(kOne, "owned");
  const Json port_before = get(kOne, "service", "istio-owned")["spec"]["ports"][0];
  const Outcome diff = asmgw({"diff", "-f", file, "--adopt", "asm-operator"});
  EXPECT_EQ(diff.code, 1) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("- ports[9090/TCP]"));
  EXPECT_EQ(versions(kOne, "owned"), before);
  const Outcome applied =
      asmgw({"apply", "-f", file, "--adopt", "asm-operator", "--yes", "--allow-restart"});
  EXPECT_EQ(applied.code, 0) << applied.out << applied.err;
  EXPECT_THAT(applied.out, Not(HasSubstr("other than reviewed")));
  const Json ports = get(kOne, "service", "istio-owned")["spec"]["ports"];
  ASSERT_EQ(ports.size(), 1U) << ports;
  EXPECT_EQ(ports[0]["port"], 8080);
  EXPECT_EQ(ports[0]["nodePort"], port_before["nodePort"]);
  EXPECT_EQ(proxy()["image"], "registry.example/proxyv2:1.22");
  EXPECT_EQ(proxy()["args"], Json::array({"proxy", "router"}));
  EXPECT_EQ(asmgw({"diff", "-f", file}).code, 0);
}

TEST_F(Adoption, AMountMovesAndAVariableGetsASourceInOneRollout) {
  kubectl(kOne, {"delete", "service", "istio-owned"});
  const Outcome restarted = kubectl(kOne, {"rollout", "restart", "deployment", "istio-owned"});
  ASSERT_EQ(restarted.code, 0) << restarted.err;
  const std::string file = write(
      "owned.yaml",
      overlay("  env: [{name: MINE, valueFrom: {fieldRef: {fieldPath: metadata.namespace}}}]\n"
              "  configVolumes: [{name: conf, configMapName: conf, mountPath: /etc/new}]\n"));
  const Outcome refused = asmgw({"diff", "-f", file});
  EXPECT_THAT(refused.out, HasSubstr("asm-operator owns MINE, which is in the way [adopt-needed]"));
  const Outcome diff = asmgw({"diff", "-f", file, "--adopt-all", "-o", "json"});
  EXPECT_EQ(diff.code, 1) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("\"predicted\": \"yes\""));
  const int before = std::stoi(revision(kOne, "owned"));
  const Outcome applied = asmgw({"apply", "-f", file, "--adopt-all", "--yes", "--allow-restart"});
  EXPECT_EQ(applied.code, 0) << applied.out << applied.err;
  EXPECT_THAT(applied.out, Not(HasSubstr("other than reviewed")));
  EXPECT_EQ(std::stoi(revision(kOne, "owned")), before + 1);
  const Json container = proxy();
  ASSERT_EQ(container["volumeMounts"].size(), 1U) << container;
  EXPECT_EQ(container["volumeMounts"][0]["mountPath"], "/etc/new");
  EXPECT_EQ(container["env"].size(), 2U) << container;
  EXPECT_EQ(container["image"], "registry.example/proxyv2:1.22");
  const Json annotations =
      get(kOne, "deployment", "istio-owned")["spec"]["template"]["metadata"]["annotations"];
  EXPECT_TRUE(annotations.contains("kubectl.kubernetes.io/restartedAt")) << annotations;
  EXPECT_EQ(asmgw({"diff", "-f", file}).code, 0);
}

/// The time of a manager's last write as the owner of a Deployment's selector, or of our last
/// apply.
std::string written_at(const std::string& manager) {
  std::string time;
  const Json deployment = get(kOne, "deployment", "istio-owned");
  for (const Json& entry : deployment["metadata"]["managedFields"])
    if (entry["manager"] == manager && !entry.contains("subresource")) time = entry["time"];
  return time;
}

TEST_F(Adoption, WhoWritesTheWholeObjectPutsItsValuesBack) {
  kubectl(kOne, {"delete", "service", "istio-owned"});
  const std::string file = write("owned.yaml", overlay("  env: [{name: MINE, value: ours}]\n"));
  const Outcome first = asmgw({"diff", "-f", file});  // it has not applied before
  EXPECT_THAT(first.out, HasSubstr("another manager owns this; apply will refuse [conflict]"));
  const Outcome forced =
      asmgw({"apply", "-f", file, "--force-conflicts", "--yes", "--allow-restart"});
  ASSERT_EQ(forced.code, 0) << forced.out << forced.err;
  const std::string theirs = kForeign.substr(kForeign.find("---") + 4);
  for (int i = 0; i < 200 && written_at("asm-operator") <= written_at("kubectl-asmgw"); ++i) {
    const std::string again =
        replaced(theirs, "namespace: istio-system}",
                 "namespace: istio-system, annotations: {tick: \"" + std::to_string(i) + "\"}}");
    const Outcome put = kubectl(
        kOne, {"replace", "--field-manager", "asm-operator", "-f", write("again.yaml", again)});
    ASSERT_EQ(put.code, 0) << put.err;
  }
  const Outcome diff = asmgw({"diff", "-f", file});
  EXPECT_EQ(diff.code, 1) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("asm-operator has put its value"));
  EXPECT_THAT(diff.out, HasSubstr("[reverted-by]"));
  EXPECT_THAT(diff.out, Not(HasSubstr("[conflict]")));
}

/// No error of the server tells of the second mount.
TEST_F(Adoption, AnOldMountIsLeftOver) {
  kubectl(kOne, {"delete", "service", "istio-owned"});
  const std::string file =
      write("owned.yaml",
            overlay("  configVolumes: [{name: conf, configMapName: conf, mountPath: /etc/new}]\n"));
  const Outcome diff = asmgw({"diff", "-f", file});
  EXPECT_EQ(diff.code, 1) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("asm-operator owns /etc/old, so it stays [left-over]"));
  EXPECT_THAT(diff.out, HasSubstr("hint: add --adopt asm-operator to remove it"));
}

}  // namespace
}  // namespace asmgw::e2e
