#include "survey/race.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace asmgw {
namespace {

/// An object of that resourceVersion; `spec` stands for all that is not status.
Found object(const std::string& version, int spec = 0, const std::string& status = "s") {
  return Found{Json{{"metadata",
                     {{"resourceVersion", version},
                      {"uid", "u"},
                      {"generation", spec},
                      {"managedFields", Json::array({{{"time", version}}})}}},
                    {"spec", spec},
                    {"status", status + version}}};
}
Found created() {
  Found answer = object("");
  answer.created = true;
  return answer;
}
Found recreated(const std::string& version) {
  Found answer = object(version);
  answer.object["metadata"]["uid"] = "another";
  return answer;
}

std::string shown(const Answer& answer) {
  if (const Found* found = std::get_if<Found>(&answer)) {
    return found->created ? "created" : text_at(found->object, {"metadata", "resourceVersion"});
  }
  if (std::holds_alternative<Absent>(answer)) return "absent";
  if (std::holds_alternative<Conflict>(answer)) return "conflict";
  return std::holds_alternative<Refused>(answer) ? "refused" : "unread";
}

struct Case {
  std::string name;
  std::vector<Answer> gets, previews;  ///< of attempt 0, 1, 2 …
  std::string expected;                ///< batches asked, then the settled pair
};

/// Asks until the pair is settled, and writes down what was asked: `G0 P0, P1, G1: 2 2`.
std::string settle(const Case& row) {
  const Write write{{"apps", "Deployment", "n", "d"}, Apply{Json{{"a", 1}}}, {}};
  Known known;
  std::string log;
  for (int batches = 0; batches < 20; ++batches) {
    const Pairing pairing = pair_up(write, known);
    if (pairing.open.empty())
      return log + ": " + shown(*pairing.before) + " " + shown(*pairing.after);
    EXPECT_FALSE(pairing.before || pairing.after);
    std::vector<Answer> answers;
    log += log.empty() ? "" : ",";
    for (const Question& question : pairing.open) {
      const Get* get = std::get_if<Get>(&question);
      const int attempt = get != nullptr ? get->attempt : std::get<Preview>(question).attempt;
      log += (log.empty() ? "" : " ") + std::string(get != nullptr ? "G" : "P") +
             std::to_string(attempt);
      const auto& scripted = get != nullptr ? row.gets : row.previews;
      if (static_cast<std::size_t>(attempt) >= scripted.size()) return log + ": not scripted";
      answers.push_back(scripted[static_cast<std::size_t>(attempt)]);
    }
    known.add(pairing.open, std::move(answers));
  }
  return log + ": endless";
}

class Race : public testing::TestWithParam<Case> {};
TEST_P(Race, NeverEndsInAMixture) { EXPECT_EQ(settle(GetParam()), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    All, Race,
    testing::Values(
        Case{"same_moment", {object("1")}, {object("1")}, "G0 P0: 1 1"},
        Case{"both_new", {Absent{}}, {created()}, "G0 P0: absent created"},
        Case{"conflict_says_nothing_of_the_version",
             {object("1")},
             {Conflict{}},
             "G0 P0: 1 conflict"},
        Case{"refusal", {object("1")}, {Refused{}}, "G0 P0: 1 refused"},
        Case{"unread_get", {Unread{}}, {object("1")}, "G0 P0: unread 1"},
        Case{"forbidden_get", {Refused{}}, {object("1")}, "G0 P0: refused 1"},
        Case{"unread_preview", {object("1")}, {Unread{}}, "G0 P0: 1 unread"},
        // a pair of one batch has no order: preview again
        Case{"preview_again_fits", {object("1")}, {object("2"), object("1")}, "G0 P0, P1: 1 1"},
        Case{"only_status_moved",
             {object("1", 5), object("3", 5)},
             {object("2", 5), object("2", 5)},
             "G0 P0, P1, G1: 3 2"},
        Case{"status_writer_faster_than_we",
             {object("1", 5), object("4", 5)},
             {object("2", 5), object("3", 6)},
             "G0 P0, P1, G1: 4 3"},
        Case{"real_change_then_the_newer_get",
             {object("1", 5), object("2", 6)},
             {object("2", 6), object("2", 6)},
             "G0 P0, P1, G1: 2 2"},
        Case{"real_change_then_preview_again",
             {object("1", 5), object("3", 7)},
             {object("2", 6), object("2", 6), object("3", 7)},
             "G0 P0, P1, G1, P2: 3 3"},
        Case{"real_change_then_only_status",
             {object("1", 5), object("3", 7), object("5", 7)},
             {object("2", 6), object("2", 6), object("4", 7)},
             "G0 P0, P1, G1, P2, G2: 5 4"},
        Case{"recreated_is_no_status_move",
             {object("1", 5), recreated("3")},
             {object("2", 5), object("3", 0)},
             "G0 P0, P1, G1: 3 3"},
        Case{"at_most_three_times",
             {object("1", 1), object("3", 3), object("5", 5), object("7", 7)},
             {object("2", 2), object("2", 2), object("4", 4), object("6", 6)},
             "G0 P0, P1, G1, P2, G2, P3, G3: 7 unread"},
        Case{"the_third_may_fit",
             {object("1", 1), object("3", 3), object("5", 5), object("7", 7)},
             {object("2", 2), object("2", 2), object("4", 4), object("7", 7)},
             "G0 P0, P1, G1, P2, G2, P3, G3: 7 7"},
        Case{"absent_then_200_and_there",
             {Absent{}, object("2")},
             {object("1"), object("2")},
             "G0 P0, P1, G1: 2 2"},
        Case{"absent_then_200_and_gone_again",
             {Absent{}},
             {object("1"), created()},
             "G0 P0, P1: absent created"},
        Case{"there_then_201_and_gone",
             {object("1"), Absent{}},
             {created(), created()},
             "G0 P0, P1, G1: absent created"},
        Case{"there_then_201_and_recreated",
             {object("1")},
             {created(), object("1")},
             "G0 P0, P1: 1 1"},
        Case{"conflict_on_the_way",
             {object("1")},
             {object("2"), Conflict{}},
             "G0 P0, P1: 1 conflict"},
        Case{"get_fails_on_the_way",
             {object("1"), Unread{}},
             {object("2"), object("2")},
             "G0 P0, P1, G1: unread 2"}),
    [](const auto& row) { return row.param.name; });

TEST(Race, AForcedPreviewIsAnotherQuestion) {
  Write write{{"apps", "Deployment", "n", "d"}, Apply{Json{{"a", 1}}}, {}};
  Known known;
  known.add(pair_up(write, known).open, {object("1"), Conflict{}});
  EXPECT_TRUE(pair_up(write, known).open.empty());
  std::get<Apply>(write.what).force = true;
  const Pairing pairing = pair_up(write, known);
  bool asks_preview = false;
  for (const Question& question : pairing.open) {
    asks_preview = asks_preview ||
                   (std::holds_alternative<Preview>(question) && known.answer(question) == nullptr);
  }
  EXPECT_TRUE(asks_preview);
}

TEST(KnownDeathTest, ABatchHasOneAnswerPerQuestion) {
  Known known;
  EXPECT_DEATH(known.add({Version{}}, {}), "a bug: a batch has one answer per question");
}

}  // namespace
}  // namespace asmgw
