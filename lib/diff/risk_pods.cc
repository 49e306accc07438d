#include <fmt/format.h>

#include <algorithm>

#include "diff/codes.h"
#include "diff/risk_rules.h"

namespace asmgw {
namespace {

std::string pods(std::int64_t count) {
  return fmt::format("{} pod{}", count, count == 1 ? "" : "s");
}

PathSet paths_of(const ObjectChange& change, const std::vector<std::size_t>& indexes) {
  PathSet paths;
  for (const std::size_t index : indexes) paths.insert(change.fields[index].path);
  return paths;
}

/// The controller starts no rollout while it is; one that is lifted starts without a new template.
bool is_paused(const Json& deployment) {
  const Json* paused = find(deployment, {"spec", "paused"});
  return paused != nullptr && *paused == true;
}

std::vector<Finding> rolling_restart(const ObjectChange& change) {
  const auto& arithmetic = change.restart.arithmetic;
  if (change.restart.predicted != Restart::Predicted::Yes || !arithmetic) return {};
  if (arithmetic->replicas == 0) return {};  // there is no pod to replace
  const ObjectRef& ref = change.object.desired.ref;
  const bool waits = is_paused(*foreseen(change.object));
  Finding risk =
      finding(kRollingRestart,
              fmt::format("{} {} replaced in {} wave{}{}", pods(arithmetic->replicas),
                          arithmetic->replicas == 1 ? "is" : "are", arithmetic->waves,
                          arithmetic->waves == 1 ? "" : "s", waits ? ", when unpaused" : ""),
              waits ? fmt::format("spec.paused is true; no pod is replaced before\n"
                                  "kubectl -n {} rollout resume deployment/{}",
                                  ref.ns, ref.name)
                    : "check that the nodes have room for the peak");
  risk.paths = paths_of(change, change.restart.causes);
  return {risk};
}

std::vector<Finding> floor_zero(const ObjectChange& change) {
  const auto& arithmetic = change.restart.arithmetic;
  if (change.restart.predicted != Restart::Predicted::Yes || !arithmetic) return {};
  if (arithmetic->floor > 0 || arithmetic->replicas == 0) return {};
  Finding risk = finding(kFloorZero, "at some moment of the rollout no pod is ready",
                         "lower rollingMaxUnavailable, or add replicas first");
  risk.why = fmt::format("{} of {} may be missing; rollouts ignore a PodDisruptionBudget",
                         arithmetic->unavailable.value, pods(arithmetic->replicas));
  return {risk};
}

std::vector<Finding> replicas_down(const ObjectChange& change) {
  const FieldChange* replicas = change_at(change, fields({"spec", "replicas"}));
  if (replicas == nullptr || !replicas->before || !replicas->after) return {};
  const std::int64_t before = replicas->before->get<std::int64_t>();
  const std::int64_t after = replicas->after->get<std::int64_t>();
  if (after >= before) return {};
  Finding risk = finding(kReplicasDown,
                         fmt::format("{} of {} {}", pods(before - after), before,
                                     before - after == 1 ? "ends" : "end"),
                         "check that the others carry the load");
  risk.paths = {replicas->path};
  return {risk};
}

std::vector<Finding> hpa_bounds(const ObjectChange& change) {
  static const Path kMost = fields({"spec", "maxReplicas"});
  const Json* after = foreseen(change.object);
  const std::optional<std::int64_t>& now = change.object.desired.scales;
  if (!now || after == nullptr) return {};
  const std::int64_t most = int_at(*after, {"spec", "maxReplicas"}, *now);
  const bool is_new = live(change.object) == nullptr || change_at(change, kMost) != nullptr;
  if (!is_new || most >= *now) return {};
  Finding risk = finding(
      kHpaBounds,
      fmt::format("{} of {} {}", pods(*now - most), *now, *now - most == 1 ? "ends" : "end"),
      "raise maxReplicas, or check that the others carry the load");
  risk.why = fmt::format("maxReplicas {} is below what runs now", most);
  risk.paths = {kMost};
  return {risk};
}

/// The server's refusal is put in words of ours; without the server it is foreseen.
std::vector<Finding> selector_immutable(const ObjectChange& change) {
  const DesiredObject& desired = change.object.desired;
  const Json* before = live(change.object);
  if (desired.ref.kind != "Deployment" || desired.style != Style::Whole) return {};
  if (before == nullptr || !desired.body) return {};
  const Json *is = find(*before, {"spec", "selector"}),
             *ours = find(*desired.body, {"spec", "selector"});
  if (is == nullptr || ours == nullptr || *is == *ours) return {};
  Finding risk = finding(kSelectorImmutable, "the selector cannot be changed",
                         "this Deployment must be re-created by hand; all its pods stop unless a "
                         "second one serves meanwhile. asmgw never does it");
  if (const auto* refused = std::get_if<Refused>(&change.object.after)) {
    risk.server = refused->server;
  }
  for (const FieldChange& field : change.fields) {
    if (is_within(field.path, fields({"spec", "selector"}))) risk.paths.insert(field.path);
  }
  return {risk};
}

const Json* kernel_container(const Json* deployment) {
  static const Path kKernel = fields({"spec", "template", "spec", "initContainers"}) /
                              PathStep{PathStep::Kind::Key, R"({"name":"kernel-parameters"})"};
  return deployment != nullptr ? value_at(*deployment, kKernel) : nullptr;
}

std::vector<Finding> privileged(const ObjectChange& change) {
  if (change.object.desired.ref.kind != "Deployment") return {};
  const Json* after = foreseen(change.object);
  if (kernel_container(after) == nullptr) return {};
  if (kernel_container(live(change.object)) != nullptr) return {};
  Finding risk = finding(kPrivileged, "a privileged init container is added: kernel-parameters",
                         "check that the namespace admits it, or take kernel out");
  risk.why = "it runs as root and sets the kernel's parameters before the proxy starts";
  for (const FieldChange& field : change.fields) {
    const auto& steps = field.path.steps;
    const bool is_its = std::any_of(steps.begin(), steps.end(), [](const PathStep& step) {
      return step.text == R"({"name":"kernel-parameters"})";
    });
    if (is_its) risk.paths.insert(field.path);
  }
  return {risk};
}

/// The volume that names this source: where the manifest does.
std::optional<Range> place_of(const ObjectRef& source, const DesiredObject& desired) {
  const std::string_view name = source.kind == "Secret" ? "secretName" : "name";
  for (const auto& [path, origin] : desired.origins) {
    const Json* value = path.steps.back().text == name ? value_at(*desired.body, path) : nullptr;
    const std::string_view list = source.kind == "Secret" ? "secretVolumes" : "configVolumes";
    if (value != nullptr && *value == source.name && origin.field.starts_with(list)) {
      return origin.at;
    }
  }
  return std::nullopt;
}

std::vector<Finding> volume_source_missing(const ObjectChange& change) {
  if (change.action == Action::Unchanged) return {};
  std::vector<Finding> risks;
  for (const ObjectRef& source : change.object.around.missing) {
    Finding risk =
        finding(kVolumeSourceMissing, fmt::format("{} is not in this cluster", to_string(source)),
                "create it before apply, or take the volume out");
    risk.why = "volumes are optional: pods start, and find nothing there";
    risk.at = place_of(source, change.object.desired);
    risks.push_back(std::move(risk));
  }
  return risks;
}

std::vector<Finding> not_injected(const ObjectChange& change) {
  if (change.object.around.uninjected.empty()) return {};
  Finding risk = finding(kNotInjected, "nothing would put the proxy into the new pods",
                         "join the cluster to the mesh, or name proxy.image in the config file");
  risk.why = change.object.around.uninjected + "; their image would stay \"auto\"";
  return {risk};
}

constexpr RiskRule kRules[] = {
    {&kSelectorImmutable, selector_immutable},
    {&kRollingRestart, rolling_restart},
    {&kFloorZero, floor_zero},
    {&kReplicasDown, replicas_down},
    {&kHpaBounds, hpa_bounds},
    {&kPrivileged, privileged},
    {&kNotInjected, not_injected},
    {&kVolumeSourceMissing, volume_source_missing},
};

}  // namespace

std::span<const RiskRule> pod_rules() { return kRules; }

}  // namespace asmgw
