#include "kube/in_cluster.h"

#include <gtest/gtest.h>

#include "kube/contexts.h"
#include "tests/support/memory_files.h"

namespace asmgw::kube {
namespace {

const std::string kAccount = "/var/run/secrets/kubernetes.io/serviceaccount/";

std::optional<std::string> in_a_pod(const std::string& name) {
  if (name == "KUBERNETES_SERVICE_HOST") return "fd00::1";
  if (name == "KUBERNETES_SERVICE_PORT") return "443";
  return std::nullopt;
}

TEST(InCluster, IsTheServiceAccount) {
  const std::map<std::string, std::string> files = {{kAccount + "token", "t"},
                                                    {kAccount + "ca.crt", "CA"}};
  const auto config = in_cluster_config(in_a_pod, test::memory_files(files));
  ASSERT_TRUE(config);
  const ClusterEntry& cluster = config->clusters.at("in-cluster").value;
  EXPECT_EQ(cluster.server, "https://[fd00::1]:443");
  EXPECT_EQ(cluster.ca_file, kAccount + "ca.crt");
  EXPECT_EQ(config->users.at("in-cluster").value.token_file, kAccount + "token");
}

TEST(InCluster, NeedsItsTokenAndItsAddress) {
  const std::map<std::string, std::string> none;
  const std::map<std::string, std::string> token = {{kAccount + "token", "t"}};
  const auto outside = [](const std::string&) { return std::optional<std::string>(); };
  EXPECT_FALSE(in_cluster_config(in_a_pod, test::memory_files(none)));
  EXPECT_FALSE(in_cluster_config(outside, test::memory_files(token)));
  const auto config = in_cluster_config(in_a_pod, test::memory_files(token));
  ASSERT_TRUE(config);
  EXPECT_EQ(config->clusters.at("in-cluster").value.ca_file, "") << "the system's roots";
}

/// `ID context` of what resolves, else the findings' codes.
std::string resolved(const std::vector<std::string>& ids, const std::string& kubeconfig) {
  const std::map<std::string, std::string> files = {{kAccount + "token", "t"}, {"k", kubeconfig}};
  const FileAccess access = test::memory_files(files);
  const ContextRules rules{.kubeconfig = {.paths = {"k"}},
                           .in_cluster = in_cluster_config(in_a_pod, access)};
  Findings findings;
  std::string text;
  for (const Resolved& one : resolve_contexts(ids, rules, access, findings))
    text += one.id + " " + one.context + " by " + one.found_by + ";";
  for (const Finding& found : findings.all()) text += std::string(found.code->name) + ";";
  return text;
}

TEST(InCluster, StandsInWhereNoKubeconfigSaysAnything) {
  EXPECT_EQ(resolved({"c1"}, ""), "c1 in-cluster by in-cluster;");
  EXPECT_EQ(resolved({"c1"}, "kind: Config\n"), "c1 in-cluster by in-cluster;");
  EXPECT_EQ(resolved({"c1"}, "current-context: x\n"), "no-context;");
  EXPECT_EQ(resolved({"c1", "c2"}, ""), "no-context;no-context;") << "which of them is it?";
}

}  // namespace
}  // namespace asmgw::kube
