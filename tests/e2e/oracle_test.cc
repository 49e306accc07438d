// Does every field restart pods exactly when we say so? The one list of fields, each row changed
// alone, there and back, in the base and where allowed in an override: the prediction of
// `diff -o json` against what the Deployment controller does (its revision rises, or not), and both
// against the list's own column. A row without examples fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/tree.h"
#include "bench.h"
#include "gateway/fields.h"

namespace asmgw::e2e {
namespace {

const std::string kName = "oracle";
const std::vector<std::string> kClusters = {kOne, kTwo};

/// One row, by its place in the manifest: {"spec", "kernel", "enabled"}.
struct Row {
  std::vector<std::string> path;
  FieldDoc doc;
};

/// The rows that are looked at alone: those with examples, and all without that no row above shows.
void collect(const std::vector<FieldView>& views, const std::vector<std::string>& above,
             std::string_view group, bool is_shown_above, std::vector<Row>& rows) {
  for (const FieldView& view : views) {
    std::vector<std::string> path = above;
    path.emplace_back(view.name);
    const std::string_view heading = above.size() == 1 ? view.doc.group : group;
    if (heading != group) continue;
    const bool has_examples = !view.doc.examples.after.empty();
    const bool is_leaf = view.members.empty() || view.type.form != FieldForm::Object;
    if (has_examples || (is_leaf && !is_shown_above)) rows.push_back({path, view.doc});
    if (view.type.form != FieldForm::Object) continue;
    collect(view.members, path, group, is_shown_above || has_examples, rows);
  }
}

std::vector<Row> rows_of(std::string_view group) {
  std::vector<Row> rows;
  collect(spec_views(), {"spec"}, group, false, rows);
  return rows;
}

Json parsed(std::string_view yaml) {
  if (yaml.empty()) return Json::object();
  Findings findings;
  const auto documents = parse_yaml(findings.keep({"example", std::string(yaml)}), findings);
  EXPECT_EQ(documents.size(), 1U) << yaml;
  return documents.empty() ? Json() : to_json(documents[0]);
}

Json& at(Json& manifest, const std::vector<std::string>& path) {
  Json* place = &manifest;
  for (const std::string& step : path) place = &(*place)[step];
  return *place;
}

Json manifest() {
  return parsed(R"({apiVersion: istio.alibabacloud.com/v1, kind: IstioGateway,
      metadata: {name: oracle, namespace: istio-system},
      spec: {clusterIds: [c8a4b2xxxxxx, c9f3e7xxxxxx], resources: {requests: {cpu: 100m}},
             ports: [{name: http2, port: 80, targetPort: 8080}]}})");
}

Json with(const Row& row, std::string_view value) {
  Json result = manifest();
  result["spec"].merge_patch(parsed(row.doc.examples.beside));
  at(result, row.path) = parsed(value);
  return result;
}

/// The base keeps the first example; the second cluster's override has `value`.
Json with_override(const Row& row, std::string_view value) {
  Json result = with(row, row.doc.examples.before);
  std::vector<std::string> path = {"spec", "overrides", kTwo};
  path.insert(path.end(), row.path.begin() + 1, row.path.end());
  at(result, path) = parsed(value);
  return result;
}

/// How the whole list is run: flags and what they mean for the rows.
struct Setting {
  std::vector<std::string> flags;
  bool is_before_116 = false;
  bool has_proxy = false;  ///< self-contained: a proxy image is configured
};

bool shall_restart(const FieldDoc& doc, const Setting& setting) {
  switch (doc.restarts) {
    case Restarts::No:
      return false;
    case Restarts::Listed:
    case Restarts::Inferred:
      return true;
    case Restarts::UntilAsm116:
      return setting.is_before_116;
  }
  return false;
}

class Bed {
 public:
  explicit Bed(Setting setting) : setting_(std::move(setting)) { clean(kName); }
  ~Bed() { clean(kName); }

  void apply(const Json& manifest) {
    const Outcome outcome =
        run("apply", manifest,
            {"--yes", "--allow-restart", "--allow-destructive", "--prune", "--wait=false"});
    ASSERT_EQ(outcome.code, 0) << outcome.out << outcome.err;
    for (const std::string& cluster : kClusters) settle(cluster);
  }

  /// Applies the manifest; `restarts`: what shall happen in each cluster.
  void change(const Json& manifest, const std::map<std::string, bool>& restarts) {
    const Outcome outcome = run("diff", manifest, {"-o", "json", "--prune"});
    ASSERT_TRUE(outcome.code == 0 || outcome.code == 1) << outcome.out << outcome.err;
    const Json predicted = Json::parse(outcome.out);
    std::map<std::string, std::string> before;
    for (const std::string& cluster : kClusters) before[cluster] = revision(cluster, kName);
    apply(manifest);
    for (const auto& [cluster, shall] : restarts) {
      const bool did = revision(cluster, kName) != before[cluster];
      EXPECT_EQ(did, shall) << "the list's own column, in " << cluster << "\n" << outcome.out;
      EXPECT_EQ(restart_in(predicted, cluster), did) << "predicted, in " << cluster;
    }
  }

 private:
  Outcome run(const std::string& verb, const Json& manifest, std::vector<std::string> more) const {
    std::vector<std::string> command = {verb, "-f", write("oracle.yaml", manifest.dump(2)),
                                        "--skip-control-plane"};
    command.insert(command.end(), more.begin(), more.end());
    command.insert(command.end(), setting_.flags.begin(), setting_.flags.end());
    return asmgw(command);
  }

  /// Waits until the Deployment controller has seen the last write.
  static void settle(const std::string& cluster) {
    std::int64_t seen = -1;
    for (int tries = 0; tries < 300; ++tries) {
      const Json deployment = get(cluster, "deployment", "istio-" + kName);
      if (deployment.is_null()) return;  // clusterIds: not in this cluster
      const std::int64_t wanted = deployment["metadata"]["generation"];
      const std::int64_t observed =
          deployment.value(Json::json_pointer("/status/observedGeneration"), 0);
      if (observed >= wanted && observed == seen) return;  // its own annotation counts as well
      seen = observed;
    }
    FAIL() << "the Deployment controller does not follow in " << cluster;
  }

  static bool restart_in(const Json& predicted, const std::string& id) {
    for (const Json& cluster : predicted["clusters"]) {
      if (cluster["id"] != id) continue;
      for (const Json& object : cluster["objects"]) {
        if (object["kind"] == "Deployment") {
          return object.value(Json::json_pointer("/restart/predicted"), "no") == "yes";
        }
      }
    }
    return false;
  }

  Setting setting_;
};

/// A Service's immutable field needs a new Service; pods do not mind.
void forget_service(const Row& row) {
  if (!row.doc.immutable) return;
  for (const std::string& cluster : kClusters) {
    kubectl(cluster, {"-n", "istio-system", "delete", "service", "istio-" + kName});
  }
}

void there_and_back(const Row& row, Bed& bed, const Setting& setting) {
  const Examples& examples = row.doc.examples;
  ASSERT_FALSE(examples.before.empty() || examples.after.empty()) << "the row has no examples";
  const bool shall = shall_restart(row.doc, setting);
  std::map<std::string, bool> everywhere = {{kOne, shall}, {kTwo, shall}};
  if (row.path.back() == "clusterIds") everywhere.erase(kTwo);  // new there, then left alone
  bed.apply(with(row, examples.before));
  forget_service(row);
  bed.change(with(row, examples.after), everywhere);
  forget_service(row);
  bed.change(with(row, examples.before), everywhere);
  forget_service(row);
  if (row.doc.overridable == Overridable::No || setting.is_before_116) return;
  bed.change(with_override(row, examples.after), {{kOne, false}, {kTwo, shall}});
  bed.change(with_override(row, examples.before), {{kOne, false}, {kTwo, shall}});
}

void check(std::string_view group, const Setting& setting) {
  Bed bed(setting);
  const std::vector<Row> rows = rows_of(group);
  ASSERT_FALSE(rows.empty());
  for (const Row& row : rows) {
    std::string name;
    for (const std::string& step : row.path) name += "." + step;
    SCOPED_TRACE(name.substr(1));
    if (name == ".spec.hostNetwork" && !setting.has_proxy) continue;  // nothing injects there
    there_and_back(row, bed, setting);
  }
}

Setting old_mesh() { return {{"--asm-version", "v1.15.0"}, true, false}; }

Setting self_contained() {
  const std::string file = write("oracle-config.yaml",
                                 "apiVersion: asmgw/v1alpha1\nkind: Config\n"
                                 "proxy: {image: 'registry.example/proxyv2:1.22.2'}\n");
  return {{"--config", file}, false, true};
}

TEST(Oracle, Clusters) { check("", {}); }
TEST(Oracle, ServiceFields) { check("Service", {}); }
TEST(Oracle, ServiceFieldsOfAnOldMesh) { check("Service", old_mesh()); }
TEST(Oracle, PodFields) { check("Pods", {}); }
TEST(Oracle, PodFieldsSelfContained) { check("Pods", self_contained()); }
TEST(Oracle, NumbersOfPods) { check("Number of pods and rollout", {}); }
TEST(Oracle, CompressionFields) { check("Compression", {}); }
TEST(Oracle, LegacyFields) { check("Legacy, or without effect here", {}); }

TEST(Oracle, EveryGroupIsThere) {
  std::size_t rows = 0;
  for (const char* group : {"", "Service", "Pods", "Number of pods and rollout", "Compression",
                            "Legacy, or without effect here"}) {
    for (const Row& row : rows_of(group)) rows += row.path.size() == 2;
  }
  const std::size_t with_members = 5;  // kernel, readinessProbe, cpu, memory, compression
  EXPECT_EQ(rows + with_members, spec_fields().size()) << "a group that no test names";
}

TEST(Oracle, Annotations) {
  Bed bed({});
  for (const FieldView& view : annotation_views()) {
    SCOPED_TRACE(view.name);
    const Row row{{"metadata", "annotations", std::string(view.name)}, view.doc};
    there_and_back(row, bed, {});
  }
}

/// What looks like a change and is none, and the reverse.
TEST(Oracle, Respellings) {
  Bed bed({});
  const auto given = [](const std::string& yaml) {
    Json result = manifest();
    result["spec"].merge_patch(parsed(yaml));
    return result;
  };
  const std::map<std::string, bool> none = {{kOne, false}, {kTwo, false}};
  const std::map<std::string, bool> all = {{kOne, true}, {kTwo, true}};
  bed.apply(given("{resources: {limits: {cpu: 2, memory: 2G}, requests: {memory: 256Mi}}}"));
  bed.change(given("{resources: {limits: {cpu: 2000m, memory: 2e9}, "
                   "requests: {memory: 268435456, cpu: 0.1}}}"),
             none);
  bed.change(
      given("{resources: {limits: {cpu: 2, memory: 2G}, requests: {memory: 256Mi}}, "
            "nodeSelector: {}, affinity: {nodeAffinity: {}}, tolerations: [], lifecycle: {}, "
            "dnsPolicy: ClusterFirst, readinessProbe: {failureThreshold: 30}}"),
      none);
  bed.change(given("{resources: {limits: {cpu: 2, memory: 2G}, requests: {memory: 256Mi}}, "
                   "env: [{name: A, value: a}, {name: B, value: b}]}"),
             all);
  bed.change(given("{resources: {limits: {cpu: 2, memory: 2G}, requests: {memory: 256Mi}}, "
                   "env: [{name: B, value: b}, {name: A, value: a}]}"),
             all);
}

}  // namespace
}  // namespace asmgw::e2e
