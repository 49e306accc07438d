#include "gateway/validate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "base/tree.h"
#include "gateway/read.h"

namespace asmgw {
namespace {

/// `7:3 severity code`, one per line, in the order of the text.
std::string problems(const std::string& text, const Rules& rules = {}) {
  Findings findings;
  int skipped = 0;
  const auto gateways =
      read_gateways(parse_yaml(findings.keep({"g.yaml", text}), findings), skipped, findings);
  validate(gateways, rules, findings);
  findings.sort();
  std::string out;
  for (const Finding& found : findings.all())
    out += fmt::format("{}{}:{} {} {}", out.empty() ? "" : "\n", found.at->line, found.at->column,
                       word(found.severity), found.code->name);
  return out;
}

const std::string kHead =
    "apiVersion: istio.alibabacloud.com/v1beta1\n"
    "kind: IstioGateway\n"
    "metadata: {name: web}\n"
    "spec:\n"
    "  clusterIds: [c1, c2]\n";
const std::string kPorts = "  ports: [{name: http2, port: 80}]\n";

struct Case {
  std::string name;
  std::string lines;     ///< of spec, from line 6 on
  std::string expected;  ///< "" = nothing wrong
  bool own_ports = false;
};

class Validate : public testing::TestWithParam<Case> {};
TEST_P(Validate, FindsIt) {
  const Case& row = GetParam();
  // unless the case has its own, the ports stand last, where they move no line
  EXPECT_EQ(problems(kHead + row.lines + (row.own_ports ? "" : kPorts)), row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    Pods, Validate,
    testing::Values(
        Case{"nothing", "", ""},
        Case{"label_app", "  podLabels: {app: x}\n", "6:15 error label-reserved"},
        Case{"label_istio", "  podLabels:\n    a: b\n    istio: x\n", "8:5 error label-reserved"},
        Case{"unprivileged_with_low_port",
             "  env: [{name: ISTIO_META_UNPRIVILEGED_POD, value: \"true\"}]\n",
             "6:16 error env-builtin-kind"},
        Case{"unprivileged_with_low_expansion_port",
             "  env: [{name: ISTIO_META_UNPRIVILEGED_POD, value: \"true\"}]\n"
             "  ports: [{name: http2, port: 8080}]\n"
             "  meshExpansionPorts: [{name: dns, port: 853}]\n",
             "6:16 error env-builtin-kind\n8:3 warning legacy-field", true},
        Case{"min_of_no_autoscaler", "  minReplicas: 2\n", "6:16 warning hpa-without-max"},
        Case{"min_of_none_wanted", "  minReplicas: 2\n  autoscaleEnabled: false\n", ""},
        Case{"kernel_value_missing", "  kernel: {parameters: {net.core.somaxconn: \"\"}}\n",
             "6:45 error bad-value"},
        Case{"label_like_it", "  podLabels: {istio.io/rev: x, app.kubernetes.io/name: z}\n", ""},
        Case{"inject_false", "  podLabels: {sidecar.istio.io/inject: \"false\"}\n",
             "6:40 error label-reserved"},
        Case{"inject_true", "  podLabels: {sidecar.istio.io/inject: \"true\"}\n", ""},
        Case{"templates_without_gateway",
             "  podAnnotations: {inject.istio.io/templates: sidecar}\n",
             "6:47 error label-reserved"},
        Case{"templates_with_gateway",
             "  podAnnotations: {inject.istio.io/templates: \"gateway,mine\"}\n", ""},
        Case{"templates_that_only_contain_the_word",
             "  podAnnotations: {inject.istio.io/templates: gateway2}\n",
             "6:47 error label-reserved"},
        Case{"env_without_name", "  env: [{value: x}]\n", "6:9 error missing-field"},
        Case{"env_twice", "  env: [{name: A}, {name: B}, {name: A}]\n", "6:38 error bad-value"},
        Case{"env_builtin", "  env: [{name: POD_NAME, value: x}]\n", "6:16 error env-builtin-kind"},
        Case{"env_cluster_id", "  env: [{name: ISTIO_META_CLUSTER_ID, value: x}]\n",
             "6:16 error env-builtin-kind"},
        Case{"surge_no_amount", "  rollingMaxSurge: \"1.5\"\n", "6:20 error bad-value"},
        Case{"surge_negative", "  rollingMaxSurge: \"-1\"\n", "6:20 error bad-value"},
        Case{"surge_of_500_percent", "  rollingMaxSurge: 500%\n", ""},
        Case{"unavailable_beyond_100_percent", "  rollingMaxUnavailable: 101%\n",
             "6:26 error out-of-range"},
        Case{"unavailable_100_percent", "  rollingMaxUnavailable: 100%\n", ""},
        Case{"both_zero", "  rollingMaxSurge: \"0\"\n  rollingMaxUnavailable: 0%\n",
             "7:26 error rolling-both-zero"},
        Case{"one_zero", "  rollingMaxUnavailable: \"0\"\n", ""},
        Case{"cpu_target", "  cpu:\n    targetAverageUtilization: 80\n",
             "7:5 warning hpa-without-max"},
        Case{"memory_target", "  memory: {targetAverageUtilization: 80}\n",
             "6:12 warning hpa-without-max"},
        Case{"auto_create", "  autoCreateGatewayYaml: true\n", "6:26 note not-rendered"},
        Case{"no_auto_create", "  autoCreateGatewayYaml: false\n", ""}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Service, Validate,
    testing::Values(
        Case{"no_ports", "  replicaCount: 1\n", "4:1 error missing-field", true},
        Case{"empty_ports", "  ports: []\n", "4:1 error missing-field", true},
        Case{"one_port_without_name", "  ports: [{port: 80}]\n", "", true},
        Case{"two_ports_one_without_name",
             "  ports:\n    - {name: a, port: 80}\n    - {port: 81}\n", "8:7 error port-name",
             true},
        Case{"name_twice", "  ports:\n    - {name: a, port: 80}\n    - {name: a, port: 81}\n",
             "8:14 error port-name", true},
        Case{"port_missing", "  ports: [{name: a}]\n", "6:11 error missing-field", true},
        Case{"port_twice", "  ports:\n    - {name: a, port: 80}\n    - {name: b, port: 80}\n",
             "8:23 error port-duplicate", true},
        Case{"port_twice_after_mapping",
             "  ports:\n    - {name: a, port: 80, protocol: HTTP}\n"
             "    - {name: b, port: 80, protocol: GRPC}\n",
             "8:23 error port-duplicate", true},
        Case{"tcp_and_udp_on_one_number",
             "  ports:\n    - {name: a, port: 443, protocol: HTTPS}\n"
             "    - {name: b, port: 443, protocol: QUIC}\n",
             "", true},
        Case{"target_0", "  ports: [{port: 443, targetPort: 0}]\n", "6:35 note target-port-0",
             true},
        Case{"target_empty", "  ports: [{port: 443, targetPort: \"\"}]\n",
             "6:35 note target-port-0", true},
        Case{"target_name", "  ports: [{port: 443, targetPort: https}]\n",
             "6:35 error target-port-name", true},
        Case{"target_quoted_number", "  ports: [{port: 443, targetPort: \"443\"}]\n",
             "6:35 error target-port-name", true},
        Case{"target_prometheus", "  ports: [{port: 443, targetPort: http-envoy-prom}]\n", "",
             true},
        Case{"node_port", "  ports: [{port: 443, nodePort: 30443}]\n", "6:33 note node-port", true},
        Case{"node_port_out_of_range", "  ports: [{port: 443, nodePort: 8443}]\n",
             "6:33 warning node-port-range", true},
        Case{"node_port_0", "  ports: [{port: 443, nodePort: 0}]\n", "", true},
        Case{"policy_on_egress", "  gatewayType: egress\n  externalTrafficPolicy: Local\n",
             "7:26 warning policy-egress"},
        Case{"policy_on_cluster_ip", "  serviceType: ClusterIP\n  externalTrafficPolicy: Local\n",
             "7:26 error policy-needs-lb"},
        Case{"policy_on_node_port", "  serviceType: NodePort\n  externalTrafficPolicy: Local\n",
             ""},
        Case{"annotations_without_lb", "  serviceType: NodePort\n  serviceAnnotations:\n    a: b\n",
             "8:5 note annotations-need-lb"},
        Case{"lb_id_of_two_clusters",
             "  serviceAnnotations:\n"
             "    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id: lb-1\n",
             "7:63 error lb-id-shared"},
        Case{"lb_id_in_an_override",
             "  overrides:\n    c1:\n      serviceAnnotations:\n"
             "        service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id: lb-1\n",
             ""}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Clusters, Validate,
    testing::Values(
        Case{"override_of_no_cluster", "  overrides: {c3: {replicaCount: 2}}\n",
             "6:15 error override-cluster"},
        Case{"override_of_what_cannot_be", "  overrides: {c1: {externalTrafficPolicy: Local}}\n",
             "6:43 warning override-no-effect"},
        Case{"override_of_what_can_be",
             "  overrides:\n    c1: {replicaCount: 2, serviceType: NodePort, resources: {limits: "
             "{cpu: 1}},\n      cpu: {targetAverageUtilization: 1}}\n",
             "8:13 warning hpa-without-max"}),
    [](const auto& row) { return row.param.name; });

std::string gateway(const std::string& metadata, const std::string& spec) {
  return "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\nmetadata: " + metadata +
         "\nspec: " + spec + "\n";
}
const std::string kSpec = "{clusterIds: [c1], ports: [{port: 80}]}";

TEST(ValidateNames, AreThoseOfServicesCalledIstioName) {
  struct Row {
    std::string name, expected;
  };
  const Row rows[] = {
      {"web", ""},
      {"7web", ""},  // the objects begin with istio-
      {"a-b-1", ""},
      {std::string(57, 'a'), ""},
      {std::string(58, 'a'), "3:18 error bad-value"},
      {"Web", "3:18 error bad-value"},
      {"a.b", "3:18 error bad-value"},
      {"web-", "3:18 error bad-value"},
      {"w_b", "3:18 error bad-value"},
      {"\"\"", "3:18 error bad-value"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(problems(gateway("{name: " + row.name + "}", kSpec)), row.expected);
  }
}

TEST(ValidateNamespace, IsIstioSystemUnlessAllowed) {
  const std::string other = gateway("{name: web, namespace: prod}", kSpec);
  EXPECT_EQ(problems(other), "3:34 error namespace");
  EXPECT_EQ(problems(other, {.allow_namespace = true}), "");
  EXPECT_EQ(problems(gateway("{name: web, namespace: istio-system}", kSpec)), "");
  EXPECT_EQ(problems(gateway("{name: web}", kSpec), {.ns = "prod"}), "3:18 error namespace");
}

TEST(ValidateClusters, AreThereAndOnce) {
  EXPECT_EQ(problems(gateway("{name: w}", "{ports: [{port: 80}]}")), "4:1 error missing-field");
  EXPECT_EQ(problems(gateway("{name: w}", "{clusterIds: [], ports: [{port: 80}]}")),
            "4:1 error missing-field");
  EXPECT_EQ(problems(gateway("{name: w}", "{clusterIds: [c1, c2, c1], ports: [{port: 80}]}")),
            "4:29 error duplicate-cluster");
  EXPECT_EQ(problems(gateway("{name: w}", "{clusterIds: [\"\"], ports: [{port: 80}]}")),
            "4:21 error bad-value");
}

TEST(ValidateGateways, OfOneNameAreAnError) {
  const std::string one = gateway("{name: web}", kSpec);
  EXPECT_EQ(problems(one + "---\n" + one), "8:18 error duplicate-gateway");
  EXPECT_EQ(problems(one + "---\n" + gateway("{name: web2}", kSpec)), "");
}

TEST(ValidateHints, SayWhatToWrite) {
  const auto hints = [](const std::string& text) {
    Findings findings;
    int skipped = 0;
    const auto gateways =
        read_gateways(parse_yaml(findings.keep({"g.yaml", text}), findings), skipped, findings);
    validate(gateways, {}, findings);
    std::string out;
    for (const Finding& found : findings.all()) out += found.message + " | " + found.hint;
    return out;
  };
  EXPECT_EQ(hints(kHead + "  overrides: {c3: {replicaCount: 2}}\n" + kPorts),
            "c3 is not in clusterIds | did you mean c1 (line 5)?");
  EXPECT_EQ(hints(kHead + "  ports: [{port: 80, targetPort: \"80\"}]\n"),
            "no container port is called \"80\" | without quotes: targetPort: 80");
  EXPECT_EQ(hints(kHead + "  cpu:\n    targetAverageUtilization: 80\n" + kPorts),
            "CPU target without maxReplicas | no autoscaler is made; add maxReplicas, or take "
            "lines 6 and 7 out");
}

TEST(Validate, EverythingWrongAtOnce) {
  EXPECT_EQ(problems(kHead + "  replicaCount: x\n"
                             "  podLabels: {app: x}\n"
                             "  overrides: {c9: {replicaCount: 2}}\n"),
            "4:1 error missing-field\n"
            "6:17 error wrong-type\n"
            "7:15 error label-reserved\n"
            "8:15 error override-cluster");
}

TEST(Validate, TheVendorsEgressExampleIsValid) {
  const std::string egress =
      "apiVersion: istio.alibabacloud.com/v1beta1\nkind: IstioGateway\n"
      "metadata: {name: egressgateway, namespace: istio-system}\n"
      "spec:\n  autoCreateGatewayYaml: false\n  clusterIds: [c8a4b2xxxxxx]\n"
      "  disableContainerPortExposed: true\n  dnsPolicy: ClusterFirst\n  gatewayType: egress\n"
      "  hostNetwork: false\n  podLabels: {security.istio.io/tlsMode: istio}\n"
      "  ports:\n    - {name: http-0, port: 80, protocol: HTTP, targetPort: 80}\n"
      "    - {name: https-1, port: 443, protocol: HTTPS, targetPort: 443}\n"
      "  readinessProbe: {}\n  replicaCount: 1\n  rollingMaxSurge: 25%\n"
      "  rollingMaxUnavailable: 25%\n  runAsRoot: true\n  serviceType: ClusterIP\n";
  EXPECT_EQ(problems(egress), "");
}

}  // namespace
}  // namespace asmgw
