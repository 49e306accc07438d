#include "object/quantity.h"

#include <gtest/gtest.h>

#include <string>

namespace asmgw {
namespace {

struct Spelling {
  std::string name;
  std::string text;
  std::string expected;
};

class Canonical : public testing::TestWithParam<Spelling> {};
TEST_P(Canonical, IsWhatTheServerPrints) {
  ASSERT_TRUE(parse_quantity(GetParam().text));
  EXPECT_EQ(canonical_quantity(GetParam().text), GetParam().expected);
  // its own spelling stays
  EXPECT_EQ(canonical_quantity(GetParam().expected), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    All, Canonical,
    testing::Values(
        Spelling{"milli_to_whole", "2000m", "2"}, Spelling{"fraction", "0.5", "500m"},
        Spelling{"decimal_fraction", "1.5G", "1500M"}, Spelling{"binary_up", "1024Mi", "1Gi"},
        Spelling{"binary_down", "0.5Gi", "512Mi"}, Spelling{"plain_number", "1000000", "1M"},
        Spelling{"decimal_family", "2G", "2G"}, Spelling{"binary_family", "2Gi", "2Gi"},
        Spelling{"exponent", "2e9", "2e9"}, Spelling{"odd_milli", "1500m", "1500m"},
        Spelling{"odd_ki", "1000Ki", "1000Ki"}, Spelling{"odd_number", "1536", "1536"},
        Spelling{"small_exponent", "1e3", "1e3"}, Spelling{"capital_exponent", "1E3", "1E3"},
        Spelling{"exa", "1E", "1E"}, Spelling{"exponent_by_threes", "1e4", "10e3"},
        Spelling{"decimal_mega", "1000M", "1G"}, Spelling{"kilo", "2000", "2k"},
        Spelling{"ki_as_number", "1.5Ki", "1536"}, Spelling{"zero", "0", "0"},
        Spelling{"zero_with_suffix", "0Mi", "0"}, Spelling{"plus", "+5", "+5"},
        Spelling{"trailing_point", "2.", "2."}, Spelling{"leading_point", ".5", "500m"},
        Spelling{"zeros", "002.50", "2500m"}, Spelling{"fraction_of_m", "0.0001", "1m"},
        Spelling{"nano_rounds_up", "1500001n", "2m"},
        Spelling{"small_binary_is_decimal", "0.5Ki", "512"}, Spelling{"negative", "-2000m", "-2"},
        Spelling{"negative_rounds_away", "-1500001n", "-2m"},
        Spelling{"binary_with_a_fraction", "1.1Ki", "1126400m"},
        Spelling{"binary_below_1024", "0.9765625Ki", "1k"}, Spelling{"kept_zeros", "01Gi", "01Gi"},
        Spelling{"kept_fraction", "1.500", "1.500"},
        Spelling{"not_kept_with_three_zeros", "1.000", "1"},
        Spelling{"kept_exponent", "1e+03", "1e+03"}, Spelling{"nines_carry", "999.9999", "1k"},
        Spelling{"beyond_int64", "12345678901234567890.123", "12345678901234567890123m"},
        Spelling{"beyond_int64_binary", "9Ei", "9223372036854775807"},
        Spelling{"large_exponent", "1e25", "10e24"}, Spelling{"beyond_exa", "1000E", "1e21"},
        Spelling{"tiny", "1e-20", "1e-3"}, Spelling{"binary_without_suffix", "62.5Ki", "64k"},
        Spelling{"spaces", " 2000m  ", "2"}, Spelling{"spaces_kept", " 01 ", "01"}),
    [](const auto& row) { return row.param.name; });

TEST(Quantity, WhatTheServerRefusesIsNone) {
  for (const std::string text :
       {"",     "2g",    "2GB",   "2gi", "2KI", "2K",   "2Mib", "m",   "Gi",    ".",     "-",
        "+",    "1.2.3", "1 Gi",  "\t1", "1\n", "1e",   "1e+",  "1e-", "1e+-3", "1e2.5", "e3",
        "0x10", "1,5",   "1_000", "--1", "½",   "1Gi1", "NaN",  "inf", "1mm"}) {
    SCOPED_TRACE(text);
    EXPECT_FALSE(parse_quantity(text));
    EXPECT_FALSE(same_quantity(text, text));
  }
}

TEST(Quantity, AmountsAreExact) {
  const Int128 nano = 1'000'000'000;
  EXPECT_EQ(parse_quantity("200m")->nano, nano / 5);
  EXPECT_EQ(parse_quantity("256Mi")->nano, nano * 268'435'456);
  EXPECT_EQ(parse_quantity("2G")->nano, nano * 2'000'000'000);
  EXPECT_EQ(parse_quantity("2e-3")->nano, nano / 500);
  EXPECT_EQ(parse_quantity("1n")->nano, 1);
  EXPECT_EQ(parse_quantity("0.1n")->nano, 1);  // finer fractions round up
  EXPECT_EQ(parse_quantity("-1")->nano, -nano);
}

TEST(Quantity, HugeAmountsAreCappedAndNeverOverflow) {
  const Int128 most = (Int128(1) << 63) * 1'000'000'000;
  for (const std::string text :
       {"9223372036854775808", "16E", "99E", "1e19", "99999999999999999999"}) {
    SCOPED_TRACE(text);
    ASSERT_TRUE(parse_quantity(text));
    EXPECT_EQ(parse_quantity(text)->nano, most);
    EXPECT_EQ(parse_quantity("-" + text)->nano, -most);
  }
  for (const std::string text : {"8Ei", "16Ei", "9999999999999999999999999999Ei"})
    EXPECT_EQ(parse_quantity(text)->nano, most - 1'000'000'000) << text;
  for (const std::string& text : {std::string("1e1001"), std::string("1e-1001"),
                                  std::string("10e1000"), std::string(1001, '9')})
    EXPECT_FALSE(parse_quantity(text)) << text;
  EXPECT_TRUE(parse_quantity("0." + std::string(100'000, '3')));
  EXPECT_EQ(canonical_quantity(std::string(500, '0') + "3"), std::string(500, '0') + "3");
}

struct Pair {
  std::string name;
  std::string a, b;
  bool same;
};

class SameQuantity : public testing::TestWithParam<Pair> {};
TEST_P(SameQuantity, IsByValue) {
  EXPECT_EQ(same_quantity(GetParam().a, GetParam().b), GetParam().same);
  EXPECT_EQ(same_quantity(GetParam().b, GetParam().a), GetParam().same);
}
INSTANTIATE_TEST_SUITE_P(
    All, SameQuantity,
    testing::Values(Pair{"milli", "2000m", "2", true}, Pair{"half", "0.5", "500m", true},
                    Pair{"mebi", "256Mi", "268435456", true}, Pair{"gibi", "1Gi", "1024Mi", true},
                    Pair{"families", "2G", "2Gi", false}, Pair{"exponent", "2e9", "2G", true},
                    Pair{"point", "2.0", "2", true}, Pair{"other", "200m", "201m", false},
                    Pair{"case", "1M", "1m", false}, Pair{"beyond_int64", "1e19", "2e19", false},
                    Pair{"zeros", "0", "-0Ki", true}, Pair{"nano", "0.1n", "1n", true},
                    Pair{"micro", "1u", "1m", false}, Pair{"no_quantity", "2g", "2G", false},
                    Pair{"equal_texts_that_are_none", "abc", "abc", false}),
    [](const auto& row) { return row.param.name; });

TEST(Quantity, ForPeople) {
  EXPECT_EQ(decimal_quantity(*parse_quantity("1.8")), "1800m");
  EXPECT_EQ(decimal_quantity(*parse_quantity("2400m")), "2400m");
  EXPECT_EQ(decimal_quantity(*parse_quantity("4000m")), "4");
  EXPECT_EQ(decimal_quantity({0}), "0");
  EXPECT_EQ(binary_quantity(*parse_quantity("2304Mi")), "2304Mi");
  EXPECT_EQ(binary_quantity(*parse_quantity("2048Mi")), "2Gi");
  EXPECT_EQ(binary_quantity({0}), "0");
}

}  // namespace
}  // namespace asmgw
