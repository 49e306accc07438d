// Does the JSON Schema that editors get agree with `validate`, and that of `diff` with what it
// prints? Every manifest of the golden cases and both of the vendor's examples are judged by both;
// valijson is the other validator.
#include "report/schema.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <sstream>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "gateway/fields.h"
#include "gateway/read.h"
#include "gateway/validate.h"
#include "report/changes_schema.h"
#include "support/golden/case.h"
#include "support/random_gateway.h"

namespace asmgw::test {
namespace {

namespace fs = std::filesystem;

struct Schema {
  explicit Schema(Json schema) : document(std::move(schema)) {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), parsed);
  }
  const Json document;
  valijson::Schema parsed;
};

/// What the schema says against the value; "" when it is valid.
std::string refusal_by(const Schema& schema, const Json& value) {
  valijson::Validator validator;
  valijson::ValidationResults results;
  validator.validate(schema.parsed, valijson::adapters::NlohmannJsonAdapter(value), &results);
  std::ostringstream text;
  for (const auto& error : results) {
    for (const std::string& step : error.context) text << step;
    text << ": " << error.description << "\n";
  }
  return text.str();
}

std::string refusal(const Json& manifest) {
  static const Schema schema(manifest_schema(spec_views(), annotation_views()));
  return refusal_by(schema, manifest);
}

std::vector<Json> gateways_of(const std::string& text) {
  Findings findings;
  std::vector<Json> gateways;
  for (const Node& document : parse_yaml(findings.keep({"input", text}), findings)) {
    const Node* kind = document.find("kind");
    if (kind != nullptr && kind->text == "IstioGateway") gateways.push_back(to_json(document));
  }
  return gateways;
}

/// Good by the language's own rules; a field without effect under overrides is only a warning
/// there, and the one thing that the schema is stricter about.
bool is_good(const std::string& text) {
  Findings findings;
  int skipped = 0;
  const auto gateways =
      read_gateways(parse_yaml(findings.keep({"input", text}), findings), skipped, findings);
  validate(gateways, {.allow_namespace = true}, findings);
  return std::none_of(findings.all().begin(), findings.all().end(), [](const Finding& finding) {
    return finding.severity == Severity::Error || finding.code->name == "override-no-effect";
  });
}

TEST(Schema, AcceptsEveryGoodManifestOfTheGoldenCases) {
  int accepted = 0;
  for (const auto& entry : fs::recursive_directory_iterator(ASMGW_GOLDEN_DIR)) {
    if (entry.path().extension() != ".yaml") continue;
    if (entry.path().filename() == "mesh.yaml") continue;  // what a mesh prints, nobody writes
    const std::string text = file_text(entry.path());
    if (!is_good(text)) continue;
    for (const Json& gateway : gateways_of(text)) {
      EXPECT_EQ(refusal(gateway), "") << entry.path();
      ++accepted;
    }
  }
  EXPECT_GE(accepted, 60);
}

TEST(Schema, AcceptsTheVendorsExamples) {
  for (const char* name : {"ingress.yaml", "egress.yaml"}) {
    const auto gateways =
        gateways_of(file_text(fs::path(ASMGW_GOLDEN_DIR) / ".." / "examples" / name));
    ASSERT_EQ(gateways.size(), 1U) << name;
    EXPECT_EQ(refusal(gateways[0]), "") << name;
  }
}

TEST(Schema, AcceptsEachFieldsExamplesAndDefault) {
  for (const FieldView& field : spec_views()) {
    for (const std::string_view example :
         {field.doc.examples.before, field.doc.examples.after, field.doc.default_value}) {
      if (example.empty()) continue;
      const std::string text =
          "{apiVersion: istio.alibabacloud.com/v1, kind: IstioGateway, metadata: {name: web}, "
          "spec: {clusterIds: [c8a4b2xxxxxx], ports: [{port: 80}], ? " +
          std::string(field.name) + " : " + std::string(example) + "}}";
      ASSERT_EQ(gateways_of(text).size(), 1U) << text;
      EXPECT_EQ(refusal(gateways_of(text)[0]), "") << text;
    }
  }
}

TEST(Schema, AcceptsRandomGoodManifests) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    Json gateway = Json::object();
    gateway.merge_patch(random_gateway(seed));  // null is the same as absent
    EXPECT_EQ(refusal(gateway), "") << "seed " << seed << "\n" << gateway.dump(2);
  }
}

/// The values that the mesh writes for what is unset.
TEST(Schema, AcceptsWhatTheMeshGivesBack) {
  const std::string text =
      "{apiVersion: istio.alibabacloud.com/v1beta1, kind: IstioGateway, metadata: {name: web, uid: "
      "6f0c, annotations: {a: b}}, spec: {clusterIds: [c8a4b2xxxxxx], ports: [{port: 80, "
      "targetPort: 0, nodePort: 0}], sds: {}, cpu: {}, kernel: {parameters: {}}, compression: {}, "
      "readinessProbe: {}, replicaCount: 0, minReplicas: 0, maxReplicas: 0, autoscaleEnabled: "
      "false, serviceType: \"\"}, status: {Status: ok}}";
  EXPECT_EQ(refusal(gateways_of(text)[0]), "");
}

TEST(Schema, RefusesWhatIsWrongByForm) {
  struct Row {
    std::string what, spec;
  };
  const Row rows[] = {
      {"unknown field", "replicaCounts: 4"},
      {"bad word", "serviceType: Loadbalancer"},
      {"number for text", "rollingMaxSurge: 1"},
      {"text for number", "replicaCount: '2'"},
      {"below the minimum", "replicaCount: -1"},
      {"above the maximum", "cpu: {targetAverageUtilization: 101}"},
      {"not in int32", "maxReplicas: 3000000000"},
      {"unknown kernel parameter", "kernel: {parameters: {net.core.rmem_max: '1'}}"},
      {"unquoted kernel value", "kernel: {parameters: {vm.swappiness: 10}}"},
      {"bad quantity", "resources: {limits: {memory: 2GB}}"},
      {"unknown member", "env: [{name: ONE, valeu: a}]"},
      {"missing member", "configVolumes: [{name: lua, mountPath: /var/lib/lua}]"},
      {"depth of gzip", "compression: {gzip: {window_bits: 16}}"},
      {"depth of affinity",
       "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologykey: "
       "zone}]}}"},
      {"bad operator of a toleration", "tolerations: [{key: a, operator: Exist}]"},
      {"not overridable", "overrides: {c8a4b2xxxxxx: {podLabels: {a: b}}}"},
      {"bad value in an override", "overrides: {c8a4b2xxxxxx: {replicaCount: two}}"},
  };
  const std::string head =
      "{apiVersion: istio.alibabacloud.com/v1, kind: IstioGateway, metadata: {name: web}, spec: "
      "{clusterIds: [c8a4b2xxxxxx], ports: [{port: 80}], ";
  for (const Row& row : rows) {
    const auto gateways = gateways_of(head + row.spec + "}}");
    ASSERT_EQ(gateways.size(), 1U) << row.what;
    EXPECT_NE(refusal(gateways[0]), "") << row.what;
  }
}

TEST(Schema, RefusesAManifestThatLacksWhatIsRequired) {
  const std::string good =
      R"({"apiVersion":"istio.alibabacloud.com/v1","kind":"IstioGateway","metadata":{"name":"web"},
          "spec":{"clusterIds":["c8a4b2xxxxxx"],"ports":[{"port":80}]}})";
  EXPECT_EQ(refusal(parse_json(good)), "");
  for (const char* pointer : {"/apiVersion", "/kind", "/metadata/name", "/spec", "/spec/clusterIds",
                              "/spec/ports", "/spec/ports/0/port"}) {
    Json manifest = parse_json(good);
    const Json::json_pointer path(pointer);
    manifest[path.parent_pointer()].erase(path.back());
    EXPECT_NE(refusal(manifest), "") << pointer;
  }
}

/// Every record of `diff` among the golden cases, as JSON and as YAML.
std::map<std::string, Json> records_of_diff() {
  std::map<std::string, Json> records;
  for (const auto& entry : fs::directory_iterator(ASMGW_GOLDEN_DIR)) {
    const std::string text = file_text(entry.path() / "stdout");
    if (text.find("GatewayDiff") == std::string::npos) continue;
    const std::string name = entry.path().filename().string();
    if (text.find("json-schema.org") != std::string::npos) continue;
    if (text.starts_with('{')) {
      records[name] = parse_json(text);
    } else if (text.starts_with("apiVersion:")) {
      Findings findings;
      records[name] = to_json(parse_yaml(findings.keep({"record", text}), findings).front());
    }
  }
  return records;
}

TEST(Schema, NamesAllThatDiffPrints) {
  const Schema closed(changes_schema(/*closed=*/true)), open(changes_schema(/*closed=*/false));
  const std::map<std::string, Json> records = records_of_diff();
  EXPECT_GE(records.size(), 8U);
  for (const auto& [name, record] : records) {
    EXPECT_EQ(refusal_by(closed, record), "") << name;
    EXPECT_EQ(refusal_by(open, record), "") << name;
  }
}

TEST(Schema, OfDiffRefusesWhatItDoesNotNameOnlyWhenClosed) {
  const Schema closed(changes_schema(/*closed=*/true)), open(changes_schema(/*closed=*/false));
  Json record = records_of_diff().begin()->second;
  record["clusters"][0]["objects"][0]["novelty"] = 1;
  EXPECT_NE(refusal_by(closed, record), "");
  EXPECT_EQ(refusal_by(open, record), "");
  record["clusters"][0]["objects"][0]["action"] = "updated";
  EXPECT_NE(refusal_by(open, record), "");
}

}  // namespace
}  // namespace asmgw::test
