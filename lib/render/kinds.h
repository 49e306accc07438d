// One function per kind that we render, and the Deployment's parts. Private to this room, but for
// its tests.
#pragma once

#include <optional>

#include "base/finding.h"
#include "gateway/istio_gateway.h"
#include "gateway/settings.h"
#include "object/objects.h"
#include "render/body.h"
#include "render/fit.h"

namespace asmgw {

DesiredObject render_service_account(const EffectiveGateway& gateway, const Fit& fit);
DesiredObject render_role(const EffectiveGateway& gateway, const Fit& fit);
DesiredObject render_role_binding(const EffectiveGateway& gateway, const Fit& fit);
DesiredObject render_service(const EffectiveGateway& gateway, const Fit& fit);
DesiredObject render_deployment(const EffectiveGateway& gateway, const Settings& settings,
                                const Fit& fit);

/// Nothing unless compression is enabled. It belongs to the control plane, and always to
/// istio-system.
std::optional<DesiredObject> render_envoy_filter(const EffectiveGateway& gateway, const Fit& fit);

/// spec.template.spec of the Deployment.
Path pod_spec();
/// Its container istio-proxy.
Path proxy_container();

/// Does the manifest give a variable of this name?
bool has_variable(const EffectiveGateway& gateway, std::string_view name);

/// What the gateway says about the proxy's container; whole: all of it, in the form that the
/// settings choose (page 3).
void set_proxy(Body& body, const EffectiveGateway& gateway, const Settings& settings,
               const Fit& fit);

/// What the webhook would put into the pods, for a Deployment that carries it itself: image, args,
/// variables, volumes. To be set before the user's variables: one of these of the same name only
/// keeps a place for the user's.
void carry_proxy(Body& body, const EffectiveGateway& gateway, const Proxy& proxy);

/// The volumes of configVolumes and secretVolumes, with their mounts.
void set_volumes(Body& body, const EffectiveGateway& gateway);

/// The init container that sets kernel parameters, when they are enabled.
void set_kernel(Body& body, const EffectiveGateway& gateway, const Settings& settings);

/// A value of a Kubernetes type at the path; each part with its own line.
void set_tree(Body& body, const Path& path, const Node& tree, const EffectiveGateway& gateway,
              const std::string& field);

/// What only the Deployment's style shows: reasons to refuse it, and warnings.
void judge_style(DesiredObject& deployment, const EffectiveGateway& gateway,
                 const Settings& settings, const Fit& fit);

/// What the API server would refuse in the pods as they will be.
void judge_pod(DesiredObject& deployment, const EffectiveGateway& gateway, const Fit& fit);

/// The autoscaler that the manifest asks for: maxReplicas, unless autoscaleEnabled is false. An
/// existing one that scales our Deployment is taken, whatever its name. Without bounds: one of ours
/// that lives shall go (or stays, without --prune). Else nothing.
std::optional<DesiredObject> render_autoscaler(const EffectiveGateway& gateway,
                                               const Settings& settings, const Fit& fit);

/// Decides who has spec.replicas of the rendered Deployment, and whether it passes to somebody else
/// (page 3, "HPA and replicas").
void settle_replicas(const EffectiveGateway& gateway, const Settings& settings, const Fit& fit,
                     DesiredObject& deployment);

}  // namespace asmgw
