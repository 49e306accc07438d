// What other managers own: a conflict and what force does, and what stays when we let go.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

class Ownership : public testing::Test {
 protected:
  void TearDown() override { clean("owned"); }

  static void apply(const std::string& file) {
    const Outcome applied = asmgw({"apply", "-f", file, "--yes", "--allow-restart"});
    ASSERT_EQ(applied.code, 0) << applied.out << applied.err;
  }
  static void patch(const std::string& kind, const std::string& manager, const std::string& body) {
    const Outcome patched =
        kubectl(kOne, {"patch", kind, "istio-owned", "--field-manager", manager, "-p", body});
    ASSERT_EQ(patched.code, 0) << patched.err;
  }
};

TEST_F(Ownership, ForceTakesWhatConflicts) {
  const std::string file = write("owned.yaml", gateway("owned", kOne, ""));
  apply(file);
  patch("service", "somebody", R"({"metadata":{"labels":{"app.kubernetes.io/managed-by":"me"}}})");
  const Outcome refused = asmgw({"apply", "-f", file, "--yes"});
  EXPECT_EQ(refused.code, 4) << refused.out << refused.err;
  EXPECT_THAT(refused.out, HasSubstr("closed  --force-conflicts  c8a4b2xxxxxx Service/istio-owned: "
                                     "conflict\n          takes metadata.labels"));
  const auto before = versions(kOne, "owned");
  const Outcome diff = asmgw({"diff", "-f", file, "--force-conflicts"});
  EXPECT_EQ(diff.code, 1) << diff.out << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("drift put back: somebody changed it at 20"));
  EXPECT_THAT(diff.out, HasSubstr("warning: taken from somebody [conflict]"));
  EXPECT_THAT(diff.out, HasSubstr("c8a4b2xxxxxx  force "));
  EXPECT_EQ(versions(kOne, "owned"), before);  // a diff writes nothing
  const Outcome forced = asmgw({"apply", "-f", file, "--yes", "--force-conflicts"});
  EXPECT_EQ(forced.code, 0) << forced.out << forced.err;
  const Json service = get(kOne, "service", "istio-owned");
  EXPECT_EQ(service["metadata"]["labels"]["app.kubernetes.io/managed-by"], "kubectl-asmgw");
  EXPECT_EQ(asmgw({"diff", "-f", file}).code, 0);
}

/// Only what conflicts is written with force, and the others' own fields stay theirs.
TEST_F(Ownership, ForceLeavesAloneWhatIsNotOurs) {
  const std::string file = write("owned.yaml", gateway("owned", kOne, ""));
  apply(file);
  patch("deployment", "somebody",
        R"({"spec":{"minReadySeconds":7,"strategy":{"rollingUpdate":{"maxSurge":"50%"}}}})");
  const Outcome forced = asmgw({"apply", "-f", file, "--yes", "--force-conflicts"});
  EXPECT_EQ(forced.code, 0) << forced.out << forced.err;
  const Json deployment = get(kOne, "deployment", "istio-owned");
  EXPECT_EQ(deployment["spec"]["minReadySeconds"], 7);
  EXPECT_NE(deployment["spec"]["strategy"]["rollingUpdate"]["maxSurge"], "50%");
}

TEST_F(Ownership, WhatIsCoOwnedIsLeftOver) {
  const std::string with = gateway("owned", kOne, "  podAnnotations: {team: edge}\n");
  apply(write("owned.yaml", with));
  // the same value by another manager: both own it
  patch("deployment", "somebody",
        R"({"spec":{"template":{"metadata":{"annotations":{"team":"edge"}}}}})");
  const Outcome applied =
      kubectl(kOne, {"apply", "--server-side", "--field-manager", "third", "-f",
                     write("third.yaml",
                           "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: istio-owned}\n"
                           "spec: {template: {metadata: {annotations: {team: edge}}}}\n")});
  ASSERT_EQ(applied.code, 0) << applied.err;
  const std::string file = write("owned.yaml", gateway("owned", kOne, ""));
  const Outcome diff = asmgw({"diff", "-f", file});
  EXPECT_THAT(diff.out, HasSubstr("third owns team too, so it stays [left-over]"));
  EXPECT_THAT(diff.out, HasSubstr("why:  spec.template.metadata.annotations.team: third"));
  EXPECT_THAT(diff.out, Not(HasSubstr("rolling restart")));
  const std::string revision_before = revision(kOne, "owned");
  asmgw({"apply", "-f", file, "--yes"});
  EXPECT_EQ(revision(kOne, "owned"), revision_before);
  const Json deployment = get(kOne, "deployment", "istio-owned");
  EXPECT_EQ(deployment["spec"]["template"]["metadata"]["annotations"]["team"], "edge");
}

}  // namespace
}  // namespace asmgw::e2e
