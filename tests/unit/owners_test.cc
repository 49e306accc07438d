#include "object/owners.h"

#include <gtest/gtest.h>

#include <string>

namespace asmgw {
namespace {

Json with_entries(const std::string& entries) {
  return parse_json(R"({"metadata":{"managedFields":)" + entries + "}}");
}

std::string paths_of(const std::string& fields_v1) {
  const auto owners = owners_of(
      with_entries(R"([{"manager":"m","operation":"Apply","fieldsV1":)" + fields_v1 + "}]"));
  std::string text;
  for (const OwnerEntry& owner : owners) {
    for (const Path& path : owner.paths) text += (text.empty() ? "" : " ") + conflict_text(path);
  }
  return text;
}

struct Case {
  std::string name;
  std::string fields_v1;
  std::string expected;  ///< as the server writes paths, one space between
};

class FieldsV1 : public testing::TestWithParam<Case> {};
TEST_P(FieldsV1, BecomesPaths) { EXPECT_EQ(paths_of(GetParam().fields_v1), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    All, FieldsV1,
    testing::Values(
        Case{"leaf", R"({"f:spec":{"f:replicas":{}}})", ".spec.replicas"},
        Case{"two_leaves", R"({"f:spec":{"f:a":{},"f:b":{}}})", ".spec.a .spec.b"},
        Case{"map_key_with_dots", R"({"f:metadata":{"f:labels":{"f:app.kubernetes.io/name":{}}}})",
             ".metadata.labels.app.kubernetes.io/name"},
        Case{"item_by_key",
             R"({"f:containers":{"k:{\"name\":\"istio-proxy\"}":{".":{},"f:name":{}}}})",
             R"(.containers[name="istio-proxy"] .containers[name="istio-proxy"].name)"},
        Case{"item_by_two_keys",
             R"({"f:ports":{"k:{\"port\":443,\"protocol\":\"TCP\"}":{"f:targetPort":{}}}})",
             R"(.ports[port=443,protocol="TCP"].targetPort)"},
        Case{"env_value",
             R"({"f:spec":{"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"istio-proxy\"}":)"
             R"({"f:env":{"k:{\"name\":\"X\"}":{"f:value":{}}}}}}}}})",
             R"(.spec.template.spec.containers[name="istio-proxy"].env[name="X"].value)"},
        Case{"set_value", R"({"f:finalizers":{"v:\"a.b/c\"":{}}})", R"(.finalizers[="a.b/c"])"},
        Case{"index", R"({"f:args":{"i:2":{}}})", ".args[2]"},
        Case{"dot_owns_the_field_itself", R"({"f:labels":{".":{},"f:a":{}}})", ".labels .labels.a"},
        Case{"unknown_kinds_are_left_out", R"({"x:spec":{},"spec":{},"":{},"f":{},"f:a":{}})",
             ".a"},
        Case{"no_object", "7", ""}, Case{"empty_owns_nothing_below", R"({"f:a":null})", ""}),
    [](const auto& row) { return row.param.name; });

TEST(Owners, EntriesKeepWhatTheServerRecorded) {
  const auto owners = owners_of(with_entries(R"([
    {"manager":"kubectl-asmgw","operation":"Apply","apiVersion":"apps/v1",
     "time":"2026-08-19T16:02:44Z","fieldsV1":{"f:spec":{"f:selector":{}}}},
    {"manager":"kube-controller-manager","operation":"Update","subresource":"scale",
     "fieldsV1":{"f:spec":{"f:replicas":{}}}},
    {"manager":"broken"}])"));
  ASSERT_EQ(owners.size(), 2U);
  EXPECT_EQ(owners[0].manager, "kubectl-asmgw");
  EXPECT_EQ(owners[0].operation, "Apply");
  EXPECT_EQ(owners[0].time, "2026-08-19T16:02:44Z");
  EXPECT_EQ(owners[1].subresource, "scale");
  EXPECT_EQ(owners[1].time, "");  // a scale entry has none
}

TEST(Owners, AnObjectWithoutManagedFieldsHasNone) {
  for (const char* object : {"{}", R"({"metadata":{}})", R"({"metadata":{"managedFields":null}})",
                             R"({"metadata":{"managedFields":{}}})", "[]", "null"}) {
    SCOPED_TRACE(object);
    EXPECT_TRUE(owners_of(parse_json(object)).empty());
  }
}

TEST(Owners, IsOursOnlyThroughOurApplyEntry) {
  const Path replicas = fields({"spec", "replicas"});
  struct Row {
    std::string name, manager, operation, owned;
    bool ours;
  };
  const Row rows[] = {
      {"the field itself", "kubectl-asmgw", "Apply", R"({"f:spec":{"f:replicas":{}}})", true},
      {"something below", "kubectl-asmgw", "Apply", R"({"f:spec":{"f:replicas":{"f:x":{}}}})",
       true},
      {"another field", "kubectl-asmgw", "Apply", R"({"f:spec":{"f:paused":{}}})", false},
      {"an update of ours", "kubectl-asmgw", "Update", R"({"f:spec":{"f:replicas":{}}})", false},
      {"another manager", "kubectl-edit", "Apply", R"({"f:spec":{"f:replicas":{}}})", false},
      {"our second manager", "kubectl-asmgw-replicas", "Apply", R"({"f:spec":{"f:replicas":{}}})",
       false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Json object = with_entries(R"([{"manager":")" + row.manager + R"(","operation":")" +
                                     row.operation + R"(","fieldsV1":)" + row.owned + "}]");
    EXPECT_EQ(is_ours(object, replicas), row.ours);
  }
}

TEST(Owners, HostileDepthEndsQuietly) {
  std::string nested = "{}";
  for (int i = 0; i < 240; ++i) nested = R"({"f:a":)" + nested + "}";
  EXPECT_EQ(paths_of(nested), "");
}

}  // namespace
}  // namespace asmgw
