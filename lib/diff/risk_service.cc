#include <fmt/format.h>

#include "diff/codes.h"
#include "diff/risk_rules.h"

namespace asmgw {
namespace {

constexpr std::string_view kPrefixes[] = {"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-",
                                          "service.beta.kubernetes.io/alicloud-loadbalancer-"};

/// The value of a load-balancer annotation in either of the vendor's prefixes; the newer one wins.
std::string annotation(const Json& service, std::string_view name) {
  for (const std::string_view prefix : kPrefixes) {
    const std::string value =
        text_at(service, {"metadata", "annotations", std::string(prefix) + std::string(name)});
    if (!value.empty()) return value;
  }
  return {};
}

std::string addresses(const Json& service) {
  std::string text;
  const Json* ingress = find(service, {"status", "loadBalancer", "ingress"});
  if (ingress == nullptr) return text;
  for (const Json& entry : *ingress) {
    const std::string ip = text_at(entry, {"ip"});
    text += (text.empty() ? "" : ", ") + (ip.empty() ? text_at(entry, {"hostname"}) : ip);
  }
  return text;
}

std::vector<Finding> lb_deleted(const ObjectChange& change) {
  if (change.object.desired.ref.kind != "Service") return {};
  const Json* before = live(change.object);
  const FieldChange* type = change_at(change, fields({"spec", "type"}));
  if (before == nullptr || type == nullptr ||
      text_at(*before, {"spec", "type"}) != "LoadBalancer") {
    return {};
  }
  // the cloud controller reads the annotations that the Service has then, not those of before
  const Json* after = foreseen(change.object);
  const Json none = Json::object();
  const Json& then = after != nullptr ? *after : none;
  if (!annotation(then, "id").empty()) return {};  // the user's own load balancer stays
  const std::string preserve = annotation(then, "preserve-lb-on-delete");
  if (!preserve.empty() && preserve != "false") return {};
  Finding risk = finding(kLbDeleted, "load balancer and address are lost",
                         "keep serviceType LoadBalancer, or let the address go");
  risk.why = "the cloud controller made it and deletes it with the type";
  const std::string lost = addresses(*before);
  if (!lost.empty()) risk.server = lost;
  risk.paths = {type->path};
  return {risk};
}

std::vector<Finding> port_removed(const ObjectChange& change) {
  static const Path kPorts = fields({"spec", "ports"});
  if (change.object.desired.ref.kind != "Service") return {};
  std::vector<Finding> risks;
  for (const FieldChange& field : change.fields) {
    const bool is_port = field.path.steps.size() == kPorts.steps.size() + 1 &&
                         is_within(field.path, kPorts) && field.op == FieldChange::Op::Remove;
    if (!is_port) continue;
    const std::string port = to_string(field.path.steps.back());  // [443/TCP]
    Finding risk = finding(
        kPortRemoved, fmt::format("the listener {} goes away", port.substr(1, port.size() - 2)),
        "check that nobody uses the port");
    risk.paths = {field.path};
    risks.push_back(std::move(risk));
  }
  return risks;
}

constexpr RiskRule kRules[] = {
    {&kLbDeleted, lb_deleted},
    {&kPortRemoved, port_removed},
};

}  // namespace

std::span<const RiskRule> service_rules() { return kRules; }

}  // namespace asmgw
