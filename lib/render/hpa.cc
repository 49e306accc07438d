// The HorizontalPodAutoscaler, and who has spec.replicas of the Deployment that it scales.
#include <algorithm>

#include "gateway/overrides.h"
#include "object/owners.h"
#include "render/body.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

const Path kReplicas = fields({"spec", "replicas"});

std::string workload_name(const EffectiveGateway& gateway) { return "istio-" + gateway.name; }

bool wants_autoscaler(const GatewaySpec& spec) {
  return spec.max_replicas && !is_autoscaler_off(spec);
}

/// The fewest pods; Kubernetes' own default is 1.
std::int64_t least_replicas(const GatewaySpec& spec) {
  return spec.min_replicas ? spec.min_replicas->value : 1;
}

/// ASM 1.19 and newer: the user may keep the replica count to himself.
bool is_count_ours(const EffectiveGateway& gateway, const Settings& settings) {
  const Field<std::string>& managed = gateway.annotations.replicas_managed_by_asm;
  return is_older(settings.asm_version, kAsm119) || !managed || managed->value != "false";
}

bool scales_our_deployment(const EffectiveGateway& gateway, const Json& autoscaler) {
  return text_at(autoscaler, {"spec", "scaleTargetRef", "kind"}) == "Deployment" &&
         text_at(autoscaler, {"spec", "scaleTargetRef", "name"}) == workload_name(gateway);
}

struct LiveAutoscaler {
  ObjectRef ref;
  const Json* object;
};

/// The live autoscaler of our Deployment, by its scaleTargetRef: managedFields do not tell (page
/// 12, A6). Ours by name before others.
std::optional<LiveAutoscaler> live_autoscaler(const EffectiveGateway& gateway,
                                              const LiveObjects& live) {
  std::optional<LiveAutoscaler> result;
  const ObjectRef ours = autoscaler_ref(gateway);
  for (const auto& [ref, object] : live) {
    if (ref.kind != ours.kind || ref.ns != gateway.ns || ref.name.empty()) continue;
    if (!scales_our_deployment(gateway, object)) continue;
    if (!result || ref == ours) result = LiveAutoscaler{ref, &object};
  }
  return result;
}

bool has_our_label(const EffectiveGateway& gateway, const Json& object) {
  return text_at(object, {"metadata", "labels", "asmgw/gateway"}) == gateway.name;
}

/// Does the live autoscaler go? Only one of ours, that nobody asks for, with --prune.
bool goes(const EffectiveGateway& gateway, const Settings& settings, const Fit& fit,
          const LiveAutoscaler& autoscaler) {
  return settings.prune && !wants_autoscaler(gateway.spec) &&
         has_our_label(gateway, *autoscaler.object) && is_own(fit, autoscaler.ref);
}

Json metric(std::string_view resource, std::int64_t percent) {
  return {{"type", "Resource"},
          {"resource",
           {{"name", resource},
            {"target", {{"type", "Utilization"}, {"averageUtilization", percent}}}}}};
}

/// cpu, then memory: their order counts, and they are one value. None: the server's default.
void set_metrics(Body& body, const EffectiveGateway& gateway) {
  Json metrics = Json::array();
  std::optional<Origin> origin;
  const auto add = [&](const Field<UtilizationTarget>& target, std::string_view resource) {
    if (!target || !target->value.target_average_utilization) return;
    const Located<std::int64_t>& percent = *target->value.target_average_utilization;
    metrics.push_back(metric(resource, percent.value));
    if (origin) return;
    origin = from_field(gateway, percent.at, std::string(resource) + ".targetAverageUtilization");
  };
  add(gateway.spec.cpu, "cpu");
  add(gateway.spec.memory, "memory");
  if (origin) body.set({"spec", "metrics"}, std::move(metrics), *origin);
}

/// What nobody asks for: ours, or another manager's to which we once added our label.
std::optional<DesiredObject> leftover(const EffectiveGateway& gateway, const Settings& settings,
                                      const Fit& fit, const LiveAutoscaler& autoscaler) {
  if (!has_our_label(gateway, *autoscaler.object)) return std::nullopt;
  if (!is_own(fit, autoscaler.ref) && !settings.prune) return std::nullopt;
  DesiredObject object;
  object.ref = autoscaler.ref;
  object.gateway = gateway.name;
  object.stays = !goes(gateway, settings, fit, autoscaler);
  return object;
}

/// Has an autoscaler that is gone left spec.replicas with somebody: with our second manager, which
/// keeps it for one, or with its controller (then only another value is in our way)? Only who could
/// list all autoscalers knows that it is gone.
bool is_remnant(const Json& deployment, bool value_changes) {
  const std::vector<OwnerEntry> owners = owners_of(deployment);
  return std::any_of(owners.begin(), owners.end(), [&](const OwnerEntry& owner) {
    const bool kept = owner.manager == kReplicasManager && owner.operation == "Apply";
    const bool scaled = owner.manager == "kube-controller-manager" && owner.subresource == "scale";
    return (kept || (scaled && value_changes)) && owner.paths.contains(kReplicas);
  });
}

}  // namespace

ObjectRef autoscaler_ref(const EffectiveGateway& gateway) {
  return {"autoscaling", "HorizontalPodAutoscaler", gateway.ns, workload_name(gateway)};
}

ObjectRef autoscalers_of(const std::string& ns) {
  return {"autoscaling", "HorizontalPodAutoscaler", ns, ""};
}

std::optional<DesiredObject> render_autoscaler(const EffectiveGateway& gateway,
                                               const Settings& settings, const Fit& fit) {
  const GatewaySpec& spec = gateway.spec;
  const std::optional<LiveAutoscaler> existing = live_autoscaler(gateway, *fit.live);
  if (!wants_autoscaler(spec)) {
    return existing ? leftover(gateway, settings, fit, *existing) : std::nullopt;
  }
  Body body(gateway, fit, "autoscaling", "HorizontalPodAutoscaler",
            existing ? existing->ref.name : workload_name(gateway));
  const bool is_foreign = existing && !is_own(fit, existing->ref);
  body.set({"spec", "scaleTargetRef"},
           is_foreign ? (*existing->object)["spec"]["scaleTargetRef"]
                      : Json{{"apiVersion", "apps/v1"},
                             {"kind", "Deployment"},
                             {"name", workload_name(gateway)}},
           built_in());
  if (spec.min_replicas) {
    body.set({"spec", "minReplicas"}, spec.min_replicas->value,
             from_field(gateway, spec.min_replicas->at, "minReplicas"));
  }
  body.set({"spec", "maxReplicas"}, spec.max_replicas->value,
           from_field(gateway, spec.max_replicas->at, "maxReplicas"));
  set_metrics(body, gateway);
  DesiredObject object = std::move(body).finish();
  if (fit.deployment != nullptr) {
    object.scales = int_at(*fit.deployment, {"spec", "replicas"}, 1);
  }
  return object;
}

void settle_replicas(const EffectiveGateway& gateway, const Settings& settings, const Fit& fit,
                     DesiredObject& deployment) {
  const std::optional<LiveAutoscaler> existing = live_autoscaler(gateway, *fit.live);
  const bool existing_goes = existing && goes(gateway, settings, fit, *existing);
  const bool is_scaled = wants_autoscaler(gateway.spec) || (existing && !existing_goes);
  Json& body = *deployment.body;
  const Json* before = fit.deployment;
  const std::int64_t now = before != nullptr ? int_at(*before, {"spec", "replicas"}, 1) : 1;
  const Json* count = find(body, {"spec", "replicas"});
  if (!is_scaled && is_count_ours(gateway, settings) && count != nullptr) {
    if (before == nullptr) return;
    const std::int64_t asked = count->get<std::int64_t>();
    const bool all_listed = fit.live->contains(autoscalers_of(gateway.ns));
    if (!existing_goes && !(all_listed && is_remnant(*before, asked != now))) return;
    deployment.handover = {Handover::To::Manifest, asked, now, existing_goes ? 4 : 3};
    body["spec"]["replicas"] = now;
    return;
  }
  if (count != nullptr) body["spec"].erase("replicas");
  if (body.contains("spec") && body["spec"].empty()) body.erase("spec");  // of an overlay
  deployment.origins.erase(kReplicas);
  const bool makes_one = wants_autoscaler(gateway.spec) && !existing;
  if (before != nullptr) {
    if (!is_ours(*before, kReplicas)) return;
    deployment.handover = {is_scaled ? Handover::To::Autoscaler : Handover::To::Others, now, now,
                           makes_one ? 3 : 2};
    body["spec"]["replicas"] = now;
  } else if (is_scaled) {
    const std::int64_t least = wants_autoscaler(gateway.spec)
                                   ? least_replicas(gateway.spec)
                                   : int_at(*existing->object, {"spec", "minReplicas"}, 1);
    deployment.handover = {Handover::To::Autoscaler, least, least, makes_one ? 4 : 3};
  }
}

}  // namespace asmgw
