#include "kube/contexts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/memory_files.h"

namespace asmgw::kube {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Files = std::map<std::string, std::string>;

/// What screen 6 shows of a finding.
std::string screen(const Finding& found) {
  std::string text = "error: " + found.message + " [" + std::string(found.code->name) + "]\n";
  const auto add = [&text](const std::string& lines, const std::string& first,
                           const std::string& rest) {
    std::size_t begin = 0;
    for (bool is_first = true; begin <= lines.size(); is_first = false) {
      const std::size_t end = std::min(lines.find('\n', begin), lines.size());
      const std::string line = lines.substr(begin, end - begin);
      text += (line.empty() ? "" : (is_first ? first : rest) + line) + "\n";
      begin = end + 1;
    }
  };
  if (!found.why.empty()) add(found.why, "  ", "  ");
  if (!found.hint.empty()) add(found.hint, "  hint: ", "        ");
  return text;
}

std::string screen(const Findings& findings) {
  std::string text;
  for (const Finding& found : findings.all()) text += screen(found);
  return text;
}

std::vector<std::string> heads(const Findings& findings) {
  std::vector<std::string> result;
  for (const Finding& found : findings.all())
    result.push_back(found.message + " [" + std::string(found.code->name) + "]");
  return result;
}

/// A kubeconfig as ACK writes it: its entries have the same names for every cluster.
std::string ack(const std::string& context, const std::string& server,
                const std::string& current = "", const std::string& user = "kubernetes-admin") {
  return "clusters: [{name: kubernetes, cluster: {server: '" + server + "'}}]\nusers: [{name: '" +
         user + "', user: {token: '" + server + "'}}]\ncontexts: [{name: '" + context +
         "', context: {cluster: kubernetes, user: '" + user + "'}}]\ncurrent-context: '" + current +
         "'\n";
}

/// One file with a cluster, a user and a context for each of `contexts` (name → server).
std::string many(const std::vector<std::pair<std::string, std::string>>& contexts) {
  std::string clusters = "clusters:\n", users = "users: [{name: u}]\n", names = "contexts:\n";
  for (const auto& [name, server] : contexts) {
    clusters += "- {name: " + name + ", cluster: {server: '" + server +
                "', certificate-authority-data: Q0E=}}\n";
    names += "- {name: " + name + ", context: {cluster: " + name + ", user: u}}\n";
  }
  return clusters + users + names;
}

std::vector<std::string> resolve(const std::vector<std::string>& ids, const ContextRules& rules,
                                 const Files& files, Findings& findings) {
  std::vector<std::string> result;
  for (const Resolved& one : resolve_contexts(ids, rules, test::memory_files(files), findings))
    result.push_back(one.id + " " + one.file + "#" + one.context + " by " + one.found_by);
  return result;
}

// Screen 6 of the specification, to the byte.
TEST(Contexts, AckTrapScreen) {
  const Files files = {{"a.yaml", ack("kubernetes-admin-c8a4b2xxxxxx", "https://192.0.2.10:6443")},
                       {"b.yaml", ack("kubernetes-admin-c9f3e7xxxxxx", "https://192.0.2.20:6443",
                                      "kubernetes-admin-c9f3e7xxxxxx")}};
  Findings findings;
  const ContextRules rules{.kubeconfig = {.paths = {"a.yaml", "b.yaml"}}};
  EXPECT_THAT(resolve({"c8a4b2xxxxxx", "c9f3e7xxxxxx"}, rules, files, findings),
              ElementsAre("c8a4b2xxxxxx a.yaml#kubernetes-admin-c8a4b2xxxxxx by a.yaml"));
  EXPECT_EQ(screen(findings),
            R"(error: c9f3e7xxxxxx: its context would talk to another cluster [ack-merge]

  KUBECONFIG=a.yaml:b.yaml; both files name a cluster "kubernetes", and in a
  merge the first file wins:
    a.yaml  cluster "kubernetes"  https://192.0.2.10:6443   <- would be used
    b.yaml  cluster "kubernetes"  https://192.0.2.20:6443   <- was meant
    b.yaml  context "kubernetes-admin-c9f3e7xxxxxx"
  So changes meant for c9f3e7xxxxxx would land on c8a4b2xxxxxx's server.

  hint: keep the files apart, either
          --kubeconfig-dir DIR                      one file per cluster
          --cluster-context c9f3e7xxxxxx=b.yaml     this file alone
)");
}

TEST(Contexts, NothingSeveralAndTwiceScreen) {
  const Files files = {
      {"/home/u/.kube/config", many({{"2094-c2e5a9xxxxxx", "https://192.0.2.30:6443"},
                                     {"kubernetes-admin-c2e5a9xxxxxx", "https://10.30.0.1:6443"},
                                     {"c4d8c3xxxxxx", "https://192.0.2.50:6443"},
                                     {"c5f0b6xxxxxx", "https://192.0.2.50:6443"},
                                     {"prod-hangzhou", "https://192.0.2.10:6443"},
                                     {"prod-shanghai", "https://192.0.2.20:6443"}})}};
  Findings findings;
  ContextRules rules{.kubeconfig = {.paths = {"/home/u/.kube/config"}},
                     .config_file = "~/.kube/asmgw.yaml",
                     .home = "/home/u"};
  rules.configured["c8a4b2xxxxxx"] = {"prod-hangzhou", "", "~/.kube/asmgw.yaml:4"};
  rules.configured["c9f3e7xxxxxx"] = {"prod-shanghai", "", "~/.kube/asmgw.yaml:5"};
  EXPECT_THAT(
      resolve({"c8a4b2xxxxxx", "c9f3e7xxxxxx", "c1b7d0xxxxxx", "c2e5a9xxxxxx", "c4d8c3xxxxxx",
               "c5f0b6xxxxxx"},
              rules, files, findings),
      ElementsAre("c8a4b2xxxxxx /home/u/.kube/config#prod-hangzhou by ~/.kube/asmgw.yaml:4",
                  "c9f3e7xxxxxx /home/u/.kube/config#prod-shanghai by ~/.kube/asmgw.yaml:5"));
  EXPECT_EQ(screen(findings), R"(error: c1b7d0xxxxxx: no context found [no-context]
  looked in: ~/.kube/config (6 contexts), ~/.kube/asmgw.yaml (2 clusters)
  looked for: a context named c1b7d0xxxxxx or ending in -c1b7d0xxxxxx, or an
              exec user with --cluster-id c1b7d0xxxxxx
  hint: --cluster-context c1b7d0xxxxxx=CONTEXT, or under clusters: in
        ~/.kube/asmgw.yaml
          c1b7d0xxxxxx: { context: CONTEXT }
error: c2e5a9xxxxxx: 2 contexts fit; asmgw does not guess [ambiguous-context]
  2094-c2e5a9xxxxxx               https://192.0.2.30:6443
  kubernetes-admin-c2e5a9xxxxxx   https://10.30.0.1:6443
  hint: --cluster-context c2e5a9xxxxxx=2094-c2e5a9xxxxxx  (or the other)
error: c5f0b6xxxxxx and c4d8c3xxxxxx are the same server [same-server]
  both: https://192.0.2.50:6443, same CA
  hint: one cluster would get both configurations; correct one mapping
)");
}

const std::string kExec =
    "clusters: [{name: k, cluster: {server: https://e}}]\n"
    "users:\n"
    "- {name: u1, user: {exec: {command: ack, args: [get, --cluster-id, ID]}}}\n"
    "- {name: u2, user: {exec: {command: ack, args: [--cluster-id=ID2, --cluster-id]}}}\n"
    "contexts: [{name: x, context: {cluster: k, user: u1}},\n"
    "           {name: z, context: {cluster: k, user: u2}}]\n";

struct RuleCase {
  const char* name;
  ContextRules rules;
  Files files;
  const char* found;  ///< or ""
  std::vector<std::string> heads;

  friend void PrintTo(const RuleCase& rule, std::ostream* out) { *out << rule.name; }
};

class ContextRule : public testing::TestWithParam<RuleCase> {};

TEST_P(ContextRule, FindsTheContextOfId) {
  Findings findings;
  const std::vector<std::string> found =
      resolve({"ID"}, GetParam().rules, GetParam().files, findings);
  EXPECT_EQ(found.empty() ? "" : found.front(), GetParam().found);
  EXPECT_EQ(heads(findings), GetParam().heads) << screen(findings);
}

const Files kMerged = {{"m", many({{"p", "https://p"}, {"q", "https://q"}, {"u-ID", "https://i"}})},
                       {"one", ack("c1", "https://one", "c1")},
                       {"/d/two", many({{"c1", "https://1"}, {"c2", "https://2"}})},
                       {"/d/single", ack("only", "https://s")},
                       {"/d/named", many({{"x-ID", "https://1"}, {"z", "https://2"}})},
                       {"/d/both", many({{"x-ID", "https://1"}, {"y-ID", "https://2"}})},
                       {"/d/bad", "clusters: 5\n"},
                       {"q", ack("c1", "https://file-q", "c1")}};
const KubeconfigPaths kM = {.paths = {"m"}};

RuleCase flag(const char* name, const char* value, const char* found,
              std::vector<std::string> heads = {}) {
  ContextRules rules{.kubeconfig = kM};
  rules.flags["ID"] = value;
  rules.configured["ID"] = {"p", "", "cfg:1"};
  return {name, rules, kMerged, found, std::move(heads)};
}

INSTANTIATE_TEST_SUITE_P(
    Flag, ContextRule,
    testing::Values(
        flag("Context", "p", "ID m#p by --cluster-context"),
        flag("File", "one", "ID one#c1 by --cluster-context"),
        flag("FileAndContext", "/d/two#c2", "ID /d/two#c2 by --cluster-context"),
        flag("FileAndContextWithSlash", "/d/two#a/b", "",
             {"ID: there is no context \"a/b\" [no-context]"}),
        flag("OnlyContextOfAFile", "/d/single", "ID /d/single#only by --cluster-context"),
        flag("ByNameInAFile", "/d/named", "ID /d/named#x-ID by --cluster-context"),
        flag("SeveralInAFile", "/d/both", "",
             {"ID: 2 contexts fit; asmgw does not guess [ambiguous-context]"}),
        flag("NothingInAFile", "/d/two", "",
             {"ID: the file names no current context [no-context]"}),
        flag("BothExist", "q", "",
             {"ID: 2 contexts fit; asmgw does not guess [ambiguous-context]"}),
        flag("NeitherExists", "nope", "", {"ID: there is no context \"nope\" [no-context]"}),
        flag("MissingFile", "./nope", "",
             {"stat ./nope: no such file or directory [bad-kubeconfig]"}),
        flag("BadFile", "/d/bad", "",
             {"/d/bad:1: clusters is a number, not a list [bad-kubeconfig]"}),
        flag("NoFile", "#x", "", {"--cluster-context ID=#x lacks the file or the context [usage]"}),
        flag("NoContext", "x#", "",
             {"--cluster-context ID=x# lacks the file or the context [usage]"})),
    [](const auto& param) { return param.param.name; });

RuleCase configured(const char* name, Mapping mapping, const char* found,
                    std::vector<std::string> heads = {}) {
  ContextRules rules{.kubeconfig_dir = "/d", .kubeconfig = kM};
  mapping.said_by = "cfg:1";
  rules.configured["ID"] = std::move(mapping);
  return {name, rules, kMerged, found, std::move(heads)};
}

INSTANTIATE_TEST_SUITE_P(
    ConfigFile, ContextRule,
    testing::Values(configured("Context", {"q", "", ""}, "ID m#q by cfg:1"),
                    configured("File", {"", "one", ""}, "ID one#c1 by cfg:1"),
                    configured("ContextInFile", {"c2", "/d/two", ""}, "ID /d/two#c2 by cfg:1"),
                    configured("NoSuchContext", {"z", "", ""}, "",
                               {"ID: there is no context \"z\" [no-context]"})),
    [](const auto& param) { return param.param.name; });

ContextRules merged(const std::string& dir = {}) {
  return {.kubeconfig_dir = dir, .kubeconfig = kM};
}

INSTANTIATE_TEST_SUITE_P(
    Names, ContextRule,
    testing::Values(
        RuleCase{"Ending", merged(), kMerged, "ID m#u-ID by m", {}},
        RuleCase{"NameBeforeEnding",
                 merged(),
                 {{"m", many({{"ID", "https://1"}, {"a-ID", "https://2"}})}},
                 "ID m#ID by m",
                 {}},
        RuleCase{"EndingNeedsItsHyphen",
                 merged(),
                 {{"m", many({{"aID", "https://1"}})}},
                 "",
                 {"ID: no context found [no-context]"}},
        RuleCase{"Exec", merged(), {{"m", kExec}}, "ID m#x by exec --cluster-id", {}},
        RuleCase{"MissingEverything", merged(), {}, "", {"ID: no context found [no-context]"}},
        RuleCase{
            "ClusterMissing",
            merged(),
            {{"m", "users: [{name: u}]\ncontexts: [{name: ID, context: {cluster: k, user: u}}]"}},
            "",
            {"ID: cluster \"k\" was not found for context \"ID\" [bad-kubeconfig]"}},
        RuleCase{"NeitherGiven",
                 merged(),
                 {{"m", "contexts: [{name: ID}]"}},
                 "",
                 {"ID: cluster was not specified for context \"ID\" [bad-kubeconfig]",
                  "ID: user was not specified for context \"ID\" [bad-kubeconfig]"}}),
    [](const auto& param) { return param.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Directory, ContextRule,
    testing::Values(
        RuleCase{"FileOfThatName",
                 merged("/d"),
                 {{"/d/ID", ack("x", "https://1", "x")}, {"/d/other", ack("b-ID", "https://2")}},
                 "ID /d/ID#x by /d/ID",
                 {}},
        RuleCase{"WithExtension",
                 merged("/d"),
                 {{"/d/ID.yaml", ack("x", "https://1", "x")}},
                 "ID /d/ID.yaml#x by /d/ID.yaml",
                 {}},
        RuleCase{
            "TwoFilesOfThatName",
            merged("/d"),
            {{"/d/ID", ack("x", "https://1", "x")}, {"/d/ID.yaml", ack("x", "https://1", "x")}},
            "",
            {"ID: 2 contexts fit; asmgw does not guess [ambiguous-context]"}},
        RuleCase{"NameRulesInEachFile",
                 merged("/d"),
                 {{"/d/a", ack("kubernetes-admin-A", "https://1")},
                  {"/d/b", ack("kubernetes-admin-ID", "https://2")}},
                 "ID /d/b#kubernetes-admin-ID by /d/b",
                 {}},
        RuleCase{"FitsInTwoFiles",
                 merged("/d"),
                 {{"/d/a", ack("a-ID", "https://1")}, {"/d/b", ack("b-ID", "https://2")}},
                 "",
                 {"ID: 2 contexts fit; asmgw does not guess [ambiguous-context]"}},
        RuleCase{"ThenTheMerge",
                 merged("/d"),
                 {{"/d/a", ack("x", "https://1")}, {"m", ack("ID", "https://2")}},
                 "ID m#ID by m",
                 {}},
        RuleCase{"OtherFilesDoNoHarm",
                 merged("/d"),
                 {{"/d/README.md", "# [hello\n"}, {"/d/b", ack("b-ID", "https://2")}},
                 "ID /d/b#b-ID by /d/b",
                 {}},
        RuleCase{"ButAreNamedWhenTheContextIsMissed",
                 merged("/d"),
                 {{"/d/a", "clusters: 5\n"}, {"/d/.hidden", "clusters: 6\n"}},
                 "",
                 {"/d/a:1: clusters is a number, not a list [bad-kubeconfig]",
                  "ID: no context found [no-context]"}},
        RuleCase{"NoSuchDirectory",
                 merged("/d"),
                 {},
                 "",
                 {"--kubeconfig-dir /d: open /d: no such file or directory [bad-kubeconfig]"}}),
    [](const auto& param) { return param.param.name; });

TEST(Contexts, TheContextFlagIsForOneClusterOnly) {
  const ContextRules rules{.context_flag = "p", .kubeconfig = kM, .asked_by = "gateway.yaml"};
  Findings findings;
  EXPECT_THAT(resolve({"ID", "ID"}, rules, kMerged, findings), ElementsAre("ID m#p by --context"));
  EXPECT_THAT(heads(findings), IsEmpty());
  EXPECT_THAT(resolve({"A", "B"}, rules, kMerged, findings), IsEmpty());
  EXPECT_EQ(screen(findings),
            "error: --context names one context, gateway.yaml names 2 clusters [usage]\n"
            "  hint: --cluster-context ID=CONTEXT, or --cluster ID\n");
}

TEST(Contexts, AFlagForAnotherClusterIsIgnored) {
  ContextRules rules{.kubeconfig = kM};
  rules.flags["other"] = "./nope";
  Findings findings;
  EXPECT_THAT(resolve({"ID"}, rules, kMerged, findings), ElementsAre("ID m#u-ID by m"));
  EXPECT_THAT(heads(findings), IsEmpty());
}

TEST(Contexts, AMisspeltContextIsGuessedForTheMessageOnly) {
  ContextRules rules{.kubeconfig = {.paths = {"m", "gone"}}};
  rules.flags["ID"] = "prod-hangzou";
  Findings findings;
  EXPECT_THAT(resolve({"ID"}, rules, {{"m", many({{"prod-hangzhou", "https://p"}})}}, findings),
              IsEmpty());
  EXPECT_EQ(screen(findings),
            "error: ID: there is no context \"prod-hangzou\" [no-context]\n"
            "  said by: --cluster-context\n"
            "  looked in: m (1 context), gone (missing)\n"
            "  hint: did you mean prod-hangzhou?\n");
}

TEST(Contexts, BothReadingsOfAFlagAreShown) {
  ContextRules rules{.kubeconfig = kM};
  rules.flags["ID"] = "q";
  Findings findings;
  EXPECT_THAT(resolve({"ID"}, rules, kMerged, findings), IsEmpty());
  EXPECT_EQ(screen(findings),
            "error: ID: 2 contexts fit; asmgw does not guess [ambiguous-context]\n"
            "  m#q   https://q\n"
            "  ./q   https://file-q\n"
            "  hint: --cluster-context ID=m#q  (or the other)\n");
}

TEST(Contexts, AFileThatIsMissingIsSaidOnceAndNotOncePerCluster) {
  Findings findings;
  const ContextRules rules{.kubeconfig = {.paths = {"F"}, .must_exist = true}};
  EXPECT_THAT(resolve({"A", "B"}, rules, {}, findings), IsEmpty());
  EXPECT_THAT(heads(findings), ElementsAre("stat F: no such file or directory [bad-kubeconfig]"));
}

TEST(Contexts, EqualEntriesInTwoFilesDoNoHarm) {
  const Files files = {{"a", ack("x-A", "https://1")}, {"b", ack("x-B", "https://1")}};
  Findings findings;
  EXPECT_THAT(resolve({"B"}, {.kubeconfig = {.paths = {"a", "b"}}}, files, findings),
              ElementsAre("B b#x-B by b"));
  EXPECT_THAT(heads(findings), IsEmpty());
}

TEST(Contexts, AnEntryThatItsOwnFileLacksIsNoTrap) {
  const Files files = {{"a", ack("x-A", "https://1")},
                       {"b",
                        "contexts: [{name: B, context: {cluster: kubernetes, user: "
                        "kubernetes-admin}}]"}};
  Findings findings;
  EXPECT_THAT(resolve({"B"}, {.kubeconfig = {.paths = {"a", "b"}}}, files, findings),
              ElementsAre("B b#B by b"));
  EXPECT_THAT(heads(findings), IsEmpty());
}

TEST(Contexts, AnotherFilesUserIsATrapToo) {
  const Files files = {{"a",
                        "clusters: [{name: ka, cluster: {server: https://1}}]\n"
                        "users: [{name: admin, user: {token: a}}]\n"},
                       {"bb",
                        "clusters: [{name: kb, cluster: {server: https://2}}]\n"
                        "users: [{name: admin, user: {token: b}}]\n"
                        "contexts: [{name: B, context: {cluster: kb, user: admin}}]\n"},
                       {"c", ""}};
  Findings findings;
  EXPECT_THAT(resolve({"B"}, {.kubeconfig = {.paths = {"a", "bb", "c"}}}, files, findings),
              IsEmpty());
  EXPECT_EQ(screen(findings),
            R"(error: B: its context would use another file's credentials [ack-merge]

  KUBECONFIG=a:bb:c; a and bb both name a user "admin", and in a merge the first
  file wins:
    a   user "admin"   <- would be used
    bb  user "admin"   <- was meant
    bb  context "B"
  So B would be called with the credentials of a.

  hint: keep the files apart, either
          --kubeconfig-dir DIR         one file per cluster
          --cluster-context B=bb#B     this file alone
)");
}

TEST(Contexts, TheExecUserOfTheContextsOwnFileCounts) {
  const auto exec = [](const std::string& id) {
    return "clusters: [{name: k, cluster: {server: https://" + id + "}}]\n" +
           "users: [{name: u, user: {exec: {command: ack, args: [--cluster-id, " + id +
           "]}}}]\ncontexts: [{name: to-" + id + "x, context: {cluster: k, user: u}}]\n";
  };
  const Files files = {{"a", exec("A")}, {"b", exec("B")}};
  Findings findings;
  EXPECT_THAT(resolve({"A", "B"}, {.kubeconfig = {.paths = {"a", "b"}}}, files, findings),
              ElementsAre("A a#to-Ax by exec --cluster-id"));
  EXPECT_THAT(heads(findings),
              ElementsAre("B: its context would talk to another cluster [ack-merge]"));
}

TEST(Contexts, TheFileAloneIsTheWayOutOfTheTrap) {
  ContextRules rules{.kubeconfig = {.paths = {"a", "b"}}};
  rules.flags["B"] = "b#x-B";
  const Files files = {{"a", ack("x-A", "https://1")}, {"b", ack("x-B", "https://2")}};
  Findings findings;
  EXPECT_THAT(resolve({"A", "B"}, rules, files, findings),
              ElementsAre("A a#x-A by a", "B b#x-B by --cluster-context"));
  EXPECT_THAT(heads(findings), IsEmpty());
}

struct TwinCase {
  const char* name;
  const char* first;
  const char* second;
  bool are_same;
};

class SameServer : public testing::TestWithParam<TwinCase> {};

TEST_P(SameServer, IsSeenThroughItsSpelling) {
  const auto file = [](const std::string& id, const std::string& cluster) {
    return "clusters: [{name: k, cluster: {" + cluster + "}}]\nusers: [{name: u}]\n" +
           "contexts: [{name: " + id + ", context: {cluster: k, user: u}}]\n";
  };
  const Files files = {{"/d/A", file("A", GetParam().first)},
                       {"/d/B", file("B", GetParam().second)},
                       {"/pki/ca", "CA"}};
  Findings findings;
  const auto found = resolve({"A", "B"}, {.kubeconfig_dir = "/d"}, files, findings);
  EXPECT_EQ(found.empty(), GetParam().are_same);
  EXPECT_EQ(findings.all().size(), GetParam().are_same ? 1u : 0u);
}

INSTANTIATE_TEST_SUITE_P(
    All, SameServer,
    testing::Values(
        TwinCase{"Equal", "server: 'https://a:6443'", "server: 'https://a:6443'", true},
        TwinCase{"Slash", "server: 'https://a:6443/'", "server: 'https://a:6443'", true},
        TwinCase{"Case", "server: 'HTTPS://A.example'", "server: 'https://a.example'", true},
        TwinCase{"DefaultPort", "server: 'https://a:443/x'", "server: 'https://a/x/'", true},
        TwinCase{"DefaultPortOfHttp", "server: 'http://a:80'", "server: a", true},
        TwinCase{"OtherPort", "server: 'https://a:80'", "server: 'https://a'", false},
        TwinCase{"OtherPrefix", "server: 'https://a/X'", "server: 'https://a/x'", false},
        TwinCase{"OtherScheme", "server: 'http://a'", "server: 'https://a'", false},
        TwinCase{"NoServers", "server: ''", "server: ''", false},
        TwinCase{"SameCaInAFile", "server: 'https://a', certificate-authority-data: Q0E=",
                 "server: 'https://a', certificate-authority: /pki/ca", true},
        TwinCase{"OtherCa", "server: 'https://a', certificate-authority-data: Q0E=",
                 "server: 'https://a'", false}),
    [](const auto& param) { return param.param.name; });

TEST(Contexts, ThreeIdsOfOneServerAreOneFinding) {
  Findings findings;
  EXPECT_THAT(
      resolve(
          {"A", "B", "C", "D"}, merged(),
          {{"m",
            many(
                {{"A", "https://1"}, {"B", "https://1"}, {"C", "https://1"}, {"D", "https://2"}})}},
          findings),
      ElementsAre("D m#D by m"));
  EXPECT_EQ(screen(findings),
            "error: C, B and A are the same server [same-server]\n"
            "  all: https://1, same CA\n"
            "  hint: one cluster would get all configurations; correct one mapping\n");
}

}  // namespace
}  // namespace asmgw::kube
