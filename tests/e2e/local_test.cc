// Is what `diff --local` foresees what the server's dry run says? Wherever it calls a field decided
// it must be, for any gateway and any edit; and it must send nothing but what a reader may.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "bench.h"
#include "cluster/observe.h"
#include "diff/compare.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "gateway/validate.h"
#include "kube/answers.h"
#include "server.h"
#include "survey/observed.h"
#include "tests/support/dice.h"
#include "tests/support/random_gateway.h"

namespace asmgw::e2e {
namespace {

using testing::HasSubstr;

std::uint32_t gateways(std::uint32_t usual) {
  const char* number = std::getenv("ASMGW_RANDOM_GATEWAYS");
  return number != nullptr ? static_cast<std::uint32_t>(std::stoul(number)) : usual;
}

const Wording kWording{kube::finding_of, kube::finding_of};

/// A manifest in its first cluster; nothing when it is not valid.
struct Given {
  Findings findings;  // its texts are what the gateway points into
  std::optional<Goal> goal;

  explicit Given(const Json& manifest) {
    const Source& source = findings.keep({"gateway.yaml", dump_for_yaml(manifest)});
    int skipped = 0;
    const auto read = read_gateways(parse_yaml(source, findings), skipped, findings);
    validate(read, {"istio-system", false, {}}, findings);
    if (findings.has_errors()) return;
    const std::string cluster = read.at(0).spec.cluster_ids->value.at(0).value;
    goal = Goal{AsManifest{{effective(read[0], cluster, "istio-system")}, {}}};
  }
};

ClusterChanges changes_of(Goal goal, Foresight foresight, kube::Client& client) {
  goal.foresight = foresight;
  const Known known = observe(goal, client, {});
  Findings findings;
  return compare({}, observed(goal, known, findings), kWording);
}

/// Makes what the goal asks for real, whoever owns it; gives what the server says against it.
std::string apply_all(const Goal& goal, kube::Client& client) {
  std::string words;
  Findings findings;
  for (const ObservedObject& object : observed(goal, observe(goal, client, {}), findings)) {
    if (!object.desired.body) continue;
    const Answer answer = client.write(forced(write_of(object.desired)), {});
    words += complaint(answer);
  }
  return words;
}

using Fields = std::map<std::string, const FieldChange*>;

Fields fields_of(const ObjectChange& change) {
  Fields fields;
  for (const FieldChange& field : change.fields) fields.emplace(to_string(field.path), &field);
  return fields;
}

bool is_same(const FieldChange& one, const FieldChange& two) {
  return one.op == two.op && one.before == two.before && one.after == two.after;
}

std::string text_of(const FieldChange& field) {
  return fmt::format("{} {} -> {}", to_string(field.path), dump(field.before.value_or(Json())),
                     dump(field.after.value_or(Json())));
}

std::vector<std::string> owners_of(const ObjectChange& change) {
  std::vector<std::string> owners;
  const auto* conflict = std::get_if<Conflict>(&change.object.after);
  if (conflict == nullptr) return owners;
  for (const Ownership& owner : conflict->fields) {
    owners.push_back(owner.manager + " " + owner.field);
  }
  std::sort(owners.begin(), owners.end());
  return owners;
}

/// How many objects were compared, and in how many the server itself says nothing to compare with.
struct Tally {
  int objects = 0, changed = 0, fields = 0, undecided = 0, conflicts = 0, refused = 0, restarts = 0;
};

void expect_alike(const ObjectChange& real, const ObjectChange& local, Tally& tally) {
  SCOPED_TRACE(to_string(real.object.desired.ref));
  ++tally.objects;
  if (live(real.object) != nullptr && foreseen(real.object) == nullptr &&
      real.object.desired.body) {
    ++tally.refused;  // what is not valid only the server finds
    return;
  }
  const Fields said = fields_of(local), known = fields_of(real);
  bool is_certain = true;
  for (const auto& [path, field] : said) {
    ++(field->decided ? tally.fields : tally.undecided);
    is_certain = is_certain && field->decided;
    const auto actual = known.find(path);
    if (!field->decided) continue;
    EXPECT_TRUE(actual != known.end() && is_same(*field, *actual->second))
        << "foreseen: " << text_of(*field)
        << "\nreal: " << (actual != known.end() ? text_of(*actual->second) : "no change");
  }
  for (const auto& [path, field] : known) {
    const bool is_doubted = std::any_of(said.begin(), said.end(), [&](const auto& one) {
      return !one.second->decided &&
             (is_within(one.second->path, field->path) || is_within(field->path, one.second->path));
    });
    EXPECT_TRUE(is_doubted || said.contains(path)) << "not foreseen: " << text_of(*field);
  }
  EXPECT_EQ(owners_of(local), owners_of(real));
  if (!owners_of(real).empty()) ++tally.conflicts;
  if (real.action != Action::Unchanged) ++tally.changed;
  if (real.restart.predicted == Restart::Predicted::Yes) ++tally.restarts;
  if (!is_certain) return;
  EXPECT_EQ(word(local.action), word(real.action));
  EXPECT_EQ(local.restart.predicted, real.restart.predicted);
}

void expect_alike(const Goal& goal, kube::Client& client, Tally& tally) {
  const ClusterChanges real = changes_of(goal, Foresight::Server, client);
  const ClusterChanges local = changes_of(goal, Foresight::Ours, client);
  ASSERT_EQ(real.objects.size(), local.objects.size());
  for (std::size_t i = 0; i < real.objects.size(); ++i) {
    expect_alike(real.objects[i], local.objects[i], tally);
  }
}

/// Another gateway's values in the place of some, and some taken out; valid.
Json edited(const Json& manifest, const Json& other, std::uint32_t seed) {
  test::Dice dice(seed + 7'000'000);
  for (int chance = 60;; chance = chance * 3 / 4) {
    Json edit = manifest;
    Json& spec = edit["spec"];
    for (const auto& [name, value] : other["spec"].items()) {
      if (name != "clusterIds" && name != "overrides" && dice.chance(chance)) spec[name] = value;
    }
    const Json before = spec;
    for (const auto& [name, value] : before.items()) {
      if (name != "clusterIds" && name != "ports" && dice.chance(chance / 2)) spec.erase(name);
    }
    if (chance == 0 || Given(edit).goal) return edit;
  }
}

test::RandomRange for_real() {
  test::RandomRange range;
  range.most_pods = 2;
  range.node_ports = false;
  return range;
}

Json random_manifest(std::uint32_t seed, const std::string& name) {
  Json manifest = test::random_gateway(seed, for_real());
  manifest["metadata"]["name"] = name;
  manifest["metadata"]["namespace"] = "istio-system";
  return manifest;
}

class Local : public testing::Test {
 protected:
  void SetUp() override { take_out(); }
  void TearDown() override { take_out(); }

  static void take_out() {
    const std::string kinds = "deployment,service,serviceaccount,role,rolebinding,hpa";
    EXPECT_EQ(kubectl(kOne, {"delete", kinds, "--selector=asmgw/gateway=edge"}).code, 0);
    EXPECT_EQ(kubectl(kOne, {"delete", "deployment", "istio-edge", "--ignore-not-found"}).code, 0);
  }

  kube::Client client_ = connect(kOne);
  Tally tally_;

  void show_tally() const {
    std::cout << fmt::format(
        "{} objects, {} change, {} restart; {} fields decided, {} not; {} conflicts, {} refused\n",
        tally_.objects, tally_.changed, tally_.restarts, tally_.fields, tally_.undecided,
        tally_.conflicts, tally_.refused);
  }
};

TEST_F(Local, OfRandomEditsIsWhatTheServerSays) {
  for (std::uint32_t seed = 0; seed < gateways(100); ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const Json manifest = random_manifest(seed, "edge");
    const Given before(manifest),
        after(edited(manifest, random_manifest(seed + 5000, "edge"), seed));
    ASSERT_TRUE(before.goal && after.goal);
    ASSERT_EQ(apply_all(*before.goal, client_), "") << dump(manifest);
    expect_alike(*before.goal, client_, tally_);
    expect_alike(*after.goal, client_, tally_);
    take_out();
  }
  show_tally();
  EXPECT_GT(tally_.changed, 100);
  EXPECT_GT(tally_.restarts, 50);
}

/// The fields of the record by cluster, object and path; of `--local` only the decided ones.
std::map<std::string, Json> fields_in(const std::string& record) {
  std::map<std::string, Json> fields;
  const Json json = parse_json(record);
  for (const Json& cluster : json["clusters"]) {
    for (const Json& object : cluster["objects"]) {
      const std::string name =
          cluster["id"].get<std::string>() + " " + object["kind"].get<std::string>() + " ";
      if (object.contains("restart")) fields[name + "restart"] = object["restart"]["predicted"];
      for (Json field : object.value("fields", Json::array())) {
        EXPECT_FALSE(field.contains("decided")) << field;
        const std::string path = field["path"];
        fields[name + path] = std::move(field);
      }
    }
  }
  return fields;
}

/// What is put in the place of what, in this order.
using Edit = std::vector<std::pair<std::string, std::string>>;

TEST_F(Local, OfTheVendorsExampleIsTheSameRecord) {
  const std::string text = example("ingress.yaml"), name = "myexample-customingressgateway";
  clean(name);
  const std::string file = write("local-ingress.yaml", text);
  ASSERT_EQ(asmgw({"apply", "-f", file, "--yes", "--wait=false"}).code, 0);
  const std::pair<std::string, std::string> no_policy{"externalTrafficPolicy: Local", ""};
  const std::vector<Edit> edits = {
      {},
      {{"value: \"envvalue1\"", "value: other"}},
      {{"podAnnotations:\n    podAnnotationsKey1: \"podAnnotationsValue1\"", ""}},
      {{"externalTrafficPolicy: Local", "externalTrafficPolicy: Cluster"}},
      {no_policy},
      {no_policy, {"serviceType: LoadBalancer", "serviceType: ClusterIP"}},
      {{"serviceType: LoadBalancer", "serviceType: NodePort"}},
      {{"serviceLabelKey1: \"serviceLabelValue1\"", "more: label"}},
      {{"rollingMaxSurge: \"100%\"", "rollingMaxSurge: \"1\""}},
      {{"podLabels:", "dnsPolicy: Default\n  podLabels:"}}};
  for (const Edit& edit : edits) {
    std::string edited = text;
    for (const auto& [from, to] : edit) edited = replaced(std::move(edited), from, to);
    SCOPED_TRACE(edited);
    const std::string changed = write("local-ingress.yaml", edited);
    const Outcome real = asmgw({"diff", "-f", changed, "-o", "json"});
    const Outcome local = asmgw({"diff", "--local", "-f", changed, "-o", "json"});
    EXPECT_EQ(real.code, edit.empty() ? 0 : 1) << real.out;
    EXPECT_EQ(local.code, real.code) << local.out;
    EXPECT_EQ(parse_json(local.out)["mode"], "local");
    EXPECT_EQ(fields_in(local.out), fields_in(real.out));
  }
  clean(name);
}

/// A Deployment as a mesh's own controller makes it.
const char* const kForeign = R"({"apiVersion": "apps/v1", "kind": "Deployment",
  "metadata": {"name": "istio-edge", "namespace": "istio-system", "labels": {"provider": "asm"}},
  "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "istio-edge", "istio": "edge"}},
    "strategy": {"rollingUpdate": {"maxSurge": "100%", "maxUnavailable": "25%"}},
    "template": {
      "metadata": {"labels": {"app": "istio-edge", "istio": "edge", "version": "v1"},
                   "annotations": {"sidecar.istio.io/inject": "false"}},
      "spec": {"nodeSelector": {"type": "kwok"}, "tolerations": [{"operator": "Exists"}],
        "volumes": [{"name": "istio-data", "emptyDir": {}}],
        "containers": [{"name": "istio-proxy", "image": "registry.example.com/proxyv2:1.22",
          "ports": [{"containerPort": 15090, "name": "http-envoy-prom", "protocol": "TCP"}],
          "env": [{"name": "CA_ADDR", "value": "istiod.istio-system.svc:15012"},
                  {"name": "A", "value": "b"}, {"name": "NAME_1", "value": "x"}],
          "resources": {"limits": {"cpu": "2", "memory": "2Gi"}, "requests": {"cpu": "10m"}},
          "readinessProbe": {"httpGet": {"path": "/healthz/ready", "port": 15021}},
          "securityContext": {"runAsUser": 1337, "runAsNonRoot": true,
            "capabilities": {"drop": ["ALL"]}},
          "volumeMounts": [{"name": "istio-data", "mountPath": "/var/lib/istio/data"}]}]}}}})";

TEST_F(Local, OfRandomOverlaysIsWhatTheServerSays) {
  const auto transport = transport_to(kOne);
  for (std::uint32_t seed = 0; seed < gateways(50); ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    create(*transport, parse_json(kForeign), "asm-operator");
    const Json manifest = random_manifest(seed, "edge");
    const Given before(manifest),
        after(edited(manifest, random_manifest(seed + 5000, "edge"), seed));
    ASSERT_TRUE(before.goal && after.goal);
    expect_alike(*before.goal, client_, tally_);  // mostly conflicts
    const std::string words = apply_all(*before.goal, client_);
    EXPECT_THAT(words, testing::AnyOf("", HasSubstr("may not be specified when `value`")));
    expect_alike(*after.goal, client_, tally_);
    take_out();
  }
  show_tally();
  EXPECT_GT(tally_.conflicts, 20);
}

}  // namespace
}  // namespace asmgw::e2e
