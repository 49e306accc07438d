#include "tests/support/random_gateway.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include "gateway/fields.h"
#include "tests/support/dice.h"
#include "tests/support/random_kubernetes.h"

namespace asmgw::test {
namespace {

using Texts = std::vector<std::string>;

// The parts that are more than their type says. Each has the name of its field.

Json annotations(Dice& dice) {
  Json map = Json::object();
  for (auto count = dice.between(0, 4); count > 0; --count) {
    map[dice.chance(20) ? "Example.COM/Note" : random_label_key(dice)] = dice.pick(Texts{
        "", "text with \"quotes\", \t tabs\n and é", "5", "true", "0x1F", std::string(2000, 'x')});
  }
  return map;
}

Json labels(Dice& dice) {
  Json map = Json::object();
  for (auto count = dice.between(0, 3); count > 0; --count) {
    map[random_label_key(dice)] = random_label_value(dice);
  }
  return map;
}

Json cluster_ids(Dice& dice) {
  Json ids = Json::array();
  for (std::int64_t i = 0, count = dice.between(1, 3); i < count; ++i) {
    ids.push_back(fmt::format("c{}a{}", i, dice.between(0, 9999)));
  }
  return ids;
}

/// Ports from `first` on, so that two lists have none in common.
Json ports(std::int64_t first, const FieldView& view, Dice& dice) {
  const FieldView* protocol = nullptr;
  for (const FieldView& member : view.members) {
    if (member.name == "protocol") protocol = &member;
  }
  Json list = Json::array();
  const auto count = dice.between(1, 4);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t number = first + 10 * i + dice.between(0, 9);
    Json port{{"port", number}};
    if (count > 1 || first > 1000 || dice.chance(50)) port["name"] = fmt::format("p{}", number);
    if (dice.chance(50)) {
      port["targetPort"] =
          dice.pick(std::vector<Json>{0, "", 8080, 65535, "http-envoy-prom", number});
    }
    if (dice.chance(50)) {
      const auto last = static_cast<std::int64_t>(protocol->doc.words.size()) - 1;
      port["protocol"] = protocol->doc.words[static_cast<std::size_t>(dice.between(0, last))];
    }
    // the lowest ports are those that the server does not allocate by itself
    if (dice.chance(5)) port["nodePort"] = 30000 + number % 80;
    if (dice.chance(5)) port["nodePort"] = 0;
    list.push_back(std::move(port));
  }
  return list;
}

Json env(const FieldView& view, Dice& dice) {
  const KubernetesType* source = nullptr;
  for (const FieldView& member : view.members) {
    if (member.name == "valueFrom") source = member.type.kubernetes;
  }
  Json list = Json::array();
  Texts names = {"A", "a.b", "a b", "1a", "LONG_NAME", "~", "ISTIO_META_ROUTER_MODE"};
  for (auto count = dice.between(1, 5); count > 0; --count) {
    const std::string name = dice.pick(names);
    names.erase(std::find(names.begin(), names.end(), name));
    Json variable{{"name", name}};
    if (dice.chance(40)) {
      variable["valueFrom"] = random_kubernetes(*source, dice);
    } else if (dice.chance(90)) {
      variable["value"] = dice.pick(Texts{"", "a", "$(A) é \"b\"\n\tc", "1", "null", "- a"});
    }
    list.push_back(std::move(variable));
  }
  return list;
}

/// A base's requests are below its limits and those of any override.
Json resources(bool is_override, Dice& dice) {
  Json value = Json::object();
  const Texts low_cpu =
      is_override ? Texts{"10m", "0.01", "50m"} : Texts{"100m", "0.5", "1", "1e0"};
  const Texts low_memory = is_override ? Texts{"16Mi", "20M"} : Texts{"256Mi", "129e6", "0.5Gi"};
  if (dice.chance(80)) value["requests"]["cpu"] = dice.pick(low_cpu);
  if (dice.chance(80)) value["requests"]["memory"] = dice.pick(low_memory);
  if (dice.chance(80)) value["limits"]["cpu"] = dice.pick(std::vector<Json>{2, "2000m", "1500m"});
  if (dice.chance(80)) value["limits"]["memory"] = dice.pick(Texts{"2G", "1Gi", "1.5G", "2048Mi"});
  if (dice.chance(20)) value["requests"]["ephemeral-storage"] = "1Gi";
  if (!is_override && dice.chance(20)) {
    value["limits"]["example.com/device"] = 2;
    if (dice.chance(50)) value["requests"]["example.com/device"] = "2";
  }
  return value;
}

Json volumes(const std::string& source, const std::string& prefix, Dice& dice) {
  Json list = Json::array();
  for (std::int64_t i = 0, count = dice.between(1, 3); i < count; ++i) {
    const std::string name = fmt::format("{}{}", prefix, i);
    list.push_back({{"name", name},
                    {source, dice.pick(Texts{"web", "web.example-1", "0"})},
                    {"mountPath", dice.pick(Texts{"/etc/", "/var/lib/a b/", "/"}) + name}});
  }
  return list;
}

Json kernel_parameters(Dice& dice) {
  Json map = Json::object();
  const auto names = asmgw::kernel_parameters();
  for (auto count = dice.between(0, 4); count > 0; --count) {
    const auto last = static_cast<std::int64_t>(names.size()) - 1;
    map[std::string(names[static_cast<std::size_t>(dice.between(0, last))])] =
        dice.pick(Texts{"65535", "4096 87380 6291456", "0"});
  }
  return map;
}

/// A number near its bounds, or small.
Json number(const FieldDoc& doc, Dice& dice) {
  if (dice.chance(10)) return doc.min;
  if (dice.chance(5)) return doc.max;
  return dice.between(doc.min, std::min(doc.max, std::max<std::int64_t>(doc.min, 0) + 50));
}

class Generator {
 public:
  Generator(std::uint32_t seed, const RandomRange& range) : dice_(seed), range_(range) {}

  Json spec() {
    const std::vector<FieldView> views = spec_views();
    Json spec = members(views);
    if (range_.host_network && dice_.chance(30)) spec["hostNetwork"] = true;
    fit(spec);
    if (dice_.chance(50)) add_overrides(spec, views);
    return spec;
  }
  Json annotations_of_gateway() {
    Json map = Json::object();
    for (const FieldView& view : annotation_views()) {
      if (!dice_.chance(30)) continue;
      map[std::string(view.name)] =
          view.doc.words.empty() ? fmt::format("{}", dice_.between(10, 890)) : text(view);
    }
    if (dice_.chance(20)) map["example.com/other"] = "any";
    return map;
  }

 private:
  Json members(const std::vector<FieldView>& views) {
    Json object = Json::object();
    for (const FieldView& view : views) {
      if (view.doc.required || view.name == "ports" || dice_.chance(range_.fields_in_hundred)) {
        object[std::string(view.name)] = value(view);
      }
    }
    return object;
  }

  std::string text(const FieldView& view) {
    const auto words = view.doc.words;
    if (!words.empty()) {
      const auto last = static_cast<std::int64_t>(words.size()) - 1;
      return std::string(words[static_cast<std::size_t>(dice_.between(0, last))]);
    }
    static const std::map<std::string_view, Texts> kTexts = {
        {"loadBalancerClass", {"alibabacloud.com/nlb", "A_b.c"}},
        {"loadBalancerIP", {"203.0.113.7", "2001:db8::7"}},
        {"rollingMaxSurge", {"1", "0", "25%", "100%", "250%", "0%"}},
        {"rollingMaxUnavailable", {"0", "1", "25%", "100%"}},
        {"requestedNetworkView", {"network1", "network1,network2"}},
    };
    const auto found = kTexts.find(view.name);
    if (found == kTexts.end()) throw std::logic_error(fmt::format("no text for {}", view.name));
    return dice_.pick(found->second);
  }

  std::int64_t pods() {
    if (dice_.chance(5)) return range_.most_pods;
    return dice_.between(1, std::min<std::int64_t>(range_.most_pods, 50));
  }

  Json value(const FieldView& view) {
    const std::string name(view.name);
    if (name == "clusterIds") return cluster_ids(dice_);
    if (name == "ports") return ports(80, view, dice_);
    if (name == "meshExpansionPorts") return ports(15010, view, dice_);
    if (name == "env") return env(view, dice_);
    if (name == "resources") return resources(false, dice_);
    if (name == "configVolumes") return volumes("configMapName", "cv", dice_);
    if (name == "secretVolumes") return volumes("secretName", "sv", dice_);
    if (name == "content_type") return Json::array({"text/html", "application/json"});
    if (name == "hostNetwork" || name == "overrides") return nullptr;  // set elsewhere
    Json list = Json::array();
    switch (view.type.form) {
      case FieldForm::Text:
        return text(view);
      case FieldForm::Int:
        if (name.ends_with("Replicas") || name == "replicaCount") return pods();
        return number(view.doc, dice_);
      case FieldForm::Bool:
        return dice_.chance(50);
      case FieldForm::MapOfText:
        if (!view.doc.words.empty()) return kernel_parameters(dice_);
        return name.ends_with("Annotations") ? annotations(dice_) : labels(dice_);
      case FieldForm::Object:
        if (view.type.kubernetes != nullptr) return random_kubernetes(*view.type.kubernetes, dice_);
        return members(view.members);
      case FieldForm::ObjectList:
        for (auto count = dice_.between(0, 3); count > 0; --count) {
          list.push_back(view.type.kubernetes != nullptr
                             ? random_kubernetes(*view.type.kubernetes, dice_)
                             : members(view.members));
        }
        return list;
      case FieldForm::Anything:
        return dice_.pick(std::vector<Json>{Json::object(), "80,443", 5, Json{{"enabled", true}}});
      case FieldForm::NumberOrText:
      case FieldForm::MapOfQuantities:
      case FieldForm::TextList:
      case FieldForm::MapOfSpecs:
        break;
    }
    throw std::logic_error("no random value for " + name);
  }

  /// Lets the rules hold that couple fields (page 2).
  void fit(Json& spec) {
    const std::string type = spec.value("serviceType", "LoadBalancer");
    const bool is_egress = spec.value("gatewayType", "ingress") == "egress";
    if (type != "LoadBalancer") spec.erase("loadBalancerClass");
    if (type == "ClusterIP") spec.erase("externalTrafficPolicy");
    if (type == "ClusterIP" || !range_.node_ports) {
      for (const char* list : {"ports", "meshExpansionPorts"}) {
        if (!spec.contains(list)) continue;
        for (Json& port : spec[list]) port.erase("nodePort");
      }
    }
    if (spec.value("dnsPolicy", "") == "None") spec.erase("dnsPolicy");  // needs a dnsConfig
    if (spec.contains("meshExpansionPorts")) name_all(spec["ports"]);
    if (is_egress) spec.erase("compression");
    if (spec.contains("compression") && spec["compression"].value("enabled", false)) {
      if (!spec["compression"].contains("gzip")) spec["compression"]["gzip"] = Json::object();
    }
    if (spec.contains("minReplicas") && spec.contains("maxReplicas")) {
      const std::int64_t least = spec["minReplicas"], most = spec["maxReplicas"];
      spec["minReplicas"] = std::min(least, most);
      spec["maxReplicas"] = std::max(least, most);
    }
    const auto is_zero = [&](const char* name, const char* otherwise) {
      return spec.value(name, otherwise).starts_with("0");
    };
    if (is_zero("rollingMaxSurge", "100%") && is_zero("rollingMaxUnavailable", "25%")) {
      spec["rollingMaxSurge"] = "1";
    }
  }

  void name_all(Json& ports) {
    for (Json& port : ports) {
      port["name"] = fmt::format("p{}", port["port"].get<std::int64_t>());
    }
  }

  void add_overrides(Json& spec, const std::vector<FieldView>& views) {
    for (const Json& id : spec["clusterIds"]) {
      if (dice_.chance(30)) continue;
      Json override = Json::object();
      for (const FieldView& view : views) {
        if (view.doc.overridable == Overridable::No || !dice_.chance(40)) continue;
        override[std::string(view.name)] =
            view.name == "resources" ? resources(true, dice_) : value(view);
      }
      if (override.contains("minReplicas") || override.contains("maxReplicas")) {
        override["minReplicas"] = 1;
        override["maxReplicas"] = pods();
      }
      spec["overrides"][id.get<std::string>()] = std::move(override);
    }
  }

  Dice dice_;
  RandomRange range_;
};

}  // namespace

Json random_gateway(std::uint32_t seed, const RandomRange& range) {
  Generator generator(seed, range);
  std::string name = fmt::format("r{}", seed);
  if (seed % 10 == 0) name.append(57 - name.size(), 'x');  // the longest
  Json gateway{{"apiVersion",
                seed % 2 == 0 ? "istio.alibabacloud.com/v1beta1" : "istio.alibabacloud.com/v1"},
               {"kind", "IstioGateway"},
               {"metadata", {{"name", name}}},
               {"spec", generator.spec()}};
  gateway["metadata"]["annotations"] = generator.annotations_of_gateway();
  if (seed % 3 == 0) gateway["metadata"]["namespace"] = "istio-system";
  return gateway;
}

}  // namespace asmgw::test
