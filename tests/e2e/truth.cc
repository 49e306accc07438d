#include "truth.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>
#include <sstream>

#include "bench.h"
#include "gateway/overrides.h"
#include "gateway/read.h"
#include "gateway/validate.h"
#include "render/render.h"
#include "server.h"
#include "tests/support/random_edit.h"
#include "tests/support/random_gateway.h"

namespace asmgw::e2e {
namespace {

constexpr std::uint32_t kPerBatch = 20;

std::uint32_t number(const char* name, std::uint32_t usual) {
  const char* text = std::getenv(name);
  return text != nullptr ? static_cast<std::uint32_t>(std::stoul(text)) : usual;
}

/// Would the plugin take it, and render it for both clusters?
bool is_valid(const Json& manifest) {
  Findings findings;
  const Source& source = findings.keep({"gateway.yaml", dump_for_yaml(manifest)});
  int skipped = 0;
  const auto read = read_gateways(parse_yaml(source, findings), skipped, findings);
  validate(read, {}, findings);
  if (findings.has_errors()) return false;
  for (const std::string& cluster : {kOne, kTwo}) {
    render(effective(read.at(0), cluster, "istio-system"), {}, {}, findings);
  }
  return !findings.has_errors();
}

/// In our two clusters; what it overrides in its first ones it overrides in ours.
Json in_both(Json manifest) {
  Json& spec = manifest["spec"];
  const Json ids = spec["clusterIds"], overrides = spec.value("overrides", Json::object());
  const std::vector<std::string> ours = {kOne, kTwo};
  spec["clusterIds"] = ours;
  spec.erase("overrides");
  for (std::size_t i = 0; i < ours.size() && i < ids.size(); ++i) {
    const auto found = overrides.find(ids[i].get<std::string>());
    if (found != overrides.end()) spec["overrides"][ours[i]] = *found;
  }
  return manifest;
}

Json random_manifest(std::uint32_t seed, int fields_in_hundred) {
  test::RandomRange range;
  range.most_pods = 2;
  range.node_ports = false;
  range.fields_in_hundred = fields_in_hundred;
  return in_both(test::random_gateway(seed, range));
}

Pair pair_of(std::uint32_t seed) {
  const std::vector<int> sizes = {10, 25, 40};
  Pair pair{seed, "", random_manifest(seed, sizes[seed % sizes.size()]), {}};
  pair.name = pair.first["metadata"]["name"];
  const Json other = random_manifest(seed + 1'000'000, 60);
  pair.edited = test::random_edit(pair.first, other, kTwo, seed, is_valid);
  EXPECT_TRUE(is_valid(pair.first)) << "seed " << seed;
  return pair;
}

std::string text_of(const std::vector<Pair>& batch, Json Pair::*which) {
  std::string text;
  for (const Pair& pair : batch) text += "---\n" + (pair.*which).dump(2) + "\n";
  return text;
}

Outcome apply(const std::string& text) {
  return asmgw({"apply", "-f", write("truth.yaml", text), "--yes", "--allow-restart",
                "--allow-destructive", "--prune", "--wait=false", "--skip-control-plane",
                "--request-timeout=0"});
}

Outcome diff(const std::string& text) {
  return asmgw({"diff", "-f", write("truth.yaml", text), "-o", "json", "--prune",
                "--skip-control-plane", "--request-timeout=0"});
}

const std::vector<std::string> kLists = {
    "/api/v1/namespaces/istio-system/serviceaccounts",
    "/apis/rbac.authorization.k8s.io/v1/namespaces/istio-system/roles",
    "/apis/rbac.authorization.k8s.io/v1/namespaces/istio-system/rolebindings",
    "/api/v1/namespaces/istio-system/services",
    "/apis/apps/v1/namespaces/istio-system/deployments",
    "/apis/autoscaling/v2/namespaces/istio-system/horizontalpodautoscalers"};

bool is_of(const std::string& key, const std::string& gateway) {
  const std::string name = key.substr(key.find('/') + 1), ours = "istio-" + gateway;
  return name == ours || name.starts_with(ours + "-");
}

/// `CLUSTER Deployment/NAME` of an autoscaler.
std::string target_of(const std::string& key, const Json& autoscaler) {
  return key.substr(0, key.find(' ')) + " Deployment/" +
         autoscaler["spec"]["scaleTargetRef"]["name"].get<std::string>();
}

bool is_autoscaler(const std::string& key) {
  return key.find(" HorizontalPodAutoscaler/") != std::string::npos;
}

/// Does an autoscaler do nothing? None does at 0 replicas, nor while another has the same pods.
bool is_at_rest(const std::string& key, const Json& autoscaler,
                const std::map<std::string, Json>& objects) {
  const std::string target = target_of(key, autoscaler);
  if (objects.at(target)["spec"]["replicas"] == 0) return true;
  return std::any_of(objects.begin(), objects.end(), [&](const auto& other) {
    return other.first != key && is_autoscaler(other.first) &&
           target_of(other.first, other.second) == target;
  });
}

std::string revision_of(const Json& deployment) {
  const Json::json_pointer path("/metadata/annotations/deployment.kubernetes.io~1revision");
  return deployment.value(path, "");
}

/// What no controller writes: of a Deployment and an autoscaler all but status, and our ownership.
Json written(const std::string& key, Json object, bool is_scaled) {
  if (object.is_null()) return object;
  if (key.find(" Deployment/") == std::string::npos && !is_autoscaler(key)) return object;
  object.erase("status");
  object["metadata"].erase("resourceVersion");
  if (object["metadata"].contains("annotations")) {
    object["metadata"]["annotations"].erase("deployment.kubernetes.io/revision");
    if (object["metadata"]["annotations"].empty()) object["metadata"].erase("annotations");
  }
  Json ours = Json::array();
  for (const Json& entry : object["metadata"]["managedFields"]) {
    if (entry["manager"] == "kubectl-asmgw") ours.push_back(entry);
  }
  object["metadata"]["managedFields"] = std::move(ours);
  if (!is_scaled) return object;
  object["spec"].erase("replicas");
  object["metadata"].erase("generation");
  return object;
}

Json without_owners(Json object) {
  if (object.is_null()) return object;
  object["metadata"].erase("managedFields");
  object["metadata"].erase("resourceVersion");
  return object;
}

std::string shown(const Leaves& leaves, const std::string& path) {
  const auto value = leaves.values.find(path);
  if (value != leaves.values.end()) return value->second.dump();
  const auto order = leaves.orders.find(path);
  return order != leaves.orders.end() ? Json(order->second).dump() : "nothing";
}

bool holds(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

std::vector<std::vector<Pair>> batches(std::uint32_t usual) {
  const std::uint32_t first = number("ASMGW_RANDOM_FIRST", 0);
  const std::uint32_t end = first + number("ASMGW_RANDOM_GATEWAYS", usual);
  std::vector<std::vector<Pair>> all;
  for (std::uint32_t seed = first; seed < end; ++seed) {
    if (all.empty() || all.back().size() == kPerBatch) all.emplace_back();
    all.back().push_back(pair_of(seed));
  }
  return all;
}

std::string Score::text(const std::string& what) const {
  const auto part = [&](int of) {
    return fmt::format("{:.4g} % ({} of {})", of == 0 ? 100.0 : 100.0 * right / of, right, of);
  };
  return fmt::format("{}: precision {}, recall {}\n", what, part(right + not_so),
                     part(right + missed));
}

Judge::Judge() {
  for (const std::string& cluster : {kOne, kTwo}) transports_[cluster] = transport_to(cluster);
  take_out();
}

Judge::~Judge() = default;

std::string Judge::text() const {
  return fmt::format("{} pairs, {} objects, {} ownership only, {} refused\n", pairs, compared,
                     recorded, refused) +
         restarts.text("restarts") + fields.text("changed fields") + unchanged.text("no change");
}

bool Judge::is_all_true() const {
  return restarts.is_perfect() && fields.is_perfect() && unchanged.is_perfect();
}

void Judge::take_out() {
  for (const auto& [cluster, transport] : transports_) {
    std::vector<Request> requests;
    for (const std::string& list : kLists) {
      const bool is_all_ours = list.ends_with("services") || list.ends_with("deployments") ||
                               list.ends_with("autoscalers");
      requests.push_back({"DELETE", list + (is_all_ours ? "" : "?labelSelector=asmgw/gateway"),
                          "application/json",
                          R"({"kind":"DeleteOptions","apiVersion":"v1",)"
                          R"("propagationPolicy":"Background"})"});
    }
    for (const Response& answer : transport->send(requests, {})) {
      EXPECT_EQ(answer.status, 200) << answer.body;
    }
  }
}

Judge::Objects Judge::live() const {
  const std::vector<std::string> kinds = {
      "ServiceAccount", "Role", "RoleBinding", "Service", "Deployment", "HorizontalPodAutoscaler"};
  Objects objects;
  for (const auto& [cluster, transport] : transports_) {
    std::vector<Request> requests;
    for (const std::string& list : kLists) requests.push_back({"GET", list});
    const std::vector<Response> answers = transport->send(requests, {});
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      const Json list = Json::parse(answers[i].body);
      for (const Json& item : list["items"]) {
        const std::string name = item["metadata"]["name"];
        objects[cluster + " " + kinds[i] + "/" + name] = item;
      }
    }
  }
  return objects;
}

/// As soon as the controllers have seen every Deployment, and every autoscaler has had its way.
Judge::Objects Judge::settled() const {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  std::map<std::string, std::int64_t> seen;
  while (std::chrono::steady_clock::now() < end) {
    const Objects objects = live();
    std::map<std::string, std::int64_t> now;
    bool is_calm = true;
    for (const auto& [key, object] : objects) {
      if (is_autoscaler(key)) {
        const auto target = objects.find(target_of(key, object));
        if (target == objects.end() || is_at_rest(key, object, objects)) continue;
        const std::int64_t replicas = target->second["spec"]["replicas"];
        is_calm = is_calm && replicas >= object["spec"].value("minReplicas", 1) &&
                  replicas <= object["spec"]["maxReplicas"];
      }
      if (key.find(" Deployment/") == std::string::npos) continue;
      now[key] = object.value(Json::json_pointer("/status/observedGeneration"), std::int64_t{0});
      is_calm = is_calm && now[key] >= object["metadata"]["generation"];
    }
    if (is_calm && now == seen) return objects;
    seen = std::move(now);
  }
  ADD_FAILURE() << "the controllers do not follow";
  return live();
}

void Judge::make(const std::vector<Pair>& batch) {
  const Outcome made = apply(text_of(batch, &Pair::first));
  if (made.code == 0) return;
  for (const Pair& pair : batch) {
    const Outcome one = apply(text_of({pair}, &Pair::first));
    EXPECT_EQ(one.code, 0) << "seed " << pair.seed << ": " << one.out << one.err;
  }
}

void Judge::change(const std::vector<Pair>& batch) {
  const Objects before = settled();
  manifest_.clear();
  std::istringstream lines(text_of(batch, &Pair::edited));
  for (std::string line; std::getline(lines, line);) manifest_.push_back(line);
  const Outcome said = diff(lines.str());
  if (said.code != 0 && said.code != 1 && said.code != 3) {
    ADD_FAILURE() << "seeds from " << batch[0].seed << ": " << said.code << said.out << said.err;
    return;
  }
  const Json record = Json::parse(said.out);
  std::set<std::string> blocked;
  written_to_.clear();
  for (const Json& cluster : record["clusters"]) {
    for (const Json& object : cluster["objects"]) {
      const std::string action = object["action"];
      if (action == "conflict" || action == "refused" || action == "unknown")
        blocked.insert(object["gateway"]);
      if (action != "unchanged") written_to_.insert(cluster["id"]);
    }
  }
  std::vector<Pair> clean = batch;
  std::erase_if(clean, [&](const Pair& pair) { return blocked.contains(pair.name); });
  carry_out(batch, blocked, clean);
  const Objects after = settled();
  for (const Pair& pair : batch) {
    compare(pair, record, blocked.contains(pair.name), before, after);
  }
  expect_nothing_left(clean);
}

void Judge::carry_out(const std::vector<Pair>& batch, const std::set<std::string>& blocked,
                      const std::vector<Pair>& clean) {
  for (const Pair& pair : batch) {
    if (!blocked.contains(pair.name)) continue;
    const Outcome outcome = apply(text_of({pair}, &Pair::edited));
    EXPECT_EQ(outcome.code, 4) << "seed " << pair.seed << ": " << pair.drift << outcome.out
                               << outcome.err;
  }
  if (clean.empty()) return;
  const Outcome all = apply(text_of(clean, &Pair::edited));
  if (all.code == 0) return;
  for (const Pair& pair : clean) {  // whose fault was it?
    const Outcome one = apply(text_of({pair}, &Pair::edited));
    EXPECT_EQ(one.code, 0) << "seed " << pair.seed << ": " << pair.drift << one.out << one.err;
  }
  ADD_FAILURE() << "seeds from " << batch[0].seed << ": " << all.out << all.err;
}

void Judge::expect_nothing_left(const std::vector<Pair>& clean) {
  if (clean.empty()) return;
  const Outcome again = diff(text_of(clean, &Pair::edited));
  EXPECT_EQ(again.code, 0);
  const Json record = Json::parse(again.out);
  for (const Json& cluster : record["clusters"]) {
    for (const Json& object : cluster["objects"]) {
      if (object["action"] == "unchanged") continue;
      const auto of = std::find_if(clean.begin(), clean.end(), [&](const Pair& pair) {
        return pair.name == object["gateway"];
      });
      ADD_FAILURE() << "seed " << of->seed << ": a second diff is not empty\n"
                    << of->drift << cluster["id"] << object.dump(1);
    }
  }
}

void Judge::compare(const Pair& pair, const Json& record, bool is_refused, const Objects& before,
                    const Objects& after) {
  ++pairs;
  refused += is_refused ? 1 : 0;
  Objects said;
  std::set<std::string> keys, scaled;
  for (const Json& cluster : record["clusters"]) {
    for (const Json& object : cluster["objects"]) {
      if (object["gateway"] != pair.name) continue;
      const std::string id = cluster["id"], kind = object["kind"], name = object["name"];
      said[id + " " + kind + "/" + name] = object;
      keys.insert(id + " " + kind + "/" + name);
    }
  }
  for (const Objects* objects : {&before, &after}) {
    for (const auto& [key, object] : *objects) {
      if (is_of(key, pair.name)) keys.insert(key);
      if (is_autoscaler(key)) scaled.insert(target_of(key, object));
    }
  }
  for (const std::string& key : keys) {
    const auto in = [&](const Objects& some) {
      const auto found = some.find(key);
      return found != some.end() ? found->second : Json();
    };
    SCOPED_TRACE(fmt::format("seed {}: {}\n{}", pair.seed, key, pair.drift));
    Seen seen{key, in(said), in(before), in(after), scaled.contains(key), is_refused};
    seen.is_beside_others = written_to_.contains(key.substr(0, key.find(' ')));
    compare_object(seen);
  }
}

void Judge::compare_object(const Seen& seen) {
  ++compared;
  const Json fields_said = seen.said.is_null() ? Json() : seen.said.value("fields", Json::array());
  const std::string action = seen.said.is_null() ? "unchanged" : seen.said.value("action", "");
  if (seen.is_refused) {
    EXPECT_EQ(written(seen.key, seen.before, seen.is_scaled),
              written(seen.key, seen.after, seen.is_scaled))
        << "refused, and written";
    return;
  }
  check_origins(fields_said);
  const Json old = written(seen.key, seen.before, seen.is_scaled);
  const Json now = written(seen.key, seen.after, seen.is_scaled);
  const bool only_owners = old != now && without_owners(old) == without_owners(now);
  const bool is_recorded = only_owners && action == "unchanged" && seen.is_beside_others;
  recorded += is_recorded ? 1 : 0;
  count(unchanged, action == "unchanged", old == now || is_recorded,
        "no change: " + Json::diff(old, now).dump());
  EXPECT_EQ(seen.after.is_null(),
            action == "delete" || (seen.before.is_null() && action != "create"));
  if (seen.before.is_null() || seen.after.is_null()) return;
  compare_fields(seen, fields_said);
  if (seen.key.find(" Deployment/") == std::string::npos) return;
  const std::string restart =
      seen.said.is_null() ? "no" : seen.said.value(Json::json_pointer("/restart/predicted"), "no");
  // while it is paused, a changed template waits for its rollout
  const bool is_owed = seen.after["spec"].value("paused", false) &&
                       seen.before["spec"]["template"] != seen.after["spec"]["template"];
  count(restarts, restart == "yes", is_owed || revision_of(seen.before) != revision_of(seen.after),
        "restart");
}

void Judge::count(Score& score, bool is_said, bool is_so, const std::string& what) {
  if (is_said && is_so) ++score.right;
  if (is_said && !is_so) ++score.not_so;
  if (!is_said && is_so) ++score.missed;
  EXPECT_EQ(is_said, is_so) << what << (is_said ? " predicted, and not so" : " not predicted");
}

/// An object that is empty when all that it held is gone: the record says the same of one that is
/// gone itself.
static void leave_out_emptied(const Leaves& before, Leaves& leaves) {
  std::erase_if(leaves.values, [&](const auto& leaf) {
    const auto below = before.values.lower_bound(leaf.first + ".");
    return leaf.second == Json::object() && below != before.values.end() &&
           below->first.starts_with(leaf.first + ".");
  });
}

void Judge::compare_fields(const Seen& seen, const Json& fields_said) {
  Leaves before = leaves_of(seen.before), after = leaves_of(seen.after);
  Leaves said = with_changes(before, fields_said);
  if (seen.is_scaled) {
    for (Leaves* leaves : {&before, &after, &said}) leaves->values.erase("spec.replicas");
  }
  for (Leaves* leaves : {&after, &said}) leave_out_emptied(before, *leaves);
  const auto judge = [&](const auto& differ) {
    const std::vector<std::string> wrong = differ(said, after), foreseen = differ(before, said),
                                   real = differ(before, after);
    for (const std::string& path : foreseen) ++(holds(wrong, path) ? fields.not_so : fields.right);
    for (const std::string& path : real) fields.missed += holds(wrong, path) ? 1 : 0;
    for (const std::string& path : wrong) {
      ADD_FAILURE() << path << ": was " << shown(before, path) << ", said " << shown(said, path)
                    << ", is " << shown(after, path);
    }
  };
  judge(changed);
  judge(reordered);
}

void Judge::check_origins(const Json& fields_said) {
  static const std::set<std::string> kKinds = {"manifest", "config",  "default", "built-in",
                                               "server",   "webhook", "drift",   "gone"};
  for (const Json& field : fields_said) {
    const Json& origin = field["origin"];
    EXPECT_TRUE(kKinds.contains(origin["kind"])) << field;
    if (origin["kind"] == "manifest") {
      EXPECT_EQ(astray(field, manifest_), "") << field;
    }
  }
}

}  // namespace asmgw::e2e
