// The container istio-proxy: what the gateway says about it, and what makes it a gateway.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "gateway/fields.h"
#include "gateway/ports.h"
#include "object/quantity.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

constexpr std::string_view kUnprivileged = "ISTIO_META_UNPRIVILEGED_POD";
constexpr std::string_view kNetworkView = "ISTIO_META_REQUESTED_NETWORK_VIEW";

bool is_root(const EffectiveGateway& gateway) {
  return gateway.spec.run_as_root && gateway.spec.run_as_root->value;
}

/// runAsRoot binds ports below 1024 as user 0; otherwise a sysctl lets user 1337 bind them, for
/// older injectors do not add it.
void set_security(Body& body, const EffectiveGateway& gateway, const Fit& fit) {
  const bool is_whole = fit.style == Style::Whole;
  if (!is_whole && !gateway.spec.run_as_root) return;
  const bool as_root = is_root(gateway);
  const Origin origin = gateway.spec.run_as_root
                            ? from_field(gateway, gateway.spec.run_as_root->at, "runAsRoot")
                            : built_in();
  const Path security = proxy_container() / "securityContext";
  body.set(security / "runAsNonRoot", !as_root, origin);
  body.set(security / "runAsUser", as_root ? 0 : 1337, origin);
  body.set(security / "runAsGroup", as_root ? 0 : 1337, origin);
  if (!is_whole && as_root) {  // the live container drops ALL, and root could not bind either
    body.set(security / "capabilities" / "add", Json::array({"NET_BIND_SERVICE"}), origin);
  }
  if (!is_whole) return;
  body.set(security / "allowPrivilegeEscalation", false, built_in());
  body.set(security / "privileged", false, built_in());
  body.set(security / "readOnlyRootFilesystem", true, built_in());
  const Path drop = security / "capabilities" / "drop";
  const Path sysctls = pod_spec() / "securityContext" / "sysctls";
  if (as_root) {
    body.leave_out(drop, origin);
    body.leave_out(sysctls, origin);
    return;
  }
  body.set(drop, Json::array({"ALL"}), origin);
  if (gateway.spec.host_network->value) {  // the server refuses net.* sysctls there
    body.leave_out(sysctls, from_field(gateway, gateway.spec.host_network->at, "hostNetwork"));
    return;
  }
  body.set(sysctls,
           Json::array({{{"name", "net.ipv4.ip_unprivileged_port_start"}, {"value", "0"}}}),
           origin);
}

void set_container_port(Body& body, std::int64_t number, const std::string& protocol,
                        const Json& members, const Origin& origin) {
  const Json keys{{"containerPort", number}, {"protocol", protocol}};
  body.set(proxy_container() / "ports" / item(keys), members, origin);
}

/// The gateway's own ports are listed only when asked for, or by ASM before 1.16.
void set_container_ports(Body& body, const EffectiveGateway& gateway, const Settings& settings,
                         const Fit& fit) {
  if (fit.style == Style::Whole) {
    set_container_port(body, 15090, "TCP", {{"name", "http-envoy-prom"}}, built_in());
  }
  const Field<bool>& disabled = gateway.spec.disable_container_port_exposed;
  if (disabled ? disabled->value : !is_older(settings.asm_version, kAsm116)) return;
  std::set<std::pair<std::int64_t, std::string>> listed = {{15090, "TCP"}};
  for (const Located<ServicePort>& port : gateway.spec.ports->value) {
    const IntOrText target = target_of(port.value);
    const std::int64_t* number = std::get_if<std::int64_t>(&target);
    const std::string protocol = transport_protocol(port.value);
    if (number == nullptr || !listed.emplace(*number, protocol).second) continue;
    set_container_port(body, *number, protocol, Json::object(),
                       disabled ? from_field(gateway, disabled->at, "disableContainerPortExposed")
                                : from_field(gateway, port.at, "ports"));
  }
}

/// Whole: in full, for without it the webhook's own, slower probe would apply. Overlay: only the
/// thresholds that the manifest sets.
void set_probe(Body& body, const EffectiveGateway& gateway, const Fit& fit) {
  const bool is_whole = fit.style == Style::Whole;
  const Path probe = proxy_container() / "readinessProbe";
  if (is_whole) {
    body.set(probe / "httpGet", {{"path", "/healthz/ready"}, {"port", 15021}}, built_in());
    body.set(probe / "initialDelaySeconds", 1, built_in());
    body.set(probe / "timeoutSeconds", 3, built_in());
  }
  const ReadinessProbe& wanted = gateway.spec.readiness_probe->value;
  const ReadinessProbe& defaults = default_spec().readiness_probe->value;
  const auto set = [&](Field<std::int64_t> ReadinessProbe::*member, std::string_view name) {
    const Located<std::int64_t>& value = wanted.*member ? *(wanted.*member) : *(defaults.*member);
    if (!is_whole && value.at.source == nullptr) return;
    body.set(probe / name, value.value,
             from_field(gateway, value.at, fmt::format("readinessProbe.{}", name)));
  };
  set(&ReadinessProbe::failure_threshold, "failureThreshold");
  set(&ReadinessProbe::period_seconds, "periodSeconds");
  set(&ReadinessProbe::success_threshold, "successThreshold");
}

void set_resources(Body& body, const EffectiveGateway& gateway, const Fit& fit) {
  const auto set_all = [&](const Field<Quantities>& quantities, std::string_view name) {
    if (!quantities) return;
    for (const auto& [resource, amount] : quantities->value.amounts) {
      if (fit.style == Style::Overlay && amount.at.source == nullptr) continue;
      body.set(proxy_container() / "resources" / name / resource, canonical_quantity(amount.value),
               from_field(gateway, amount.at, fmt::format("resources.{}.{}", name, resource)));
    }
  };
  set_all(gateway.spec.resources->value.limits, "limits");
  set_all(gateway.spec.resources->value.requests, "requests");
}

void set_variable(Body& body, const EffectiveGateway& gateway, const Located<EnvVar>& variable) {
  const std::string& name = variable.value.name->value;
  const Path at = proxy_container() / "env" / item("name", name);
  body.set(at, Json::object(), from_field(gateway, variable.at, fmt::format("env[{}]", name)));
  if (variable.value.value) {
    body.set(at / "value", variable.value.value->value,
             from_field(gateway, variable.value.value->at, fmt::format("env[{}].value", name)));
  }
  if (variable.value.value_from) {
    set_tree(body, at / "valueFrom", variable.value.value_from->value.tree, gateway,
             fmt::format("env[{}].valueFrom", name));
  }
}

void set_text_variable(Body& body, std::string_view name, std::string_view value,
                       const Origin& origin) {
  body.set(proxy_container() / "env" / item("name", name), {{"value", value}}, origin);
}

/// Would the live container's entry keep the control plane from sending listeners below 1024?
bool is_marked_unprivileged(const Fit& fit) {
  const Json* env = fit.proxy != nullptr ? find(*fit.proxy, {"env"}) : nullptr;
  if (env == nullptr) return false;
  return std::any_of(env->begin(), env->end(), [](const Json& variable) {
    return text_at(variable, {"name"}) == kUnprivileged && text_at(variable, {"value"}) == "true";
  });
}

void set_env(Body& body, const EffectiveGateway& gateway, const Fit& fit) {
  const GatewaySpec& spec = gateway.spec;
  if (spec.env) {
    for (const Located<EnvVar>& variable : spec.env->value) set_variable(body, gateway, variable);
  }
  if (spec.requested_network_view && !has_variable(gateway, kNetworkView)) {
    set_text_variable(body, kNetworkView, spec.requested_network_view->value,
                      from_field(gateway, spec.requested_network_view->at, "requestedNetworkView"));
  }
  if (fit.style == Style::Overlay && is_root(gateway) && is_marked_unprivileged(fit) &&
      !has_variable(gateway, kUnprivileged)) {
    set_text_variable(body, kUnprivileged, "false",
                      from_field(gateway, spec.run_as_root->at, "runAsRoot"));
  }
}

}  // namespace

bool has_variable(const EffectiveGateway& gateway, std::string_view name) {
  if (!gateway.spec.env) return false;
  const auto& env = gateway.spec.env->value;
  return std::any_of(env.begin(), env.end(), [&](const Located<EnvVar>& variable) {
    return variable.value.name && variable.value.name->value == name;
  });
}

void set_proxy(Body& body, const EffectiveGateway& gateway, const Settings& settings,
               const Fit& fit) {
  if (fit.style == Style::Whole) {
    body.set(proxy_container() / "imagePullPolicy", "IfNotPresent", built_in());
    if (is_injected(settings.proxy)) {
      body.set(proxy_container() / "image", "auto", built_in());
    } else {
      carry_proxy(body, gateway, settings.proxy);
    }
  }
  set_security(body, gateway, fit);
  set_container_ports(body, gateway, settings, fit);
  set_probe(body, gateway, fit);
  set_resources(body, gateway, fit);
  set_env(body, gateway, fit);
  if (gateway.spec.lifecycle) {
    set_tree(body, proxy_container() / "lifecycle", gateway.spec.lifecycle->value.tree, gateway,
             "lifecycle");
  }
}

}  // namespace asmgw
