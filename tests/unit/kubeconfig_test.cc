#include "kube/kubeconfig.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_files.h"

namespace asmgw::kube {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> messages(const Findings& findings) {
  std::vector<std::string> result;
  for (const Finding& found : findings.all()) {
    EXPECT_EQ(found.code->name, "bad-kubeconfig");
    EXPECT_FALSE(found.at.has_value());  // a printed line could hold a secret
    result.push_back(found.message);
  }
  return result;
}

Kubeconfig read(const std::map<std::string, std::string>& files,
                const std::vector<std::string>& paths, Findings& findings) {
  return read_kubeconfig({.paths = paths}, test::memory_files(files), findings);
}

const std::string kWhole = R"(apiVersion: v1
kind: Config
preferences: {}
clusters:
- name: kubernetes
  cluster:
    server: https://192.0.2.10:6443
    certificate-authority-data: Q0E=
    tls-server-name: kube
    insecure-skip-tls-verify: yes
    Server: https://192.0.2.99
    unknown: 1
users:
- name: kubernetes-admin
  user: {client-certificate-data: Q0VSVA==, client-key-data: S0VZ}
- name: plugin
  user:
    exec:
      command: ack-ram-tool
      args: [credential-plugin, get-credential, --cluster-id, c8a4b2xxxxxx]
contexts:
- name: kubernetes-admin-c8a4b2xxxxxx
  context: {cluster: kubernetes, user: kubernetes-admin, namespace: web}
current-context: kubernetes-admin-c8a4b2xxxxxx
)";

TEST(Kubeconfig, ReadsEveryEntryOfAFile) {
  Findings findings;
  const Kubeconfig config = read({{"/k/a", kWhole}}, {"/k/a"}, findings);
  EXPECT_THAT(messages(findings), IsEmpty());
  EXPECT_THAT(config.files, ElementsAre("/k/a"));
  EXPECT_EQ(config.current_context, "kubernetes-admin-c8a4b2xxxxxx");
  const ClusterEntry& cluster = config.clusters.at("kubernetes").value;
  EXPECT_EQ(cluster.server, "https://192.0.2.10:6443");
  EXPECT_EQ(cluster.ca_data, "Q0E=");
  EXPECT_EQ(cluster.tls_server_name, "kube");
  EXPECT_TRUE(cluster.insecure);
  const UserEntry& admin = config.users.at("kubernetes-admin").value;
  EXPECT_EQ(admin.cert_data, "Q0VSVA==");
  EXPECT_EQ(admin.key_data, "S0VZ");
  EXPECT_FALSE(admin.exec);
  const ExecConfig& exec = config.users.at("plugin").value.exec.value();
  EXPECT_EQ(exec.command, "ack-ram-tool");
  EXPECT_THAT(exec.args,
              ElementsAre("credential-plugin", "get-credential", "--cluster-id", "c8a4b2xxxxxx"));
  const FromFile<ContextEntry>& context = config.contexts.at("kubernetes-admin-c8a4b2xxxxxx");
  EXPECT_EQ(context.file, "/k/a");
  EXPECT_EQ(context.value.cluster, "kubernetes");
  EXPECT_EQ(context.value.user, "kubernetes-admin");
  EXPECT_EQ(context.value.ns, "web");
}

struct PathCase {
  const char* name;
  const char* flag;
  const char* variable;
  std::vector<std::string> paths;
  bool must_exist;
};

class KubeconfigPathsTest : public testing::TestWithParam<PathCase> {};

TEST_P(KubeconfigPathsTest, AreThoseOfKubectl) {
  const KubeconfigPaths found = kubeconfig_paths(GetParam().flag, GetParam().variable, "/home/u");
  EXPECT_EQ(found.paths, GetParam().paths);
  EXPECT_EQ(found.must_exist, GetParam().must_exist);
}

INSTANTIATE_TEST_SUITE_P(
    All, KubeconfigPathsTest,
    testing::Values(PathCase{"Home", "", "", {"/home/u/.kube/config"}, false},
                    PathCase{"Flag", "f", "a:b", {"f"}, true},
                    PathCase{"Variable", "", "a:b", {"a", "b"}, false},
                    PathCase{"EmptyEntriesAreSkipped", "", ":a::b:", {"a", "b"}, false},
                    PathCase{"OnlyEmptyEntriesAreNoReasonForHome", "", ":", {}, false},
                    PathCase{"NamedTwice", "", "a:b:a", {"a", "b"}, false}),
    [](const auto& param) { return param.param.name; });

struct TextCase {
  const char* name;
  const char* text;
  std::vector<std::string> messages;
};

class KubeconfigText : public testing::TestWithParam<TextCase> {};

TEST_P(KubeconfigText, IsTakenOrRefusedAsByKubectl) {
  Findings findings;
  read({{"f", GetParam().text}}, {"f"}, findings);
  EXPECT_EQ(messages(findings), GetParam().messages);
}

INSTANTIATE_TEST_SUITE_P(
    All, KubeconfigText,
    testing::Values(
        TextCase{"Empty", "", {}}, TextCase{"OnlyAComment", "# nothing\n", {}},
        TextCase{"WithoutKind", "current-context: c\n", {}},
        TextCase{"EmptyKind", "kind: ''\napiVersion:\n", {}},
        TextCase{
            "NullsEverywhere", "clusters:\nusers: ~\ncontexts:\n- \n- name: a\n  context:\n", {}},
        TextCase{
            "Json", R"({"clusters": [{"name": "c", "cluster": {"server": "https://a"}}]})", {}},
        TextCase{"DuplicateKeyLastWins", "current-context: a\ncurrent-context: b\n", {}},
        TextCase{"SecondDocumentIsIgnored", "current-context: a\n---\nclusters: 5\n", {}},
        TextCase{"BrokenSecondDocument", "current-context: a\n---\nfoo: [\n", {}},
        TextCase{"QuotedNumber", "users: [{name: '1', user: {token: \"123\"}}]\n", {}},
        TextCase{"NumberAsToken",
                 "users:\n- name: u\n  user:\n    token: 123\n",
                 {"f:4: token is a number, not text"}},
        TextCase{"BooleanAsToken",
                 "users:\n- {name: u, user: {token: off}}\n",
                 {"f:2: token is true or false, not text"}},
        TextCase{"NumberAsName", "clusters:\n- name: 5\n", {"f:2: name is a number, not text"}},
        TextCase{"TextAsFlag",
                 "clusters:\n- {name: c, cluster: {insecure-skip-tls-verify: \"true\"}}\n",
                 {"f:2: insecure-skip-tls-verify is text, not true or false"}},
        TextCase{
            "MappingOfClusters", "clusters: {a: b}\n", {"f:1: clusters is a mapping, not a list"}},
        TextCase{
            "ListOfLists", "users: [[]]\n", {"f:1: an entry of users is a list, not a mapping"}},
        TextCase{"ListAsRoot", "- a\n", {"f:1: a kubeconfig is a list, not a mapping"}},
        TextCase{"TextAsRoot", "hello\n", {"f:1: a kubeconfig is text, not a mapping"}},
        TextCase{"OtherKind",
                 "apiVersion: v1\nkind: Pod\n",
                 {"f:2: kind is Pod, so this is no kubeconfig (Config)"}},
        TextCase{"OtherVersion",
                 "apiVersion: v2\n",
                 {"f:1: apiVersion is v2, so this is no kubeconfig (v1)"}},
        TextCase{"NumberInArgs",
                 "users:\n- {name: u, user: {exec: {command: c, args: [1]}}}\n",
                 {"f:2: an entry of args is a number, not text"}},
        TextCase{"AllProblemsAtOnce",
                 "users:\n- {name: u, user: {token: 1}}\n- {name: v, user: {password: 2}}\n",
                 {"f:2: token is a number, not text", "f:3: password is a number, not text"}},
        TextCase{"ClusterTwice",
                 "clusters:\n- name: kubernetes\n- name: b\n- name: kubernetes\n",
                 {"f:4: cluster \"kubernetes\" is already defined in line 2"}},
        TextCase{"UserTwice",
                 "users:\n- name: u\n- name: u\n",
                 {"f:3: user \"u\" is already defined in line 2"}},
        TextCase{"ContextTwice",
                 "contexts:\n- name: u\n- name: u\n",
                 {"f:3: context \"u\" is already defined in line 2"}}),
    [](const auto& param) { return param.param.name; });

TEST(Kubeconfig, TextThatIsNoYamlIsNamedWithItsLine) {
  Findings findings;
  read({{"bad.yaml", "clusters: []\nfoo: [\n"}}, {"bad.yaml"}, findings);
  EXPECT_THAT(messages(findings),
              ElementsAre(testing::MatchesRegex("bad.yaml:[23]: not YAML: .+")));
}

TEST(Kubeconfig, ProblemsShowNoSecret) {
  Findings findings;
  read({{"f", "users:\n- {name: u, user: {token: 4711, password: 0815}}\n"}}, {"f"}, findings);
  ASSERT_EQ(findings.all().size(), 2u);
  for (const Finding& found : findings.all()) {
    for (const std::string& text : {found.message, found.why, found.hint})
      EXPECT_THAT(text, Not(testing::AnyOf(HasSubstr("4711"), HasSubstr("0815"))));
    EXPECT_EQ(found.hint, "put it in quotes");
  }
}

TEST(Kubeconfig, MissingFilesAreSkippedUnlessTheyMustExist) {
  const std::map<std::string, std::string> files = {{"b", "current-context: x\n"}};
  Findings findings;
  const Kubeconfig config = read(files, {"a", "b"}, findings);
  EXPECT_THAT(messages(findings), IsEmpty());
  EXPECT_THAT(config.files, ElementsAre("b"));
  read_kubeconfig({.paths = {"a"}, .must_exist = true}, test::memory_files(files), findings);
  EXPECT_THAT(messages(findings), ElementsAre("stat a: no such file or directory"));
}

TEST(Kubeconfig, AnUnreadableFileIsAFindingAndTheOthersAreRead) {
  Findings findings;
  const Kubeconfig config =
      read({{"a", test::kUnreadable}, {"b", "current-context: x\n"}}, {"a", "b"}, findings);
  EXPECT_THAT(messages(findings),
              ElementsAre("error loading config file \"a\": open a: permission denied"));
  EXPECT_EQ(config.current_context, "x");
}

TEST(Kubeconfig, TheFirstFileWinsTheWholeEntryAndTheLosersAreKept) {
  Findings findings;
  const Kubeconfig config =
      read({{"a",
             "clusters: [{name: kubernetes, cluster: {server: https://a}}]\n"
             "users: [{name: u, user: {token: a}}]\ncurrent-context: ''\n"},
            {"b",
             "clusters: [{name: kubernetes, cluster: {server: https://b, tls-server-name: b}}]\n"
             "users: [{name: u, user: {username: b}}]\ncurrent-context: x\n"
             "contexts: [{name: x, context: {cluster: kubernetes, user: u}}]\n"},
            {"c", "current-context: z\n"}},
           {"a", "b", "c"}, findings);
  EXPECT_THAT(messages(findings), IsEmpty());
  EXPECT_EQ(config.current_context, "x");
  EXPECT_EQ(config.clusters.at("kubernetes").file, "a");
  EXPECT_EQ(config.clusters.at("kubernetes").value.server, "https://a");
  EXPECT_EQ(config.clusters.at("kubernetes").value.tls_server_name, "");
  EXPECT_EQ(config.users.at("u").value.username, "");
  EXPECT_EQ(config.contexts.at("x").file, "b");
  EXPECT_EQ(config.all_clusters.at({"b", "kubernetes"}).server, "https://b");
  EXPECT_EQ(config.all_users.at({"b", "u"}).username, "b");
}

TEST(Kubeconfig, LastDuplicateKeyWins) {
  Findings findings;
  const Kubeconfig config =
      read({{"a", "clusters: [{name: c, cluster: {server: a, server: b}}]\n"}}, {"a"}, findings);
  EXPECT_EQ(config.clusters.at("c").value.server, "b");
}

TEST(Kubeconfig, PathsAreRelativeToTheirFile) {
  Findings findings;
  const Kubeconfig config =
      read({{"/k/ack/a",
             "clusters: [{name: c, cluster: {certificate-authority: ../ca.crt}}]\n"
             "users:\n"
             "- {name: u, user: {client-certificate: c.crt, client-key: /abs/k.key,\n"
             "                   tokenFile: ./t, exec: {command: bin/x}}}\n"
             "- {name: v, user: {exec: {command: x}}}\n"
             "- {name: w, user: {exec: {command: /no/../bin/x/}}}\n"}},
           {"/k/ack/a"}, findings);
  EXPECT_THAT(messages(findings), IsEmpty());
  EXPECT_EQ(config.clusters.at("c").value.ca_file, "/k/ca.crt");
  const UserEntry& user = config.users.at("u").value;
  EXPECT_EQ(user.cert_file, "/k/ack/c.crt");
  EXPECT_EQ(user.key_file, "/abs/k.key");
  EXPECT_EQ(user.token_file, "/k/ack/t");
  EXPECT_EQ(user.exec->command, "/k/ack/bin/x");
  EXPECT_EQ(config.users.at("v").value.exec->command, "x");
  EXPECT_EQ(config.users.at("w").value.exec->command, "/bin/x");
  EXPECT_EQ(beside("config", "ca.crt"), "ca.crt");
  EXPECT_EQ(beside("/k/config", ""), "");
}

struct UserCase {
  const char* name;
  const char* user;
  bool has_auth_provider;
  bool impersonates;
};

class KubeconfigUser : public testing::TestWithParam<UserCase> {};

TEST_P(KubeconfigUser, SaysWhatItNeeds) {
  Findings findings;
  const std::string text = std::string("users: [{name: u, user: ") + GetParam().user + "}]\n";
  const Kubeconfig config = read({{"a", text}}, {"a"}, findings);
  EXPECT_THAT(messages(findings), IsEmpty());
  EXPECT_EQ(config.users.at("u").value.has_auth_provider, GetParam().has_auth_provider);
  EXPECT_EQ(config.users.at("u").value.impersonation != Impersonation{}, GetParam().impersonates);
}

INSTANTIATE_TEST_SUITE_P(
    All, KubeconfigUser,
    testing::Values(UserCase{"Nothing", "{}", false, false},
                    UserCase{"AuthProvider", "{auth-provider: {name: gcp}}", true, false},
                    UserCase{"EmptyAuthProvider", "{auth-provider: {}}", true, false},
                    UserCase{"NullAuthProvider", "{auth-provider: }", false, false},
                    UserCase{"As", "{as: root}", false, true},
                    UserCase{"EmptyAs", "{as: '', as-groups: [], as-user-extra: {}}", false, false},
                    UserCase{"AsGroups", "{as-groups: [g]}", false, true},
                    UserCase{"AsUid", "{as-uid: x}", false, true},
                    UserCase{"AsExtra", "{as-user-extra: {a: [b]}}", false, true}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace asmgw::kube
