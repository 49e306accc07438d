#include "diff/arithmetic.h"

#include <gtest/gtest.h>

#include <string>

namespace asmgw {
namespace {

Json deployment(int replicas, const Json& surge, const Json& unavailable,
                const std::string& cpu = "", const std::string& memory = "") {
  Json requests = Json::object();
  if (!cpu.empty()) requests["cpu"] = cpu;
  if (!memory.empty()) requests["memory"] = memory;
  return {
      {"spec",
       {{"replicas", replicas},
        {"strategy", {{"rollingUpdate", {{"maxSurge", surge}, {"maxUnavailable", unavailable}}}}},
        {"template",
         {{"spec",
           {{"containers",
             Json::array({{{"name", "p"}, {"resources", {{"requests", requests}}}}})}}}}}}}};
}

struct Case {
  std::string name;
  int replicas;
  Json surge, unavailable;
  std::int64_t surge_pods, unavailable_pods, floor, peak, waves;
};

class Rollout : public testing::TestWithParam<Case> {};
TEST_P(Rollout, Bounds) {
  const Case& row = GetParam();
  const Json live = deployment(row.replicas, row.surge, row.unavailable);
  const Arithmetic numbers = rollout_arithmetic(live, live);
  EXPECT_EQ(numbers.replicas, row.replicas);
  EXPECT_EQ(numbers.surge.pods, row.surge_pods);
  EXPECT_EQ(numbers.unavailable.pods, row.unavailable_pods);
  EXPECT_EQ(numbers.floor, row.floor);
  EXPECT_EQ(numbers.peak, row.peak);
  EXPECT_EQ(numbers.waves, row.waves);
  EXPECT_EQ(numbers.surge.of, row.replicas);
  EXPECT_FALSE(numbers.cpu);
  EXPECT_FALSE(numbers.memory);
}
// floor = R - U, peak = R + S, waves = ⌈R ÷ (S + U)⌉; S rounded up, U down; both 0 → U = 1
INSTANTIATE_TEST_SUITE_P(All, Rollout,
                         testing::Values(Case{"screen_R4", 4, "25%", "25%", 1, 1, 3, 5, 2},
                                         Case{"screen_R6", 6, "25%", "25%", 2, 1, 5, 8, 2},
                                         Case{"R1_quarter", 1, "25%", "25%", 1, 0, 1, 2, 1},
                                         Case{"R3_quarter", 3, "25%", "25%", 1, 0, 3, 4, 3},
                                         Case{"R5_quarter", 5, "25%", "25%", 2, 1, 4, 7, 2},
                                         Case{"R10_quarter", 10, "25%", "25%", 3, 2, 8, 13, 2},
                                         Case{"surge_100", 4, "100%", "0%", 4, 0, 4, 8, 1},
                                         Case{"both_100", 3, "100%", "100%", 3, 3, 0, 6, 1},
                                         Case{"defaults_of_the_crd", 1, "100%", "25%", 1, 0, 1, 2,
                                              1},
                                         Case{"both_zero", 4, 0, 0, 0, 1, 3, 4, 4},
                                         Case{"both_round_to_zero", 3, 0, "25%", 0, 1, 2, 3, 3},
                                         Case{"integers", 6, 2, 1, 2, 1, 5, 8, 2},
                                         Case{"more_unavailable_than_pods", 2, 0, 5, 0, 5, 0, 2, 1},
                                         Case{"surge_beyond_100", 2, "300%", 0, 6, 0, 2, 8, 1},
                                         Case{"no_replicas", 0, "25%", "25%", 0, 1, 0, 0, 0}),
                         [](const auto& row) { return row.param.name; });

TEST(Arithmetic, RequestsOfTheScreens) {
  const auto numbers = [](int replicas, const std::string& old_cpu, const std::string& new_cpu,
                          const std::string& old_memory, const std::string& new_memory) {
    return rollout_arithmetic(deployment(replicas, "25%", "25%", old_cpu, old_memory),
                              deployment(replicas, "25%", "25%", new_cpu, new_memory));
  };
  const auto text = [](const std::optional<Requested>& amount) {
    return amount ? amount->now + " " + amount->peak + " " + amount->after : "none";
  };
  const Arithmetic four = numbers(4, "200m", "400m", "256Mi", "512Mi");
  EXPECT_EQ(text(four.cpu), "800m 1800m 1600m");
  EXPECT_EQ(text(four.memory), "1Gi 2304Mi 2Gi");
  const Arithmetic six = numbers(6, "400m", "400m", "512Mi", "512Mi");
  EXPECT_EQ(text(six.cpu), "2400m 3200m 2400m");
  EXPECT_EQ(text(six.memory), "3Gi 4Gi 3Gi");
  // less requested: the peak is max(R·new + S·old, R·old + S·new) = max(800 + 400, 1600 + 200)
  EXPECT_EQ(text(numbers(4, "400m", "200m", "", "").cpu), "1600m 1800m 800m");
  EXPECT_EQ(text(numbers(4, "", "1", "", "").cpu), "0 4 4");
  EXPECT_EQ(text(numbers(4, "1", "", "", "").cpu), "4 4 0");
  EXPECT_EQ(text(numbers(4, "1", "1", "", "").memory), "none");
}

TEST(Arithmetic, PerPodTheLargerOfTheSumAndTheLargestInitContainer) {
  const auto with = [](const std::string& init, const std::string& second) {
    Json object = deployment(1, 1, 0, "200m");
    Json& pod = object["spec"]["template"]["spec"];
    pod["containers"].push_back({{"resources", {{"requests", {{"cpu", second}}}}}});
    pod["initContainers"] = Json::array({{{"resources", {{"requests", {{"cpu", "100m"}}}}}},
                                         {{"resources", {{"requests", {{"cpu", init}}}}}},
                                         {{"name", "without"}}});
    return rollout_arithmetic(object, object).cpu->now;
  };
  EXPECT_EQ(with("400m", "300m"), "500m");
  EXPECT_EQ(with("1", "300m"), "1");
}

TEST(Arithmetic, ReplicasThatChangeInTheSameWriteGiveBounds) {
  const Arithmetic up =
      rollout_arithmetic(deployment(4, "25%", "25%"), deployment(8, "25%", "25%"));
  EXPECT_EQ(up.replicas, 4);
  EXPECT_EQ(up.floor, 3);  // of the 4
  EXPECT_EQ(up.peak, 10);  // of the 8
  const Arithmetic down =
      rollout_arithmetic(deployment(8, "25%", "25%"), deployment(4, "25%", "25%"));
  EXPECT_EQ(down.floor, 3);
  EXPECT_EQ(down.peak, 10);
}

TEST(Arithmetic, TheStrategyIsTheNewOne) {
  const Arithmetic numbers =
      rollout_arithmetic(deployment(4, "25%", "25%"), deployment(4, "100%", 0));
  EXPECT_EQ(numbers.surge.value, "100%");
  EXPECT_EQ(numbers.unavailable.value, "0");
  EXPECT_EQ(numbers.floor, 4);
  EXPECT_EQ(numbers.peak, 8);
}

TEST(Arithmetic, WhatIsAbsentHasTheServersDefaults) {
  const Arithmetic numbers = rollout_arithmetic(Json::object(), Json::object());
  EXPECT_EQ(numbers.replicas, 1);
  EXPECT_EQ(numbers.surge.value, "25%");
  EXPECT_EQ(numbers.floor, 1);
  EXPECT_EQ(numbers.peak, 2);
}

}  // namespace
}  // namespace asmgw
