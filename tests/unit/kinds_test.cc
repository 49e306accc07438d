#include "object/kinds.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "object/objects.h"
#include "object/rolling.h"

namespace asmgw {
namespace {

constexpr const char* kRbac = "rbac.authorization.k8s.io";

TEST(Kinds, UrlPaths) {
  struct Row {
    ObjectRef ref;
    std::string expected;
  };
  const Row rows[] = {
      {{"", "Service", "istio-system", "istio-web"},
       "/api/v1/namespaces/istio-system/services/istio-web"},
      {{"", "ServiceAccount", "n", "a"}, "/api/v1/namespaces/n/serviceaccounts/a"},
      {{"apps", "Deployment", "istio-system", "istio-web"},
       "/apis/apps/v1/namespaces/istio-system/deployments/istio-web"},
      {{kRbac, "Role", "n", "r"}, "/apis/rbac.authorization.k8s.io/v1/namespaces/n/roles/r"},
      {{kRbac, "RoleBinding", "n", "r"},
       "/apis/rbac.authorization.k8s.io/v1/namespaces/n/rolebindings/r"},
      {{"", "Pod", "n", ""}, "/api/v1/namespaces/n/pods"},
      {{"autoscaling", "HorizontalPodAutoscaler", "n", "a"},
       "/apis/autoscaling/v2/namespaces/n/horizontalpodautoscalers/a"},
      {{"apps", "ReplicaSet", "n", ""}, "/apis/apps/v1/namespaces/n/replicasets"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.expected);
    EXPECT_EQ(url_path(row.ref), row.expected);
  }
}

TEST(Kinds, ApplyOrderIsThatOfPageSix) {
  std::string order;
  int last = 0;
  for (const Kind& kind : kinds()) {
    if (kind.order == 0) continue;
    EXPECT_LT(last, kind.order);
    last = kind.order;
    order += std::string(kind.kind) + " ";
  }
  EXPECT_EQ(order,
            "ServiceAccount Role RoleBinding Service Deployment HorizontalPodAutoscaler "
            "EnvoyFilter ");
}

TEST(Kinds, EachRowIsFoundByItsGroupAndKind) {
  std::set<std::string> seen;
  for (const Kind& kind : kinds()) {
    SCOPED_TRACE(kind.kind);
    EXPECT_TRUE(seen.insert(std::string(kind.group) + "/" + std::string(kind.kind)).second);
    EXPECT_EQ(&kind_of({std::string(kind.group), std::string(kind.kind), "n", "x"}), &kind);
    EXPECT_FALSE(kind.resource.empty());
  }
  EXPECT_EQ(api_version(kind_of({"", "Service", "", ""})), "v1");
  EXPECT_EQ(api_version(kind_of({"apps", "Deployment", "", ""})), "apps/v1");
  EXPECT_EQ(to_string(ObjectRef{"apps", "Deployment", "n", "istio-web"}), "Deployment/istio-web");
}

TEST(KindsDeathTest, AKindWithoutARowIsABug) {
  EXPECT_DEATH(kind_of({"", "Deployment", "n", "x"}), "a bug: a kind without a row");
}

TEST(Kinds, ListIdentities) {
  struct Row {
    std::string kind, list, first, second;
  };
  const Row rows[] = {
      {"Deployment", "containers", "name", ""},
      {"Deployment", "initContainers", "name", ""},
      {"Deployment", "env", "name", ""},
      {"Deployment", "volumes", "name", ""},
      {"Deployment", "volumeMounts", "mountPath", ""},
      {"Deployment", "ports", "containerPort", "protocol"},
      {"Service", "ports", "port", "protocol"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.kind + " " + row.list);
    const ListIdentity* identity = list_identity(
        kind_of({row.kind == "Deployment" ? "apps" : "", row.kind, "", ""}), row.list);
    ASSERT_NE(identity, nullptr);
    EXPECT_EQ(identity->keys[0], row.first);
    EXPECT_EQ(identity->keys[1], row.second);
  }
  for (const char* atomic : {"tolerations", "sysctls", "args", "command", "drop"}) {
    SCOPED_TRACE(atomic);
    EXPECT_EQ(list_identity(kind_of({"apps", "Deployment", "", ""}), atomic), nullptr);
  }
}

TEST(Rolling, Amounts) {
  struct Row {
    std::string text;
    bool valid;
    std::int64_t number;
    bool percent;
  };
  const Row rows[] = {
      {"1", true, 1, false},
      {"0", true, 0, false},
      {"25%", true, 25, true},
      {"100%", true, 100, true},
      {"0%", true, 0, true},
      {"2147483647", true, 2147483647, false},
      {"2147483648", false, 0, false},
      {"", false, 0, false},
      {"%", false, 0, false},
      {"-1", false, 0, false},
      {"+1", false, 0, false},
      {"1.5", false, 0, false},
      {"25 %", false, 0, false},
      {"25%%", false, 0, false},
      {" 25%", false, 0, false},
      {"abc", false, 0, false},
      {"99999999999999999999", false, 0, false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE("\"" + row.text + "\"");
    const auto amount = parse_rolling(row.text);
    ASSERT_EQ(amount.has_value(), row.valid);
    if (!amount) continue;
    EXPECT_EQ(amount->number, row.number);
    EXPECT_EQ(amount->is_percent, row.percent);
  }
}

ObservedObject observed_with(Answer before, Answer after) {
  ObservedObject object;
  object.desired.ref = {"", "Service", "n", "s"};
  object.desired.body = Json{{"from", "us"}};
  object.before = std::move(before);
  object.after = std::move(after);
  return object;
}

TEST(Objects, LiveIsWhatTheGetFound) {
  const Json stored{{"from", "get"}};
  EXPECT_EQ(*live(observed_with(Found{stored}, Absent{})), stored);
  EXPECT_EQ(live(observed_with(Absent{}, Found{stored, true})), nullptr);
  EXPECT_EQ(live(observed_with(Unread{"cut"}, Unread{"cut"})), nullptr);
  EXPECT_EQ(live(observed_with(Refused{}, Refused{})), nullptr);
}

TEST(Objects, ForeseenIsTheServersAnswerUnlessOnlyWeCanTell) {
  const Json answer{{"from", "preview"}}, forced{{"from", "forced"}};
  ObservedObject object = observed_with(Absent{}, Found{answer, true});
  EXPECT_EQ(*foreseen(object), answer);

  object = observed_with(Found{Json::object()}, Conflict{});
  EXPECT_EQ(foreseen(object), nullptr);
  object.if_forced = Found{forced};
  EXPECT_EQ(*foreseen(object), forced);
  object.if_forced = Refused{};
  EXPECT_EQ(foreseen(object), nullptr);

  object = observed_with(Absent{}, Refused{Refused::Kind::NoNamespace, 404, ""});
  EXPECT_EQ(foreseen(object), nullptr);
  object.foresight = Foresight::Ours;
  EXPECT_EQ(*foreseen(object), *object.desired.body);
}

TEST(Exchange, APreviewIsIdentifiedByItsBodyForceAndAttempt) {
  const ObjectRef ref{"", "Service", "n", "s"};
  const Write write{ref, Apply{Json{{"a", 1}}}, {}};
  Write other_body = write, with_force = write;
  std::get<Apply>(other_body.what).body["a"] = 2;
  std::get<Apply>(with_force.what).force = true;
  const std::set<std::string> all = {
      identity(Get{ref}),
      identity(Get{ref, 1}),
      identity(Get{{"", "Service", "n", "t"}}),
      identity(List{{"", "Pod", "n", ""}, ""}),
      identity(List{{"", "Pod", "n", ""}, "app=x"}),
      identity(Preview{write}),
      identity(Preview{write, 1}),
      identity(Preview{other_body}),
      identity(Preview{with_force}),
      identity(MayI{"patch", ref}),
      identity(MayI{"delete", ref}),
      identity(Version{}),
  };
  EXPECT_EQ(all.size(), 12U);
  EXPECT_EQ(identity(Preview{write}), identity(Preview{Write(write)}));
}

}  // namespace
}  // namespace asmgw
