#include "report/object_files.h"

#include <gtest/gtest.h>

#include <string>

namespace asmgw {
namespace {

std::string lines(int first, int last, int changed = 0) {
  std::string text;
  for (int i = first; i <= last; ++i) {
    text += std::to_string(i) + (i == changed ? " changed\n" : "\n");
  }
  return text;
}

std::string diff(const std::string& live, const std::string& after) {
  return unified_diff({{"c1", "v1.Service.n.a", live, after}});
}

const std::string kHead = "--- live/c1/v1.Service.n.a\n+++ after/c1/v1.Service.n.a\n";

TEST(UnifiedDiff, HasThreeLinesOfContext) {
  EXPECT_EQ(diff(lines(1, 20), lines(1, 20, 10)),
            kHead + "@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+10 changed\n 11\n 12\n 13\n");
}

TEST(UnifiedDiff, JoinsWhatTouches) {
  std::string after = lines(1, 20, 5);
  after.replace(after.find("12\n"), 3, "");
  EXPECT_EQ(diff(lines(1, 20), after), kHead + "@@ -2,14 +2,13 @@\n 2\n 3\n 4\n-5\n+5 changed\n" +
                                           " 6\n 7\n 8\n 9\n 10\n 11\n-12\n 13\n 14\n 15\n");
}

TEST(UnifiedDiff, OfWhatComesAndGoes) {
  EXPECT_EQ(diff("", "a\nb\n"), kHead + "@@ -0,0 +1,2 @@\n+a\n+b\n");
  EXPECT_EQ(diff("a\n", ""), kHead + "@@ -1 +0,0 @@\n-a\n");
}

TEST(UnifiedDiff, AtBothEnds) {
  EXPECT_EQ(diff(lines(1, 9), "0\n" + lines(1, 8)),
            kHead + "@@ -1,3 +1,4 @@\n+0\n 1\n 2\n 3\n@@ -6,4 +7,3 @@\n 6\n 7\n 8\n-9\n");
}

/// Whichever of the two is longer, which matters to the library.
TEST(UnifiedDiff, SaysFirstWhatGoes) {
  const std::string live = "r:\n  cpu: 200m\n  memory: 256Mi\ns:\n";
  const std::string after = "r:\n  cpu: 400m\n  memory: 512Mi\ns:\n";
  const std::string lines =
      " r:\n-  cpu: 200m\n-  memory: 256Mi\n+  cpu: 400m\n+  memory: 512Mi\n s:\n";
  EXPECT_EQ(diff(live, after), kHead + "@@ -1,4 +1,4 @@\n" + lines);
  EXPECT_EQ(diff(live, after + "t:\n"), kHead + "@@ -1,4 +1,5 @@\n" + lines + "+t:\n");
  EXPECT_EQ(diff(live + "t:\n", after), kHead + "@@ -1,5 +1,4 @@\n" + lines + "-t:\n");
}

TEST(UnifiedDiff, OfNothingIsNothing) { EXPECT_EQ(unified_diff({}), ""); }

ClusterChanges cluster_with(ObjectChange change) {
  ClusterChanges cluster;
  cluster.cluster.id = "c1";
  cluster.objects = {std::move(change)};
  return cluster;
}

ObjectChange service(const char* before, const char* after, Action action) {
  ObjectChange change;
  change.object.desired.ref = {"", "Service", "n", "a"};
  change.object.desired.body = Json{{"spec", {{"ports", {{{"port", 80}, {"nodePort", 30080}}}}}}};
  if (before != nullptr) change.object.before = Found{parse_json(before), false};
  change.object.after = Found{parse_json(after), false};
  change.action = action;
  return change;
}

TEST(ObjectFiles, HoldNoNoise) {
  const auto files = object_files({cluster_with(service(
      R"({"metadata":{"name":"a","uid":"1","resourceVersion":"5","generation":1,"managedFields":[],
          "creationTimestamp":"2026-01-01T00:00:00Z"},"spec":{"x":null,"type":"A"},"status":{}})",
      R"({"metadata":{"name":"a","uid":"1","resourceVersion":"6","generation":2},
          "spec":{"type":"B"}})",
      Action::Update))});
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].name, "v1.Service.n.a");
  EXPECT_EQ(files[0].live, "metadata:\n  name: a\nspec:\n  type: A\n");
  EXPECT_EQ(files[0].after, "metadata:\n  name: a\nspec:\n  type: B\n");
}

/// 30080 the manifest asks for, 31000 is live: only the others are inventions of the dry run.
TEST(ObjectFiles, MaskWhatADryRunInvents) {
  const auto files = object_files({cluster_with(service(
      R"({"metadata":{"name":"a"},"spec":{"clusterIP":"10.0.0.1","ports":[{"port":1,"nodePort":31000}]}})",
      R"({"metadata":{"name":"a"},"spec":{"clusterIP":"10.0.0.1","healthCheckNodePort":32000,"ports":[
          {"port":1,"nodePort":31000},{"port":80,"nodePort":30080},{"port":81,"nodePort":30999}]}})",
      Action::Update))});
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].after,
            "metadata:\n  name: a\nspec:\n  clusterIP: \"10.0.0.1\"\n"
            "  healthCheckNodePort: \"(allocated by the server)\"\n  ports:\n"
            "  - nodePort: 31000\n    port: 1\n  - nodePort: 30080\n    port: 80\n"
            "  - nodePort: \"(allocated by the server)\"\n    port: 81\n");
}

TEST(ObjectFiles, OfWhatComesGoesAndStays) {
  const char* object = R"({"metadata":{"name":"a"}})";
  const auto created = object_files({cluster_with(service(nullptr, object, Action::Create))});
  ASSERT_EQ(created.size(), 1U);
  EXPECT_EQ(created[0].live, "");
  EXPECT_EQ(created[0].after, "metadata:\n  name: a\n");
  const auto gone = object_files({cluster_with(service(object, object, Action::Delete))});
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_EQ(gone[0].after, "");
  EXPECT_TRUE(object_files({cluster_with(service(object, object, Action::Unchanged))}).empty());
  EXPECT_TRUE(object_files({cluster_with(service(object, object, Action::Handover))}).empty());
}

TEST(ObjectFiles, AreSortedByClusterAndName) {
  const char* object = R"({"metadata":{"name":"a"}})";
  std::vector<ClusterChanges> clusters(3, cluster_with(service(nullptr, object, Action::Create)));
  clusters[0].cluster.id = "c2";
  clusters[1].objects.push_back(clusters[1].objects[0]);
  clusters[1].objects[1].object.desired.ref = {"apps", "Deployment", "n", "a"};
  clusters[2].state = ClusterChanges::State::Unreachable;
  std::string names;
  for (const ObjectFiles& file : object_files(clusters)) {
    names += file.cluster + "/" + file.name + " ";
  }
  EXPECT_EQ(names, "c1/apps.v1.Deployment.n.a c1/v1.Service.n.a c2/v1.Service.n.a ");
}

}  // namespace
}  // namespace asmgw
