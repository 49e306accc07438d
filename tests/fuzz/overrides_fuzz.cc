// The laws of base and override. The bytes choose fields and values of a gateway; what holds in a
// cluster must be what a manifest says into which the override was merged by hand.
#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "base/error.h"
#include "base/json.h"
#include "fuzz/fuzz.h"
#include "gateway/fields.h"
#include "gateway/overrides.h"
#include "render/render.h"

using namespace asmgw;  // NOLINT: one file

namespace {

enum class Overrides { Yes, From116, No };

struct Choice {
  const char* field;
  Overrides may;       ///< by page 2 of the specification, not by fields.cc
  const char* values;  ///< a JSON list
};
constexpr std::array kChoices = {
    Choice{"replicaCount", Overrides::Yes, "[1, 2, 3, 0]"},
    Choice{"resources", Overrides::Yes,
           R"([{"limits": {"cpu": "1"}}, {"requests": {"memory": "1Gi"}}, {}, {"limits":
              {"cpu": "4", "memory": "8G"}, "requests": {"cpu": "500m"}}])"},
    Choice{"serviceAnnotations", Overrides::Yes, R"([{"a": "x"}, {"b": "y", "c": "z"}, {}])"},
    Choice{"podAnnotations", Overrides::Yes, R"([{"a": "x"}, {"a": "y", "c": "z"}, {}])"},
    Choice{"serviceType", Overrides::From116, R"(["LoadBalancer", "NodePort", "ClusterIP"])"},
    Choice{"minReplicas", Overrides::From116, "[1, 2, 0]"},
    Choice{"maxReplicas", Overrides::From116, "[3, 5, 0]"},
    Choice{"autoscaleEnabled", Overrides::From116, "[true, false]"},
    Choice{"cpu", Overrides::From116, R"([{"targetAverageUtilization": 50}, {}])"},
    Choice{"memory", Overrides::From116, R"([{"targetAverageUtilization": 70}, {}])"},
    Choice{"dnsPolicy", Overrides::No, R"(["Default", "ClusterFirst"])"},
    Choice{"podLabels", Overrides::No, R"([{"a": "x"}, {"b": "y"}])"},
    Choice{"rollingMaxSurge", Overrides::No, R"(["1", "50%"])"},
};

struct Bytes {
  const std::uint8_t* data;
  std::size_t size;

  std::size_t below(std::size_t limit) {
    if (size == 0) return 0;
    --size;
    return *data++ % limit;
  }
};

Json choose(Bytes& bytes) {
  static const std::vector<Json> all = [] {
    std::vector<Json> lists;
    for (const Choice& choice : kChoices) lists.push_back(Json::parse(choice.values));
    return lists;
  }();
  Json spec = Json::object();
  for (std::size_t i = 0; i < kChoices.size(); ++i) {
    const std::size_t chosen = bytes.below(2 * all[i].size());  // every second time: unset
    if (chosen >= all[i].size()) spec[kChoices[i].field] = all[i][chosen - all[i].size()];
  }
  return spec;
}

bool is_unset(const Json& value) { return value == 0 || value == Json::object(); }

Json merged_by_hand(Json base, const Json& override, bool is_old) {
  for (const Choice& choice : kChoices) {
    const bool may = choice.may == Overrides::Yes || (choice.may == Overrides::From116 && !is_old);
    if (!may || !override.contains(choice.field) || is_unset(override[choice.field])) continue;
    if (override[choice.field].is_object()) {
      base[choice.field].merge_patch(override[choice.field]);
    } else {
      base[choice.field] = override[choice.field];
    }
  }
  return base;
}

Gateway read(const Json& spec, Findings& findings) {
  const Json manifest{{"apiVersion", "istio.alibabacloud.com/v1"},
                      {"kind", "IstioGateway"},
                      {"metadata", {{"name", "web"}}},
                      {"spec", spec}};
  const std::string text = manifest.dump();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const std::vector<Gateway> gateways = fuzz::valid_gateways(bytes, text.size(), findings);
  fuzz::require(gateways.size() == 1, "whatever is chosen is valid");
  return gateways.front();
}

Json bodies(const EffectiveGateway& gateway, const Settings& settings) {
  Findings findings;
  Json all = Json::array();
  for (const DesiredObject& object : render(gateway, settings, {}, findings))
    all.push_back(object.body.value_or(nullptr));
  fuzz::require(!all.empty() && !findings.has_errors(), "what is valid can be rendered");
  return all;
}

/// A single value comes from the override if that sets it; of what is merged some key does.
void check_provenance(const EffectiveGateway& gateway, const Json& effect) {
  for (const FieldRow<GatewaySpec>& row : spec_fields()) {
    const std::optional<Range> at = row.at(gateway.spec);
    const std::string name(row.name);
    if (!at || at->source == nullptr || (effect.contains(name) && effect[name].is_object()))
      continue;
    fuzz::require(is_overridden(gateway, *at) == effect.contains(name), "the winner has the place");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes{data, size};
  Settings settings;
  const bool is_old = bytes.below(4) == 1;
  if (is_old) settings.asm_version = AsmVersion{1, 15, 0, 0};
  settings.overlay = bytes.below(4) == 2;
  Json spec = choose(bytes);
  spec["clusterIds"] = {"c1", "c2", "c3"};
  spec["ports"] = Json::array({{{"name", "http2"}, {"port", 80}}});
  const Json first = choose(bytes), second = choose(bytes);
  Json whole = spec;
  whole["overrides"] = {{"c1", first}, {"c2", second}, {"c3", Json::object()}};
  Findings findings;
  const Gateway gateway = read(whole, findings);
  const std::map<std::string, Json> overrides{
      {"c1", first}, {"c2", second}, {"c3", Json::object()}};
  for (const auto& [cluster, override] : overrides) {
    const EffectiveGateway there = effective(gateway, cluster, "istio-system", settings);
    const Json expected = merged_by_hand(spec, override, is_old);
    const EffectiveGateway by_hand =
        effective(read(expected, findings), cluster, "istio-system", settings);
    const Json objects = bodies(there, settings);
    fuzz::require(objects == bodies(by_hand, settings), "the override is merged as page 2 says");
    check_provenance(there, merged_by_hand(Json::object(), override, is_old));

    Gateway again = gateway;  // the override once more, into what was merged
    again.spec = there.spec;
    again.spec.overrides = gateway.spec.overrides;
    const EffectiveGateway twice = effective(again, cluster, "istio-system", settings);
    fuzz::require(objects == bodies(twice, settings), "merging twice is merging once");
  }
  return 0;
}
