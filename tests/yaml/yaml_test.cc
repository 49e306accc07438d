// Do we read what kubectl reads? cases.jsonl: by hand, with the reason where we shall not;
// generated.jsonl: at random. YamlAnswers replays kubectl's recorded answers, YamlOracle asks
// kubectl's own reader; UPDATE_YAML=1 writes its answers down and skips the tests.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>

#include "yaml/cases.h"
#include "yaml/generate.h"

namespace asmgw::test {
namespace {

const std::filesystem::path kFolder = ASMGW_YAML_DIR;
constexpr std::size_t kRecorded = 500;  // generated texts in git
constexpr std::size_t kAsked = 20'000;  // generated texts that the oracle is asked for

/// What we refuse on purpose although kubectl reads it.
struct Refusal {
  std::string_view message;  ///< how it begins
  std::string_view reason;
};
constexpr std::array kRefusals = {
    Refusal{"the byte 0x", "kubectl puts U+FFFD in its place"},
    Refusal{"a carriage return without", "an end of line that no editor shows"},
    Refusal{"U+", "an end of line that no editor shows"},
    Refusal{"nested deeper than 500", "manifests are not; kubectl's bound is 10000"},
    Refusal{"aliases expand to too much", "kubectl has no bound for the size of repeated texts"},
    Refusal{"a \":\" cannot stand here", "in brackets a slip more often than a text"},
    Refusal{"a byte order mark", "no text: joining files leaves it behind"},
    Refusal{"this escape is no character", "in JSON, kubectl puts U+FFFD in its place"},
    Refusal{"there is no such escape", "Kubernetes' reader takes \\' for '"},
    Refusal{"this is no tag", "Kubernetes' reader takes brackets for a part of it"},
    Refusal{"a tag cannot stand before a comma", "Kubernetes' reader makes the comma a part of it"},
    Refusal{"the tag !!binary", "bytes are no text"},
    Refusal{"the tag !!timestamp", "a tag that a manifest never needs"},
    Refusal{"this number is too large", "a JSON number beyond any type, which servers refuse"},
};

/// With fewer than four bytes behind what it read as JSON kubectl gives up instead of trying YAML.
bool is_tiny_rest(const std::string& text, const Answer& kubectl) {
  const bool began_as_json = text.find_first_not_of(" \t\r\n") == text.find('{');
  return began_as_json && kubectl.documents.size() <= 1 &&
         kubectl.error.find("YAML") == std::string::npos;
}

bool is_intended(const YamlCase& one, const Reading& ours) {
  if (!ours.findings.has_errors()) return is_tiny_rest(one.text, one.kubectl);
  const Finding& found = ours.findings.all().front();
  if (one.kubectl.ignores || found.code->name == std::string_view("duplicate-key")) return true;
  return std::any_of(kRefusals.begin(), kRefusals.end(), [&](const Refusal& refusal) {
    return found.message.starts_with(refusal.message);
  });
}

void expect_a_place(const Reading& ours) {
  for (const Finding& found : ours.findings.all()) {
    ASSERT_TRUE(found.at.has_value());
    EXPECT_FALSE(found.message.empty());
    EXPECT_GE(found.at->line, 1);
    EXPECT_GE(found.at->column, 1);
    EXPECT_GT(found.at->end_column, found.at->column);
  }
}

void expect_agreement(const YamlCase& one) {
  SCOPED_TRACE(fmt::format("{}: {}", one.name, dump(Json(one.text.substr(0, 500)))));
  const Reading ours(one.text);
  expect_a_place(ours);
  const std::optional<std::string> difference = test::difference(one.kubectl, ours);
  if (difference && !is_intended(one, ours)) ADD_FAILURE() << *difference;
}

std::vector<std::string> texts_of(const std::vector<YamlCase>& cases) {
  std::vector<std::string> texts;
  for (const YamlCase& one : cases) texts.push_back(one.text);
  return texts;
}

std::vector<YamlCase> generate(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<YamlCase> cases;
  for (std::size_t i = 0; i < count; ++i)
    cases.push_back({fmt::format("seed-{}-{}", seed, i), generate_text(random), "", {}});
  return cases;
}

void ask(std::vector<YamlCase>& cases) {
  const std::vector<Answer> answers = ask_kubectl(texts_of(cases));
  for (std::size_t i = 0; i < cases.size(); ++i) cases[i].kubectl = answers[i];
}

TEST(YamlAnswers, ByHand) {
  const std::vector<YamlCase> cases = load_cases(kFolder / "cases.jsonl");
  EXPECT_GE(cases.size(), 400U);
  for (const YamlCase& one : cases) {
    SCOPED_TRACE(fmt::format("{}: {}", one.name, dump(Json(one.text.substr(0, 500)))));
    const Reading ours(one.text);
    expect_a_place(ours);
    const std::optional<std::string> difference = test::difference(one.kubectl, ours);
    if (difference && one.differs.empty()) ADD_FAILURE() << *difference;
    if (!difference && !one.differs.empty()) ADD_FAILURE() << "there is no difference any more";
  }
}

TEST(YamlAnswers, Generated) {
  const std::vector<YamlCase> cases = load_cases(kFolder / "generated.jsonl");
  EXPECT_EQ(cases.size(), kRecorded);
  for (const YamlCase& one : cases) expect_agreement(one);
}

class YamlOracle : public testing::TestWithParam<std::string> {};
TEST_P(YamlOracle, AnswersAsRecorded) {
  const std::filesystem::path file = kFolder / GetParam();
  const bool updates = std::getenv("UPDATE_YAML") != nullptr;
  std::vector<YamlCase> cases =
      updates && GetParam() == "generated.jsonl" ? generate(1, kRecorded) : load_cases(file);
  const std::vector<YamlCase> recorded = cases;
  ask(cases);
  if (updates) {
    save_cases(file, cases);
    GTEST_SKIP() << "written, not tested: " << file;
  }
  for (std::size_t i = 0; i < cases.size(); ++i)
    EXPECT_EQ(cases[i].kubectl, recorded[i].kubectl) << cases[i].name;
}
INSTANTIATE_TEST_SUITE_P(Recorded, YamlOracle, testing::Values("cases.jsonl", "generated.jsonl"),
                         [](const auto& row) { return row.param.substr(0, row.param.find('.')); });

TEST(YamlOracleAtRandom, AgreesWithUs) {
  std::vector<YamlCase> cases = generate(2, kAsked);
  ask(cases);
  std::size_t read = 0;
  for (const YamlCase& one : cases) {
    expect_agreement(one);
    if (one.kubectl.error.empty()) ++read;
  }
  EXPECT_GT(read, kAsked / 3) << "most of the texts are no YAML: they prove little";
}

}  // namespace
}  // namespace asmgw::test
