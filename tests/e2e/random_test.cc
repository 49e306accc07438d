// Is every body that we render for a valid gateway accepted by a real API server, without a
// warning, and does applying it twice change nothing? Random gateways; a failure names its seed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "bench.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "gateway/validate.h"
#include "render/render.h"
#include "server.h"
#include "tests/support/dice.h"
#include "tests/support/random_gateway.h"

namespace asmgw::e2e {
namespace {

constexpr std::uint32_t kPerBatch = 20;  // gateways

std::uint32_t gateways(std::uint32_t usual) {
  const char* number = std::getenv("ASMGW_RANDOM_GATEWAYS");
  return number != nullptr ? static_cast<std::uint32_t>(std::stoul(number)) : usual;
}

/// An object's body, and which gateway it is of.
struct Rendered {
  std::uint32_t seed = 0;
  std::string cluster;
  Json manifest, body;

  std::string name() const {
    return fmt::format("seed {}, cluster {}: {}\n{}", seed, cluster, dump(body), dump(manifest));
  }
};

/// Every third Deployment carries the proxy itself.
bool is_self_contained(std::uint32_t seed) { return seed % 3 == 0; }

Settings settings_of(std::uint32_t seed) {
  test::Dice dice(seed + 1'000'000);
  Settings settings;
  if (dice.chance(30)) settings.asm_version = AsmVersion{1, 15, 3, 0};
  if (dice.chance(30)) settings.asm_version = AsmVersion{1, 22, 0, 0};
  if (dice.chance(50)) settings.proxy.revision.value = "1-22";
  if (dice.chance(50)) settings.proxy.network.value = "network1";
  if (is_self_contained(seed)) settings.proxy.image.value = "registry.example.com/proxyv2:1.22";
  return settings;
}

/// All bodies of a gateway, in all its clusters; equal ones once.
std::vector<Rendered> rendered(std::uint32_t seed, const Json& manifest,
                               const LiveObjects& live = {}) {
  std::vector<Rendered> all;
  Findings findings;
  const Source& source = findings.keep({"gateway.yaml", dump_for_yaml(manifest)});
  int skipped = 0;
  const auto read = read_gateways(parse_yaml(source, findings), skipped, findings);
  const Settings settings = settings_of(seed);
  validate(read, {"istio-system", false, settings.asm_version}, findings);
  std::set<std::string> seen;
  for (const Located<std::string>& id : read.at(0).spec.cluster_ids->value) {
    const EffectiveGateway gateway = effective(read[0], id.value, "istio-system", settings);
    for (const DesiredObject& object : render(gateway, settings, live, findings)) {
      if (!object.body || !seen.insert(dump(*object.body)).second) continue;
      all.push_back({seed, id.value, manifest, *object.body});
    }
  }
  for (const Finding& finding : findings.all()) {
    EXPECT_NE(finding.severity, Severity::Error)
        << "seed " << seed << ": " << finding.message << "\n"
        << dump(manifest);
  }
  return all;
}

/// What the server says against a body; istiod's warning at every EnvoyFilter is expected.
std::string unexpected(const Answer& answer, const Rendered& one) {
  const std::string words = complaint(answer);
  const bool is_usual = one.body["kind"] == "EnvoyFilter" && words.starts_with("warning: ") &&
                        words.find("EnvoyFilter exposes internal") != std::string::npos;
  return is_usual ? "" : words;
}

void expect_accepted(kube::Client& client, const std::vector<Rendered>& batch) {
  std::vector<Json> bodies;
  for (const Rendered& one : batch) bodies.push_back(one.body);
  const std::vector<Answer> answers = try_out(client, bodies);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    EXPECT_EQ(unexpected(answers[i], batch[i]), "") << batch[i].name();
  }
}

/// The cluster plays the control plane, too: it has the kind EnvoyFilter.
class Random : public testing::Test {
 protected:
  static std::string crd() {
    return std::string(ASMGW_SOURCE_DIR) + "/tests/devcluster/crds/envoyfilters.yaml";
  }
  static void SetUpTestSuite() {
    ASSERT_EQ(kubectl(kOne, {"apply", "-f", crd()}).code, 0);
    bool is_served = false;
    for (int i = 0; i < 200 && !is_served; ++i) {
      is_served = kubectl(kOne, {"get", "envoyfilters"}).code == 0;
    }
    ASSERT_TRUE(is_served);
  }
  static void TearDownTestSuite() { kubectl(kOne, {"delete", "--ignore-not-found", "-f", crd()}); }
};

TEST_F(Random, EveryBodyIsAccepted) {
  kube::Client client = connect(kOne);
  const std::uint32_t count = gateways(1000);
  std::size_t bodies = 0;
  for (std::uint32_t first = 0; first < count; first += kPerBatch) {
    std::vector<Rendered> batch;
    for (std::uint32_t seed = first; seed < std::min(first + kPerBatch, count); ++seed) {
      test::RandomRange range;
      range.host_network = is_self_contained(seed);
      for (Rendered& one : rendered(seed, test::random_gateway(seed, range))) {
        batch.push_back(std::move(one));
      }
    }
    expect_accepted(client, batch);
    bodies += batch.size();
  }
  EXPECT_GE(bodies, std::size_t{count} * 5);
}

/// What an apply of the body may change: all but what the server and the controllers keep. A number
/// of pods that the body does not hold is an autoscaler's, and moves.
Json applied(Json object, const Json& body) {
  object.erase("status");
  if (body["kind"] == "Deployment" && !body["spec"].contains("replicas")) {
    object["spec"].erase("replicas");
    object["metadata"].erase("generation");
  }
  for (const char* own : {"managedFields", "resourceVersion", "creationTimestamp", "uid"}) {
    object["metadata"].erase(own);
  }
  if (object["metadata"].contains("annotations")) {
    object["metadata"]["annotations"].erase("deployment.kubernetes.io/revision");
    if (object["metadata"]["annotations"].empty()) object["metadata"].erase("annotations");
  }
  return object;
}

/// Few pods, and no ports of nodes that another Service may have.
test::RandomRange for_real() {
  test::RandomRange range;
  range.most_pods = 2;
  range.node_ports = false;
  return range;
}

class RandomApplied : public Random {
 protected:
  void SetUp() override { take_all_out(); }
  void TearDown() override { take_all_out(); }

  static void take_all_out() {
    const std::string kinds = "deployment,service,serviceaccount,role,rolebinding,hpa,envoyfilter";
    const std::string ours = "--selector=app.kubernetes.io/managed-by=kubectl-asmgw";
    EXPECT_EQ(kubectl(kOne, {"delete", kinds, ours}).code, 0);
  }
};

/// Applies the bodies for real and demands that a dry run of the same changes nothing.
void apply_twice(kube::Client& client, const std::vector<Rendered>& all) {
  for (const Rendered& one : all) {
    const Write write{ref_of(one.body), Apply{one.body, "kubectl-asmgw", /*force=*/true}, {}};
    ASSERT_EQ(unexpected(client.write(write, {}), one), "") << one.name();
  }
  for (const Rendered& one : all) {
    const auto again = try_out(client, {one.body});
    const auto live = client.ask({Get{ref_of(one.body)}}, {});
    ASSERT_EQ(unexpected(again[0], one), "") << one.name();
    ASSERT_TRUE(std::holds_alternative<Found>(live[0])) << "gone: " << one.name();
    EXPECT_EQ(applied(std::get<Found>(again[0]).object, one.body),
              applied(std::get<Found>(live[0]).object, one.body))
        << one.name();
  }
}

/// Those of the first cluster: objects of several would have one name here.
std::vector<Rendered> of_one_cluster(std::vector<Rendered> all) {
  const std::string cluster = all.at(0).cluster;
  std::erase_if(all, [&](const Rendered& one) { return one.cluster != cluster; });
  return all;
}

void take_out(Transport& transport, const std::vector<Rendered>& all) {
  for (const Rendered& one : all) remove(transport, ref_of(one.body));
}

TEST_F(RandomApplied, TwiceChangesNothing) {
  kube::Client client = connect(kOne);
  const auto transport = transport_to(kOne);
  for (std::uint32_t seed = 0; seed < gateways(100); ++seed) {
    test::RandomRange range = for_real();
    range.host_network = is_self_contained(seed);
    const auto all = of_one_cluster(rendered(seed, test::random_gateway(seed, range)));
    apply_twice(client, all);
    take_out(*transport, all);
  }
}

/// A Deployment as a mesh's own operator makes it.
const char* const kForeign = R"({"apiVersion": "apps/v1", "kind": "Deployment",
  "metadata": {"name": "istio-overlay", "namespace": "istio-system",
    "labels": {"app": "istio-overlay", "istio": "overlay", "provider": "asm"}},
  "spec": {"replicas": 1,
    "selector": {"matchLabels": {"app": "istio-overlay", "istio": "overlay"}},
    "template": {
      "metadata": {"labels": {"app": "istio-overlay", "istio": "overlay", "version": "v1"},
                   "annotations": {"sidecar.istio.io/inject": "false"}},
      "spec": {"serviceAccountName": "istio-overlay-service-account",
        "securityContext": {"fsGroup": 1337, "sysctls":
          [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "0"}]},
        "volumes": [{"name": "istio-data", "emptyDir": {}},
                    {"name": "istiod-ca-cert", "configMap": {"name": "istio-ca-root-cert"}}],
        "containers": [{"name": "istio-proxy", "image": "registry.example.com/proxyv2:1.22",
          "args": ["proxy", "router"],
          "ports": [{"containerPort": 15090, "name": "http-envoy-prom", "protocol": "TCP"}],
          "env": [{"name": "CA_ADDR", "value": "istiod.istio-system.svc:15012"},
                  {"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}],
          "resources": {"limits": {"cpu": "2", "memory": "2Gi"}, "requests": {"cpu": "10m"}},
          "readinessProbe": {"httpGet": {"path": "/healthz/ready", "port": 15021}},
          "securityContext": {"runAsUser": 1337, "runAsNonRoot": true,
            "capabilities": {"drop": ["ALL"]}},
          "volumeMounts": [{"name": "istio-data", "mountPath": "/var/lib/istio/data"},
            {"name": "istiod-ca-cert", "mountPath": "/var/run/secrets/istio"}]}]}}}})";

const ObjectRef kForeignRef{"apps", "Deployment", "istio-system", "istio-overlay"};

class RandomOverlay : public RandomApplied {
 protected:
  void SetUp() override {
    RandomApplied::SetUp();
    remove(*transport_, kForeignRef);
    create(*transport_, parse_json(kForeign), "asm-operator");
  }
  void TearDown() override {
    remove(*transport_, kForeignRef);
    RandomApplied::TearDown();
  }
  /// What we render onto the live Deployment.
  static std::vector<Rendered> overlay(kube::Client& client, std::uint32_t seed) {
    const auto live = client.ask({Get{kForeignRef}}, {});
    Json manifest = test::random_gateway(seed, for_real());
    manifest["metadata"]["name"] = "overlay";
    return rendered(seed, manifest, {{kForeignRef, std::get<Found>(live[0]).object}});
  }

  std::unique_ptr<Transport> transport_ = transport_to(kOne);
};

TEST_F(RandomOverlay, EveryBodyIsAccepted) {
  kube::Client client = connect(kOne);
  for (std::uint32_t seed = 0; seed < gateways(300); ++seed) {
    const std::vector<Rendered> all = overlay(client, seed);
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const Rendered& one) {
      return one.body["kind"] == "Deployment" && !one.body["spec"].contains("selector");
    })) << "no overlay";
    expect_accepted(client, all);
  }
}

TEST_F(RandomOverlay, TwiceChangesNothing) {
  kube::Client client = connect(kOne);
  for (std::uint32_t seed = 0; seed < gateways(30); ++seed) {
    const std::vector<Rendered> first = of_one_cluster(overlay(client, seed));
    apply_twice(client, first);
    // what is live now changes nothing in what we render
    const std::vector<Rendered> second = of_one_cluster(overlay(client, seed));
    ASSERT_EQ(first.size(), second.size());
    for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].body, second[i].body);
    take_out(*transport_, first);  // the foreign Deployment, too
    create(*transport_, parse_json(kForeign), "asm-operator");
  }
}

}  // namespace
}  // namespace asmgw::e2e
