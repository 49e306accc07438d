// Does what `diff` foresees come true? Random gateways and edits: `diff -o json`, `apply`, and then
// the objects as the API servers and their controllers have them. A failure names its seed:
// ASMGW_RANDOM_FIRST=SEED ASMGW_RANDOM_GATEWAYS=1 tries it alone.
#include "truth.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "bench.h"
#include "drift.h"
#include "truth.h"

namespace asmgw::e2e {
namespace {

void expect_all_true(const Judge& judge) {
  std::cout << judge.text();
  EXPECT_TRUE(judge.is_all_true());
}

/// What others do to each gateway, mostly in one of its clusters.
void let_others(std::vector<Pair>& batch) {
  for (Pair& pair : batch) {
    test::Dice dice(pair.seed + 3'000'000);
    for (auto times = dice.chance(70) ? 1 : dice.between(2, 3); times > 0; --times) {
      const std::string cluster = dice.chance(70) ? kOne : kTwo;
      pair.drift += cluster + ": " + drift(cluster, pair.name, dice) + "\n";
    }
  }
}

TEST(Truth, OfRandomEdits) {
  Judge judge;
  for (const std::vector<Pair>& batch : batches(300)) {
    judge.make(batch);
    judge.change(batch);
    judge.take_out();
  }
  expect_all_true(judge);
  EXPECT_GT(judge.restarts.right * 3, judge.pairs);
}

TEST(Truth, AmongOthers) {
  Judge judge;
  for (std::vector<Pair>& batch : batches(60)) {
    judge.make(batch);
    let_others(batch);
    judge.change(batch);
    judge.take_out();
  }
  expect_all_true(judge);
  EXPECT_GT(judge.refused * 20, judge.pairs);
}

/// Another manager made the Deployments: first ours is laid over them, then the edit.
TEST(Truth, OverTheirs) {
  Judge judge;
  for (std::vector<Pair>& batch : batches(40)) {
    for (const Pair& pair : batch) {
      test::Dice dice(pair.seed + 4'000'000);
      for (const std::string& cluster : {kOne, kTwo}) make_foreign(cluster, pair.name, dice);
    }
    std::vector<Pair> first = batch;
    for (Pair& pair : first) pair.edited = pair.first;
    judge.change(first);
    if (batch[0].seed % 40 == 0) let_others(batch);
    judge.change(batch);
    judge.take_out();
  }
  expect_all_true(judge);
}

}  // namespace
}  // namespace asmgw::e2e
