// The EnvoyFilter of compression, and that it belongs to the control plane only.
#include <gtest/gtest.h>

#include <string>

#include "base/tree.h"
#include "diff/origins.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "object/kinds.h"
#include "survey/wanted.h"

namespace asmgw {
namespace {

/// What a goal at this place wants of a gateway with this compression (from line 7 on).
struct Wanted {
  Wanted(const std::string& compression, Place place, const std::string& ns = "istio-system") {
    const Source& source = findings.keep(
        {"g.yaml",
         "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\nmetadata: {name: web}\n"
         "spec:\n  clusterIds: [c1]\n  ports: [{port: 80}]\n" +
             compression});
    int skipped = 0;
    const auto gateways = read_gateways(parse_yaml(source, findings), skipped, findings);
    EXPECT_TRUE(findings.all().empty());
    const EffectiveGateway gateway = effective(gateways.at(0), "c1", ns, {});
    objects = wanted({AsManifest{{gateway}, {}}, place}, {}, findings);
  }

  Findings findings;
  std::vector<DesiredObject> objects;
};

const std::string kAll = R"(  compression:
    enabled: true
    min_content_length: 4294967295
    content_type: [text/html, application/json]
    disable_on_etag_header: true
    remove_accept_encoding_header: false
    gzip:
      memory_level: 9
      window_bits: 15
      chunk_size: 65536
      compression_level: COMPRESSION_LEVEL_7
      compression_strategy: HUFFMAN_ONLY
)";

TEST(EnvoyFilter, IsThatOfPageThree) {
  const Wanted wanted(kAll, Place::ControlPlane);
  ASSERT_EQ(wanted.objects.size(), 1u);
  EXPECT_EQ(*wanted.objects[0].body, parse_json(R"({
    "apiVersion": "networking.istio.io/v1alpha3", "kind": "EnvoyFilter",
    "metadata": {"name": "istio-web-compression", "namespace": "istio-system",
      "labels": {"app": "istio-web", "istio": "web", "asmgw/gateway": "web",
                 "app.kubernetes.io/managed-by": "kubectl-asmgw"}},
    "spec": {
      "priority": -10,
      "workloadSelector": {"labels": {"app": "istio-web", "istio": "web"}},
      "configPatches": [{
        "applyTo": "HTTP_FILTER",
        "match": {"context": "GATEWAY", "listener": {"filterChain": {"filter": {
          "name": "envoy.filters.network.http_connection_manager",
          "subFilter": {"name": "envoy.filters.http.router"}}}}},
        "patch": {"operation": "INSERT_BEFORE", "value": {
          "name": "envoy.filters.http.compressor",
          "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.filters.http.compressor.v3.Compressor",
            "compressor_library": {"name": "gzip", "typed_config": {
              "@type":
                "type.googleapis.com/envoy.extensions.compression.gzip.compressor.v3.Gzip",
              "memory_level": 9, "window_bits": 15, "chunk_size": 65536,
              "compression_level": "COMPRESSION_LEVEL_7",
              "compression_strategy": "HUFFMAN_ONLY"}},
            "response_direction_config": {
              "common_config": {"min_content_length": 4294967295,
                                "content_type": ["text/html", "application/json"]},
              "disable_on_etag_header": true,
              "remove_accept_encoding_header": false}}}}}]}})"));
}

TEST(EnvoyFilter, HoldsOnlyWhatTheUserSet) {
  const Wanted wanted("  compression: {enabled: true, content_type: [], gzip: {}}\n",
                      Place::ControlPlane);
  ASSERT_EQ(wanted.objects.size(), 1u);
  const Json& config =
      (*wanted.objects[0].body)["spec"]["configPatches"][0]["patch"]["value"]["typed_config"];
  EXPECT_EQ(config.size(), 2u) << config.dump(1);  // @type and the library
  EXPECT_EQ(config["compressor_library"]["typed_config"].size(), 1u) << config.dump(1);
}

TEST(EnvoyFilter, IsThereOnlyWhenCompressionIsOn) {
  for (const std::string compression :
       {"", "  compression: {}\n", "  compression: {gzip: {}}\n",
        "  compression: {enabled: false, gzip: {window_bits: 15}}\n",
        "  compression: {enabled: true}\n"}) {
    SCOPED_TRACE(compression);
    EXPECT_EQ(Wanted(compression, Place::ControlPlane).objects.size(), 0u);
  }
}

TEST(EnvoyFilter, GoesToTheControlPlaneAndToNoCluster) {
  for (const DesiredObject& object : Wanted(kAll, Place::EachCluster).objects) {
    EXPECT_NE(object.ref.kind, "EnvoyFilter");
    EXPECT_EQ(kind_of(object.ref).place, Place::EachCluster);
  }
  const Wanted elsewhere(kAll, Place::ControlPlane, "elsewhere");
  EXPECT_EQ(elsewhere.objects.at(0).ref.ns, "istio-system");  // the mesh's root namespace
}

const Path kGzip = fields({"spec", "configPatches"}) /
                   PathStep{PathStep::Kind::Key, R"({"applyTo":"HTTP_FILTER"})"} / "patch" /
                   "value" / "typed_config" / "compressor_library" / "typed_config";

TEST(EnvoyFilter, EachFieldHasItsLine) {
  const Wanted wanted(kAll, Place::ControlPlane);
  const auto& origins = wanted.objects.at(0).origins;
  EXPECT_EQ(origins.at(kGzip / "window_bits").at->line, 15);
  EXPECT_EQ(origins.at(kGzip / "window_bits").field, "compression.gzip.window_bits");
  EXPECT_EQ(origins.at(kGzip / "@type").kind, Origin::Kind::BuiltIn);
}

/// The server keeps one owner for all of configPatches; what is no longer in it was ours.
TEST(EnvoyFilter, WhatIsTakenOutIsGoneFromTheManifest) {
  Wanted wanted("  compression: {enabled: true, gzip: {}}\n", Place::ControlPlane);
  ObservedObject object;
  object.desired = std::move(wanted.objects.at(0));
  Json live = *object.desired.body;
  live["metadata"]["managedFields"] = parse_json(R"([{"manager": "kubectl-asmgw",
    "operation": "Apply", "fieldsV1": {"f:spec": {"f:configPatches": {}, "f:priority": {}}}}])");
  object.before = Found{live};
  FieldChange removed{kGzip / "window_bits", FieldChange::Op::Remove, Json(15), {}};
  EXPECT_EQ(origin_of(removed, object).kind, Origin::Kind::Gone);
  live["metadata"]["managedFields"][0]["manager"] = "kubectl-edit";
  object.before = Found{live};
  EXPECT_EQ(origin_of(removed, object).kind, Origin::Kind::Server);
}

}  // namespace
}  // namespace asmgw
