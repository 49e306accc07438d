// The rules of rendering, one at a time.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "base/tree.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "render/render.h"

namespace asmgw {
namespace {

const std::string kPorts = "  ports: [{name: http2, port: 80}]\n";

/// The objects of `spec` (its lines indented by two, from line 5 on) in cluster c1.
struct Rendered {
  explicit Rendered(const std::string& spec, const Settings& settings = {},
                    const LiveObjects& live = {}) {
    int skipped = 0;
    const std::string text =
        "apiVersion: istio.alibabacloud.com/v1\nkind: IstioGateway\nmetadata: {name: web}\nspec:\n";
    const bool has_ports = spec.find("  ports:") != std::string::npos;
    const Source& source = findings.keep({"g.yaml", text + spec + (has_ports ? "" : kPorts)});
    const auto gateways = read_gateways(parse_yaml(source, findings), skipped, findings);
    EXPECT_TRUE(findings.all().empty());
    objects = render(effective(gateways.at(0), "c1", "istio-system"), settings, live, findings);
  }
  const DesiredObject& object(const std::string& kind) const {
    for (const DesiredObject& candidate : objects)
      if (candidate.ref.kind == kind) return candidate;
    throw std::runtime_error("no " + kind);
  }
  /// What stands at the path, as JSON text; "" = nothing.
  std::string at(const std::string& kind, std::initializer_list<std::string_view> path) const {
    const Json* found = find(*object(kind).body, path);
    return found != nullptr ? dump(*found) : "";
  }
  /// A member of the proxy's container.
  std::string proxy(std::initializer_list<std::string_view> path) const {
    const Json& pod = object("Deployment").body->at("spec").at("template").at("spec");
    const Json* found = find(pod.at("containers").at(0), path);
    return found != nullptr ? dump(*found) : "";
  }
  std::string pod(std::initializer_list<std::string_view> path) const {
    const Json* found = find(object("Deployment").body->at("spec").at("template"), path);
    return found != nullptr ? dump(*found) : "";
  }

  Findings findings;
  std::vector<DesiredObject> objects;
};

TEST(RenderService, WhatItsTypeAllows) {
  const std::string more =
      "  externalTrafficPolicy: Local\n  serviceAnnotations: {a: b}\n  serviceType: ";
  struct Row {
    std::string name, spec, policy, annotations;
  };
  const Row rows[] = {
      {"load balancer", more + "LoadBalancer\n", "\"Local\"", R"({"a":"b"})"},
      {"node port", more + "NodePort\n", "\"Local\"", ""},
      {"cluster ip", more + "ClusterIP\n", "", ""},
      {"egress", "  gatewayType: egress\n" + more + "LoadBalancer\n", "", R"({"a":"b"})"},
      {"unset", "  externalTrafficPolicy: Cluster\n", "\"Cluster\"", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Rendered rendered(row.spec);
    EXPECT_EQ(rendered.at("Service", {"spec", "externalTrafficPolicy"}), row.policy);
    EXPECT_EQ(rendered.at("Service", {"metadata", "annotations"}), row.annotations);
    for (const char* never : {"clusterIP", "clusterIPs", "healthCheckNodePort"}) {
      EXPECT_EQ(rendered.at("Service", {"spec", never}), "");
    }
  }
}

TEST(RenderService, Ports) {
  struct Row {
    std::string name, ports, expected;
  };
  const Row rows[] = {
      {"protocol and targetPort always", "{port: 80}",
       R"([{"port":80,"protocol":"TCP","targetPort":80}])"},
      {"zero means the same", "{name: a, port: 443, targetPort: 0}",
       R"([{"name":"a","port":443,"protocol":"TCP","targetPort":443}])"},
      {"another target", "{name: a, port: 443, targetPort: 8443, protocol: HTTPS}",
       R"([{"name":"a","port":443,"protocol":"TCP","targetPort":8443}])"},
      {"a named target", "{port: 90, targetPort: http-envoy-prom}",
       R"([{"port":90,"protocol":"TCP","targetPort":"http-envoy-prom"}])"},
      {"udp", "{port: 443, protocol: QUIC}", R"([{"port":443,"protocol":"UDP","targetPort":443}])"},
      {"a given nodePort", "{port: 80, nodePort: 30080}",
       R"([{"nodePort":30080,"port":80,"protocol":"TCP","targetPort":80}])"},
      {"nodePort 0 is none", "{port: 80, nodePort: 0}",
       R"([{"port":80,"protocol":"TCP","targetPort":80}])"},
      {"order kept, one number for two protocols",
       "{name: b, port: 443, protocol: UDP}, {name: a, port: 443}",
       R"([{"name":"b","port":443,"protocol":"UDP","targetPort":443},)"
       R"({"name":"a","port":443,"protocol":"TCP","targetPort":443}])"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(Rendered("  ports: [" + row.ports + "]\n").at("Service", {"spec", "ports"}),
              row.expected);
  }
}

TEST(RenderService, ItsLabelsDoNotTouchTheSelectors) {
  const Rendered rendered("  serviceLabels: {app: x, istio: z, asmgw/gateway: z, mine: m}\n");
  EXPECT_EQ(rendered.at("Service", {"metadata", "labels"}),
            R"({"app":"istio-web","app.kubernetes.io/managed-by":"kubectl-asmgw",)"
            R"("asmgw/gateway":"web","istio":"web","mine":"m"})");
  EXPECT_EQ(rendered.at("Service", {"spec", "selector"}), R"({"app":"istio-web","istio":"web"})");
}

TEST(RenderDeployment, Strategy) {
  struct Row {
    std::string surge, unavailable, expected;
  };
  const Row rows[] = {
      {"\"1\"", "\"0\"", R"({"maxSurge":1,"maxUnavailable":0})"},  // digits become a number
      {"25%", "50%", R"({"maxSurge":"25%","maxUnavailable":"50%"})"},
      {"\"2\"", "0%", R"({"maxSurge":2,"maxUnavailable":"0%"})"},
      {"300%", "100%", R"({"maxSurge":"300%","maxUnavailable":"100%"})"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.expected);
    const Rendered rendered("  rollingMaxSurge: " + row.surge +
                            "\n  rollingMaxUnavailable: " + row.unavailable + "\n");
    EXPECT_EQ(rendered.at("Deployment", {"spec", "strategy", "rollingUpdate"}), row.expected);
    EXPECT_EQ(rendered.at("Deployment", {"spec", "strategy", "type"}), "\"RollingUpdate\"");
  }
}

TEST(RenderDeployment, RunAsRoot) {
  const std::string user = R"("runAsGroup":1337,"runAsNonRoot":true,"runAsUser":1337})";
  const std::string fixed = R"("privileged":false,"readOnlyRootFilesystem":true,)";
  const std::string sysctls =
      R"({"sysctls":[{"name":"net.ipv4.ip_unprivileged_port_start","value":"0"}]})";
  for (const std::string spec : {"  replicaCount: 1\n", "  runAsRoot: false\n"}) {
    SCOPED_TRACE(spec);
    EXPECT_EQ(
        Rendered(spec).proxy({"securityContext"}),
        R"({"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"]},)" + fixed + user);
    EXPECT_EQ(Rendered(spec).pod({"spec", "securityContext"}), sysctls);
  }
  const Rendered root("  runAsRoot: true\n");
  EXPECT_EQ(root.proxy({"securityContext"}),
            R"({"allowPrivilegeEscalation":false,)" + fixed +
                R"("runAsGroup":0,"runAsNonRoot":false,"runAsUser":0})");
  EXPECT_EQ(root.pod({"spec", "securityContext"}), "");
}

TEST(RenderDeployment, ProbeIsAlwaysWhole) {
  struct Row {
    std::string probe;
    int failures, period, successes;
  };
  const Row rows[] = {
      {"{}", 30, 2, 1},
      {"{failureThreshold: 5}", 5, 2, 1},
      {"{periodSeconds: 7, successThreshold: 2}", 30, 7, 2},
      {"{failureThreshold: 1, periodSeconds: 3, successThreshold: 4}", 1, 3, 4},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.probe);
    EXPECT_EQ(Rendered("  readinessProbe: " + row.probe + "\n").proxy({"readinessProbe"}),
              fmt::format(R"({{"failureThreshold":{},"httpGet":{{"path":"/healthz/ready",)"
                          R"("port":15021}},"initialDelaySeconds":1,"periodSeconds":{},)"
                          R"("successThreshold":{},"timeoutSeconds":3}})",
                          row.failures, row.period, row.successes));
  }
}

TEST(RenderDeployment, ContainerPortsByVersionAndSwitch) {
  const std::string prometheus =
      R"({"containerPort":15090,"name":"http-envoy-prom","protocol":"TCP"})";
  const std::string listed = "[" + prometheus +
                             R"(,{"containerPort":80,"protocol":"TCP"})"
                             R"(,{"containerPort":8443,"protocol":"TCP"})"
                             R"(,{"containerPort":8443,"protocol":"UDP"}])";
  const std::string ports =
      "  ports:\n    - {name: a, port: 80}\n    - {name: b, port: 443, targetPort: 8443}\n"
      "    - {name: c, port: 8443, targetPort: 8443}\n"
      "    - {name: d, port: 443, targetPort: 8443, protocol: UDP}\n"
      "    - {name: e, port: 90, targetPort: http-envoy-prom}\n    - {name: f, port: 15090}\n";
  struct Row {
    std::string name, disable, version;
    bool lists;
  };
  const Row rows[] = {
      {"newest rules", "", "", false},
      {"1.16", "", "v1.16.0.0", false},
      {"1.15", "", "v1.15.9.99", true},
      {"1.9", "", "1.9.7.107", true},
      {"asked for", "  disableContainerPortExposed: false\n", "v1.22", true},
      {"asked for, newest", "  disableContainerPortExposed: false\n", "", true},
      {"refused", "  disableContainerPortExposed: true\n", "v1.15.0.0", false},
      {"refused, newest", "  disableContainerPortExposed: true\n", "", false},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Settings settings{parse_asm_version(row.version), ""};
    EXPECT_EQ(settings.asm_version.has_value(), !row.version.empty());
    EXPECT_EQ(Rendered(row.disable + ports, settings).proxy({"ports"}),
              row.lists ? listed : "[" + prometheus + "]");
  }
}

TEST(RenderDeployment, TheUsersPodAnnotationWins) {
  const Rendered rendered(
      "  podAnnotations: {prometheus.io/port: \"1\", mine: x}\n"
      "  podLabels: {service.istio.io/canonical-name: other}\n");
  EXPECT_EQ(rendered.pod({"metadata", "annotations"}),
            R"({"inject.istio.io/templates":"gateway","mine":"x",)"
            R"("prometheus.io/path":"/stats/prometheus","prometheus.io/port":"1",)"
            R"("prometheus.io/scrape":"true"})");
  EXPECT_EQ(rendered.pod({"metadata", "labels", "service.istio.io/canonical-name"}), "\"other\"");
  EXPECT_EQ(rendered.at("Deployment", {"metadata", "annotations"}), "");
}

TEST(RenderDeployment, RevisionLabelOnlyWhereConfigured) {
  const std::initializer_list<std::string_view> label = {"metadata", "labels", "istio.io/rev"};
  EXPECT_EQ(Rendered("  replicaCount: 1\n").pod(label), "");
  EXPECT_EQ(Rendered("  replicaCount: 1\n", {{}, {.revision = {.value = "asm-1-22"}}}).pod(label),
            "\"asm-1-22\"");
}

TEST(RenderDeployment, EnvKeepsTheManifestsOrder) {
  EXPECT_EQ(
      Rendered("  env: [{name: B, value: \"\"}, {name: A, value: x}, {name: C}]\n").proxy({"env"}),
      R"([{"name":"B","value":""},{"name":"A","value":"x"},{"name":"C"}])");
  EXPECT_EQ(Rendered("  replicaCount: 1\n").proxy({"env"}), "");
}

TEST(RenderDeployment, QuantitiesAreWrittenAsTheServerPrintsThem) {
  EXPECT_EQ(Rendered("  resources:\n    limits: {cpu: 2000m, memory: 1024Mi}\n"
                     "    requests: {cpu: 0.5, memory: 1.5G}\n")
                .proxy({"resources"}),
            R"({"limits":{"cpu":"2","memory":"1Gi"},"requests":{"cpu":"500m","memory":"1500M"}})");
}

TEST(RenderDeployment, OnlyOneHalfOfTheResources) {
  EXPECT_EQ(Rendered("  resources: {limits: {cpu: 1}}\n").proxy({"resources"}),
            R"({"limits":{"cpu":"1"}})");
}

TEST(RenderDeployment, HostNetworkWithoutAnImageIsAnErrorWithItsPlace) {
  const Rendered rendered("  hostNetwork: true\n");
  ASSERT_FALSE(rendered.findings.all().empty());
  EXPECT_EQ(rendered.findings.all()[0].code->name, "host-network-not-injected");
  EXPECT_EQ(file_line(*rendered.findings.all()[0].at), "g.yaml:5");
  EXPECT_TRUE(is_refused(rendered.object("Deployment")));
}

TEST(RenderDeployment, EveryValueHasAnOrigin) {
  const Rendered rendered("  runAsRoot: false\n  dnsPolicy: Default\n");
  const auto& origins = rendered.object("Deployment").origins;
  const auto origin = [&](const Path& path) { return origins.at(path); };
  const Path spec = fields({"spec"});
  EXPECT_EQ(origin(spec / "replicas").kind, Origin::Kind::Default);
  EXPECT_FALSE(origin(spec / "replicas").at);
  EXPECT_EQ(origin(spec / "strategy" / "type").kind, Origin::Kind::BuiltIn);
  EXPECT_EQ(origin(spec / "template" / "spec" / "dnsPolicy").kind, Origin::Kind::Manifest);
  EXPECT_EQ(origin(spec / "template" / "spec" / "dnsPolicy").at->line, 6);
  const Path proxy = spec / "template" / "spec" / "containers" /
                     PathStep{PathStep::Kind::Key, R"({"name":"istio-proxy"})"};
  EXPECT_EQ(origin(proxy / "securityContext" / "runAsUser").field, "runAsRoot");
  EXPECT_EQ(origin(proxy / "image").kind, Origin::Kind::BuiltIn);
  EXPECT_EQ(origin(proxy / "resources" / "limits" / "cpu").kind, Origin::Kind::Default);
  EXPECT_EQ(origin(proxy / "resources" / "limits" / "cpu").field, "resources.limits.cpu");
}

LiveObjects live_with(const std::string& resources) {
  return {{{"apps", "Deployment", "istio-system", "istio-web"},
           parse_json(R"({"spec":{"template":{"spec":{"containers":[{"name":"other","resources":
             {"limits":{"cpu":"2000m"}}},{"name":"istio-proxy","resources":)" +
                      resources + "}]}}}}")}};
}

TEST(RenderFit, EqualAmountsTakeTheLiveSpelling) {
  const std::string spec = "  resources: {limits: {cpu: 2, memory: 2G}, requests: {cpu: 500m}}\n";
  struct Row {
    std::string name, live, expected;
  };
  const std::string ours = R"({"limits":{"cpu":"2","memory":"2G"},"requests":{"cpu":"500m"}})";
  const Row rows[] = {
      {"same spelling", ours, ours},
      {"other spelling", R"({"limits":{"cpu":"2e0","memory":"2000000k"},"requests":{"cpu":"0.5"}})",
       R"({"limits":{"cpu":"2e0","memory":"2000000k"},"requests":{"cpu":"0.5"}})"},
      {"other amount", R"({"limits":{"cpu":"3","memory":"2Gi"},"requests":{"cpu":"501m"}})", ours},
      {"absent", "{}", ours},
      {"in the other half", R"({"requests":{"memory":"2000M"},"limits":null})", ours},
      {"no text", R"({"limits":{"cpu":2}})", ours},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(Rendered(spec, {}, live_with(row.live)).proxy({"resources"}), row.expected);
  }
}

TEST(RenderFit, AForeignDeploymentWithoutAProxyIsRefused) {
  const ObjectRef ref{"apps", "Deployment", "istio-system", "istio-web"};
  const Rendered rendered(
      "  replicaCount: 1\n", {},
      {{ref, parse_json(R"({"spec":{"template":{"spec":{"containers":[{"name":"x"}]}}}})")}});
  const DesiredObject& deployment = rendered.object("Deployment");
  ASSERT_FALSE(deployment.findings.empty());
  EXPECT_EQ(deployment.findings[0].code->name, "no-proxy-container");
  EXPECT_NE(deployment.findings[0].hint.find("containers: x"), std::string::npos);
}

}  // namespace
}  // namespace asmgw
