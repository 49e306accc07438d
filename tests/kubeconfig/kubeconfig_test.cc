// Do we reach the server that kubectl reaches, as the user whom it would be, and refuse what it
// refuses? Each row of cases/*.yaml is tried with both.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "attempt.h"
#include "recorder.h"
#include "table.h"

namespace asmgw::test {

void PrintTo(const Row& row, std::ostream* out) { *out << row.theme << ": " << row.name; }

namespace {

/// One recorder for all rows of this process.
Recorder& recorder() {
  static Recorder the_one;
  return the_one;
}

/// Does one of the requests have all of these members? null: it must not have it.
bool has(const std::set<std::string>& sent, const Json& members) {
  return std::any_of(sent.begin(), sent.end(), [&](const std::string& text) {
    const Json note = Json::parse(text);
    Json with_members = note;
    with_members.merge_patch(members);
    return note == with_members;
  });
}

std::set<std::string> changed(const std::set<std::string>& sent, const Json& patch) {
  std::set<std::string> result;
  for (const std::string& text : sent) {
    Json note = Json::parse(text);
    note.merge_patch(patch);
    result.insert(note.dump());
  }
  return result;
}

bool says(const Attempt& attempt, const std::string& part) {
  return attempt.text.find(part) != std::string::npos;
}

std::string shown(const std::set<std::string>& sent) {
  std::string text;
  for (const std::string& note : sent) text += "\n    " + note;
  return text;
}

/// What is not as the row says, a line each.
class Verdict {
 public:
  Verdict(const Row& row, const Attempt& kubectl, const Attempt& ours)
      : row_(row), kubectl_(kubectl), ours_(ours) {
    judge_kubectl();
    if (row.ours)
      judge_the_difference(*row.ours);
    else
      judge_the_likeness();
  }
  const std::string& text() const { return text_; }

 private:
  void expect(bool is_so, const std::string& what) {
    if (!is_so) text_ += "\n- " + what;
  }

  void judge_kubectl() {
    const Expectation& wanted = row_.both;
    expect(kubectl_.ends == wanted.ends, "kubectl ends " + kubectl_.ends + ", not " + wanted.ends);
    expect(says(kubectl_, wanted.says), "kubectl does not say: " + wanted.says);
    expect(wanted.sent.empty() || has(kubectl_.sent, wanted.sent),
           "kubectl does not send " + wanted.sent.dump() + " but" + shown(kubectl_.sent));
    expect(!wanted.runs || *wanted.runs == std::ssize(kubectl_.runs),
           fmt::format("kubectl runs the plugin {} times", kubectl_.runs.size()));
  }

  void judge_the_likeness() {
    expect(ours_.ends == kubectl_.ends, "ours ends " + ours_.ends + ", not " + kubectl_.ends);
    expect(says(ours_, row_.both.says), "ours does not say: " + row_.both.says);
    expect(ours_.sent == kubectl_.sent,
           "ours sends" + shown(ours_.sent) + "\n  not" + shown(kubectl_.sent));
    expect(ours_.runs == kubectl_.runs,
           "ours runs the plugin\n" + fmt::format("{}", fmt::join(ours_.runs, "\n")) + "\nnot\n" +
               fmt::format("{}", fmt::join(kubectl_.runs, "\n")));
  }

  /// Ours is what the row says; and it is a difference, else its reason is no longer one.
  void judge_the_difference(const Expectation& wanted) {
    const std::string ends = wanted.ends.empty() ? kubectl_.ends : wanted.ends;
    expect(ours_.ends == ends, "ours ends " + ours_.ends + ", not " + ends);
    expect(says(ours_, wanted.says), "ours does not say: " + wanted.says);
    std::set<std::string> sent = changed(kubectl_.sent, wanted.sent);
    if (!wanted.besides.is_null()) sent.merge(changed(kubectl_.sent, wanted.besides));
    expect(ends != kubectl_.ends || ours_.sent == sent,
           "ours sends" + shown(ours_.sent) + "\n  not" + shown(sent));
    const auto runs = wanted.runs.value_or(std::ssize(kubectl_.runs));
    expect(!wanted.runs || std::ssize(ours_.runs) == runs,
           fmt::format("ours runs the plugin {} times", ours_.runs.size()));
    expect(ends != kubectl_.ends || sent != kubectl_.sent || runs != std::ssize(kubectl_.runs) ||
               !says(kubectl_, wanted.says),
           "there is no difference any more");
  }

  const Row& row_;
  const Attempt& kubectl_;
  const Attempt& ours_;
  std::string text_;
};

/// Is an authorization that reached the recorder among what was printed? A shorter one than "token"
/// would be found in any text.
bool tells_a_secret(const Attempt& attempt) {
  return std::any_of(attempt.sent.begin(), attempt.sent.end(), [&](const std::string& request) {
    const std::string authorization = Json::parse(request).value("authorization", "");
    const std::string secret = authorization.substr(authorization.find(' ') + 1);
    return secret.size() > 5 && attempt.text.find(secret) != std::string::npos;
  });
}

class Kubeconfig : public testing::TestWithParam<Row> {};

TEST_P(Kubeconfig, AsKubectl) {
  Recorder& watched = recorder();
  const Folder folder(GetParam(), watched.values());
  const Row row = folder.expected();
  watched.take();
  const Attempt kubectl = folder.kubectl(watched);
  const Attempt ours = folder.ours(watched);
  const Verdict verdict(row, kubectl, ours);
  if (!verdict.text().empty())
    ADD_FAILURE() << row.name << verdict.text() << "\nkubectl: " << kubectl.text
                  << "\nours: " << ours.text;
  EXPECT_FALSE(tells_a_secret(ours)) << ours.text;
}

std::string name_of(const testing::TestParamInfo<Row>& info) {
  std::string name = info.param.theme + "__" + info.param.name;
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Table, Kubeconfig, testing::ValuesIn(read_table(ASMGW_KUBECONFIG_CASES)),
                         name_of);

}  // namespace
}  // namespace asmgw::test
