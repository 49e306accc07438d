#include "cmd/targets.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/codes.h"
#include "cmd/codes.h"
#include "gateway/overrides.h"
#include "kube/codes.h"
#include "kube/contexts.h"
#include "survey/wanted.h"

namespace asmgw::cmd {
namespace {

std::string without_ellipsis(std::string text) {
  for (const std::string_view end : {"…", "..."}) {
    if (text.ends_with(end)) text.resize(text.size() - end.size());
  }
  return text;
}

std::string asked_by(const Inputs& inputs) {
  return inputs.files.size() == 1 ? inputs.files.front().name : "the input";
}

std::string config_place(const Config& config) {
  return config.file.empty() ? "~/.kube/asmgw.yaml" : config.file;
}

kube::ContextRules rules_of(const Inputs& inputs, const Ways& ways) {
  const ConnectionOptions& options = ways.connection();
  kube::ContextRules rules = ways.rules();
  rules.flags = options.cluster_context;
  rules.context_flag = options.context;
  rules.configured = inputs.config.clusters;
  rules.kubeconfig_dir = options.kubeconfig_dir;
  rules.config_file = config_place(inputs.config);
  rules.asked_by = asked_by(inputs);
  return rules;
}

/// CONTEXT, KUBECONFIG#CONTEXT, or a kubeconfig, which has a `/`.
kube::Mapping mapping_of(const std::string& value, const std::string& said_by) {
  const std::size_t hash = value.find('#');
  if (hash != std::string::npos) return {value.substr(hash + 1), value.substr(0, hash), said_by};
  const bool is_file = value.find('/') != std::string::npos;
  return {is_file ? "" : value, is_file ? value : "", said_by};
}

/// Without -f: every cluster of the config file.
std::vector<std::string> configured_ids(const Config& config) {
  std::vector<std::string> ids;
  for (const auto& [id, mapping] : config.clusters) ids.push_back(id);
  return ids;
}

/// Resolves the control plane, too, when something of the gateways goes there.
void add_control_plane(const Inputs& inputs, Goal goal, Ways& ways, Targets& targets,
                       Findings& findings) {
  const auto& gateways = std::get<AsManifest>(goal.what).gateways;
  if (gateways.empty()) return;
  Finding unnamed =
      finding(kube::kNoContext, gateways.front().spec.compression->key,
              "compression needs the mesh's control plane, and nothing names it",
              naming_hint(inputs.config) + "\n--skip-control-plane goes on without it");
  std::optional<Target> target =
      control_plane_target(inputs.config, std::move(unnamed), ways, findings);
  if (!target) return;
  target->goal = std::move(goal);
  targets.push_back(std::move(*target));
}

}  // namespace

std::string naming_hint(const Config& config) {
  return fmt::format(
      "--control-plane-context CONTEXT, or in {}\n  controlPlane: {{ context: CONTEXT }}",
      config_place(config));
}

std::vector<std::string> named_ids(const std::vector<Gateway>& gateways) {
  std::vector<std::string> ids;
  for (const Gateway& gateway : gateways) {
    if (!gateway.spec.cluster_ids) continue;
    for (const Located<std::string>& id : gateway.spec.cluster_ids->value) {
      if (std::find(ids.begin(), ids.end(), id.value) == ids.end()) ids.push_back(id.value);
    }
  }
  return ids;
}

std::vector<std::string> chosen_ids(std::vector<std::string> ids,
                                    const std::vector<std::string>& chosen, Findings& findings) {
  if (chosen.empty()) return ids;
  std::vector<std::string> wanted;
  for (const std::string& name : chosen) {
    const std::string prefix = without_ellipsis(name);
    std::vector<std::string> fitting;
    for (const std::string& id : ids) {
      if (!prefix.empty() && id.starts_with(prefix)) fitting.push_back(id);
    }
    if (std::find(fitting.begin(), fitting.end(), prefix) != fitting.end()) fitting = {prefix};
    if (fitting.size() == 1) {
      wanted.push_back(fitting[0]);
      continue;
    }
    findings.add(
        finding(kUsage,
                fmt::format("--cluster {} {}", name,
                            fitting.empty() ? "is no cluster of the input" : "is ambiguous"),
                fmt::format("{}: {}", fitting.empty() ? "clusters" : "it fits",
                            fmt::join(fitting.empty() ? ids : fitting, ", "))));
  }
  std::erase_if(ids, [&](const std::string& id) {
    return std::find(wanted.begin(), wanted.end(), id) == wanted.end();
  });
  return ids;
}

Goal manifest_goal(const Inputs& inputs, const std::string& cluster, const std::string& ns) {
  AsManifest goal{{}, inputs.settings};
  for (const Gateway& gateway : inputs.gateways) {
    const auto& ids = gateway.spec.cluster_ids;
    if (!ids) continue;
    const bool is_here =
        std::any_of(ids->value.begin(), ids->value.end(),
                    [&](const Located<std::string>& id) { return id.value == cluster; });
    if (is_here) goal.gateways.push_back(effective(gateway, cluster, ns, inputs.settings));
  }
  return {std::move(goal), Place::EachCluster};
}

Goal control_plane_goal(const Inputs& inputs, const InputOptions& input,
                        const std::vector<std::string>& ids, Findings& findings) {
  AsManifest goal{{}, inputs.settings};
  const bool is_narrowed = ids.size() < named_ids(inputs.gateways).size();
  const bool is_valid = !findings.has_errors();  // only what is valid can be rendered
  for (const Gateway& gateway : inputs.gateways) {
    if (!is_valid || input.skip_control_plane) break;
    EffectiveGateway in_mesh = effective(gateway, "", input.ns, inputs.settings);
    Findings ignored;  // what concerns the objects of its clusters is said of them
    const Goal alone{AsManifest{{in_mesh}, inputs.settings}, Place::ControlPlane};
    if (wanted(alone, {}, ignored).empty()) continue;
    if (!is_narrowed) {
      goal.gateways.push_back(std::move(in_mesh));
      continue;
    }
    findings.add(finding(kControlPlaneLeftOut, gateway.spec.compression->key,
                         "--cluster leaves the control plane out"));
  }
  if (is_narrowed) findings.sort();
  return {std::move(goal), Place::ControlPlane};
}

void check_rendering(const Inputs& inputs, const std::vector<std::string>& ids,
                     const std::string& ns, Findings& findings) {
  if (findings.has_errors()) return;  // only what is valid can be rendered
  for (const std::string& id : ids) {
    wanted(manifest_goal(inputs, id, ns), {}, findings);
  }
  findings.sort();
}

std::optional<Target> control_plane_target(const Config& config, Finding unnamed, Ways& ways,
                                           Findings& findings) {
  const std::string& flag = ways.connection().control_plane_context;
  if (flag.empty() && config.control_plane_context.empty()) {
    findings.add(std::move(unnamed));
    return std::nullopt;
  }
  const std::string id(kControlPlane);
  kube::ContextRules rules = ways.rules();
  rules.configured[id] = flag.empty()
                             ? kube::Mapping{config.control_plane_context, "", config_place(config)}
                             : mapping_of(flag, "--control-plane-context");
  std::vector<Reach> found = ways.find({id}, rules, findings);
  if (found.empty()) return std::nullopt;
  found.front().cluster.place = Place::ControlPlane;
  return Target{std::move(found.front()), {}};
}

Targets make_targets(const Inputs& inputs, const InputOptions& input, Ways& ways,
                     Findings& findings) {
  const std::vector<std::string> ids =
      chosen_ids(inputs.files.empty() ? configured_ids(inputs.config) : named_ids(inputs.gateways),
                 input.clusters, findings);
  Goal in_mesh = control_plane_goal(inputs, input, ids, findings);
  Targets targets;
  for (Reach& reach : ways.find(ids, rules_of(inputs, ways), findings)) {
    Goal goal = manifest_goal(inputs, reach.cluster.id, input.ns);
    targets.push_back({std::move(reach), std::move(goal)});
  }
  add_control_plane(inputs, std::move(in_mesh), ways, targets, findings);
  for (Target& target : targets) target.goal.forces = input.force_conflicts;
  return targets;
}

}  // namespace asmgw::cmd
