// What only the Deployment's style shows: an error refuses it where it would go, the rest is told.
#include <fmt/format.h>

#include "gateway/codes.h"
#include "gateway/ports.h"
#include "gateway/reserved.h"
#include "render/codes.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

bool allows_low_ports(const Json& deployment) {
  const Json* sysctls =
      find(deployment, {"spec", "template", "spec", "securityContext", "sysctls"});
  if (sysctls == nullptr) return false;
  for (const Json& sysctl : *sysctls) {
    if (text_at(sysctl, {"name"}) == "net.ipv4.ip_unprivileged_port_start" &&
        text_at(sysctl, {"value"}) == "0") {
      return true;
    }
  }
  return false;
}

void judge_ports(const EffectiveGateway& gateway, const Fit& fit, DesiredObject& deployment) {
  const GatewaySpec& spec = gateway.spec;
  const std::optional<Located<ServicePort>> port = low_port(spec);
  if (!port || (spec.run_as_root && spec.run_as_root->value)) return;
  const bool is_bare = fit.style == Style::Overlay &&
                       (fit.deployment == nullptr || !allows_low_ports(*fit.deployment));
  if (!spec.host_network->value && !is_bare) return;
  const Range& at = port->value.target_port ? port->value.target_port->at : port->value.port->at;
  deployment.findings.push_back(
      finding(kLowPortNoRoot, at, "the proxy cannot bind a port below 1024 there",
              is_bare && fit.deployment == nullptr
                  ? "runAsRoot: true, or a targetPort of 1024 or more, unless the live pods have "
                    "the sysctl net.ipv4.ip_unprivileged_port_start"
                  : "runAsRoot: true, or a targetPort of 1024 or more"));
}

void judge_host_network(const EffectiveGateway& gateway, const Settings& settings, const Fit& fit,
                        DesiredObject& deployment) {
  if (!gateway.spec.host_network->value) return;
  const std::string image = fit.proxy != nullptr ? text_at(*fit.proxy, {"image"}) : "";
  const bool is_auto = fit.style == Style::Whole ? is_injected(settings.proxy) : image == "auto";
  if (!is_auto) return;
  deployment.findings.push_back(
      finding(kHostNetworkNotInjected, gateway.spec.host_network->at,
              "under hostNetwork nothing injects the proxy",
              "name its image in the config file: proxy: {image: IMAGE}"));
}

/// A built-in variable whose live entry is of the other kind: both would be kept, and refused.
void judge_env(const EffectiveGateway& gateway, const Fit& fit, DesiredObject& deployment) {
  const Json* live = fit.proxy != nullptr ? find(*fit.proxy, {"env"}) : nullptr;
  if (fit.style != Style::Overlay || live == nullptr || !gateway.spec.env) return;
  for (const Located<EnvVar>& variable : gateway.spec.env->value) {
    const std::string& name = variable.value.name->value;
    if (!holds(kBuiltinEnv, name)) continue;
    for (const Json& entry : *live) {
      const bool is_other = entry.contains("valueFrom") != variable.value.value_from.has_value();
      if (text_at(entry, {"name"}) != name || !is_other) continue;
      deployment.findings.push_back(
          finding(kEnvBuiltinKind, variable.value.name->at,
                  fmt::format("the proxy sets {} {}", name,
                              entry.contains("valueFrom") ? "by reference" : "by value"),
                  "take it out: both would be kept, and the Deployment refused"));
    }
  }
}

void judge_container(const Fit& fit, DesiredObject& deployment) {
  if (fit.style != Style::Overlay || fit.deployment == nullptr || fit.proxy != nullptr) return;
  std::string names;
  const Json* containers = find(*fit.deployment, {"spec", "template", "spec", "containers"});
  if (containers != nullptr) {
    for (const Json& container : *containers) {
      names += (names.empty() ? "" : ", ") + text_at(container, {"name"});
    }
  }
  deployment.findings.push_back(
      finding(kNoProxyContainer, "the live Deployment has no container istio-proxy",
              fmt::format("its containers: {}; is this the gateway's Deployment?", names)));
}

}  // namespace

void judge_style(DesiredObject& deployment, const EffectiveGateway& gateway,
                 const Settings& settings, const Fit& fit) {
  judge_container(fit, deployment);
  judge_host_network(gateway, settings, fit, deployment);
  judge_env(gateway, fit, deployment);
  judge_ports(gateway, fit, deployment);
}

}  // namespace asmgw
