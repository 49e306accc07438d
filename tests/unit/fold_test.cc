#include "report/fold.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace asmgw {
namespace {

Item item(const std::string& leaf, const std::string& value = "1") {
  return {"spec", "~", leaf, value, "g.yaml:1"};
}
Part part(const std::string& title, std::vector<Item> items, std::vector<std::string> blocks = {}) {
  Part result;
  result.title = title;
  result.mark = "~";
  result.items = std::move(items);
  for (std::string& block : blocks) result.blocks.push_back({block, block});
  return result;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// `common: ~S a, b(not c2) [block] / c2: ~S +c -b`
std::string shown(const Folded& folded) {
  std::string text = "common:";
  for (const CommonPart& common : folded.common) {
    text += " " + common.part.mark + common.part.title + (common.part.restarts ? "!" : "");
    for (const CommonItem& entry : common.items) {
      text += " " + entry.item.leaf + "=" + entry.item.value;
      if (!entry.lacking.empty()) text += "(not " + joined(entry.lacking) + ")";
    }
    for (const Block& block : common.part.blocks) text += " [" + block.text + "]";
  }
  for (const Section& section : folded.sections) {
    text += " / " + joined(section.clusters) + ":";
    for (const DifferingPart& differing : section.parts) {
      text +=
          " " + differing.part.mark + differing.part.title + (differing.is_whole ? " whole" : "");
      for (const Item& own : differing.part.items) text += " +" + own.leaf + "=" + own.value;
      for (const Item& lacking : differing.without) text += " -" + lacking.leaf;
      for (const Block& block : differing.part.blocks) text += " [" + block.text + "]";
    }
  }
  return text;
}

TEST(Fold, OneClusterIsNeverFolded) {
  EXPECT_EQ(shown(fold({{"c1", {part("S", {item("a"), item("b")}, {"risk"}), part("D", {})}}})),
            "common: ~S a=1 b=1 [risk] ~D");
}

TEST(Fold, NothingIsNothing) {
  EXPECT_EQ(shown(fold({})), "common:");
  EXPECT_EQ(shown(fold({{"c1", {}}, {"c2", {}}})), "common:");
}

TEST(Fold, TwoClustersAlikeAreSaidOnce) {
  const std::vector<Part> parts = {part("S", {item("a")}, {"risk"})};
  EXPECT_EQ(shown(fold({{"c1", parts}, {"c2", parts}})), "common: ~S a=1 [risk]");
}

TEST(Fold, TwoClustersThatDifferInOneItem) {
  EXPECT_EQ(shown(fold({{"c1", {part("S", {item("a"), item("b")})}},
                        {"c2", {part("S", {item("a"), item("b", "2")})}}})),
            "common: ~S a=1 / c1: ~S +b=1 / c2: ~S +b=2");
}

TEST(Fold, TwoClustersThatDifferInAll) {
  EXPECT_EQ(shown(fold({{"c1", {part("S", {item("a")})}}, {"c2", {part("D", {item("b")})}}})),
            "common: / c1: ~S whole +a=1 / c2: ~D whole +b=1");
}

TEST(Fold, EightClustersOfWhichOneLacksAnItem) {
  std::vector<ClusterParts> clusters;
  for (int i = 1; i <= 8; ++i) {
    std::vector<Item> items = {item("a")};
    if (i != 3) items.push_back(item("b"));
    clusters.push_back({"c" + std::to_string(i), {part("S", items)}});
  }
  EXPECT_EQ(shown(fold(clusters)), "common: ~S a=1 b=1(not c3) / c3: ~S -b");
}

TEST(Fold, HalfOfTheClustersIsEnoughLessIsNot) {
  const auto clusters = [](int with) {
    std::vector<ClusterParts> all;
    for (int i = 1; i <= 8; ++i) {
      std::vector<Item> items = {item("a")};
      if (i <= with) items.push_back(item("b"));
      all.push_back({"c" + std::to_string(i), {part("S", items)}});
    }
    return shown(fold(all));
  };
  EXPECT_EQ(clusters(4), "common: ~S a=1 b=1(not c5 c6 c7 c8) / c5 c6 c7 c8: ~S -b");
  EXPECT_EQ(clusters(3), "common: ~S a=1 / c1 c2 c3: ~S +b=1");
}

TEST(Fold, ClustersThatDifferInTheSameWayShareASection) {
  const auto with = [](const std::string& value) {
    return std::vector<Part>{part("S", {item("a"), item("b", value)})};
  };
  EXPECT_EQ(shown(fold({{"c1", with("1")},
                        {"c2", with("1")},
                        {"c3", with("1")},
                        {"c4", with("2")},
                        {"c5", with("2")},
                        {"c6", with("3")}})),
            "common: ~S a=1 b=1(not c4 c5 c6) / c4 c5: ~S +b=2 -b / c6: ~S +b=3 -b");
}

TEST(Fold, AClusterWithoutTheObjectLacksItsItems) {
  const std::vector<Part> parts = {part("S", {item("a")})};
  EXPECT_EQ(shown(fold({{"c1", parts}, {"c2", parts}, {"c3", {}}})), "common: ~S a=1(not c3)");
}

TEST(Fold, RisksThatFewHaveAreTheirs) {
  EXPECT_EQ(shown(fold({{"c1", {part("S", {item("a")}, {"risk", "own"})}},
                        {"c2", {part("S", {item("a")}, {"risk"})}},
                        {"c3", {part("S", {item("a")}, {"risk"})}}})),
            "common: ~S a=1 [risk] / c1: ~S [own]");
}

TEST(Fold, AnotherActionIsAnotherObject) {
  Part refused = part("S", {item("a")});
  refused.mark = "!";
  refused.action = Action::Refused;
  EXPECT_EQ(
      shown(fold(
          {{"c1", {part("S", {item("a")})}}, {"c2", {part("S", {item("a")})}}, {"c3", {refused}}})),
      "common: ~S a=1(not c3) / c3: !S whole +a=1");
}

/// The same update, of which one field more conflicts there (screen 2).
TEST(Fold, AConflictIsWhatItAddsToTheUpdate) {
  Part conflict = part("S", {item("a"), item("b")});
  conflict.mark = "!";
  conflict.action = Action::Conflict;
  const Part update = part("S", {item("a")});
  EXPECT_EQ(shown(fold({{"c1", {conflict}}, {"c2", {update}}, {"c3", {update}}})),
            "common: ~S a=1 / c1: !S +b=1");
  conflict.items.pop_back();
  EXPECT_EQ(shown(fold({{"c1", {update}}, {"c2", {update}}, {"c3", {conflict}}})),
            "common: ~S a=1 / c3: !S");
}

TEST(Fold, ARestartThatNotAllHaveDiffers) {
  Part restarting = part("D", {item("a")});
  restarting.restarts = true;
  const Part still = part("D", {item("a")});
  EXPECT_EQ(shown(fold({{"c1", {restarting}}, {"c2", {restarting}}, {"c3", {still}}})),
            "common: ~D! a=1 / c3: ~D");
}

}  // namespace
}  // namespace asmgw
