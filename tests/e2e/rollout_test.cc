// Is a rollout followed to its real end: slow pods, failing pods, an interruption?
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;

class Rollout : public testing::Test {
 protected:
  void SetUp() override {
    clean("web");
    ASSERT_EQ(apply("").code, 0);
  }
  void TearDown() override { clean("web"); }

  static std::string file(const std::string& annotation) {
    return write("web.yaml",
                 gateway("web", kOne,
                         "  replicaCount: 4\n  rollingMaxSurge: 25%\n" +
                             (annotation.empty() ? std::string()
                                                 : "  podAnnotations: {" + annotation + "}\n")));
  }
  static std::vector<std::string> command(const std::string& annotation) {
    return {"kubectl",          "asmgw",         "apply",           "-f",
            file(annotation),   "--yes",         "--allow-restart", "--progress",
            "--kubeconfig-dir", kubeconfig_dir()};
  }
  static Outcome apply(const std::string& annotation) { return run(command(annotation)); }
};

TEST_F(Rollout, SlowPodsAreFollowedAndCounted) {
  const Outcome slow = apply("devcluster/ready-after: 1s");
  EXPECT_EQ(slow.code, 0) << slow.out << slow.err;
  EXPECT_THAT(slow.out, HasSubstr("4/4 new pods"));
  EXPECT_THAT(slow.out, HasSubstr("never under 3 ready"));  // 25% of 4 = 1 may be missing
  EXPECT_EQ(revision(kOne, "web"), "2");
  EXPECT_THAT(slow.err, HasSubstr("rolling"));
}

TEST_F(Rollout, FailingPodsEndItInTheirOwnWords) {
  const Outcome failed = apply("devcluster/fail: CrashLoopBackOff");
  EXPECT_EQ(failed.code, 3) << failed.out << failed.err;
  EXPECT_THAT(failed.out, HasSubstr("[rollout-failed]"));
  EXPECT_THAT(failed.out, HasSubstr("CrashLoopBackOff: back-off 40s"));
  EXPECT_THAT(failed.out, HasSubstr("Stopped: 0 of 1 cluster done"));
}

TEST_F(Rollout, TimeIsUp) {
  std::vector<std::string> words = command("devcluster/ready-after: 60s");
  words.insert(words.end(), {"--timeout", "3s"});
  const Outcome late = run(words);
  EXPECT_EQ(late.code, 3) << late.out << late.err;
  EXPECT_THAT(late.out, HasSubstr("[timed-out]"));
}

TEST_F(Rollout, AnInterruptionIsReportedAndARerunConverges) {
  const Outcome stopped =
      run(command("devcluster/ready-after: 4s"), std::chrono::milliseconds(1500));
  EXPECT_EQ(stopped.code, 130) << stopped.out << stopped.err;
  EXPECT_THAT(stopped.out, HasSubstr("not watched"));
  EXPECT_THAT(stopped.out, HasSubstr("Interrupted: "));
  const Outcome again = apply("devcluster/ready-after: 4s");
  EXPECT_EQ(again.code, 0) << again.out << again.err;
  EXPECT_EQ(asmgw({"diff", "-f", file("devcluster/ready-after: 4s")}).code, 0);
}

}  // namespace
}  // namespace asmgw::e2e
