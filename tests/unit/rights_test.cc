#include "survey/rights.h"

#include <gtest/gtest.h>

#include <string>

#include "base/tree.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "survey/observed.h"
#include "survey/wanted.h"

namespace asmgw {
namespace {

std::string read(const std::string& words, Refused::Kind kind = Refused::Kind::Forbidden) {
  const std::optional<Right> right = missing_right(Refused{kind, 403, words});
  return right ? right->verb + " " + right->resource : "none";
}

TEST(Rights, AreReadFromTheServersWords) {
  EXPECT_EQ(read(R"(services "s4" is forbidden: User "viewer" cannot patch resource "services" )"
                 R"(in API group "" in the namespace "istio-system")"),
            "patch services");
  EXPECT_EQ(read(R"(User "a cannot b" cannot list resource "pods" in API group "")"), "list pods");
  EXPECT_EQ(read(R"(exceeded quota: q, requested: services.loadbalancers=1)"), "none");
  EXPECT_EQ(read(R"(User "u" is attempting to grant RBAC permissions not currently held)"), "none");
  EXPECT_EQ(read(R"(User "system:anonymous" cannot get resource "pods")"), "none");
  EXPECT_EQ(read(R"(User "u" cannot get resource "pods")", Refused::Kind::Other), "none");
  EXPECT_EQ(read(R"(User "u" cannot get)"), "none");
}

TEST(Rights, AreNamedByVerb) {
  const std::set<Right> rights = {
      {"patch", "services"}, {"create", "roles"}, {"patch", "deployments"}};
  EXPECT_EQ(to_string(rights), "create roles; patch deployments, services");
  EXPECT_EQ(to_string(std::set<Right>()), "");
}

Goal goal_of(bool carries_out, bool follows) {
  Findings findings;
  int skipped = 0;
  const Source& source = findings.keep(
      {"g.yaml",
       "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\nmetadata: {name: web}\nspec:\n"
       "  ports: [{port: 80}]\n"});
  const auto gateways = read_gateways(parse_yaml(source, findings), skipped, findings);
  Goal goal{AsManifest{{effective(gateways.at(0), "c1", "istio-system")}, {}}};
  goal.carries_out = carries_out;
  goal.follows = follows;
  return goal;
}

std::string text_of(const std::vector<MayI>& rights) {
  std::string text;
  for (const MayI& right : rights) text += right.verb + " " + to_string(right.ref) + "\n";
  return text;
}

const std::string kToFollow = "watch Deployment/istio-web\nlist ReplicaSet/\nlist Pod/\n";

TEST(UnprovedRights, OnlyOfWhatIsCarriedOut) {
  EXPECT_EQ(text_of(unproved_rights(goal_of(false, true), {})), "");
  EXPECT_EQ(text_of(unproved_rights(goal_of(true, false), {})), "");
  EXPECT_EQ(text_of(unproved_rights(goal_of(true, true), {})), kToFollow);
}

/// The preview of the RoleBinding stands behind its Role.
Known behind_role(const Goal& goal) {
  Findings findings;
  Known known;
  for (const DesiredObject& desired : wanted(goal, {}, findings)) {
    if (desired.ref.kind != "RoleBinding") continue;
    known.add({Preview{write_of(desired)}}, {Refused{Refused::Kind::RoleMissing, 404, ""}});
  }
  return known;
}

TEST(UnprovedRights, OfABindingWhoseRoleIsNew) {
  const Goal goal = goal_of(true, false);
  EXPECT_EQ(text_of(unproved_rights(goal, behind_role(goal))),
            "patch RoleBinding/istio-web-sds\ncreate RoleBinding/\n");
}

TEST(MissingRights, AreThoseThatTheServerDenies) {
  const Goal goal = goal_of(true, true);
  Known known = behind_role(goal);
  const auto says = [](bool allowed) {
    return Answer(Found{Json{{"status", {{"allowed", allowed}}}}});
  };
  for (const MayI& right : unproved_rights(goal, known)) {
    known.add({right},
              {right.ref.kind == "Pod" ? Answer(Unread{"cut off"}) : says(right.verb == "patch")});
  }
  const MissingRights missing = missing_rights(goal, known);
  EXPECT_EQ(to_string(missing.to_write), "create rolebindings");
  EXPECT_EQ(to_string(missing.to_follow), "list replicasets; watch deployments");
}

}  // namespace
}  // namespace asmgw
