#include "drift.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "bench.h"

namespace asmgw::e2e {
namespace {

using Words = std::vector<std::string>;

/// kubectl with these words; `NAME` is the name of the objects.
const std::vector<Words> kCommands = {
    {"scale", "deployment", "NAME", "--replicas=3"},
    {"scale", "deployment", "NAME", "--replicas=0"},
    {"set", "env", "deployment/NAME", "SOMEBODY=else"},
    {"set", "env", "deployment/NAME", "A=changed"},
    {"set", "env", "deployment/NAME", "LONG_NAME-"},
    {"set", "image", "deployment/NAME", "istio-proxy=registry.example.com/other:1"},
    {"set", "resources", "deployment/NAME", "--limits=cpu=3,memory=3Gi"},
    {"set", "serviceaccount", "deployment/NAME", "other"},
    {"rollout", "restart", "deployment/NAME"},
    {"rollout", "pause", "deployment/NAME"},
    {"rollout", "undo", "deployment/NAME"},
    {"annotate", "deployment,service", "NAME", "note=other", "--overwrite"},
    {"label", "service", "NAME", "app.kubernetes.io/managed-by=other", "--overwrite"},
    {"label", "deployment", "NAME", "istio-"},
    {"autoscale", "deployment", "NAME", "--min=1", "--max=3", "--name=NAME-somebody"},
    {"delete", "hpa", "NAME"},
    {"delete", "service", "NAME"},
    {"delete", "deployment", "NAME"},
    {"delete", "serviceaccount,role,rolebinding", "-l", "app=NAME"},
    {"patch", "service", "NAME", "-p", R"({"spec":{"sessionAffinity":"ClientIP"}})"},
    {"patch", "service", "NAME", "-p", R"({"spec":{"type":"NodePort"}})"},
    {"patch", "service", "NAME", "-p", R"({"spec":{"externalTrafficPolicy":"Local"}})"},
    {"patch", "service", "NAME", "-p", R"({"spec":{"selector":{"version":"v2"}}})"},
    {"patch", "service", "NAME", "--type=json", "-p",
     R"([{"op":"replace","path":"/spec/ports/0/targetPort","value":9999}])"},
    {"patch", "deployment", "NAME", "--field-manager=kubectl-edit", "-p",
     R"({"spec":{"template":{"metadata":{"annotations":{"prometheus.io/scrape":null}}}}})"},
    {"patch", "deployment", "NAME", "--field-manager=kubectl-edit", "-p",
     R"({"spec":{"strategy":{"rollingUpdate":{"maxSurge":2}}}})"},
    {"patch", "deployment", "NAME", "-p", R"({"spec":{"template":{"spec":{"affinity":{}}}}})"},
    {"patch", "deployment", "NAME", "-p",
     R"({"spec":{"template":{"spec":{"nodeSelector":{"zone":"a"}}}}})"},
    {"patch", "deployment", "NAME", "-p",
     R"({"spec":{"template":{"spec":{"tolerations":[{"operator":"Exists"}]}}}})"}};

/// What a controller changes in its copy of a Deployment.
const std::vector<std::pair<std::string, std::function<void(Json&)>>> kEdits = {
    {"note in the template",
     [](Json& body) { body["spec"]["template"]["metadata"]["annotations"]["note"] = "other"; }},
    {"env in reverse",
     [](Json& body) {
       Json& env = body["spec"]["template"]["spec"]["containers"][0]["env"];
       std::reverse(env.begin(), env.end());
     }},
    {"no env", [](Json& body) { body["spec"]["template"]["spec"]["containers"][0].erase("env"); }},
    {"no resources",
     [](Json& body) { body["spec"]["template"]["spec"]["containers"][0].erase("resources"); }},
    {"no labels of the object", [](Json& body) { body["metadata"].erase("labels"); }},
    {"priority", [](Json& body) { body["spec"]["template"]["spec"]["priority"] = 0; }},
    {"a sidecar first",
     [](Json& body) {
       Json& containers = body["spec"]["template"]["spec"]["containers"];
       containers.insert(containers.begin(), Json{{"name", "side"}, {"image", "busybox"}});
     }},
    {"replicas and seconds", [](Json& body) {
       body["spec"]["replicas"] = 3;
       body["spec"]["minReadySeconds"] = 1;
     }}};

Json bare(Json object) {
  object.erase("status");
  for (const char* name : {"managedFields", "uid", "creationTimestamp", "generation"}) {
    object["metadata"].erase(name);
  }
  return object;
}

std::string run_kubectl(const std::string& cluster, Words words) {
  const Outcome done = kubectl(cluster, words);
  return fmt::format("kubectl {} ({})", fmt::join(words, " "), done.code == 0 ? "done" : done.err);
}

/// Another's server-side apply of a few fields, by force.
std::string apply_as_another(const std::string& cluster, const std::string& name,
                             test::Dice& dice) {
  Json body{{"apiVersion", "apps/v1"}, {"kind", "Deployment"}, {"metadata", {{"name", name}}}};
  const auto what = dice.between(0, 3);
  Json& spec = body["spec"];
  if (what == 0) spec["replicas"] = 2;
  if (what == 1) spec["template"]["metadata"]["annotations"]["prometheus.io/port"] = "15021";
  if (what == 2) spec["strategy"]["rollingUpdate"]["maxUnavailable"] = 1;
  if (what == 3) {
    spec["template"]["spec"]["containers"] = Json::array(
        {{{"name", "istio-proxy"}, {"resources", {{"limits", {{"memory", "2048Mi"}}}}}}});
  }
  return run_kubectl(cluster, {"apply", "--server-side", "--force-conflicts",
                               "--field-manager=another", "-f", write("part.json", body.dump())}) +
         spec.dump();
}

std::string rewrite(const std::string& cluster, const std::string& name, test::Dice& dice) {
  const Json live = get(cluster, "deployment", name);
  if (live.is_null()) return "nothing to rewrite";
  Json body = bare(live);
  const auto& [what, edit] = dice.pick(kEdits);
  edit(body);
  const bool replaces = dice.chance(60);
  if (!replaces) body["metadata"].erase("resourceVersion");
  return what + ": " +
         run_kubectl(cluster,
                     {replaces ? "replace" : "apply", "-f", write("whole.json", body.dump())});
}

}  // namespace

std::string drift(const std::string& cluster, const std::string& gateway, test::Dice& dice) {
  const std::string name = "istio-" + gateway;
  const auto kind = dice.between(1, 100);
  if (kind <= 15) return apply_as_another(cluster, name, dice);
  if (kind <= 40) return rewrite(cluster, name, dice);
  Words words = dice.pick(kCommands);
  for (std::string& word : words) {
    const std::size_t at = word.find("NAME");
    const bool is_name = at != std::string::npos && !word.starts_with("LONG_NAME");
    if (is_name) word.replace(at, 4, name);
  }
  return run_kubectl(cluster, std::move(words));
}

void make_foreign(const std::string& cluster, const std::string& gateway, test::Dice& dice) {
  const std::string name = "istio-" + gateway;
  const Json labels{{"app", name}, {"istio", gateway}};
  Json proxy{
      {"name", "istio-proxy"},
      {"image", "registry.example.com/proxyv2:1.22"},
      {"args", {"proxy", "router"}},
      {"env",
       {{{"name", "CA_ADDR"}, {"value", "istiod.istio-system.svc:15012"}},
        {{"name", "POD_NAME"}, {"valueFrom", {{"fieldRef", {{"fieldPath", "metadata.name"}}}}}}}},
      {"volumeMounts", {{{"name", "istio-data"}, {"mountPath", "/var/lib/istio/data"}}}}};
  Json pod{{"volumes", {{{"name", "istio-data"}, {"emptyDir", Json::object()}}}}};
  if (dice.chance(15)) {
    proxy["env"].push_back({{"name", "A"}, {"value", "a"}});
    proxy["resources"]["limits"] = {{"cpu", "2"}, {"memory", "2Gi"}};
  }
  if (dice.chance(10)) pod["tolerations"] = Json::array({{{"operator", "Exists"}}});
  pod["containers"] = Json::array({proxy});
  const Json deployment{
      {"apiVersion", "apps/v1"},
      {"kind", "Deployment"},
      {"metadata", {{"name", name}, {"labels", {{"app", name}, {"provider", "asm"}}}}},
      {"spec",
       {{"replicas", 1},
        {"selector", {{"matchLabels", labels}}},
        {"strategy", {{"rollingUpdate", {{"maxSurge", "100%"}, {"maxUnavailable", "25%"}}}}},
        {"template", {{"metadata", {{"labels", labels}}}, {"spec", pod}}}}}};
  const Json service{
      {"apiVersion", "v1"},
      {"kind", "Service"},
      {"metadata", {{"name", name}, {"labels", {{"app", name}}}}},
      {"spec",
       {{"type", "LoadBalancer"},
        {"selector", labels},
        {"ports", {{{"name", "status"}, {"port", 15021}}, {{"name", "http"}, {"port", 80}}}}}}};
  Json list{{"apiVersion", "v1"}, {"kind", "List"}, {"items", {deployment}}};
  if (dice.chance(15)) list["items"].push_back(service);
  const Outcome made = kubectl(cluster, {"create", "--field-manager=asm-operator", "-f",
                                         write("foreign.json", list.dump())});
  EXPECT_EQ(made.code, 0) << made.err;
}

}  // namespace asmgw::e2e
