// What does somebody see who lacks a right? Every missing verb is named, nothing is half written,
// and who may only read can compare. Users by client certificate, rights by RBAC.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kObjects = "serviceaccounts,roles,rolebindings,services,deployments";
const std::string kScalers = "horizontalpodautoscalers";

/// A certificate of the cluster's own CA for the user, and a kubeconfig with it.
std::string sign_in(const std::string& user) {
  const std::string folder = std::string(std::getenv("ASMGW_DEVCLUSTER_DIR")) + "/" + kOne;
  const std::string base = write(user + ".conf", "[req]\ndistinguished_name = dn\n[dn]\n");
  const Outcome signing = run({"openssl",
                               "req",
                               "-x509",
                               "-config",
                               base,
                               "-newkey",
                               "ec",
                               "-pkeyopt",
                               "ec_paramgen_curve:P-256",
                               "-nodes",
                               "-subj",
                               "/CN=" + user,
                               "-CA",
                               folder + "/ca.crt",
                               "-CAkey",
                               folder + "/ca.key",
                               "-addext",
                               "extendedKeyUsage=clientAuth",
                               "-keyout",
                               base + ".key",
                               "-out",
                               base + ".crt"});
  EXPECT_EQ(signing.code, 0) << signing.err;
  std::string server = read(folder + "/server");
  server.resize(server.find_last_not_of('\n') + 1);
  return write(user + ".kubeconfig",
               fmt::format("apiVersion: v1\nkind: Config\ncurrent-context: c\n"
                           "clusters: [{{name: c, cluster: {{server: \"{}\", "
                           "certificate-authority: {}/ca.crt}}}}]\n"
                           "users: [{{name: u, user: {{client-certificate: {}.crt, "
                           "client-key: {}.key}}}}]\n"
                           "contexts: [{{name: c, context: {{cluster: c, user: u}}}}]\n",
                           server, folder, base, base));
}

/// `VERBS RESOURCES`: what a user may.
struct Rule {
  std::string verbs, resources;
};

class Rights : public testing::Test {
 protected:
  void SetUp() override { clean("rights"); }
  void TearDown() override {
    clean("rights");
    for (const std::string& role : roles_) {
      kubectl(kOne, {"delete", "clusterrole,clusterrolebinding", role});
    }
  }

  /// A new user with these rights; gives the kubeconfig.
  std::string user(const std::string& name, const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) {
      const std::string role = fmt::format("{}-{}", name, roles_.size());
      roles_.push_back(role);
      EXPECT_EQ(kubectl(kOne, {"create", "clusterrole", role, "--verb=" + rule.verbs,
                               "--resource=" + rule.resources})
                    .code,
                0);
      EXPECT_EQ(kubectl(kOne, {"create", "clusterrolebinding", role, "--clusterrole=" + role,
                               "--user=" + name})
                    .code,
                0);
    }
    return sign_in(name);
  }

  static Outcome as(const std::string& kubeconfig, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"kubectl", "asmgw"});
    arguments.insert(arguments.end(), {"--cluster-context", kOne + "=" + kubeconfig});
    return run(arguments);
  }

  static std::string manifest(const std::string& more = "") {
    return write("rights.yaml", gateway("rights", kOne, more));
  }

  static void apply_by_admin(const std::string& more = "") {
    const Outcome applied = asmgw({"apply", "-f", manifest(more), "--yes", "--wait=false"});
    ASSERT_EQ(applied.code, 0) << applied.out << applied.err;
  }

  static std::string one_line(const std::string& text) {
    std::string line;
    for (const char c : text) {
      if (c != '\n' && c != ' ') line += c;
      if ((c == '\n' || c == ' ') && !line.ends_with(' ')) line += ' ';
    }
    return line;
  }

 private:
  std::vector<std::string> roles_;
};

const std::vector<Rule> kReader = {{"get,list,watch", kObjects + "," + kScalers}};

/// All rights of a writer but `verb` on `resources`. Who makes a Role must hold what it grants.
std::vector<Rule> all_but(const std::string& verb, const std::string& resources) {
  std::vector<Rule> rules = {{"get,list,watch", "secrets,pods,replicasets"}};
  for (const std::string one : {"get", "list", "watch", "create", "patch", "delete"}) {
    std::string rest = kObjects + "," + kScalers + ",";
    if (one == verb) {
      for (std::size_t begin = 0; begin < resources.size();) {
        const std::size_t end = std::min(resources.find(',', begin), resources.size());
        const std::string resource = resources.substr(begin, end - begin) + ",";
        rest.erase(rest.find(resource), resource.size());
        begin = end + 1;
      }
    }
    if (!rest.empty()) rules.push_back({one, rest.substr(0, rest.size() - 1)});
  }
  return rules;
}

TEST_F(Rights, AReaderIsToldTheVerbsOnceAndComparesLocally) {
  apply_by_admin();
  const std::string reader = user("reader", kReader);
  const Outcome diff = as(reader, {"diff", "-f", manifest()});
  EXPECT_EQ(diff.code, 3);
  const std::string text = one_line(diff.out);
  EXPECT_THAT(text, HasSubstr("5 of 5 dry runs refused, reading is allowed [forbidden]"));
  EXPECT_THAT(text, HasSubstr("missing: patch deployments, rolebindings, roles, serviceaccounts, "
                              "services "));
  EXPECT_THAT(text, HasSubstr("hint: diff --local compares without them"));
  EXPECT_EQ(text.find("error:"), text.rfind("error:")) << text;

  const std::size_t since = audited(kOne).size();
  const Outcome none = as(reader, {"diff", "--local", "-f", manifest()});
  EXPECT_EQ(none.code, 0) << none.out;
  EXPECT_THAT(none.out, StartsWith("No change seen without a dry run: gateway rights"));
  const Outcome some = as(reader, {"diff", "--local", "-f", manifest("  replicaCount: 2\n")});
  EXPECT_EQ(some.code, 1) << some.out;
  EXPECT_THAT(some.out, AllOf(HasSubstr("note: no dry run"), HasSubstr("~ replicas")));
  const std::vector<std::string> requests = audited(kOne, since);
  EXPECT_EQ(requests.size(), 12U) << "6 each: the objects and the autoscalers";
  EXPECT_THAT(requests, Each(testing::AnyOf(StartsWith("get "), StartsWith("list "))));
}

TEST_F(Rights, AReadersApplyWritesNothing) {
  apply_by_admin();
  const auto before = versions(kOne, "rights");
  for (const std::vector<std::string>& more : {std::vector<std::string>{}, {"--keep-going"}}) {
    std::vector<std::string> arguments = {"apply", "-f", manifest("  replicaCount: 2\n"), "--yes"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome apply = as(user("applier", kReader), arguments);
    EXPECT_EQ(apply.code, 4) << apply.out;
    EXPECT_THAT(one_line(apply.out), HasSubstr("missing: patch deployments, rolebindings"));
  }
  EXPECT_EQ(versions(kOne, "rights"), before);
}

TEST_F(Rights, WhoMayNotCreateIsToldSo) {
  const std::string kubeconfig = user("patcher", all_but("create", kObjects + "," + kScalers));
  const Outcome diff = as(kubeconfig, {"diff", "-f", manifest()});
  EXPECT_EQ(diff.code, 3);
  EXPECT_THAT(one_line(diff.out), HasSubstr("missing: create deployments,"));
  EXPECT_THAT(one_line(diff.out), Not(HasSubstr("patch deployments")));
}

TEST_F(Rights, WhoMayNotReadDeploymentsSeesTheRest) {
  const Outcome diff = as(user("blind", all_but("get", "deployments")), {"diff", "-f", manifest()});
  EXPECT_EQ(diff.code, 3);
  EXPECT_THAT(diff.out, HasSubstr("+ Service/istio-rights"));
  EXPECT_THAT(diff.out, HasSubstr("a right is missing: get deployments [forbidden]"));
}

TEST_F(Rights, WhoMayDoNothingIsToldAll) {
  const Outcome diff = as(user("nobody", {}), {"diff", "-f", manifest()});
  EXPECT_EQ(diff.code, 3);
  const std::string text = one_line(diff.out);
  EXPECT_THAT(text, HasSubstr("5 of 5 objects may not be read [forbidden]"));
  const std::string all = "deployments, rolebindings, roles, serviceaccounts, services";
  EXPECT_THAT(text, HasSubstr("missing: get " + all + "; list horizontalpodautoscalers; patch " +
                              all + " "));
  const Outcome local = as(user("nobody", {}), {"diff", "--local", "-f", manifest()});
  EXPECT_EQ(local.code, 3);
  EXPECT_THAT(one_line(local.out), HasSubstr("missing: get " + all + "; list "));
}

TEST_F(Rights, WithoutWatchAndListsARolloutIsFollowedWithLessDetail) {
  std::vector<Rule> rules = all_but("watch", "deployments");
  rules[0] = {"get,list,watch", "secrets"};
  const Outcome apply =
      as(user("impatient", rules), {"apply", "-f", manifest(), "--yes", "--timeout", "60s"});
  EXPECT_EQ(apply.code, 0) << apply.out << apply.err;
  EXPECT_THAT(one_line(apply.out),
              HasSubstr("note: no right in " + kOne +
                        " to list pods, replicasets; watch "
                        "deployments; rollouts are followed with less detail [forbidden]"));
  EXPECT_THAT(apply.out, HasSubstr("ready"));
}

TEST_F(Rights, WhoMayNotDeleteCannotPrune) {
  apply_by_admin("  minReplicas: 1\n  maxReplicas: 2\n");
  const auto before = versions(kOne, "rights");
  const Outcome apply = as(user("keeper", all_but("delete", kScalers)),
                           {"apply", "-f", manifest(), "--yes", "--prune"});
  EXPECT_EQ(apply.code, 4) << apply.out << apply.err;
  EXPECT_THAT(apply.out, HasSubstr("cannot delete resource"));
  EXPECT_FALSE(get(kOne, "hpa", "istio-rights").is_null());
  EXPECT_EQ(versions(kOne, "rights").size(), before.size());
}

TEST_F(Rights, OfABindingWhoseRoleIsNewTheRightIsAskedFor) {
  const Outcome whole =
      as(user("writer", all_but("", "")), {"apply", "-f", manifest(), "--yes", "--timeout", "60s"});
  EXPECT_EQ(whole.code, 0) << whole.out << whole.err;
  clean("rights");
  const Outcome apply =
      as(user("unbound", all_but("create", "rolebindings")), {"apply", "-f", manifest(), "--yes"});
  EXPECT_EQ(apply.code, 4) << apply.out << apply.err;
  EXPECT_THAT(apply.out, HasSubstr("a right is missing: create rolebindings"));
  EXPECT_TRUE(versions(kOne, "rights").empty());
}

}  // namespace
}  // namespace asmgw::e2e
