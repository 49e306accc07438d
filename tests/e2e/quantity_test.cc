// Are quantities read and printed as the API server does it? Thousands of spellings, seeded, as CPU
// limits of containers, against a real one.
#include "object/quantity.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <regex>

#include "bench.h"

namespace asmgw::e2e {
namespace {

class Spellings {
 public:
  explicit Spellings(unsigned seed) : random_(seed) {}

  std::string next() {
    std::string text = one_in(6) ? (one_in(2) ? "-" : "+") : "";
    if (one_in(5)) {
      text += pick({"0", "1", "8", "16", "999", "1000", "1023", "1024", "1025", "1048576", "5120",
                    "9223372036854775807", "9223372036854775808", "1000000000000000000"});
    } else {
      text += digits();
      if (one_in(3)) text += "." + (one_in(10) ? "" : digits());
    }
    if (one_in(40)) return " " + text + " ";
    if (one_in(15))
      return text + pick({"g", "K", "MB", "mi", "i", "e", "E+", "\t", "e1.5", "1Gi1"});
    return text + pick({"",   "",   "n",  "u",   "m",   "m",   "k",    "M",   "G",   "T",
                        "P",  "E",  "Ki", "Mi",  "Gi",  "Ti",  "Pi",   "Ei",  "e0",  "e3",
                        "E6", "E2", "e9", "e-3", "e+2", "E-1", "e-12", "e25", "E+03"});
  }

 private:
  // The distributions of <random> differ between libraries.
  bool one_in(std::size_t count) { return random_() % count == 0; }
  std::string pick(std::initializer_list<const char*> texts) {
    return texts.begin()[random_() % texts.size()];
  }
  std::string digits() {
    std::string text = one_in(6) ? "00" : "";
    const std::size_t most = one_in(5) ? 22 : 4;
    for (std::size_t count = random_() % most + (one_in(30) ? 0 : 1); count > 0; --count)
      text += static_cast<char>('0' + (one_in(3) ? 0 : random_() % 10));
    return text;
  }

  std::mt19937 random_;
};

struct Kinds {
  std::vector<std::string> amounts, negative, refused;
};

Kinds spellings(std::size_t count) {
  Kinds kinds;
  for (Spellings all(20261124); kinds.amounts.size() < count;) {
    const std::string text = all.next();
    const std::optional<Quantity> amount = parse_quantity(text);
    (!amount ? kinds.refused : amount->nano < 0 ? kinds.negative : kinds.amounts).push_back(text);
  }
  return kinds;
}

/// A Deployment with a container for each limit.
Json deployment(const std::string& name, const std::vector<std::string>& limits) {
  Json containers = Json::array();
  for (const std::string& limit : limits) {
    containers.push_back({{"name", fmt::format("c{}", containers.size())},
                          {"image", "i"},
                          {"resources", {{"limits", {{"cpu", limit}}}}}});
  }
  const Json labels{{"app", name}};
  return {{"apiVersion", "apps/v1"},
          {"kind", "Deployment"},
          {"metadata", {{"name", name}, {"namespace", "istio-system"}}},
          {"spec",
           {{"selector", {{"matchLabels", labels}}},
            {"template",
             {{"metadata", {{"labels", labels}}}, {"spec", {{"containers", containers}}}}}}}};
}

Outcome dry_run(const std::string& objects, const std::string& output) {
  return kubectl(kOne, {"apply", "--server-side", "--dry-run=server", "-o", output, "-f",
                        write("quantities.json", objects)});
}

/// Calls `check` with as many texts as one object may well hold.
template <class Check>
void in_batches(const std::vector<std::string>& texts, Check check) {
  constexpr std::ptrdiff_t kBatch = 250;
  for (auto from = texts.begin(); from != texts.end();) {
    const auto to = from + std::min(kBatch, texts.end() - from);
    check(std::vector<std::string>(from, to));
    from = to;
  }
}

/// The server takes the number of these for 0; see parse_quantity.
bool has_no_digit(const std::string& text) {
  return text.find_first_of("0123456789") >= text.find_first_of("numkMGTPEeK");
}

/// What the server prints for each.
std::vector<std::string> printed(const std::vector<std::string>& limits) {
  const Outcome outcome = dry_run(deployment("quantities", limits).dump(), "json");
  EXPECT_EQ(outcome.code, 0) << "we read what the server refuses: " << outcome.err;
  if (outcome.code != 0) return std::vector<std::string>(limits.size());
  std::vector<std::string> texts;
  const Json answer = Json::parse(outcome.out);
  for (const Json& container : answer["spec"]["template"]["spec"]["containers"])
    texts.push_back(container["resources"]["limits"]["cpu"]);
  return texts;
}

/// From 1000E on the server prints the number alone, another amount; ours is an exponent.
bool loses_suffix(const std::string& text) {
  const std::size_t e = text.find_first_of("eE");
  const bool has_exponent = e != std::string::npos && e + 1 < text.size();
  return !has_exponent && canonical_quantity(text).find('e') != std::string::npos;
}

TEST(Quantity, IsPrintedAsTheServerPrintsIt) {
  const Kinds kinds = spellings(2500);
  std::size_t changed_again = 0;
  in_batches(kinds.amounts, [&](const std::vector<std::string>& limits) {
    std::vector<std::string> ours;
    for (const std::string& limit : limits) ours.push_back(canonical_quantity(limit));
    EXPECT_EQ(printed(ours), ours) << "what we send is kept";
    const std::vector<std::string> once = printed(limits), twice = printed(once);
    for (std::size_t i = 0; i < limits.size(); ++i) {
      if (!loses_suffix(limits[i])) {
        EXPECT_EQ(ours[i], twice[i]) << limits[i];
      }
      changed_again += once[i] == twice[i] ? 0U : 1U;
    }
  });
  EXPECT_LT(changed_again, kinds.amounts.size() / 50) << "the server's first answer is its last";
}

TEST(Quantity, NegativeOnesAreReadAsTheServerReadsThem) {
  const Kinds kinds = spellings(2500);
  EXPECT_GT(kinds.negative.size(), 150U);
  in_batches(kinds.negative, [](const std::vector<std::string>& limits) {
    const Outcome outcome = dry_run(deployment("quantities", limits).dump(), "json");
    const std::regex complaint(
        R"re(containers\[(\d+)\][^"]*limits\[cpu\]: Invalid value: "([^"]*)")re");
    std::size_t found = 0;
    for (std::sregex_iterator at(outcome.err.begin(), outcome.err.end(), complaint), end; at != end;
         ++at, ++found) {
      const std::string& limit = limits.at(std::stoul((*at)[1]));
      if (!loses_suffix(limit)) {
        EXPECT_EQ(canonical_quantity(limit), (*at)[2]) << limit;
      }
    }
    EXPECT_EQ(found, limits.size()) << outcome.err;
  });
}

TEST(Quantity, WhatWeRefuseTheServerRefuses) {
  const Kinds kinds = spellings(2500);
  EXPECT_GT(kinds.refused.size(), 150U);
  std::string objects;
  for (std::size_t i = 0; i < kinds.refused.size(); ++i)
    objects += deployment(fmt::format("q{}", i), {kinds.refused[i]}).dump() + "\n";
  const Outcome outcome = dry_run(objects, "name");
  std::size_t stricter = 0;
  for (std::size_t i = 0; i < kinds.refused.size(); ++i) {
    const std::string& text = kinds.refused[i];
    const bool is_accepted = outcome.out.find(fmt::format("/q{}\n", i)) != std::string::npos;
    EXPECT_TRUE(!is_accepted || has_no_digit(text)) << text;
    stricter += is_accepted ? 1 : 0;
  }
  EXPECT_LT(stricter, kinds.refused.size() / 2) << outcome.err;
}

}  // namespace
}  // namespace asmgw::e2e
