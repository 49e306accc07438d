#include "diff/compare.h"

#include <gtest/gtest.h>

#include <string>

#include "diff/origins.h"
#include "kube/answers.h"
#include "kube/codes.h"

namespace asmgw {
namespace {

const Wording kWording{kube::finding_of, kube::finding_of};

ObservedObject observed(Answer before, Answer after, std::optional<Answer> forced = {}) {
  ObservedObject object;
  object.desired.ref = {"", "Service", "n", "istio-web"};
  object.desired.gateway = "web";
  object.desired.body = parse_json(R"({"spec":{"type":"NodePort"}})");
  object.before = std::move(before);
  object.after = std::move(after);
  object.if_forced = std::move(forced);
  return object;
}
ObservedObject foreseen_by_us(Refused::Kind kind) {
  ObservedObject object = observed(Absent{}, Refused{kind, 404, "not found"});
  object.foresight = Foresight::Ours;
  return object;
}
Found service(const std::string& type, bool created = false) {
  return Found{Json{{"spec", {{"type", type}, {"clusterIP", "10.0.0.1"}}}}, created};
}

struct Case {
  std::string name;
  ObservedObject object;
  Action action;
  std::size_t fields;
  std::string first_risk;  ///< code
};

class Actions : public testing::TestWithParam<Case> {};
TEST_P(Actions, OfOneObject) {
  const ClusterChanges changes = compare({"c1", "", "", "", ""}, {GetParam().object}, kWording);
  ASSERT_EQ(changes.objects.size(), 1U);
  const ObjectChange& change = changes.objects[0];
  EXPECT_EQ(change.action, GetParam().action) << word(change.action);
  EXPECT_EQ(change.fields.size(), GetParam().fields);
  EXPECT_EQ(change.risks.empty() ? "" : change.risks[0].code->name, GetParam().first_risk);
  EXPECT_EQ(has_changes(change),
            GetParam().action == Action::Create || GetParam().action == Action::Update);
}
INSTANTIATE_TEST_SUITE_P(
    All, Actions,
    testing::Values(
        Case{"create", observed(Absent{}, service("NodePort", true)), Action::Create, 0, ""},
        Case{"update", observed(service("ClusterIP"), service("NodePort")), Action::Update, 1, ""},
        Case{"unchanged", observed(service("NodePort"), service("NodePort")), Action::Unchanged, 0,
             ""},
        Case{"conflict", observed(service("ClusterIP"), Conflict{}, service("NodePort")),
             Action::Conflict, 1, "conflict"},
        Case{"conflict_and_force_refused", observed(service("ClusterIP"), Conflict{}, Refused{}),
             Action::Conflict, 1, "server-error"},
        Case{"refused", observed(service("ClusterIP"), Refused{Refused::Kind::Invalid, 422, "no"}),
             Action::Refused, 1, "server-error"},
        Case{"refused_new", observed(Absent{}, Refused{Refused::Kind::Policy, 422, "no"}),
             Action::Refused, 0, "policy-refused"},
        Case{"get_refused", observed(Refused{Refused::Kind::Forbidden, 403, "no"}, service("A")),
             Action::Unknown, 0, "forbidden"},
        Case{"get_unread", observed(Unread{"cut"}, service("NodePort")), Action::Unknown, 0,
             "unreachable"},
        Case{"preview_unread", observed(service("ClusterIP"), Unread{"cut"}), Action::Unknown, 1,
             "unreachable"},
        Case{"missing_namespace", foreseen_by_us(Refused::Kind::NoNamespace), Action::Create, 0,
             ""}),
    [](const auto& row) { return row.param.name; });

TEST(Compare, WhatTheServerRefusesIsShownAgainstLiveWithoutItsDefaults) {
  const ClusterChanges changes = compare(
      {}, {observed(service("ClusterIP"), Refused{Refused::Kind::Invalid, 422, "no"})}, kWording);
  const FieldChange& field = changes.objects[0].fields.at(0);
  EXPECT_EQ(to_string(field.path), "spec.type");  // and clusterIP is not said to go
  EXPECT_EQ(*field.before, "ClusterIP");
  EXPECT_EQ(*field.after, "NodePort");
}

TEST(Compare, ARoleBindingThatWaitsForItsRoleIsNoError) {
  ObservedObject object = foreseen_by_us(Refused::Kind::RoleMissing);
  object.desired.ref = {"rbac.authorization.k8s.io", "RoleBinding", "n", "istio-web-sds"};
  const ClusterChanges changes = compare({}, {object}, kWording);
  EXPECT_EQ(changes.state, ClusterChanges::State::Compared);
  EXPECT_EQ(changes.objects[0].action, Action::Create);
  for (const Finding& risk : changes.objects[0].risks) EXPECT_EQ(risk.severity, Severity::Note);
}

TEST(Compare, StatesOfACluster) {
  const ObservedObject good = observed(service("A"), service("B"));
  const ObservedObject refused = observed(service("A"), Refused{Refused::Kind::Invalid, 422, "no"});
  const ObservedObject unread = observed(Unread{"no answer"}, Unread{"no answer"});
  const ObservedObject forbidden = observed(Refused{Refused::Kind::Forbidden, 403, "no"},
                                            Refused{Refused::Kind::Forbidden, 403, "no"});
  const ObservedObject conflict = observed(service("A"), Conflict{}, service("B"));
  struct Row {
    std::string name;
    std::vector<ObservedObject> objects;
    std::string state, error;
  };
  const Row rows[] = {
      {"nothing asked", {}, "compared", ""},
      {"all good", {good, good}, "compared", ""},
      {"a conflict is compared", {good, conflict}, "compared", ""},
      {"one refused", {good, refused}, "partial", "server-error"},
      {"one unread", {unread, good}, "partial", "unreachable"},
      {"all unread", {unread, unread}, "unreachable", "unreachable"},
      {"all forbidden", {forbidden, forbidden}, "forbidden", "forbidden"},
      {"all refused", {refused}, "error", "server-error"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const ClusterChanges changes = compare({"c1", "", "", "", ""}, row.objects, kWording);
    EXPECT_EQ(word(changes.state), row.state);
    EXPECT_EQ(changes.error ? changes.error->code->name : "", row.error);
    EXPECT_EQ(changes.objects.size(), row.objects.size());  // the rest is still there
    EXPECT_EQ(changes.cluster.id, "c1");
  }
  const ClusterChanges none = not_compared({}, finding(kube::kUnreachable, "no answer"));
  EXPECT_EQ(none.state, ClusterChanges::State::Unreachable);
  EXPECT_EQ(not_compared({}, finding(kube::kNoContext, "none")).state,
            ClusterChanges::State::Error);
}

TEST(Compare, SideBySideKeepsTheOrder) {
  std::vector<ClusterChanges> clusters(2);
  clusters[0].cluster.id = "z";
  clusters[1].cluster.id = "a";
  const ChangeSet changes = side_by_side(clusters);
  EXPECT_EQ(changes.clusters[0].cluster.id + changes.clusters[1].cluster.id, "za");
}

TEST(Origins, OfAChange) {
  const Source source{"g.yaml", ""};
  ObservedObject object = observed(Found{parse_json(R"({"metadata":{"managedFields":[
      {"manager":"kubectl-asmgw","operation":"Apply",
       "fieldsV1":{"f:spec":{"f:ours":{},"f:list":{"k:{\"name\":\"A\"}":{".":{}}}}}}]}})")},
                                   Absent{});
  const auto manifest = [&](int line) {
    Origin origin;
    origin.kind = Origin::Kind::Manifest;
    origin.at = Range{&source, line, 1, 2};
    return origin;
  };
  const Path spec = fields({"spec"});
  object.desired.origins[spec / "a"] = manifest(3);
  object.desired.origins[spec / "b" / "c" / "d"] = manifest(4);
  const Path item = spec / "list" / PathStep{PathStep::Kind::Key, R"({"name":"A"})"};
  const Path kept = spec / "list" / PathStep{PathStep::Kind::Key, R"({"name":"B"})"};
  object.desired.origins[kept] = manifest(5);
  object.desired.origins[spec / "left" / "out"] = manifest(6);
  using enum FieldChange::Op;
  struct Row {
    std::string name;
    FieldChange::Op op;
    Path path;
    Origin::Kind kind;
    int line;
  };
  const Row rows[] = {
      {"exactly", Change, spec / "a", Origin::Kind::Manifest, 3},
      {"the nearest above", Add, spec / "a" / "x" / "y", Origin::Kind::Manifest, 3},
      {"an item's member", Change, kept / "value", Origin::Kind::Manifest, 5},
      {"the first below", Add, spec / "b", Origin::Kind::Manifest, 4},
      {"nobody's", Add, spec / "z", Origin::Kind::Server, 0},
      {"ours, gone from the manifest", Remove, spec / "ours", Origin::Kind::Gone, 0},
      {"our item, gone", Remove, item, Origin::Kind::Gone, 0},
      {"left out for a field's sake", Remove, spec / "left" / "out", Origin::Kind::Manifest, 6},
      {"another's removal", Remove, spec / "theirs", Origin::Kind::Server, 0},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Origin origin = origin_of({row.path, row.op, {}, {}, {}}, object);
    EXPECT_EQ(origin.kind, row.kind);
    EXPECT_EQ(origin.at ? origin.at->line : 0, row.line);
  }
}

}  // namespace
}  // namespace asmgw
