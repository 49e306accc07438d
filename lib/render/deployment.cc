// The Deployment, whole and injected: the webhook of the mesh puts the proxy into its pods.
#include <fmt/format.h>

#include <array>
#include <set>
#include <utility>

#include "gateway/fields.h"
#include "gateway/ports.h"
#include "object/quantity.h"
#include "object/rolling.h"
#include "render/body.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

const Path kPodSpec = fields({"spec", "template", "spec"});
const Path kPodMetadata = fields({"spec", "template", "metadata"});
const Path kProxy = kPodSpec / "containers" / item("name", "istio-proxy");

/// All digits must become a number: the server refuses a string of digits.
Json rolling_json(const std::string& text) {
  const std::optional<RollingAmount> amount = parse_rolling(text);
  if (!amount) return text;
  return amount->is_percent ? Json(fmt::format("{}%", amount->number)) : Json(amount->number);
}

void set_scale_and_strategy(Body& body, const EffectiveGateway& gateway) {
  const GatewaySpec& spec = gateway.spec;
  body.set({"spec", "replicas"}, spec.replica_count->value,
           from_field(gateway, spec.replica_count->at, "replicaCount"));
  body.set({"spec", "strategy", "type"}, "RollingUpdate", built_in());
  const Path rolling = fields({"spec", "strategy", "rollingUpdate"});
  body.set(rolling / "maxSurge", rolling_json(spec.rolling_max_surge->value),
           from_field(gateway, spec.rolling_max_surge->at, "rollingMaxSurge"));
  body.set(rolling / "maxUnavailable", rolling_json(spec.rolling_max_unavailable->value),
           from_field(gateway, spec.rolling_max_unavailable->at, "rollingMaxUnavailable"));
}

void set_pod_metadata(Body& body, const EffectiveGateway& gateway, const Settings& settings) {
  const Path labels = kPodMetadata / "labels";
  body.set(labels / "app", "istio-" + gateway.name, built_in());
  body.set(labels / "istio", gateway.name, built_in());
  body.set(labels / "sidecar.istio.io/inject", "true", built_in());
  body.set(labels / "service.istio.io/canonical-name", "istio-" + gateway.name, built_in());
  body.set(labels / "istio.io/dataplane-mode", "none", built_in());  // never captured by ambient
  if (!settings.revision.empty()) body.set(labels / "istio.io/rev", settings.revision, built_in());
  const Path annotations = kPodMetadata / "annotations";
  body.set(annotations / "inject.istio.io/templates", "gateway", built_in());
  body.set(annotations / "prometheus.io/port", "15020", built_in());
  body.set(annotations / "prometheus.io/scrape", "true", built_in());
  body.set(annotations / "prometheus.io/path", "/stats/prometheus", built_in());
  const auto set_all = [&](const Field<TextMap>& map, const Path& at, std::string_view name) {
    if (!map) return;
    for (const auto& [key, value] : map->value) {  // the user's value wins
      body.set(at / key, value.value,
               from_field(gateway, value.at, fmt::format("{}[{}]", name, key)));
    }
  };
  set_all(gateway.spec.pod_labels, labels, "podLabels");
  set_all(gateway.spec.pod_annotations, annotations, "podAnnotations");
}

/// runAsRoot binds ports below 1024 as user 0; otherwise a sysctl lets user 1337 bind them, for
/// older injectors do not add it.
void set_security(Body& body, const EffectiveGateway& gateway) {
  const bool as_root = gateway.spec.run_as_root && gateway.spec.run_as_root->value;
  const Origin origin = gateway.spec.run_as_root
                            ? from_field(gateway, gateway.spec.run_as_root->at, "runAsRoot")
                            : built_in();
  const Path security = kProxy / "securityContext";
  body.set(security / "allowPrivilegeEscalation", false, built_in());
  body.set(security / "privileged", false, built_in());
  body.set(security / "readOnlyRootFilesystem", true, built_in());
  body.set(security / "runAsNonRoot", !as_root, origin);
  body.set(security / "runAsUser", as_root ? 0 : 1337, origin);
  body.set(security / "runAsGroup", as_root ? 0 : 1337, origin);
  if (as_root) return;
  body.set(security / "capabilities" / "drop", Json::array({"ALL"}), origin);
  body.set(kPodSpec / "securityContext" / "sysctls",
           Json::array({{{"name", "net.ipv4.ip_unprivileged_port_start"}, {"value", "0"}}}),
           origin);
}

void set_container_port(Body& body, std::int64_t number, const std::string& protocol,
                        const Json& members, const Origin& origin) {
  const Json keys{{"containerPort", number}, {"protocol", protocol}};
  body.set(kProxy / "ports" / item(keys), members, origin);
}

/// The gateway's own ports are listed only when asked for, or by ASM before 1.16.
void set_container_ports(Body& body, const EffectiveGateway& gateway, const Settings& settings) {
  set_container_port(body, 15090, "TCP", {{"name", "http-envoy-prom"}}, built_in());
  const Field<bool>& disabled = gateway.spec.disable_container_port_exposed;
  const bool is_old = settings.asm_version && *settings.asm_version < AsmVersion{1, 16, 0, 0};
  if (disabled ? disabled->value : !is_old) return;
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

/// Always in full: left out, the webhook's own, slower probe would apply.
void set_probe(Body& body, const EffectiveGateway& gateway) {
  const Path probe = kProxy / "readinessProbe";
  body.set(probe / "httpGet", {{"path", "/healthz/ready"}, {"port", 15021}}, built_in());
  body.set(probe / "initialDelaySeconds", 1, built_in());
  body.set(probe / "timeoutSeconds", 3, built_in());
  const ReadinessProbe& wanted = gateway.spec.readiness_probe->value;
  const ReadinessProbe& defaults = default_spec().readiness_probe->value;
  const auto set = [&](Field<std::int64_t> ReadinessProbe::*member, std::string_view name) {
    const Located<std::int64_t>& value = wanted.*member ? *(wanted.*member) : *(defaults.*member);
    body.set(probe / name, value.value,
             from_field(gateway, value.at, fmt::format("readinessProbe.{}", name)));
  };
  set(&ReadinessProbe::failure_threshold, "failureThreshold");
  set(&ReadinessProbe::period_seconds, "periodSeconds");
  set(&ReadinessProbe::success_threshold, "successThreshold");
}

void set_resources(Body& body, const EffectiveGateway& gateway) {
  const auto set_all = [&](const Field<Quantities>& quantities, std::string_view name) {
    if (!quantities) return;
    for (const auto& [resource, amount] : quantities->value.amounts) {
      body.set(kProxy / "resources" / name / resource, canonical_quantity(amount.value),
               from_field(gateway, amount.at, fmt::format("resources.{}.{}", name, resource)));
    }
  };
  set_all(gateway.spec.resources->value.limits, "limits");
  set_all(gateway.spec.resources->value.requests, "requests");
}

void set_env(Body& body, const EffectiveGateway& gateway) {
  if (!gateway.spec.env) return;
  for (const Located<EnvVar>& variable : gateway.spec.env->value) {
    const std::string& name = variable.value.name->value;
    Json members = Json::object();
    if (variable.value.value) members["value"] = variable.value.value->value;
    body.set(kProxy / "env" / item("name", name), members,
             from_field(gateway, variable.at, fmt::format("env[{}]", name)));
    if (!variable.value.value) continue;
    body.set(kProxy / "env" / item("name", name) / "value", variable.value.value->value,
             from_field(gateway, variable.value.value->at, fmt::format("env[{}].value", name)));
  }
}

}  // namespace

DesiredObject render_deployment(const EffectiveGateway& gateway, const Settings& settings) {
  Body body(gateway, "apps", "Deployment", "istio-" + gateway.name);
  set_scale_and_strategy(body, gateway);
  body.set({"spec", "selector", "matchLabels"},
           {{"app", "istio-" + gateway.name}, {"istio", gateway.name}}, built_in());
  set_pod_metadata(body, gateway, settings);
  body.set(kPodSpec / "serviceAccountName", "istio-" + gateway.name + "-service-account",
           built_in());
  body.set(kPodSpec / "terminationGracePeriodSeconds", 30, built_in());
  if (gateway.spec.dns_policy) {
    body.set(kPodSpec / "dnsPolicy", gateway.spec.dns_policy->value,
             from_field(gateway, gateway.spec.dns_policy->at, "dnsPolicy"));
  }
  body.set(kProxy / "image", "auto", built_in());
  body.set(kProxy / "imagePullPolicy", "IfNotPresent", built_in());
  set_security(body, gateway);
  set_container_ports(body, gateway, settings);
  set_probe(body, gateway);
  set_resources(body, gateway);
  set_env(body, gateway);
  return std::move(body).finish();
}

}  // namespace asmgw
