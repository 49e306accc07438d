// How much is there to read of 200 clusters? As much as of the kinds of difference between them.
// The answers are those recorded for the case screen-02-many-clusters.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "base/json.h"
#include "report/layout.h"
#include "support/golden/case.h"

namespace asmgw::test {
namespace {

/// The text from `begin` up to `end`, or to its end.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin), to = text.find(end, from + begin.size());
  return text.substr(from, to == std::string::npos ? to : to - from);
}

/// 186 as c8a4b2, 9 as c9f3e7 with its override, 3 as c4d8c3 with its conflict, 2 not reached.
int kind_of_cluster(int index) {
  if (index >= 198) return 3;
  return index % 22 == 3 ? 1 : index % 70 == 5 ? 2 : 0;
}

std::string kubeconfig_of(const std::vector<std::string>& ids) {
  std::string clusters, users, contexts;
  for (const std::string& id : ids) {
    clusters += fmt::format("- {{name: {0}, cluster: {{server: 'https://{0}.test:6443'}}}}\n", id);
    users += fmt::format("- {{name: {0}, user: {{token: t}}}}\n", id);
    contexts += fmt::format("- {{name: {0}, context: {{cluster: {0}, user: {0}}}}}\n", id);
  }
  return "apiVersion: v1\nkind: Config\nclusters:\n" + clusters + "users:\n" + users +
         "contexts:\n" + contexts;
}

struct Fleet {
  Fleet() : golden(read_case(std::filesystem::path(ASMGW_GOLDEN_DIR) / "screen-02-many-clusters")) {
    constexpr const char* kKinds[] = {"c8a4b2xxxxxx", "c9f3e7xxxxxx", "c4d8c3xxxxxx",
                                      "cd40b1xxxxxx"};
    const std::map<std::string, Recording> recorded = std::move(golden.live);
    golden.live.clear();
    std::map<int, std::string> first;
    std::string list;
    for (int i = 0; i < 200; ++i) {
      const int kind = kind_of_cluster(i);
      ids.push_back(fmt::format("c{:05}{}", i * 7919 % 100000, std::string(26, 'a')));
      kinds.push_back(kind);
      list += "    - " + ids.back() + "\n";
      const bool is_first = first.emplace(kind, ids.back()).second;
      golden.live[ids.back()] =
          is_first || kind == 3 ? recorded.at(kKinds[kind]) : Recording{first[kind], "", {}};
    }
    std::string& manifest = golden.files.at("fleet.yaml");
    const std::string own = between(manifest, "    c9f3e7xxxxxx:\n", "    c0417bxxxxxx:");
    std::string overrides;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (kinds[i] == 1) overrides += "    " + ids[i] + own.substr(own.find(':'));
    }
    manifest = between(manifest, "apiVersion", "    - c8a4b2") + list +
               between(manifest, "  env:", "    c9f3e7xxxxxx:") + overrides;
    golden.files["/home/golden/.kube/config"] = kubeconfig_of(ids);
  }

  std::string diff(const std::string& format) {
    golden.arguments = {"diff", "-f", "fleet.yaml", "-o", format};
    const Outcome outcome = replay_case(golden);
    for (const std::string& problem : outcome.problems) ADD_FAILURE() << problem;
    EXPECT_EQ(outcome.exit_code, 3);
    return outcome.out;
  }

  GoldenCase golden;
  std::vector<std::string> ids;
  std::vector<int> kinds;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(ManyClusters, AreTwoScreensOfText) {
  const std::string text = Fleet().diff("text");
  const std::vector<std::string> lines = lines_of(text);
  EXPECT_LT(lines.size(), 75U) << text;
  for (const std::string& line : lines) EXPECT_LE(columns(line), 80) << line;
  for (const char* sentence :
       {"186 clusters: nothing else", "9 clusters differ (their overrides)",
        "3 clusters differ (blocked by a conflict)", "2 clusters not compared (not reached)",
        "198 of 200 clusters: 393 objects change, 3 are blocked by conflicts."}) {
    EXPECT_NE(text.find(sentence), std::string::npos) << sentence << "\n" << text;
  }
}

TEST(ManyClusters, AreRowsWithWholeIdsWhenWide) {
  Fleet fleet;
  const std::vector<std::string> lines = lines_of(fleet.diff("wide"));
  for (const std::string& id : fleet.ids) {
    const auto is_row = [&](const std::string& line) { return line.starts_with(id + "  " + id); };
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(), is_row), 1) << id;  // ID and context
  }
}

TEST(ManyClusters, AreAllNamed) {
  Fleet fleet;
  const std::string names = fleet.diff("name");
  for (std::size_t i = 0; i < fleet.ids.size(); ++i) {
    const bool is_named = names.find(fleet.ids[i] + "/Deployment/istio-web\n") != std::string::npos;
    EXPECT_EQ(is_named, fleet.kinds[i] != 3) << fleet.ids[i];
  }
}

TEST(ManyClusters, HaveTheirGroupsInTheDocument) {
  Fleet fleet;
  const Json document = parse_json(fleet.diff("json"));
  const Json& clusters = document["clusters"];
  ASSERT_EQ(clusters.size(), fleet.ids.size());
  std::map<std::string, int> kind_of_group;
  for (std::size_t i = 0; i < fleet.ids.size(); ++i) {
    EXPECT_EQ(clusters[i]["id"], fleet.ids[i]);
    const std::string group = clusters[i]["group"];
    EXPECT_EQ(kind_of_group.emplace(group, fleet.kinds[i]).first->second, fleet.kinds[i]) << group;
  }
  EXPECT_EQ(kind_of_group.size(), 4U);
}

}  // namespace
}  // namespace asmgw::test
