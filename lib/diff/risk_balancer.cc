// What a change does to the load balancer that Alibaba Cloud's controller makes for the Service.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "diff/balancer.h"
#include "diff/codes.h"
#include "diff/listeners.h"
#include "diff/risk_rules.h"

namespace asmgw {
namespace {

using Kind = Balancer::Kind;

/// The load balancer before and after a change that keeps it.
struct Kept {
  Balancer before, after;
  std::vector<SettingChange> changes;
};

/// Nothing where it comes, goes, or is another controller's.
std::optional<Kept> kept(const ObjectChange& change) {
  const Json *before = live(change.object), *after = foreseen(change.object);
  if (change.object.desired.ref.kind != "Service" || before == nullptr || after == nullptr) {
    return std::nullopt;
  }
  Kept found{balancer_of(*before), balancer_of(*after), {}};
  const bool is_ours = found.before.kind == Kind::Clb || found.before.kind == Kind::Nlb;
  if (!is_ours || found.before.kind != found.after.kind) return std::nullopt;
  found.changes = setting_changes(found.before, found.after);
  return found;
}

/// What the controller reads each time, and does not keep in the load balancer.
bool is_mark(const std::string& name) {
  constexpr std::array<std::string_view, 5> kMarks = {"id", "force-override-listeners",
                                                      "preserve-lb-on-delete", "backend-label",
                                                      "remove-unscheduled-backend"};
  return std::find(kMarks.begin(), kMarks.end(), name) != kMarks.end();
}

bool makes_listeners(const std::string& name) {
  return name == "protocol-port" || name == "forward-port";
}

/// `take line 38 out`; without a line: `take it out`
std::string take_out(const ObjectChange& change, const PathSet& paths) {
  for (const FieldChange& field : change.fields) {
    if (!paths.contains(field.path) || !field.origin.at) continue;
    return fmt::format("take line {} out", field.origin.at->line);
  }
  return "take it out";
}

constexpr std::string_view kFollowsNot = "the load balancer will not follow this";

std::string class_of(const Json& service) {
  return text_at(service, {"spec", "loadBalancerClass"});
}

bool is_load_balancer(const Json& service) {
  return text_at(service, {"spec", "type"}) == "LoadBalancer";
}

/// The server's refusal is put in words of ours; without the server it is foreseen.
std::vector<Finding> lb_class_immutable(const ObjectChange& change) {
  const Json* before = live(change.object);
  if (change.object.desired.ref.kind != "Service" || before == nullptr) return {};
  const auto* refused = std::get_if<Refused>(&change.object.after);
  const bool is_said = refused != nullptr &&
                       refused->server.find("spec.loadBalancerClass: ") != std::string::npos &&
                       refused->server.find("may not change once set") != std::string::npos;
  const Json* after = foreseen(change.object);
  const bool is_foreseen = after != nullptr && is_load_balancer(*before) &&
                           is_load_balancer(*after) && class_of(*before) != class_of(*after);
  if (!is_said && !is_foreseen) return {};
  Finding risk = finding(
      kLbClassImmutable, "the class of a load balancer cannot be changed",
      "keep the class. There are two other ways:\n"
      "1. delete the Service by hand, then apply this\n"
      "2. apply serviceType: ClusterIP, then this: Service, uid and clusterIP stay; nodePorts, "
      "externalTrafficPolicy and healthCheckNodePort go");
  const std::string lost = balancer_of(*before).addresses;
  risk.why = "each class has load balancers of its own; the address is lost either way" +
             (lost.empty() ? "" : ": " + lost);
  if (is_said) risk.server = refused->server;
  if (change_at(change, fields({"spec", "loadBalancerClass"})) != nullptr) {
    risk.paths = {fields({"spec", "loadBalancerClass"})};
  }
  return {risk};
}

/// Does the load balancer go, and who says so? Read from the annotations that the Service has then.
bool is_kept_by_mark(const Balancer& then) {
  const std::string preserve = setting(then, "preserve-lb-on-delete");
  return !setting(then, "id").empty() || (!preserve.empty() && preserve != "false");
}

std::vector<Finding> lb_deleted(const ObjectChange& change) {
  const Json* before = live(change.object);
  if (change.object.desired.ref.kind != "Service" || before == nullptr) return {};
  if (!is_load_balancer(*before)) return {};
  const FieldChange* type = change_at(change, fields({"spec", "type"}));
  const bool goes = change.action == Action::Delete;
  const Json* after = goes ? before : foreseen(change.object);
  if (!goes && type == nullptr) return {};
  const Balancer balancer = balancer_of(*before);
  const bool is_marked = after != nullptr && is_kept_by_mark(balancer_of(*after));
  if (is_marked && balancer.kind != Kind::Other) return {};
  Finding risk = finding(kLbDeleted, "load balancer and address are lost",
                         goes ? "let the address go, or set …-loadbalancer-preserve-lb-on-delete: "
                                "\"true\" before"
                              : "keep serviceType LoadBalancer, or let the address go");
  risk.why =
      fmt::format("{} made it and deletes it with the {}",
                  balancer.kind == Kind::Other ? "the class's controller" : "the cloud controller",
                  goes ? "Service" : "type");
  risk.server = balancer.addresses;
  if (type != nullptr) risk.paths = {type->path};
  return {risk};
}

std::vector<Finding> lb_change_refused(const ObjectChange& change) {
  constexpr std::array<std::string_view, 7> kRefused = {
      "ip-version",   "resource-group-id",  // the others of a CLB only
      "address-type", "network-type",      "master-zoneid", "slave-zoneid", "ip"};
  const std::optional<Kept> found = kept(change);
  if (!found || keeps_listeners(found->after)) return {};
  const std::size_t count = found->after.kind == Kind::Clb ? kRefused.size() : 2;
  std::string names;
  PathSet paths;
  for (const SettingChange& it : found->changes) {
    const auto* end = kRefused.begin() + count;
    if (it.after.empty() || std::find(kRefused.begin(), end, it.name) == end) continue;
    names += (names.empty() ? "" : ", ") + it.name;
    paths.merge(setting_paths(change, it.name));
  }
  if (names.empty()) return {};
  Finding risk = finding(kLbChangeRefused, "the cloud controller refuses this",
                         "put the live value back; only a new load balancer, with a new address, "
                         "can have another");
  risk.why = names + ": Kubernetes accepts it, but a load balancer has it from the start";
  risk.paths = std::move(paths);
  return {risk};
}

Finding ignored(std::string_view message, std::string why, std::string hint, PathSet paths) {
  Finding risk = finding(kLbChangeIgnored, std::string(message), std::move(hint));
  risk.why = std::move(why);
  risk.paths = std::move(paths);
  return risk;
}

/// The user's own load balancer: nothing of it changes.
std::vector<Finding> ignored_by_reused(const ObjectChange& change, const Kept& found) {
  PathSet paths;
  for (const SettingChange& it : found.changes) {
    if (!is_mark(it.name)) paths.merge(setting_paths(change, it.name));
  }
  for (const FieldChange& field : change.fields) {
    if (is_within(field.path, fields({"spec", "ports"}))) paths.insert(field.path);
  }
  if (paths.empty()) return {};
  return {ignored(kFollowsNot,
                  "it is your own (…-loadbalancer-id), and its listeners are left alone",
                  "change it by hand, or set …-loadbalancer-force-override-listeners: \"true\"",
                  std::move(paths))};
}

/// Why a CLB does not follow a new value of it; "" when it does.
std::string why_not(const SettingChange& it, const Kept& found) {
  if (it.name == "vswitch-id") return "the vswitch is chosen when the load balancer is made";
  if (found.after.kind != Kind::Clb || (it.name != "bandwidth" && it.name != "charge-type")) {
    return {};
  }
  if (setting(found.before, "address-type") == "intranet") {
    return "it is internal (address-type intranet): only a public one has a " + it.name;
  }
  const std::string charge = setting(found.after, "charge-type");
  if (it.name == "charge-type" || charge == "paybybandwidth") return {};
  return charge.empty() ? "no charge-type is set: billed by traffic, bandwidth unused"
                        : fmt::format("charge-type is {}: bandwidth unused", charge);
}

std::vector<Finding> lb_change_ignored(const ObjectChange& change) {
  const std::optional<Kept> found = kept(change);
  if (!found) return {};
  if (keeps_listeners(found->after)) return ignored_by_reused(change, *found);
  std::vector<Finding> risks;
  std::string removed;
  PathSet removed_paths;
  for (const SettingChange& it : found->changes) {
    if (it.after.empty()) {
      if (is_mark(it.name) || makes_listeners(it.name)) continue;
      removed += (removed.empty() ? "" : ", ") + it.name;
      removed_paths.merge(setting_paths(change, it.name));
      continue;
    }
    const std::string why = why_not(it, *found);
    if (why.empty()) continue;
    const PathSet paths = setting_paths(change, it.name);
    const bool is_unused = it.name == "bandwidth" && why.find("unused") != std::string::npos;
    risks.push_back(ignored(
        kFollowsNot, why,
        is_unused ? "add …-loadbalancer-charge-type: paybybandwidth (changes the bill), or " +
                        take_out(change, paths)
        : it.before.empty() ? take_out(change, paths)
                            : fmt::format("put \"{}\" back", it.before),
        paths));
  }
  if (!removed.empty()) {
    risks.push_back(
        ignored("the load balancer keeps what is taken out",
                removed + ": the cloud controller leaves alone what no annotation names",
                "name the value that it shall have instead", std::move(removed_paths)));
  }
  return risks;
}

std::vector<Finding> lb_listener_recreated(const ObjectChange& change) {
  const std::optional<Kept> found = kept(change);
  if (!found || keeps_listeners(found->after)) return {};
  std::vector<Finding> risks;
  const auto add = [&](std::string message, PathSet paths) {
    Finding risk = finding(kLbListenerRecreated, std::move(message),
                           "choose a time when its connections may break");
    risk.why = "the cloud controller deletes the listener and makes a new one";
    risk.paths = std::move(paths);
    risks.push_back(std::move(risk));
  };
  for (const SettingChange& it : found->changes) {
    if (!makes_listeners(it.name)) continue;
    add(fmt::format("listeners are made anew: {} {} → {}", it.name,
                    it.before.empty() ? "none" : it.before, it.after.empty() ? "none" : it.after),
        setting_paths(change, it.name));
  }
  for (const PortChange& port : port_changes(change)) {
    if (port.protocol_now.empty()) continue;
    add(fmt::format("the listener of port {} is made anew: {} → {}", port.number, port.protocol,
                    port.protocol_now),
        port.paths);
  }
  return risks;
}

std::vector<Finding> lb_id_change(const ObjectChange& change) {
  const std::optional<Kept> found = kept(change);
  if (!found || found->before.addresses.empty()) return {};
  if (setting(found->before, "id") == setting(found->after, "id")) return {};
  const PathSet paths = setting_paths(change, "id");
  Finding risk =
      finding(kLbIdChange, "the Service keeps the load balancer that it has",
              setting(found->before, "id").empty()
                  ? take_out(change, paths) + "; a new gateway can have it from the start"
                  : fmt::format("put \"{}\" back", setting(found->before, "id")));
  risk.why = fmt::format("it has {}; the cloud controller refuses to exchange it",
                         found->before.addresses);
  risk.paths = paths;
  return {risk};
}

std::vector<Finding> lb_prefix_only(const ObjectChange& change) {
  const std::optional<Kept> found = kept(change);
  if (!found) return {};
  PathSet paths;
  for (const FieldChange& field : change.fields) {
    const std::string name = setting_name(field.path);
    const bool has_effect = std::any_of(found->changes.begin(), found->changes.end(),
                                        [&](const SettingChange& it) { return it.name == name; });
    if (!name.empty() && !has_effect) paths.insert(field.path);
  }
  if (paths.empty()) return {};
  Finding note =
      finding(kLbPrefixOnly, "only the prefix changes: the load balancer stays as it is");
  note.paths = std::move(paths);
  return {note};
}

std::vector<Finding> lb_nlb_spec(const ObjectChange& change) {
  const Json* after = foreseen(change.object);
  if (change.object.desired.ref.kind != "Service" || after == nullptr) return {};
  const Balancer then = balancer_of(*after);
  const PathSet paths = setting_paths(change, "spec");
  const bool is_new = change.action == Action::Create || !paths.empty();
  if (then.kind != Kind::Nlb || setting(then, "spec").empty() || !is_new) return {};
  Finding risk = finding(kLbNlbSpec, "an NLB has no spec: the annotation has no effect",
                         take_out(change, paths));
  risk.paths = paths;
  return {risk};
}

constexpr RiskRule kRules[] = {
    {&kLbDeleted, lb_deleted},
    {&kLbClassImmutable, lb_class_immutable},
    {&kLbChangeRefused, lb_change_refused},
    {&kLbChangeIgnored, lb_change_ignored},
    {&kLbListenerRecreated, lb_listener_recreated},
    {&kLbIdChange, lb_id_change},
    {&kLbPrefixOnly, lb_prefix_only},
    {&kLbNlbSpec, lb_nlb_spec},
};

}  // namespace

std::span<const RiskRule> balancer_rules() { return kRules; }

}  // namespace asmgw
