#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/tree.h"
#include "gateway/read.h"

namespace asmgw {
namespace {

/// A text, its gateways, and what was found.
struct Read {
  explicit Read(std::string text)
      : gateways(read_gateways(parse_yaml(findings.keep({"g.yaml", std::move(text)}), findings),
                               skipped, findings)) {}

  /// `5:3 code: message (hint)`, one per line.
  std::string problems() const {
    std::string out;
    for (const Finding& found : findings.all())
      out += fmt::format("{}{}:{} {}: {}{}", out.empty() ? "" : "\n", found.at->line,
                         found.at->column, found.code->name, found.message,
                         found.hint.empty() ? "" : " (" + found.hint + ")");
    return out;
  }
  const GatewaySpec& spec() const { return gateways.at(0).spec; }

  Findings findings;
  int skipped = 0;
  std::vector<Gateway> gateways;
};

const std::string kHead =
    "apiVersion: istio.alibabacloud.com/v1beta1\n"
    "kind: IstioGateway\n"
    "metadata: {name: web}\n"
    "spec:\n";  // what follows begins on line 5

struct Case {
  std::string name;
  std::string lines;  ///< of spec, indented by two
  std::string expected;
};

class ReadProblems : public testing::TestWithParam<Case> {};
TEST_P(ReadProblems, AreNamedWithTheirPlace) {
  EXPECT_EQ(Read(kHead + GetParam().lines).problems(), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    All, ReadProblems,
    testing::Values(
        Case{"none", "  replicaCount: 2\n", ""},
        Case{"unknown_field", "  replicaCont: 2\n",
             "5:3 unknown-field: no field \"replicaCont\" in spec (did you mean replicaCount?)"},
        Case{"unknown_field_in_other_case", "  replicacount: 2\n",
             "5:3 unknown-field: no field \"replicacount\" in spec (did you mean replicaCount?)"},
        Case{"unknown_field_like_none", "  xyzzy: 2\n",
             "5:3 unknown-field: no field \"xyzzy\" in spec"},
        Case{"unknown_field_of_a_port", "  ports:\n    - {port: 80, targetport: 80}\n",
             "6:18 unknown-field: no field \"targetport\" in ports (did you mean targetPort?)"},
        Case{"unknown_field_of_resources", "  resources: {limit: {cpu: 1}}\n",
             "5:15 unknown-field: no field \"limit\" in resources (did you mean limits?)"},
        Case{"unknown_field_of_an_override", "  overrides:\n    c1:\n      replicaCounts: 2\n",
             "7:7 unknown-field: no field \"replicaCounts\" in spec.overrides (did you mean "
             "replicaCount?)"},
        Case{"surge_as_number", "  rollingMaxSurge: 1\n",
             "5:20 wrong-type: rollingMaxSurge is text, not a number (rollingMaxSurge: \"1\")"},
        Case{"quoted_number", "  replicaCount: \"2\"\n",
             "5:17 wrong-type: replicaCount is a number, not text (without quotes: "
             "replicaCount: 2)"},
        Case{"text_for_a_number", "  replicaCount: two\n",
             "5:17 wrong-type: replicaCount is a number, not text"},
        Case{"fraction_for_a_number", "  replicaCount: 1.5\n",
             "5:17 wrong-type: replicaCount is a whole number, not a number"},
        Case{"list_for_a_number", "  replicaCount: [1]\n",
             "5:17 wrong-type: replicaCount is a number, not a list"},
        Case{"quoted_bool", "  hostNetwork: \"true\"\n",
             "5:16 wrong-type: hostNetwork is true or false, not text"},
        Case{"yes_is_a_bool", "  hostNetwork: yes\n", ""},
        Case{"mapping_for_a_list", "  ports: {port: 80}\n",
             "5:10 wrong-type: ports is a list, not a mapping"},
        Case{"text_for_a_map", "  podLabels: a\n",
             "5:14 wrong-type: podLabels is a mapping, not text"},
        Case{"number_in_a_map_of_texts", "  podLabels: {a: 1}\n",
             "5:18 wrong-type: a is text, not a number (a: \"1\")"},
        Case{"bool_in_a_map_of_texts", "  podLabels: {a: yes}\n",
             "5:18 wrong-type: a is text, not true or false (a: \"yes\")"},
        Case{"number_as_a_variables_value", "  env: [{name: A, value: 1}]\n",
             "5:26 wrong-type: value is text, not a number (value: \"1\")"},
        Case{"beyond_int32", "  replicaCount: 4294967297\n",
             "5:17 out-of-range: replicaCount is out of range: 4294967297 (1 to 2147483647)"},
        Case{"int32_max", "  replicaCount: 2147483647\n", ""},
        Case{"int32_max_and_one", "  replicaCount: 2147483648\n",
             "5:17 out-of-range: replicaCount is out of range: 2147483648 (1 to 2147483647)"},
        Case{"beyond_int64", "  replicaCount: 9223372036854775808\n",
             "5:17 out-of-range: replicaCount is out of range: 9223372036854775808 (1 to "
             "2147483647)"},
        Case{"negative", "  replicaCount: -1\n",
             "5:17 out-of-range: replicaCount is out of range: -1 (1 to 2147483647)"},
        Case{"port_0", "  ports: [{port: 0}]\n",
             "5:18 out-of-range: port is out of range: 0 (1 to 65535)"},
        Case{"port_65536", "  ports: [{port: 65536}]\n",
             "5:18 out-of-range: port is out of range: 65536 (1 to 65535)"},
        Case{"utilisation_101", "  cpu: {targetAverageUtilization: 101}\n",
             "5:35 out-of-range: targetAverageUtilization is out of range: 101 (1 to 100)"},
        Case{"utilisation_0", "  cpu: {targetAverageUtilization: 0}\n",
             "5:35 out-of-range: targetAverageUtilization is out of range: 0 (1 to 100)"},
        Case{"other_word", "  gatewayType: ingres\n",
             "5:16 bad-value: gatewayType cannot be \"ingres\" (did you mean ingress?)"},
        Case{"word_like_none", "  serviceType: Tunnel\n",
             "5:16 bad-value: serviceType cannot be \"Tunnel\" (allowed: LoadBalancer, NodePort, "
             "ClusterIP)"},
        Case{"protocol_of_none", "  ports: [{port: 80, protocol: WEBSOCKET9}]\n",
             "5:32 bad-value: protocol cannot be \"WEBSOCKET9\" (allowed: TCP, UDP, SCTP, HTTP, "
             "HTTP2, HTTPS, GRPC, GRPC-Web, TLS, MONGO, REDIS, MYSQL, QUIC, HTTP3)"},
        Case{"no_quantity", "  resources: {limits: {memory: 2GB}}\n",
             "5:32 bad-value: \"2GB\" is not a Kubernetes quantity (as in 200m, 2, 1.5, 256Mi, "
             "2G)"},
        Case{"empty_quantity", "  resources: {limits: {memory: \"\"}}\n",
             "5:32 bad-value: \"\" is not a Kubernetes quantity (as in 200m, 2, 1.5, 256Mi, 2G)"},
        Case{"duplicate_key", "  replicaCount: 1\n  replicaCount: 2\n",
             "6:3 duplicate-key: \"replicaCount\" stands here twice; first on line 5 (remove one "
             "of the two)"},
        Case{"all_at_once", "  replicaCount: x\n  hostNetwork: 1\n",
             "5:17 wrong-type: replicaCount is a number, not text\n"
             "6:16 wrong-type: hostNetwork is true or false, not a number"}),
    [](const auto& row) { return row.param.name; });

TEST(ReadGateway, BothVersionsAreOneKind) {
  for (const std::string version : {"v1beta1", "v1"}) {
    SCOPED_TRACE(version);
    const Read read("apiVersion: istio.alibabacloud.com/" + version +
                    "\nkind: IstioGateway\nmetadata: {name: web}\nspec: {replicaCount: 3}\n");
    EXPECT_EQ(read.problems(), "");
    ASSERT_EQ(read.gateways.size(), 1U);
    EXPECT_EQ(read.spec().replica_count->value, 3);
  }
  EXPECT_EQ(Read("apiVersion: istio.alibabacloud.com/v2\nkind: IstioGateway\nmetadata: {name: w}\n")
                .problems(),
            "1:13 bad-value: no version \"v2\" (istio.alibabacloud.com/v1beta1 or "
            "istio.alibabacloud.com/v1)");
}

TEST(ReadGateway, WhatEqualsAbsentStaysUnset) {
  for (const std::string value : {"", "null", "~", "{}", "0"}) {
    SCOPED_TRACE("'" + value + "'");
    const bool is_zero = value == "0";
    const Read read(kHead + (is_zero
                                 ? "  replicaCount: 0\n  overrides: {c1: {replicaCount: 0}}\n"
                                 : "  cpu: " + value + "\n  readinessProbe: " + value +
                                       "\n  podLabels: " + value + "\n  resources: " + value +
                                       "\n  replicaCount:\n  overrides: {c1: " + value + "}\n"));
    EXPECT_EQ(read.problems(), "");
    EXPECT_FALSE(read.spec().replica_count);
    EXPECT_FALSE(read.spec().cpu);
    EXPECT_FALSE(read.spec().readiness_probe);
    EXPECT_FALSE(read.spec().pod_labels);
    EXPECT_FALSE(read.spec().resources);
    if (read.spec().overrides && !read.spec().overrides->value.list.empty()) {
      EXPECT_FALSE(read.spec().overrides->value.list[0].spec.replica_count);
    }
  }
  EXPECT_FALSE(Read(kHead + "  resources: {limits: {}, requests: {}}\n").spec().resources);
  EXPECT_TRUE(Read(kHead + "  hostNetwork: false\n").spec().host_network);  // false is a value
}

TEST(ReadGateway, TheEmptyValueOfAnotherFormIsRefused) {
  for (const std::string line :
       {"replicaCount: \"\"", "hostNetwork: \"\"", "env: {}", "podLabels: []", "podLabels: \"\"",
        "overrides: []", "tolerations: {}", "affinity: []", "resources: {limits: []}",
        "serviceType: {}", "overrides: {c1: []}", "overrides: {c1: {cpu: []}}"}) {
    SCOPED_TRACE(line);
    const std::string problems = Read(kHead + "  " + line + "\n").problems();
    EXPECT_NE(problems.find("wrong-type"), std::string::npos) << problems;
  }
}

TEST(ReadGateway, MetadataOfAnotherTypeIsRefused) {
  const std::string head = "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\n";
  EXPECT_EQ(Read(head + "metadata: {name: web, annotations: [a]}\n").problems(),
            "3:36 wrong-type: metadata.annotations is a mapping, not a list");
  EXPECT_EQ(Read(head + "metadata: {name: web, annotations: }\n").problems(), "");
  EXPECT_EQ(Read(head + "metadata: {name: 5}\n").problems(),
            "3:18 wrong-type: metadata.name is text, not a number (metadata.name: \"5\")");
}

TEST(ReadGateway, WhatAnAliasRepeatsIsBadEachTime) {
  const Read read(kHead +
                  "  env:\n"
                  "  - {name: A, valueFrom: &bad {fieldRef: {apiVersion: v1}}}\n"
                  "  - {name: B, valueFrom: *bad}\n");
  EXPECT_EQ(read.problems(),
            "6:42 missing-field: fieldRef has no fieldPath (ObjectFieldSelector needs it)");
  EXPECT_FALSE(read.spec().env->value[1].value.value_from);
}

TEST(ReadGateway, EveryValueHasItsPlace) {
  const Read read(kHead +
                  "  podLabels:\n"
                  "    a: b\n"
                  "  ports:\n"
                  "    - name: http\n"
                  "      port: 80\n");
  const Located<std::string>& label = read.spec().pod_labels->value.at("a");
  EXPECT_EQ(file_line(label.at), "g.yaml:6");
  EXPECT_EQ(label.at.column, 8);
  EXPECT_EQ(label.key.column, 5);
  EXPECT_EQ(read.spec().ports->key.line, 7);
  EXPECT_EQ(read.spec().ports->value[0].at.line, 8);
  EXPECT_EQ(read.spec().ports->value[0].value.port->at.line, 9);
  EXPECT_EQ(read.gateways[0].name.at.line, 3);
  EXPECT_EQ(read.gateways[0].spec_at.line, 4);
}

TEST(ReadGateway, DocumentsOfOtherKindsAreSkippedAndCounted) {
  const Read read("apiVersion: v1\nkind: ConfigMap\n---\n" + kHead +
                  "  replicaCount: 2\n---\n"
                  "apiVersion: networking.istio.io/v1\nkind: Gateway\n---\n"
                  "apiVersion: example.com/v1\nkind: IstioGateway\n---\n# nothing\n---\n[a, b]\n");
  EXPECT_EQ(read.problems(), "");
  EXPECT_EQ(read.gateways.size(), 1U);
  EXPECT_EQ(read.skipped, 4);
}

TEST(ReadGateway, ListsAreUnwrapped) {
  for (const std::string kind : {"List", "IstioGatewayList"}) {
    SCOPED_TRACE(kind);
    const Read read("apiVersion: v1\nkind: " + kind +
                    "\nitems:\n"
                    "- {apiVersion: istio.alibabacloud.com/v1, kind: IstioGateway, metadata: "
                    "{name: a}}\n"
                    "- {apiVersion: v1, kind: Service}\n"
                    "- {apiVersion: istio.alibabacloud.com/v1, kind: IstioGateway, metadata: "
                    "{name: b}}\n");
    ASSERT_EQ(read.gateways.size(), 2U);
    EXPECT_EQ(read.gateways[0].name.value + read.gateways[1].name.value, "ab");
    EXPECT_EQ(read.skipped, 1);
  }
}

TEST(ReadGateway, Metadata) {
  const std::string kind = "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\n";
  EXPECT_EQ(Read(kind).problems(),
            "2:7 missing-field: metadata.name is missing (metadata: {name: web})");
  EXPECT_EQ(Read(kind + "metadata: {namespace: x}\n").problems(),
            "3:11 missing-field: metadata.name is missing (metadata: {name: web})");
  EXPECT_EQ(Read(kind + "metadata: {name: 7}\n").problems(),
            "3:18 wrong-type: metadata.name is text, not a number (metadata.name: \"7\")");
  EXPECT_EQ(Read(kind + "metadata: web\n").problems(),
            "3:11 missing-field: metadata.name is missing (metadata: {name: web})");
  const Read read(kind + "metadata: {name: a, namespace: b, labels: {x: y}, foo: 1}\nstatus: {}\n");
  EXPECT_EQ(read.problems(), "");
  EXPECT_EQ(read.gateways[0].ns->value, "b");
  EXPECT_FALSE(Read(kind + "metadata: {name: a, namespace: }\n").gateways[0].ns);
}

TEST(ReadGateway, WhatTheMeshWritesBackIsRead) {
  const Read read(kHead +
                  "  cpu: {}\n  readinessProbe: {}\n  replicaCount: 0\n  overrides: {}\n"
                  "  gatewayType: ingress\nstatus:\n  Status: Available\n");
  EXPECT_EQ(read.problems(), "");
}

}  // namespace
}  // namespace asmgw
