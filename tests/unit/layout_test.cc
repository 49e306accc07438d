#include "report/layout.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace asmgw {
namespace {

const Screen kPlain{};

TEST(Layout, ColumnsCountWhatTheEyeSees) {
  struct Row {
    std::string text;
    int expected;
  };
  const Row rows[] = {{"", 0},
                      {"abc", 3},
                      {"ä", 1},
                      {"→", 1},
                      {"…", 1},
                      {"中文", 4},
                      {"e\u0301", 1},
                      {"ｗ", 2},
                      {"\xff", 1},
                      {"a\xff"
                       "b",
                       3}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(columns(row.text), row.expected);
  }
}

TEST(Layout, PadFillsColumns) {
  EXPECT_EQ(pad("ab", 4), "ab  ");
  EXPECT_EQ(pad("中", 4), "中  ");
  EXPECT_EQ(pad("abcd", 4), "abcd");
  EXPECT_EQ(pad("abcde", 4), "abcde");
  EXPECT_EQ(pad("", 2), "  ");
}

TEST(Layout, HarmlessTextSteersNoTerminal) {
  struct Row {
    std::string name, text, expected;
  };
  const Row rows[] = {
      {"plain", "abc äé 中", "abc äé 中"},
      {"escape", "\x1b[31mred", "\\x1b[31mred"},
      {"bell and backspace", "\a\b", "\\x07\\x08"},
      {"carriage return", "a\rb", "a\\x0db"},
      {"tab", "a\tb", "a\\x09b"},
      {"line end", "a\nb", "a b"},
      {"delete", "\x7f", "\\x7f"},
      {"control sequence introducer", "\u009b31m", "\\x9b31m"},
      {"next line", "a\u0085b", "a\\x85b"},
      {"no-break space stays", "\u00a0", "\u00a0"},
      {"nul", std::string("a\0b", 3), "a\\x00b"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(harmless(row.text), row.expected);
  }
}

TEST(Layout, WrapBreaksAtSpaces) {
  struct Row {
    std::string text;
    int width;
    std::vector<std::string> expected;
  };
  const Row rows[] = {
      {"", 10, {}},
      {"one two three", 7, {"one two", "three"}},
      {"one two three", 6, {"one", "two", "three"}},
      {"unbreakable word", 5, {"unbreakable", "word"}},
      {"中文 中文", 8, {"中文", "中文"}},
      {"中文 中文", 9, {"中文 中文"}},
      {"exact fit", 9, {"exact fit"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    EXPECT_EQ(wrap(row.text, row.width), row.expected);
  }
}

TEST(Layout, MarksInAscii) {
  const Screen ascii{false, true, 80};
  EXPECT_EQ(marks("1 → 2 … · ≥ 3 — █░", ascii), "1 -> 2 ... , >= 3 - #.");
  EXPECT_EQ(marks("1 → 2", kPlain), "1 → 2");
  EXPECT_EQ(marks("→→", ascii), "->->");
}

TEST(Layout, PaintOnlyInColour) {
  const Screen color{true, false, 80};
  EXPECT_EQ(paint("x", Paint::Good, kPlain), "x");
  EXPECT_EQ(paint("x", Paint::Good, color), "\033[32mx\033[0m");
  EXPECT_EQ(paint("x", Paint::Plain, color), "x");
  EXPECT_EQ(paint("", Paint::Bad, color), "");
}

TEST(Layout, TableColumns) {
  const std::vector<std::vector<Cell>> rows = {
      {{"CLUSTER"}, {"PODS"}, {"RISK"}}, {{"中"}, {"4"}, {"-"}}, {{"c1"}, {"10"}, {"floor-zero"}}};
  EXPECT_EQ(table(rows, {}, kPlain),
            "CLUSTER  PODS  RISK\n"
            "中       4     -\n"
            "c1       10    floor-zero\n");
  EXPECT_EQ(table(rows, {1}, kPlain),
            "CLUSTER  PODS  RISK\n"
            "中          4  -\n"
            "c1         10  floor-zero\n");
  EXPECT_EQ(table({}, {}, kPlain), "");
}

TEST(Layout, ColourTakesNoColumns) {
  const std::vector<std::vector<Cell>> rows = {{{"A"}, {"B"}}, {{"xx", Paint::Bad}, {"y"}}};
  EXPECT_EQ(table(rows, {}, {true, false, 80}),
            "\033[2mA\033[0m   \033[2mB\033[0m\n\033[1;31mxx\033[0m  y\n");
}

TEST(Layout, Counted) {
  EXPECT_EQ(counted(0, "pod"), "0 pods");
  EXPECT_EQ(counted(1, "pod"), "1 pod");
  EXPECT_EQ(counted(2, "pod"), "2 pods");
}

TEST(Layout, ShortIdIsTheShortestUniquePrefix) {
  const std::string one = "c9f3e7b2aa0011223344", two = "c9f3e7b2bb0011223344",
                    other = "c0417b00000000000000", short_one = "c8a4b2xxxxxx";
  struct Row {
    std::string name, id;
    std::vector<std::string> all;
    std::string expected;
  };
  const Row rows[] = {
      {"up to 14 columns it stays", short_one, {short_one, one}, short_one},
      {"exactly 14", "c8a4b2xxxxxxyy", {"c8a4b2xxxxxxyy"}, "c8a4b2xxxxxxyy"},
      {"alone: six", one, {one}, "c9f3e7…"},
      {"others begin otherwise", one, {one, other}, "c9f3e7…"},
      {"as long as it takes", one, {one, two}, "c9f3e7b2a…"},
      {"the other one", two, {one, two}, "c9f3e7b2b…"},
      {"a prefix of another", one, {one, one + "55"}, one},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(short_id(row.id, row.all), row.expected);
  }
}

}  // namespace
}  // namespace asmgw
