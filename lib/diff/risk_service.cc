// What a change of ports, type and traffic policy does to those who call the Service.
#include <fmt/format.h>

#include <algorithm>

#include "diff/balancer.h"
#include "diff/codes.h"
#include "diff/listeners.h"
#include "diff/risk_rules.h"

namespace asmgw {
namespace {

bool is_service(const ObjectChange& change) { return change.object.desired.ref.kind == "Service"; }

std::string type_of(const Json& service) { return text_at(service, {"spec", "type"}); }

bool has_node_ports(const Json& service) {
  const Json* allocates = find(service, {"spec", "allocateLoadBalancerNodePorts"});
  return (type_of(service) == "NodePort" || type_of(service) == "LoadBalancer") &&
         (allocates == nullptr || *allocates != false);
}

/// Does the cloud controller make the listener anew? Then lb-listener-recreated says it.
bool is_made_anew(const ObjectChange& change, const PortChange& port) {
  const Json* after = foreseen(change.object);
  if (port.protocol_now.empty() || after == nullptr) return false;
  const Balancer balancer = balancer_of(*after);
  const bool is_clouds =
      balancer.kind == Balancer::Kind::Clb || balancer.kind == Balancer::Kind::Nlb;
  return is_clouds && !keeps_listeners(balancer);
}

std::vector<Finding> port_removed(const ObjectChange& change) {
  if (!is_service(change)) return {};
  std::vector<Finding> risks;
  for (const PortChange& port : port_changes(change)) {
    if (is_made_anew(change, port)) continue;
    Finding risk = finding(kPortRemoved,
                           fmt::format("the listener {}/{} goes away", port.number, port.protocol),
                           "check that nobody uses the port");
    risk.paths = port.paths;
    risks.push_back(std::move(risk));
  }
  return risks;
}

std::vector<Finding> traffic_policy(const ObjectChange& change) {
  const FieldChange* policy = change_at(change, fields({"spec", "externalTrafficPolicy"}));
  if (!is_service(change) || policy == nullptr || !policy->before || !policy->after) return {};
  const bool to_local = *policy->after == "Local";
  Finding risk =
      to_local ? finding(kTrafficPolicy,
                         "nodes without a gateway pod get no traffic, and clients' own addresses "
                         "become visible",
                         "check that every node behind the load balancer runs a pod")
               : finding(kTrafficPolicy,
                         "every node gets traffic, and clients' own addresses are hidden by the "
                         "nodes'",
                         "check that no log, limit or allow list needs clients' addresses");
  const std::int64_t check = int_at(*live(change.object), {"spec", "healthCheckNodePort"});
  if (!to_local && check != 0) {
    risk.why = fmt::format("the health check's healthCheckNodePort {} is given up", check);
  }
  risk.paths = {policy->path};
  return {risk};
}

bool has_port_named(const Json& service, const std::string& name) {
  const Json* ports = find(service, {"spec", "ports"});
  return ports != nullptr && std::any_of(ports->begin(), ports->end(), [&](const Json& port) {
           return text_at(port, {"name"}) == name;
         });
}

/// A port keeps its nodePort by its name or by its number and protocol (page 12, A10).
std::vector<Finding> nodeport_realloc(const ObjectChange& change) {
  static const Path kType = fields({"spec", "type"});
  const Json *before = live(change.object), *after = foreseen(change.object);
  if (!is_service(change) || before == nullptr || after == nullptr || !has_node_ports(*before)) {
    return {};
  }
  if (type_of(*after) == "ClusterIP") {
    Finding note =
        finding(kNodeportRealloc, "its nodePorts are given up; another type later gets new ones");
    if (change_at(change, kType) != nullptr) note.paths = {kType};
    return {note};
  }
  if (!has_node_ports(*after)) return {};
  std::string ports;
  PathSet paths;
  for (const FieldChange& field : change.fields) {
    const WholePort port = whole_port(field);
    if (port.number.empty() || field.op != FieldChange::Op::Add) continue;
    const bool is_given = change.object.desired.origins.contains(field.path / "nodePort");
    if (is_given || has_port_named(*before, text_at(*field.after, {"name"}))) continue;
    ports += fmt::format("{}{}/{}", ports.empty() ? "" : ", ", port.number, port.protocol);
    paths.insert(field.path);
  }
  if (ports.empty()) return {};
  Finding note = finding(kNodeportRealloc, fmt::format("a new nodePort for {}", ports));
  note.paths = std::move(paths);
  return {note};
}

constexpr RiskRule kRules[] = {
    {&kPortRemoved, port_removed},
    {&kTrafficPolicy, traffic_policy},
    {&kNodeportRealloc, nodeport_realloc},
};

}  // namespace

std::span<const RiskRule> service_rules() { return kRules; }

}  // namespace asmgw
