// Does what `diff` foresees come true? Random gateways and edits: `diff -o json`, `apply`, and then
// the objects as the API servers and their controllers have them. A failure names its seed:
// ASMGW_RANDOM_FIRST=SEED ASMGW_RANDOM_GATEWAYS=1 tries it alone.
#include "truth.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "bench.h"

namespace asmgw::e2e {
namespace {

void expect_all_true(const Judge& judge) {
  std::cout << judge.text();
  EXPECT_TRUE(judge.is_all_true());
}

TEST(Truth, OfRandomEdits) {
  Judge judge;
  for (const std::vector<Pair>& batch : batches(300)) {
    judge.make(batch);
    judge.change(batch);
    judge.take_out();
  }
  expect_all_true(judge);
  EXPECT_GT(judge.restarts.right * 300, judge.pairs * 50);
}

}  // namespace
}  // namespace asmgw::e2e
