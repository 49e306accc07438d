#include "report/created.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/part.h"

namespace asmgw {
namespace {

bool is_balancer(const Json& service) {
  return text_at(service, {"kind"}) == "Service" &&
         text_at(service, {"spec", "type"}) == "LoadBalancer";
}

/// The vendor's default address type is internet.
std::string address_type(const Json& service) {
  for (const std::string_view prefix : {"alibaba-cloud", "alicloud"}) {
    const std::string type = text_at(
        service, {"metadata", "annotations",
                  fmt::format("service.beta.kubernetes.io/{}-loadbalancer-address-type", prefix)});
    if (!type.empty()) return type;
  }
  return "internet";
}

std::string ports_line(const Json& service) {
  std::string numbers;
  std::set<std::string> protocols;
  const Json* ports = find(service, {"spec", "ports"});
  if (ports == nullptr) return {};
  for (const Json& port : *ports) protocols.insert(text_at(port, {"protocol"}));
  const bool is_mixed = protocols.size() > 1;
  for (const Json& port : *ports) {
    numbers += fmt::format("{}{}{}", numbers.empty() ? "" : ", ", int_at(port, {"port"}),
                           is_mixed ? "/" + text_at(port, {"protocol"}) : "");
  }
  return fmt::format(
      "port{} {}{}", ports->size() == 1 ? "" : "s", numbers,
      is_mixed ? "" : fmt::format(", {}{}", ports->size() == 1 ? "" : "all ", *protocols.begin()));
}

std::vector<std::string> service_lines(const Json& service) {
  std::string type = text_at(service, {"spec", "type"});
  if (is_balancer(service)) {
    const bool is_nlb = text_at(service, {"spec", "loadBalancerClass"}) == "alibabacloud.com/nlb";
    type += fmt::format(" ({}, {})", is_nlb ? "NLB" : "CLB", address_type(service));
  }
  const std::string policy = text_at(service, {"spec", "externalTrafficPolicy"});
  if (policy == "Local") type += ", externalTrafficPolicy Local";
  return {type, ports_line(service)};
}

PathStep named(const Json& item) {
  return {PathStep::Kind::Key, dump({{"name", text_at(item, {"name"})}})};
}

/// What the files of the user add to the pods, without what our own template holds.
std::vector<std::string> deployment_lines(const ObjectChange& change, const Screen& screen) {
  const Json& deployment = *foreseen(change.object);
  const auto& origins = change.object.desired.origins;
  const Path pod = fields({"spec", "template"});
  const auto is_from = [&](Origin::Kind file, const Path& path) {
    const auto found = origins.find(path);
    return found != origins.end() && found->second.kind == file;
  };
  std::vector<std::string> words;
  const Json* containers = find(deployment, {"spec", "template", "spec", "containers"});
  for (const Json& container : containers != nullptr ? *containers : Json::array()) {
    const Path at = pod / "spec" / "containers" / named(container);
    const std::string image = text_at(container, {"image"});
    if (is_from(Origin::Kind::Config, at / "image") && image != "auto")
      words.push_back("image " + image);
    const Json* env = find(container, {"env"});
    for (const Json& variable : env != nullptr ? *env : Json::array()) {
      if (!is_from(Origin::Kind::Manifest, at / "env" / named(variable))) continue;
      words.push_back("env " + text_at(variable, {"name"}));
    }
  }
  const auto names = [&](std::string_view map, std::string_view word) {
    const Json* found = find(deployment, {"spec", "template", "metadata", map});
    if (found == nullptr) return;
    for (const auto& [key, value] : found->items()) {
      if (!is_from(Origin::Kind::Manifest, pod / "metadata" / map / key)) continue;
      words.push_back(fmt::format("{} {}", word, key));
    }
  };
  names("labels", "pod label");
  names("annotations", "pod annotation");
  if (words.empty()) return {};
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " · ") + word;
  return wrap(line, screen.width - 6);
}

/// What the filter's configuration sets, below any depth: `window_bits 15`.
void add_settings(const Json& config, std::vector<std::string>& words) {
  for (const auto& [name, value] : config.items()) {
    if (value.is_object()) {
      add_settings(value, words);
    } else if (name != "@type" && name != "name") {
      words.push_back(name + " " + value_text(value, false));
    }
  }
}

std::vector<std::string> filter_lines(const Json& filter, const Screen& screen) {
  const Json* patches = find(filter, {"spec", "configPatches"});
  std::vector<std::string> words;
  for (const Json& patch : patches != nullptr ? *patches : Json::array()) {
    const Json* config = find(patch, {"patch", "value", "typed_config"});
    if (config != nullptr) add_settings(*config, words);
  }
  if (words.empty()) return {"gzip, with Envoy's defaults"};
  std::string line = "gzip";
  for (const std::string& word : words) line += " · " + word;
  return wrap(line, screen.width - 6);
}

std::string setting_name(const Path& path) {
  const auto& steps = path.steps;
  const std::string& last = steps.back().text;
  if (is_within(path, fields({"metadata", "annotations"}))) {
    const std::size_t at = last.rfind("loadbalancer-");
    return at != std::string::npos ? "…" + last.substr(at) : last;
  }
  return steps.size() > 1 && steps[steps.size() - 2].kind == PathStep::Kind::Field &&
                 (steps[steps.size() - 2].text == "limits" ||
                  steps[steps.size() - 2].text == "requests")
             ? steps[steps.size() - 2].text + "." + last
             : last;
}

int rank_of(const std::string& name) {
  if (name == "replicas") return 0;
  if (name.starts_with("requests.")) return 1;
  return name.starts_with("limits.") ? 2 : 3;
}

}  // namespace

bool has_public_balancer(const Json& service) {
  return is_balancer(service) && address_type(service) != "intranet";
}

bool has_internal_balancer(const Json& service) {
  return is_balancer(service) && address_type(service) == "intranet";
}

std::vector<std::string> created_lines(const ObjectChange& change, const Screen& screen) {
  const std::string& kind = change.object.desired.ref.kind;
  if (kind == "Service") return service_lines(*foreseen(change.object));
  if (kind == "Deployment") return deployment_lines(change, screen);
  if (kind == "EnvoyFilter") return filter_lines(*foreseen(change.object), screen);
  return {};
}

bool is_metric(const Json& value) {
  return value.is_object() && value.contains("type") && find(value, {"resource", "target"});
}

std::string metrics_text(const Json& metrics) {
  std::string text;
  for (const Json& metric : metrics) {
    std::string one = text_at(metric, {"type"});  // another manager's: only what it is
    if (is_metric(metric)) {
      one = text_at(metric, {"resource", "name"});
      const Json* percent = find(metric, {"resource", "target", "averageUtilization"});
      const Json* amount = find(metric, {"resource", "target", "averageValue"});
      if (percent != nullptr) one += " " + dump(*percent) + "%";
      if (amount != nullptr) one += " " + value_text(*amount, false);
    }
    text += (text.empty() ? "" : ", ") + one;
  }
  return text;
}

std::string autoscaler_text(const Json& autoscaler) {
  const std::int64_t least = int_at(autoscaler, {"spec", "minReplicas"}, 1);
  std::string text =
      fmt::format("{} to {}", least, counted(int_at(autoscaler, {"spec", "maxReplicas"}), "pod"));
  const Json* metrics = find(autoscaler, {"spec", "metrics"});
  if (metrics != nullptr && metrics->is_array()) text += ", " + metrics_text(*metrics);
  return text;
}

std::string handover_text(const ObjectChange& change) {
  const Handover& handover = *change.object.desired.handover;
  const std::string steps = fmt::format("({} steps)", handover.steps);
  if (live(change.object) == nullptr) {
    return fmt::format("handover: it starts with {}; spec.replicas passes to the autoscaler {}",
                       counted(handover.replicas, "pod"), steps);
  }
  switch (handover.to) {
    case Handover::To::Autoscaler:
      return fmt::format("handover: spec.replicas stays {} and passes to the autoscaler {}",
                         handover.live, steps);
    case Handover::To::Others:
      return fmt::format("handover: spec.replicas stays {} and is left to others {}", handover.live,
                         steps);
    case Handover::To::Manifest:
      break;
  }
  return handover.live == handover.replicas
             ? fmt::format("handover: spec.replicas stays {} and passes to the manifest {}",
                           handover.live, steps)
             : fmt::format("handover: spec.replicas {} passes to the manifest, as {} {}",
                           handover.live, handover.replicas, steps);
}

std::vector<Setting> settings_of(const ObjectChange& change) {
  std::vector<Setting> settings;
  if (!change.object.desired.body) return settings;
  const Json& body = *change.object.desired.body;
  for (const auto& [path, origin] : change.object.desired.origins) {
    const bool is_scalar_setting = to_string(path) == "spec.replicas" ||
                                   is_within(path, fields({"metadata", "annotations"})) ||
                                   to_string(path).find("].resources.") != std::string::npos;
    const Json* value = is_scalar_setting ? value_at(body, path) : nullptr;
    if (value == nullptr || value->is_object()) continue;
    const std::string name = setting_name(path);
    settings.push_back({name, value_text(*value, false),
                        origin.at ? fmt::format(":{}", origin.at->line) : "", rank_of(name)});
  }
  std::stable_sort(settings.begin(), settings.end(),
                   [](const Setting& a, const Setting& b) { return a.rank < b.rank; });
  return settings;
}

}  // namespace asmgw
