#include "base/path.h"

#include <gtest/gtest.h>

#include <string>

namespace asmgw {
namespace {

PathStep key(std::string json) { return {PathStep::Kind::Key, std::move(json)}; }

struct Case {
  std::string name;
  Path path;
  std::string expected;
};

class PathText : public testing::TestWithParam<Case> {};
TEST_P(PathText, NamesByIdentity) { EXPECT_EQ(to_string(GetParam().path), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(
    All, PathText,
    testing::Values(
        Case{"empty", {}, ""}, Case{"field", fields({"spec"}), "spec"},
        Case{"fields", fields({"spec", "template", "spec"}), "spec.template.spec"},
        Case{"map_key_with_dots", fields({"metadata", "annotations", "example.com/a"}),
             "metadata.annotations[example.com/a]"},
        Case{"map_key_without_dots", fields({"metadata", "labels", "my-app_1"}),
             "metadata.labels.my-app_1"},
        Case{"empty_map_key", fields({"metadata", "labels", ""}), "metadata.labels[]"},
        Case{"list_key",
             fields({"spec", "containers"}) / key(R"({"name":"istio-proxy"})") / "env" /
                 key(R"({"name":"X"})") / "value",
             "spec.containers[istio-proxy].env[X].value"},
        Case{"two_keys", fields({"spec", "ports"}) / key(R"({"port":443,"protocol":"TCP"})"),
             "spec.ports[443/TCP]"},
        Case{"field_behind_key",
             fields({"ports"}) / key(R"({"port":443,"protocol":"TCP"})") / "targetPort",
             "ports[443/TCP].targetPort"},
        Case{"set_value",
             fields({"metadata", "finalizers"}) / PathStep{PathStep::Kind::Value, "\"a/b\""},
             "metadata.finalizers[\"a/b\"]"},
        Case{"index", fields({"spec", "args"}) / PathStep{PathStep::Kind::Index, "2"},
             "spec.args[2]"},
        Case{"broken_key", fields({"a"}) / key("{"), "a[{]"}),
    [](const auto& row) { return row.param.name; });

TEST(Path, IsWithinItselfAndItsAncestors) {
  const Path item = fields({"spec", "ports"}) / key(R"({"port":80})");
  EXPECT_TRUE(is_within(item, item));
  EXPECT_TRUE(is_within(item, fields({"spec"})));
  EXPECT_TRUE(is_within(item, {}));
  EXPECT_FALSE(is_within(fields({"spec"}), item));
  EXPECT_FALSE(is_within(fields({"spec", "portsX"}), fields({"spec", "ports"})));
  EXPECT_FALSE(is_within(fields({"spec", "ports"}) / key(R"({"port":81})"), item));
  // the kind of a step counts, too
  EXPECT_FALSE(is_within(fields({"a", "b"}), fields({"a"}) / PathStep{PathStep::Kind::Value, "b"}));
}

TEST(Path, APrefixIsOrderedBeforeWhatIsBelowIt) {
  const PathSet paths = {fields({"b"}), fields({"a", "b"}), fields({"a"}), fields({"a"})};
  std::string order;
  for (const Path& path : paths) order += to_string(path) + " ";
  EXPECT_EQ(order, "a a.b b ");
}

}  // namespace
}  // namespace asmgw
