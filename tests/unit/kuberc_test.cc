#include "kube/kuberc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_files.h"

namespace asmgw::kube {
namespace {

using Variables = std::map<std::string, std::string>;

struct Read {
  PluginPolicy policy;
  std::string problem;
};

Read read(const std::map<std::string, std::string>& files, const Variables& variables = {}) {
  Findings findings;
  const Environment environment = [&](const std::string& name) -> std::optional<std::string> {
    const auto variable = variables.find(name);
    if (variable == variables.end()) return std::nullopt;
    return variable->second;
  };
  PluginPolicy policy =
      read_plugin_policy(environment, "/home/u", test::memory_files(files), findings);
  return {std::move(policy), findings.all().empty() ? "" : findings.all().front().message};
}

std::string kuberc(const std::string& rest) {
  return "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n" + rest;
}

const std::string kDefault = "/home/u/.kube/kuberc";
using Kind = PluginPolicy::Kind;

TEST(PluginPolicy, IsThatOfTheFile) {
  EXPECT_EQ(read({}).policy.kind, Kind::AllowAll);
  EXPECT_EQ(read({{kDefault, kuberc("")}}).policy.kind, Kind::AllowAll);
  EXPECT_EQ(read({{kDefault, kuberc("credentialPluginPolicy: DenyAll\n")}}).policy.kind,
            Kind::DenyAll);
  const PluginPolicy listed = read({{kDefault, kuberc("credentialPluginPolicy: Allowlist\n"
                                                      "credentialPluginAllowlist:\n"
                                                      "- name: a\n- command: /b\n")}})
                                  .policy;
  EXPECT_EQ(listed.kind, Kind::Allowlist);
  EXPECT_THAT(listed.allowed, testing::ElementsAre("a", "/b"));
  EXPECT_EQ(listed.file, kDefault);
}

TEST(PluginPolicy, IsFoundWhereKubectlLooks) {
  const std::string deny = kuberc("credentialPluginPolicy: DenyAll\n");
  const std::map<std::string, std::string> files = {{kDefault, deny}, {"/k", kuberc("")}};
  EXPECT_EQ(read(files, {{"KUBERC", "/k"}}).policy.kind, Kind::AllowAll);
  EXPECT_EQ(read(files, {{"KUBERC", "off"}}).policy.kind, Kind::AllowAll);
  EXPECT_EQ(read(files, {{"KUBECTL_KUBERC", "false"}}).policy.kind, Kind::AllowAll);
  EXPECT_EQ(read(files, {{"KUBECTL_KUBERC", "true"}}).policy.kind, Kind::DenyAll);
}

struct BrokenCase {
  const char* name;
  std::string text;
  const char* problem;
};

class BrokenPolicy : public testing::TestWithParam<BrokenCase> {};

TEST_P(BrokenPolicy, LetsNothingRun) {
  const Read found = read({{kDefault, GetParam().text}});
  EXPECT_EQ(found.policy.kind, Kind::DenyAll);
  EXPECT_EQ(found.problem, kDefault + ": " + GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenPolicy,
    testing::Values(
        BrokenCase{"Word", kuberc("credentialPluginPolicy: Deny\n"),
                   "unknown credentialPluginPolicy \"Deny\""},
        BrokenCase{"Number", kuberc("credentialPluginPolicy: 1\n"),
                   "credentialPluginPolicy is no text"},
        BrokenCase{"NoList", kuberc("credentialPluginPolicy: Allowlist\n"),
                   "credentialPluginPolicy is Allowlist, and credentialPluginAllowlist is missing "
                   "or empty"},
        BrokenCase{"ListAlone", kuberc("credentialPluginAllowlist: [{name: a}]\n"),
                   "there is a credentialPluginAllowlist, but credentialPluginPolicy is not "
                   "Allowlist"},
        BrokenCase{"EmptyEntry",
                   kuberc("credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{}]\n"),
                   "an entry of credentialPluginAllowlist needs one command"},
        BrokenCase{"OtherKind", "kind: Config\n", "it is no Preference of kubectl"},
        BrokenCase{"Unreadable", test::kUnreadable,
                   "open /home/u/.kube/kuberc: permission denied"}),
    [](const auto& test) { return test.param.name; });

TEST(FindProgram, LooksInPathAndNotHere) {
  const std::map<std::string, std::string> files = {{"/b/x", ""}, {"./x", ""}, {"/c/x", ""}};
  const FileAccess access = test::memory_files(files);
  EXPECT_EQ(find_program("x", "/a:/b:/c", access), "/b/x");
  EXPECT_EQ(find_program("x", ".:/a", access), std::nullopt);
  EXPECT_EQ(find_program("/c/x", "", access), "/c/x");
  EXPECT_EQ(find_program("/d/x", "/b", access), std::nullopt);
}

}  // namespace
}  // namespace asmgw::kube
