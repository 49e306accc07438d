#include "diff/balancer.h"

#include <array>
#include <set>
#include <string_view>

namespace asmgw {
namespace {

// the newer one wins
constexpr std::array<std::string_view, 2> kPrefixes = {
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-",
    "service.beta.kubernetes.io/alicloud-loadbalancer-"};

std::string without_prefix(const std::string& annotation) {
  for (const std::string_view prefix : kPrefixes) {
    if (annotation.starts_with(prefix)) return annotation.substr(prefix.size());
  }
  return {};
}

Balancer::Kind kind_in(const Json& service) {
  if (text_at(service, {"spec", "type"}) != "LoadBalancer") return Balancer::Kind::None;
  const std::string name = text_at(service, {"spec", "loadBalancerClass"});
  return name.empty()                     ? Balancer::Kind::Clb
         : name == "alibabacloud.com/nlb" ? Balancer::Kind::Nlb
                                          : Balancer::Kind::Other;
}

std::string addresses_of(const Json& service) {
  std::string text;
  const Json* ingress = find(service, {"status", "loadBalancer", "ingress"});
  if (ingress == nullptr || !ingress->is_array()) return text;
  for (const Json& entry : *ingress) {
    const std::string ip = text_at(entry, {"ip"});
    text += (text.empty() ? "" : ", ") + (ip.empty() ? text_at(entry, {"hostname"}) : ip);
  }
  return text;
}

}  // namespace

Balancer balancer_of(const Json& service) {
  Balancer balancer{kind_in(service), {}, addresses_of(service)};
  const Json* annotations = find(service, {"metadata", "annotations"});
  if (annotations == nullptr || !annotations->is_object()) return balancer;
  for (const std::string_view prefix : kPrefixes) {
    for (const auto& [key, value] : annotations->items()) {
      if (!key.starts_with(prefix) || !value.is_string() || value == "") continue;
      balancer.settings.emplace(key.substr(prefix.size()), value.get<std::string>());
    }
  }
  return balancer;
}

std::string setting(const Balancer& balancer, const std::string& name) {
  const auto found = balancer.settings.find(name);
  return found != balancer.settings.end() ? found->second : "";
}

bool keeps_listeners(const Balancer& balancer) {
  return !setting(balancer, "id").empty() &&
         setting(balancer, "force-override-listeners") != "true";
}

std::vector<SettingChange> setting_changes(const Balancer& before, const Balancer& after) {
  std::set<std::string> names;
  for (const auto& [name, value] : before.settings) names.insert(name);
  for (const auto& [name, value] : after.settings) names.insert(name);
  std::vector<SettingChange> changes;
  for (const std::string& name : names) {
    SettingChange change{name, setting(before, name), setting(after, name)};
    if (change.before != change.after) changes.push_back(std::move(change));
  }
  return changes;
}

std::string setting_name(const Path& path) {
  static const Path kAnnotations = fields({"metadata", "annotations"});
  const bool is_annotation =
      path.steps.size() == kAnnotations.steps.size() + 1 && is_within(path, kAnnotations);
  return is_annotation ? without_prefix(path.steps.back().text) : "";
}

PathSet setting_paths(const ObjectChange& change, const std::string& name) {
  PathSet paths;
  for (const FieldChange& field : change.fields) {
    if (setting_name(field.path) == name) paths.insert(field.path);
  }
  return paths;
}

}  // namespace asmgw
