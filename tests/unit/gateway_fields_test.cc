#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

#include "gateway/fields.h"
#include "gateway/ports.h"
#include "gateway/settings.h"

namespace asmgw {
namespace {

template <class Struct>
void check_rows(std::span<const FieldRow<Struct>> rows, const std::string& what) {
  std::set<std::string_view> names;
  for (const FieldRow<Struct>& row : rows) {
    SCOPED_TRACE(what + "." + std::string(row.name));
    EXPECT_TRUE(names.insert(row.name).second) << "stands twice";
    EXPECT_FALSE(row.name.empty());
    EXPECT_FALSE(row.type.name.empty());
    EXPECT_FALSE(row.doc.becomes.empty());
    EXPECT_FALSE(row.doc.means.empty());
    EXPECT_LE(row.doc.min, row.doc.max);
    ASSERT_NE(row.read, nullptr);
    ASSERT_NE(row.merge, nullptr);
    ASSERT_NE(row.at, nullptr);
    EXPECT_FALSE(row.at(Struct{})) << "unset, yet it has a place";
    if (row.doc.default_value.empty()) continue;
    Findings findings;
    const auto documents =
        parse_yaml(findings.keep({"default", std::string(row.doc.default_value)}), findings);
    ASSERT_EQ(documents.size(), 1U);
    Struct read{};
    row.read(read, {}, documents[0], row, findings);
    EXPECT_TRUE(findings.all().empty());
    EXPECT_TRUE(row.at(read)) << "its default was not read";
  }
  EXPECT_FALSE(names.empty());
}

TEST(Fields, EveryRowIsDocumentedAndItsDefaultIsValid) {
  check_rows(spec_fields(), "spec");
  check_rows(port_fields(), "ports");
  check_rows(env_fields(), "env");
  check_rows(resources_fields(), "resources");
  check_rows(utilization_fields(), "cpu");
  check_rows(probe_fields(), "readinessProbe");
  check_rows(config_volume_fields(), "configVolumes");
  check_rows(secret_volume_fields(), "secretVolumes");
  check_rows(kernel_fields(), "kernel");
  check_rows(compression_fields(), "compression");
  check_rows(gzip_fields(), "compression.gzip");
  check_rows(annotation_fields(), "annotations");
}

/// Every field whose value is looked at alone: the rows of the spec, or their members.
void for_each_leaf(const std::vector<FieldView>& views, const std::string& above,
                   const std::function<void(const std::string&, const FieldView&)>& visit) {
  for (const FieldView& view : views) {
    const std::string path = above + std::string(view.name);
    const bool has_own_members = view.type.form == FieldForm::Object && !view.members.empty() &&
                                 view.doc.examples.after.empty();
    if (has_own_members) {
      for_each_leaf(view.members, path + ".", visit);
    } else {
      visit(path, view);
    }
  }
}

TEST(Fields, HaveExamplesThatAreReadWithoutAWord) {
  int fields = 0;
  for_each_leaf(spec_views(), "", [&](const std::string& path, const FieldView& view) {
    ++fields;
    SCOPED_TRACE(path);
    EXPECT_FALSE(view.doc.examples.before.empty());
    EXPECT_FALSE(view.doc.examples.after.empty());
    EXPECT_NE(view.doc.examples.before, view.doc.examples.after);
  });
  EXPECT_GE(fields, 45);
}

TEST(Fields, DefaultsAreThoseOfPageTwo) {
  const GatewaySpec& spec = default_spec();
  EXPECT_EQ(spec.gateway_type->value, "ingress");
  EXPECT_EQ(spec.service_type->value, "LoadBalancer");
  EXPECT_EQ(spec.replica_count->value, 1);
  EXPECT_EQ(spec.rolling_max_surge->value, "100%");
  EXPECT_EQ(spec.rolling_max_unavailable->value, "25%");
  EXPECT_FALSE(spec.host_network->value);
  const Resources& resources = spec.resources->value;
  EXPECT_EQ(resources.limits->value.amounts.at("cpu").value, "2");
  EXPECT_EQ(resources.limits->value.amounts.at("memory").value, "2G");
  EXPECT_EQ(resources.requests->value.amounts.at("cpu").value, "200m");
  EXPECT_EQ(resources.requests->value.amounts.at("memory").value, "256Mi");
  EXPECT_EQ(spec.readiness_probe->value.failure_threshold->value, 30);
  EXPECT_EQ(spec.readiness_probe->value.period_seconds->value, 2);
  EXPECT_EQ(spec.readiness_probe->value.success_threshold->value, 1);
  for (const FieldRow<GatewaySpec>& row : spec_fields()) {
    const auto at = row.at(spec);
    if (at) {
      EXPECT_EQ(at->source, nullptr) << row.name << ": a default has no place";
    }
  }
  EXPECT_FALSE(spec.dns_policy);
  EXPECT_FALSE(spec.ports);
  EXPECT_FALSE(spec.run_as_root);
  EXPECT_FALSE(spec.disable_container_port_exposed);
}

TEST(Fields, OverridableAndRestartingAreThoseOfPageTwo) {
  struct Row {
    std::string name;
    Overridable overridable;
    Restarts restarts;
  };
  const Row rows[] = {
      {"gatewayType", Overridable::No, Restarts::No},
      {"clusterIds", Overridable::No, Restarts::No},
      {"overrides", Overridable::No, Restarts::No},
      {"loadBalancerClass", Overridable::No, Restarts::No},
      {"loadBalancerIP", Overridable::No, Restarts::No},
      {"nodeSelector", Overridable::No, Restarts::Listed},
      {"affinity", Overridable::No, Restarts::Listed},
      {"tolerations", Overridable::No, Restarts::Listed},
      {"configVolumes", Overridable::No, Restarts::Listed},
      {"secretVolumes", Overridable::No, Restarts::Listed},
      {"kernel", Overridable::No, Restarts::Listed},
      {"lifecycle", Overridable::No, Restarts::Inferred},
      {"minReplicas", Overridable::FromAsm116, Restarts::No},
      {"maxReplicas", Overridable::FromAsm116, Restarts::No},
      {"autoscaleEnabled", Overridable::FromAsm116, Restarts::No},
      {"compression", Overridable::No, Restarts::No},
      {"requestedNetworkView", Overridable::No, Restarts::Inferred},
      {"meshExpansionPorts", Overridable::No, Restarts::No},
      {"sds", Overridable::No, Restarts::No},
      {"applicationPorts", Overridable::No, Restarts::No},
      {"ports", Overridable::No, Restarts::UntilAsm116},
      {"serviceType", Overridable::FromAsm116, Restarts::No},
      {"externalTrafficPolicy", Overridable::No, Restarts::No},
      {"serviceAnnotations", Overridable::Yes, Restarts::No},
      {"serviceLabels", Overridable::No, Restarts::No},
      {"env", Overridable::No, Restarts::Listed},
      {"podLabels", Overridable::No, Restarts::Listed},
      {"podAnnotations", Overridable::Yes, Restarts::Listed},
      {"hostNetwork", Overridable::No, Restarts::Listed},
      {"dnsPolicy", Overridable::No, Restarts::Listed},
      {"replicaCount", Overridable::Yes, Restarts::No},
      {"resources", Overridable::Yes, Restarts::Listed},
      {"rollingMaxSurge", Overridable::No, Restarts::No},
      {"rollingMaxUnavailable", Overridable::No, Restarts::No},
      {"cpu", Overridable::FromAsm116, Restarts::No},
      {"memory", Overridable::FromAsm116, Restarts::No},
      {"runAsRoot", Overridable::No, Restarts::Inferred},
      {"readinessProbe", Overridable::No, Restarts::Inferred},
      {"disableContainerPortExposed", Overridable::No, Restarts::Inferred},
      {"autoCreateGatewayYaml", Overridable::No, Restarts::No},
  };
  std::size_t found = 0;
  for (const Row& row : rows) {
    for (const FieldRow<GatewaySpec>& field : spec_fields()) {
      if (field.name != row.name) continue;
      SCOPED_TRACE(row.name);
      ++found;
      EXPECT_EQ(field.doc.overridable, row.overridable);
      EXPECT_EQ(field.doc.restarts, row.restarts);
    }
  }
  EXPECT_EQ(found, std::size(rows));
  EXPECT_EQ(found, spec_fields().size()) << "a field that this table lacks";
}

ServicePort port_with(std::optional<IntOrText> target, std::string protocol = "") {
  ServicePort port;
  port.port = Located<std::int64_t>{443};
  if (target) port.target_port = Located<IntOrText>{*target};
  if (!protocol.empty()) port.protocol = Located<std::string>{std::move(protocol)};
  return port;
}

TEST(Ports, IstiosWordsAreCarriedByTransports) {
  struct Row {
    std::string word, transport;
  };
  const Row rows[] = {{"", "TCP"},         {"TCP", "TCP"},   {"UDP", "UDP"},   {"SCTP", "SCTP"},
                      {"HTTP", "TCP"},     {"HTTP2", "TCP"}, {"HTTPS", "TCP"}, {"GRPC", "TCP"},
                      {"GRPC-Web", "TCP"}, {"TLS", "TCP"},   {"MONGO", "TCP"}, {"REDIS", "TCP"},
                      {"MYSQL", "TCP"},    {"QUIC", "UDP"},  {"HTTP3", "UDP"}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.word);
    EXPECT_EQ(transport_protocol(port_with({}, row.word)), row.transport);
  }
}

TEST(Ports, TargetZeroAbsentAndEmptyMeanTheSamePort) {
  const IntOrText same = std::int64_t{443};
  EXPECT_EQ(target_of(port_with({})), same);
  EXPECT_EQ(target_of(port_with(IntOrText{std::int64_t{0}})), same);
  EXPECT_EQ(target_of(port_with(IntOrText{std::string()})), same);
  EXPECT_EQ(target_of(port_with(IntOrText{std::int64_t{8443}})), IntOrText{std::int64_t{8443}});
  EXPECT_EQ(target_of(port_with(IntOrText{std::string("http-envoy-prom")})),
            IntOrText{std::string("http-envoy-prom")});
  EXPECT_FALSE(is_target_zero(port_with({})));
  EXPECT_TRUE(is_target_zero(port_with(IntOrText{std::int64_t{0}})));
  EXPECT_TRUE(is_target_zero(port_with(IntOrText{std::string()})));
  EXPECT_FALSE(is_target_zero(port_with(IntOrText{std::int64_t{1}})));
}

TEST(AsmVersions, AreReadAndComparedAsNumbers) {
  struct Row {
    std::string text;
    bool valid;
    AsmVersion version;
  };
  const Row rows[] = {
      {"v1.22.2.35", true, {1, 22, 2, 35}},
      {"1.22.2.35", true, {1, 22, 2, 35}},
      {"v1.9.7.107-g1234abcd-aliyun", true, {1, 9, 7, 107}},
      {"1.16", true, {1, 16, 0, 0}},
      {"v1.16.4", true, {1, 16, 4, 0}},
      {"", false, {}},
      {"v", false, {}},
      {"1", false, {}},
      {"1.", false, {}},
      {"1.16.", false, {}},
      {"1..16", false, {}},
      {"1.x", false, {}},
      {"1.2.3.4.5", false, {}},
      {"vv1.16", false, {}},
      {"1.-2", false, {}},
      {"1.16 ", false, {}},
      {"1.99999999999", false, {}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const auto version = parse_asm_version(row.text);
    ASSERT_EQ(version.has_value(), row.valid);
    if (version) {
      EXPECT_EQ(*version, row.version);
    }
  }
  EXPECT_LT(*parse_asm_version("v1.9.7.107"), *parse_asm_version("v1.16"));  // not as text
  EXPECT_LT(*parse_asm_version("v1.15.9.99"), *parse_asm_version("v1.16"));
  EXPECT_GT(*parse_asm_version("v1.16.0.1"), *parse_asm_version("v1.16"));
}

}  // namespace
}  // namespace asmgw
