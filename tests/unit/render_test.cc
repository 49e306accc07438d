// What page 3 derives by hand from the vendor's two examples.
#include "render/render.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "base/tree.h"
#include "gateway/overrides.h"
#include "gateway/read.h"

namespace asmgw {
namespace {

constexpr const char* kIngress = R"(# Ingress gateway on two clusters, with per-cluster overrides.
apiVersion: istio.alibabacloud.com/v1beta1
kind: IstioGateway
metadata:
  name: "myexample-customingressgateway"
  namespace: "istio-system"
spec:
  clusterIds:
    - "c8a4b2xxxxxx"
    - "c9f3e7xxxxxx"
  cpu:
    targetAverageUtilization: 80
  env:
    - name: "envname1"
      value: "envvalue1"
  externalTrafficPolicy: Local
  gatewayType: ingress
  podLabels:
    key1: value1
  ports:
    - name: status-port
      port: 15020
      targetPort: 15020
    - name: http2
      port: 80
      targetPort: 80
    - name: https
      port: 443
      targetPort: 0
    - name: tls
      port: 15443
      targetPort: 15443
  replicaCount: 1
  resources:
    limits:
      cpu: '2'
      memory: 2G
    requests:
      cpu: 200m
      memory: 256Mi
  serviceType: LoadBalancer
  serviceAnnotations:
    service.beta.kubernetes.io/alicloud-loadbalancer-address-type: internet
  serviceLabels:
    serviceLabelKey1: "serviceLabelValue1"
  podAnnotations:
    podAnnotationsKey1: "podAnnotationsValue1"
  rollingMaxSurge: "100%"
  rollingMaxUnavailable: "25%"
  overrides:
    c8a4b2xxxxxx:
      replicaCount: 1
      resources:
        limits:
          cpu: '2'
          memory: 2G
        requests:
          cpu: 200m
          memory: 256Mi
      serviceAnnotations:
        service.beta.kubernetes.io/alicloud-loadbalancer-address-type: internet
        service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec: "slb.s1.small"
    c9f3e7xxxxxx:
      replicaCount: 2
      resources:
        limits:
          cpu: '4'
          memory: 4G
        requests:
          cpu: 400m
          memory: 512Mi
      serviceAnnotations:
        service.beta.kubernetes.io/alicloud-loadbalancer-address-type: internet
        service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec: "slb.s2.small"
)";

constexpr const char* kEgress = R"(apiVersion: istio.alibabacloud.com/v1beta1
kind: IstioGateway
metadata:
  name: egressgateway
  namespace: istio-system
spec:
  autoCreateGatewayYaml: false
  clusterIds:
    - c8a4b2xxxxxx
  disableContainerPortExposed: true
  dnsPolicy: ClusterFirst
  gatewayType: egress
  hostNetwork: false
  podLabels:
    security.istio.io/tlsMode: istio
  ports:
    - name: http-0
      port: 80
      protocol: HTTP
      targetPort: 80
    - name: https-1
      port: 443
      protocol: HTTPS
      targetPort: 443
  readinessProbe: {}
  replicaCount: 1
  resources:
    limits:
      cpu: '2'
      memory: 4G
    requests:
      cpu: 200m
      memory: 256Mi
  rollingMaxSurge: 25%
  rollingMaxUnavailable: 25%
  runAsRoot: true
  serviceType: ClusterIP
)";

struct Rendered {
  Rendered(const std::string& manifest, const std::string& cluster) {
    int skipped = 0;
    const auto gateways = read_gateways(
        parse_yaml(findings.keep({"gateway.yaml", manifest}), findings), skipped, findings);
    EXPECT_TRUE(findings.all().empty());
    objects = render(effective(gateways.at(0), cluster, "istio-system"), {}, {}, findings);
    EXPECT_TRUE(findings.all().empty());
  }
  const Json& body(const std::string& kind) const {
    for (const DesiredObject& object : objects)
      if (object.ref.kind == kind) return *object.body;
    ADD_FAILURE() << "no " << kind;
    static const Json none;
    return none;
  }
  std::string names() const {
    std::string out;
    for (const DesiredObject& object : objects) out += to_string(object.ref) + "\n";
    return out;
  }

  Findings findings;
  std::vector<DesiredObject> objects;
};

/// The body as JSON text, for one comparison.
void expect_json(const Json& actual, const std::string& expected) {
  EXPECT_EQ(actual.dump(2), parse_json(expected).dump(2));
}

const Json& at(const Json& json, std::initializer_list<std::string_view> path) {
  const Json* found = find(json, path);
  static const Json none = "(absent)";
  return found != nullptr ? *found : none;
}

const Json& proxy(const Json& deployment) {
  return at(deployment, {"spec", "template", "spec", "containers"}).at(0);
}

TEST(RenderIngress, ObjectsInApplyOrder) {
  EXPECT_EQ(Rendered(kIngress, "c8a4b2xxxxxx").names(),
            "ServiceAccount/istio-myexample-customingressgateway-service-account\n"
            "Role/istio-myexample-customingressgateway-sds\n"
            "RoleBinding/istio-myexample-customingressgateway-sds\n"
            "Service/istio-myexample-customingressgateway\n"
            "Deployment/istio-myexample-customingressgateway\n");
}

TEST(RenderIngress, Service) {
  expect_json(Rendered(kIngress, "c8a4b2xxxxxx").body("Service"), R"({
    "apiVersion": "v1", "kind": "Service",
    "metadata": {
      "name": "istio-myexample-customingressgateway", "namespace": "istio-system",
      "annotations": {
        "service.beta.kubernetes.io/alicloud-loadbalancer-address-type": "internet",
        "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec": "slb.s1.small"},
      "labels": {
        "app": "istio-myexample-customingressgateway", "istio": "myexample-customingressgateway",
        "app.kubernetes.io/managed-by": "kubectl-asmgw",
        "asmgw/gateway": "myexample-customingressgateway",
        "serviceLabelKey1": "serviceLabelValue1"}},
    "spec": {
      "type": "LoadBalancer", "externalTrafficPolicy": "Local",
      "selector": {"app": "istio-myexample-customingressgateway",
                   "istio": "myexample-customingressgateway"},
      "ports": [
        {"name": "status-port", "port": 15020, "targetPort": 15020, "protocol": "TCP"},
        {"name": "http2", "port": 80, "targetPort": 80, "protocol": "TCP"},
        {"name": "https", "port": 443, "targetPort": 443, "protocol": "TCP"},
        {"name": "tls", "port": 15443, "targetPort": 15443, "protocol": "TCP"}]}})");
}

TEST(RenderIngress, Deployment) {
  expect_json(Rendered(kIngress, "c8a4b2xxxxxx").body("Deployment"), R"({
    "apiVersion": "apps/v1", "kind": "Deployment",
    "metadata": {
      "name": "istio-myexample-customingressgateway", "namespace": "istio-system",
      "labels": {
        "app": "istio-myexample-customingressgateway", "istio": "myexample-customingressgateway",
        "app.kubernetes.io/managed-by": "kubectl-asmgw",
        "asmgw/gateway": "myexample-customingressgateway"}},
    "spec": {
      "replicas": 1,
      "strategy": {"type": "RollingUpdate",
                   "rollingUpdate": {"maxSurge": "100%", "maxUnavailable": "25%"}},
      "selector": {"matchLabels": {"app": "istio-myexample-customingressgateway",
                                   "istio": "myexample-customingressgateway"}},
      "template": {
        "metadata": {
          "labels": {
            "app": "istio-myexample-customingressgateway",
            "istio": "myexample-customingressgateway",
            "sidecar.istio.io/inject": "true",
            "service.istio.io/canonical-name": "istio-myexample-customingressgateway",
            "istio.io/dataplane-mode": "none", "key1": "value1"},
          "annotations": {
            "inject.istio.io/templates": "gateway", "prometheus.io/port": "15020",
            "prometheus.io/scrape": "true", "prometheus.io/path": "/stats/prometheus",
            "podAnnotationsKey1": "podAnnotationsValue1"}},
        "spec": {
          "serviceAccountName": "istio-myexample-customingressgateway-service-account",
          "terminationGracePeriodSeconds": 30,
          "securityContext": {
            "sysctls": [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "0"}]},
          "containers": [{
            "name": "istio-proxy", "image": "auto", "imagePullPolicy": "IfNotPresent",
            "env": [{"name": "envname1", "value": "envvalue1"}],
            "ports": [{"containerPort": 15090, "name": "http-envoy-prom", "protocol": "TCP"}],
            "resources": {"limits": {"cpu": "2", "memory": "2G"},
                          "requests": {"cpu": "200m", "memory": "256Mi"}},
            "readinessProbe": {
              "httpGet": {"path": "/healthz/ready", "port": 15021}, "initialDelaySeconds": 1,
              "timeoutSeconds": 3, "failureThreshold": 30, "periodSeconds": 2,
              "successThreshold": 1},
            "securityContext": {
              "allowPrivilegeEscalation": false, "privileged": false,
              "capabilities": {"drop": ["ALL"]}, "readOnlyRootFilesystem": true,
              "runAsNonRoot": true, "runAsUser": 1337, "runAsGroup": 1337}}]}}}})");
}

TEST(RenderIngress, TheOtherClusterDiffersInWhatItOverrides) {
  const Rendered first(kIngress, "c8a4b2xxxxxx"), second(kIngress, "c9f3e7xxxxxx");
  for (const char* kind : {"ServiceAccount", "Role", "RoleBinding"}) {
    SCOPED_TRACE(kind);
    EXPECT_EQ(first.body(kind), second.body(kind));
  }
  Json service = first.body("Service");
  service["metadata"]["annotations"]["service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec"] =
      "slb.s2.small";
  EXPECT_EQ(second.body("Service"), service);
  Json deployment = first.body("Deployment");
  deployment["spec"]["replicas"] = 2;
  deployment["spec"]["template"]["spec"]["containers"][0]["resources"] = {
      {"limits", {{"cpu", "4"}, {"memory", "4G"}}},
      {"requests", {{"cpu", "400m"}, {"memory", "512Mi"}}}};
  EXPECT_EQ(second.body("Deployment"), deployment);
}

TEST(RenderIngress, Access) {
  const Rendered rendered(kIngress, "c8a4b2xxxxxx");
  const std::string name = "istio-myexample-customingressgateway";
  expect_json(
      rendered.body("Role").at("rules"),
      R"([{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "watch", "list"]}])");
  expect_json(rendered.body("RoleBinding").at("roleRef"),
              R"({"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": ")" + name +
                  R"(-sds"})");
  expect_json(rendered.body("RoleBinding").at("subjects"),
              R"([{"kind": "ServiceAccount", "namespace": "istio-system", "name": ")" + name +
                  R"(-service-account"}])");
  EXPECT_EQ(rendered.body("Role").at("apiVersion"), "rbac.authorization.k8s.io/v1");
  expect_json(rendered.body("ServiceAccount"),
              R"({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {
                  "name": ")" +
                  name + R"(-service-account", "namespace": "istio-system",
                  "labels": {"app": ")" +
                  name + R"(", "istio": "myexample-customingressgateway",
                    "app.kubernetes.io/managed-by": "kubectl-asmgw",
                    "asmgw/gateway": "myexample-customingressgateway"}}})");
}

TEST(RenderEgress, Service) {
  const Rendered rendered(kEgress, "c8a4b2xxxxxx");
  expect_json(rendered.body("Service").at("spec"), R"({
    "type": "ClusterIP", "selector": {"app": "istio-egressgateway", "istio": "egressgateway"},
    "ports": [{"name": "http-0", "port": 80, "targetPort": 80, "protocol": "TCP"},
              {"name": "https-1", "port": 443, "targetPort": 443, "protocol": "TCP"}]})");
  EXPECT_EQ(at(rendered.body("Service"), {"metadata", "annotations"}), "(absent)");
}

TEST(RenderEgress, DeploymentRunsAsRootWithOnlyThePrometheusPort) {
  const Rendered rendered(kEgress, "c8a4b2xxxxxx");
  const Json& deployment = rendered.body("Deployment");
  expect_json(proxy(deployment).at("ports"),
              R"([{"containerPort": 15090, "name": "http-envoy-prom", "protocol": "TCP"}])");
  expect_json(proxy(deployment).at("securityContext"), R"({
    "allowPrivilegeEscalation": false, "privileged": false, "readOnlyRootFilesystem": true,
    "runAsNonRoot": false, "runAsUser": 0, "runAsGroup": 0})");
  const Json& pod = at(deployment, {"spec", "template", "spec"});
  EXPECT_EQ(at(pod, {"securityContext"}), "(absent)");  // no sysctl
  EXPECT_EQ(at(pod, {"dnsPolicy"}), "ClusterFirst");
  EXPECT_EQ(at(pod, {"hostNetwork"}), "(absent)");  // false = absent
  EXPECT_EQ(at(deployment, {"spec", "template", "metadata", "labels", "security.istio.io/tlsMode"}),
            "istio");
  EXPECT_EQ(at(deployment, {"metadata", "labels", "security.istio.io/tlsMode"}), "(absent)");
  expect_json(proxy(deployment).at("resources"), R"({
    "limits": {"cpu": "2", "memory": "4G"}, "requests": {"cpu": "200m", "memory": "256Mi"}})");
  expect_json(at(deployment, {"spec", "strategy"}), R"({
    "type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}})");
}

/// No nulls, no empty maps, lists or objects anywhere (page 3); integers in int32.
void expect_clean(const Json& json, const std::string& path) {
  EXPECT_FALSE(json.is_null()) << path;
  if (json.is_structured()) {
    EXPECT_FALSE(json.empty()) << path;
  }
  if (json.is_number_integer()) {
    EXPECT_LE(json.get<std::int64_t>(), 2147483647) << path;
  }
  for (const auto& [key, value] : json.items()) {
    if (json.is_structured()) expect_clean(value, path + "/" + key);
  }
}

TEST(RenderExamples, BodiesAreCleanAndDeterministic) {
  const struct {
    const char* manifest;
    const char* cluster;
  } rows[] = {{kIngress, "c8a4b2xxxxxx"}, {kIngress, "c9f3e7xxxxxx"}, {kEgress, "c8a4b2xxxxxx"}};
  for (const auto& [manifest, cluster] : rows) {
    const Rendered once(manifest, cluster), twice(manifest, cluster);
    ASSERT_EQ(once.objects.size(), twice.objects.size());
    for (std::size_t i = 0; i < once.objects.size(); ++i) {
      const DesiredObject& object = once.objects[i];
      SCOPED_TRACE(to_string(object.ref));
      EXPECT_EQ(dump(*object.body), dump(*twice.objects[i].body));
      expect_clean(*object.body, "");
      EXPECT_EQ(at(*object.body, {"status"}), "(absent)");
      EXPECT_EQ(at(*object.body, {"metadata", "uid"}), "(absent)");
      EXPECT_EQ(at(*object.body, {"metadata", "resourceVersion"}), "(absent)");
      EXPECT_EQ(at(*object.body, {"metadata", "name"}), object.ref.name);
      EXPECT_EQ(at(*object.body, {"metadata", "namespace"}), object.ref.ns);
    }
  }
}

TEST(RenderIngress, OriginsPointAtTheLinesThatWon) {
  const Rendered rendered(kIngress, "c9f3e7xxxxxx");
  std::map<std::string, std::string> lines;  // path → line, o = of the override
  for (const DesiredObject& object : rendered.objects) {
    for (const auto& [path, origin] : object.origins) {
      if (!origin.at) continue;
      lines[object.ref.kind + " " + to_string(path)] =
          fmt::format("{}{} {}", origin.at->line, origin.from_override ? "o" : "", origin.field);
    }
  }
  const std::string proxy_path = "Deployment spec.template.spec.containers[istio-proxy].";
  EXPECT_EQ(lines["Deployment spec.replicas"], "64o replicaCount");
  EXPECT_EQ(lines[proxy_path + "resources.requests.cpu"], "70o resources.requests.cpu");
  EXPECT_EQ(lines[proxy_path + "resources.limits.memory"], "68o resources.limits.memory");
  EXPECT_EQ(lines[proxy_path + "env[envname1].value"], "15 env[envname1].value");
  EXPECT_EQ(lines["Deployment spec.template.metadata.labels.key1"], "19 podLabels[key1]");
  EXPECT_EQ(lines["Deployment spec.strategy.rollingUpdate.maxSurge"], "48 rollingMaxSurge");
  EXPECT_EQ(lines["Service spec.ports[443/TCP].targetPort"], "29 ports[https].targetPort");
  EXPECT_EQ(lines["Service spec.externalTrafficPolicy"], "16 externalTrafficPolicy");
  EXPECT_EQ(lines["Service metadata.annotations[service.beta.kubernetes.io/"
                  "alibaba-cloud-loadbalancer-spec]"],
            "74o serviceAnnotations[service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec]");
  EXPECT_EQ(lines["Service metadata.labels.serviceLabelKey1"],
            "45 serviceLabels[serviceLabelKey1]");
}

}  // namespace
}  // namespace asmgw
