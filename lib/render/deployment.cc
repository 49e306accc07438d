// The Deployment: whole, or only what the gateway says when another manager made it.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "object/rolling.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

/// In an overlay only what the manifest says is ours, not the CRD's defaults.
bool is_set(const Fit& fit, const Range& at) {
  return fit.style == Style::Whole || at.source != nullptr;
}

/// All digits must become a number: the server refuses a string of digits.
Json rolling_json(const std::string& text) {
  const std::optional<RollingAmount> amount = parse_rolling(text);
  if (!amount) return text;
  return amount->is_percent ? Json(fmt::format("{}%", amount->number)) : Json(amount->number);
}

void set_scale_and_strategy(Body& body, const EffectiveGateway& gateway, const Fit& fit) {
  const GatewaySpec& spec = gateway.spec;
  if (is_set(fit, spec.replica_count->at)) {
    body.set({"spec", "replicas"}, spec.replica_count->value,
             from_field(gateway, spec.replica_count->at, "replicaCount"));
  }
  const auto set = [&](const Field<std::string>& amount, std::string_view name,
                       std::string_view field) {
    if (!is_set(fit, amount->at)) return;
    body.set({"spec", "strategy", "type"}, "RollingUpdate", built_in());
    body.set(fields({"spec", "strategy", "rollingUpdate"}) / name, rolling_json(amount->value),
             from_field(gateway, amount->at, std::string(field)));
  };
  set(spec.rolling_max_surge, "maxSurge", "rollingMaxSurge");
  set(spec.rolling_max_unavailable, "maxUnavailable", "rollingMaxUnavailable");
}

constexpr std::string_view kInject = "sidecar.istio.io/inject";

/// What a pod of a gateway of ours is marked with.
void set_own_metadata(Body& body, const EffectiveGateway& gateway, const Settings& settings,
                      const Path& labels, const Path& annotations) {
  body.set(labels / "app", "istio-" + gateway.name, built_in());
  body.set(labels / "istio", gateway.name, built_in());
  if (is_injected(settings.proxy)) {
    body.set(labels / kInject, "true", built_in());
    body.set(annotations / "inject.istio.io/templates", "gateway", built_in());
  }
  body.set(labels / "service.istio.io/canonical-name", "istio-" + gateway.name, built_in());
  body.set(labels / "istio.io/dataplane-mode", "none", built_in());  // never captured by ambient
  const Located<std::string>& revision = settings.proxy.revision;
  if (!revision.value.empty()) {
    body.set(labels / "istio.io/rev", revision.value, from_config(revision.at, "proxy.revision"));
  }
  body.set(annotations / "prometheus.io/port", "15020", built_in());
  body.set(annotations / "prometheus.io/scrape", "true", built_in());
  body.set(annotations / "prometheus.io/path", "/stats/prometheus", built_in());
}

void set_map(Body& body, const EffectiveGateway& gateway, const Field<TextMap>& map, const Path& at,
             std::string_view field) {
  if (!map) return;
  for (const auto& [key, value] : map->value) {
    body.set(at / key, value.value,
             from_field(gateway, value.at, fmt::format("{}[{}]", field, key)));
  }
}

constexpr std::string_view kProxyConfig = "proxy.istio.io/config";

/// The proxy ends after its drain duration, however long the grace period is: both are set.
void set_drain(Body& body, const EffectiveGateway& gateway, const Settings& settings,
               const Path& annotations) {
  const Field<std::string>& drain = gateway.annotations.drain_timeout_seconds;
  if (!drain || is_older(settings.asm_version, kAsm126)) return;
  std::int64_t seconds = 0;
  std::from_chars(drain->value.data(), drain->value.data() + drain->value.size(), seconds);
  const Origin origin = from_field(gateway, drain->at, "gateway-drain-timeout-seconds");
  body.set(pod_spec() / "terminationGracePeriodSeconds", std::max<std::int64_t>(30, seconds + 10),
           origin);
  const Field<TextMap>& own = gateway.spec.pod_annotations;
  if (own && own->value.contains(std::string(kProxyConfig))) return;  // the user's stays
  body.set(annotations / kProxyConfig,
           fmt::format(R"({{"terminationDrainDuration": "{}s"}})", seconds), origin);
}

void set_metadata(Body& body, const EffectiveGateway& gateway, const Settings& settings,
                  const Fit& fit) {
  const Path labels = fields({"spec", "template", "metadata", "labels"});
  const Path annotations = fields({"spec", "template", "metadata", "annotations"});
  if (fit.style == Style::Whole) set_own_metadata(body, gateway, settings, labels, annotations);
  set_drain(body, gateway, settings, annotations);
  set_map(body, gateway, gateway.spec.pod_labels, labels, "podLabels");
  set_map(body, gateway, gateway.spec.pod_annotations, annotations, "podAnnotations");
  if (fit.style == Style::Whole && !is_injected(settings.proxy)) {
    body.set(labels / kInject, "false", built_in());  // in the place of a user's "true", too
  }
}

void set_scheduling(Body& body, const EffectiveGateway& gateway) {
  const GatewaySpec& spec = gateway.spec;
  set_map(body, gateway, spec.node_selector, pod_spec() / "nodeSelector", "nodeSelector");
  if (spec.affinity) {
    set_tree(body, pod_spec() / "affinity", spec.affinity->value.tree, gateway, "affinity");
  }
  if (spec.tolerations) {
    set_tree(body, pod_spec() / "tolerations", spec.tolerations->value.tree, gateway,
             "tolerations");
  }
}

void set_network(Body& body, const EffectiveGateway& gateway) {
  const GatewaySpec& spec = gateway.spec;
  if (spec.host_network->value) {
    body.set(pod_spec() / "hostNetwork", true,
             from_field(gateway, spec.host_network->at, "hostNetwork"));
  }
  if (spec.dns_policy) {
    body.set(pod_spec() / "dnsPolicy", spec.dns_policy->value,
             from_field(gateway, spec.dns_policy->at, "dnsPolicy"));
  } else if (spec.host_network->value) {  // else names of the cluster are not found there
    body.set(pod_spec() / "dnsPolicy", "ClusterFirstWithHostNet",
             from_field(gateway, spec.host_network->at, "hostNetwork"));
  }
}

}  // namespace

Path pod_spec() { return fields({"spec", "template", "spec"}); }
Path proxy_container() { return pod_spec() / "containers" / item("name", "istio-proxy"); }

void set_tree(Body& body, const Path& path, const Node& tree, const EffectiveGateway& gateway,
              const std::string& field) {
  body.set(path, to_json(tree), from_field(gateway, tree.at, field));
  const auto set_origins = [&](const auto& self, const Path& at, const Node& node) -> void {
    for (const auto& [key, value] : node.members) {
      body.set(at / key.value, to_json(value), from_field(gateway, value.at, field));
      self(self, at / key.value, value);
    }
  };
  set_origins(set_origins, path, tree);
}

DesiredObject render_deployment(const EffectiveGateway& gateway, const Settings& settings,
                                const Fit& fit) {
  Body body(gateway, fit, "apps", "Deployment", "istio-" + gateway.name);
  set_scale_and_strategy(body, gateway, fit);
  if (fit.style == Style::Whole) {
    body.set({"spec", "selector", "matchLabels"},
             {{"app", "istio-" + gateway.name}, {"istio", gateway.name}}, built_in());
    body.set(pod_spec() / "serviceAccountName", "istio-" + gateway.name + "-service-account",
             built_in());
    body.set(pod_spec() / "terminationGracePeriodSeconds", 30, built_in());
  }
  set_metadata(body, gateway, settings, fit);
  set_scheduling(body, gateway);
  set_network(body, gateway);
  set_proxy(body, gateway, settings, fit);
  set_volumes(body, gateway);
  set_kernel(body, gateway, settings);
  DesiredObject object = std::move(body).finish();
  object.style = fit.style;
  judge_style(object, gateway, settings, fit);
  judge_pod(object, gateway, fit);
  return object;
}

}  // namespace asmgw
