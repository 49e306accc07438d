// Are quantities read and printed as the API server does it? Random spellings, seeded, against a
// real one: a container's limit is one that it prints anew.
#include "object/quantity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "bench.h"

namespace asmgw::e2e {
namespace {

class Spellings {
 public:
  explicit Spellings(unsigned seed) : random_(seed) {}

  std::string next() {
    std::string text = chance(6) ? "+" : "";
    text += digits(chance(85) ? 3 : 17);
    if (chance(35)) text += "." + (chance(10) ? "" : digits(chance(80) ? 3 : 12));
    static const std::vector<std::string> suffixes = {
        "n",   "u",  "m",  "",   "k",  "M",  "G",  "T",  "P",  "E",   "Ki",
        "Mi",  "Gi", "Ti", "Pi", "Ei", "e0", "e3", "E6", "E2", "e-3", "e+2",
        "E-1", "g",  "K",  "MB", "mi", "i",  "e",  "E+", " ",  "e1.5"};
    return text + suffixes[pick(chance(90) ? 23 : suffixes.size())];
  }

 private:
  bool chance(unsigned percent) { return pick(100) < percent; }
  std::size_t pick(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }
  std::string digits(std::size_t most) {
    std::string text = chance(10) ? "0" : "";
    for (std::size_t i = 0, count = 1 + pick(most); i < count; ++i) {
      text += static_cast<char>('0' + (chance(30) ? 0 : pick(10)));
    }
    return text;
  }

  std::mt19937 random_;
};

Outcome dry_run(const std::vector<std::string>& limits) {
  Json containers = Json::array();
  for (std::size_t i = 0; i < limits.size(); ++i) {
    containers.push_back({{"name", "c" + std::to_string(i)},
                          {"image", "i"},
                          {"resources", {{"limits", {{"memory", limits[i]}}}}}});
  }
  const Json labels{{"app", "quantities"}};
  const Json deployment{
      {"apiVersion", "apps/v1"},
      {"kind", "Deployment"},
      {"metadata", {{"name", "quantities"}, {"namespace", "istio-system"}}},
      {"spec",
       {{"selector", {{"matchLabels", labels}}},
        {"template",
         {{"metadata", {{"labels", labels}}}, {"spec", {{"containers", containers}}}}}}}};
  return kubectl(kOne, {"apply", "--server-side", "--dry-run=server", "-o", "json", "-f",
                        write("quantities.json", deployment.dump())});
}

/// What the server prints for each.
std::vector<std::string> printed(const std::vector<std::string>& limits) {
  const Outcome outcome = dry_run(limits);
  EXPECT_EQ(outcome.code, 0) << "we read what the server refuses: " << outcome.err;
  if (outcome.code != 0) return {};
  const Json answer = Json::parse(outcome.out);
  std::vector<std::string> texts;
  for (const Json& container : answer["spec"]["template"]["spec"]["containers"]) {
    texts.push_back(container["resources"]["limits"]["memory"]);
  }
  return texts;
}

bool is_absurd(const std::string& text) {  // beyond int64 the server caps, or not: nobody has that
  const Int128 nano = parse_quantity(text)->nano;
  return nano >= (Int128(1) << 62) * 1'000'000'000;
}

/// The server keeps some spellings (`03`, `900.692G`, `3e0`) and prints others anew. What we send
/// is always ours: it must be the same amount, and one that the server leaves as it is.
TEST(Quantity, OursIsTheSameAmountAndTheServerKeepsIt) {
  Spellings spellings(20261124);
  std::vector<std::string> good, bad;
  while (good.size() < 2000) {
    std::string text = spellings.next();
    if (!parse_quantity(text)) {
      bad.push_back(text);
    } else if (!is_absurd(text)) {
      good.push_back(text);
    }
  }
  for (std::size_t from = 0; from < good.size(); from += 250) {
    const std::vector<std::string> batch(good.begin() + static_cast<std::ptrdiff_t>(from),
                                         good.begin() + static_cast<std::ptrdiff_t>(from + 250));
    std::vector<std::string> ours;
    for (const std::string& text : batch) ours.push_back(canonical_quantity(text));
    EXPECT_EQ(printed(ours), ours);
    const std::vector<std::string> theirs = printed(batch);
    ASSERT_EQ(theirs.size(), batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      EXPECT_TRUE(same_quantity(ours[i], canonical_quantity(theirs[i])))
          << batch[i] << ": ours " << ours[i] << ", the server's " << theirs[i];
    }
  }
  EXPECT_GT(bad.size(), 40U);
  for (std::size_t i = 0; i < std::min<std::size_t>(bad.size(), 60); ++i) {
    EXPECT_NE(dry_run({bad[i]}).code, 0) << "we refuse what the server reads: " << bad[i];
  }
}

}  // namespace
}  // namespace asmgw::e2e
