#include "cmd/targets.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/codes.h"
#include "gateway/overrides.h"
#include "kube/contexts.h"
#include "kube/credentials.h"
#include "render/render.h"

namespace asmgw::cmd {
namespace {

kube::FileAccess file_access(const Deps& deps) {
  return {[&deps](const std::string& path) { return deps.files.read(path); },
          [&deps](const std::string& path) { return deps.files.list(path, false); }};
}

std::string without_ellipsis(std::string text) {
  for (const std::string_view end : {"…", "..."}) {
    if (text.ends_with(end)) text.resize(text.size() - end.size());
  }
  return text;
}

std::string asked_by(const Inputs& inputs) {
  return inputs.files.size() == 1 ? inputs.files.front().name : "the input";
}

kube::ContextRules rules_of(const Inputs& inputs, const ConnectionOptions& options,
                            const Deps& deps) {
  kube::ContextRules rules;
  rules.flags = options.cluster_context;
  rules.context_flag = options.context;
  rules.configured = inputs.config.clusters;
  rules.kubeconfig_dir = options.kubeconfig_dir;
  rules.kubeconfig = kube::kubeconfig_paths(options.kubeconfig,
                                            deps.environment("KUBECONFIG").value_or(""), deps.home);
  rules.config_file = inputs.config.file.empty() ? "~/.kube/asmgw.yaml" : inputs.config.file;
  rules.home = deps.home;
  rules.asked_by = asked_by(inputs);
  return rules;
}

/// Without -f: every cluster of the config file.
std::vector<std::string> configured_ids(const Config& config) {
  std::vector<std::string> ids;
  for (const auto& [id, mapping] : config.clusters) ids.push_back(id);
  return ids;
}

}  // namespace

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

AsManifest manifest_goal(const Inputs& inputs, const std::string& cluster, const std::string& ns) {
  AsManifest goal{{}, inputs.settings};
  for (const Gateway& gateway : inputs.gateways) {
    const auto& ids = gateway.spec.cluster_ids;
    if (!ids) continue;
    const bool is_here =
        std::any_of(ids->value.begin(), ids->value.end(),
                    [&](const Located<std::string>& id) { return id.value == cluster; });
    if (is_here) goal.gateways.push_back(effective(gateway, cluster, ns, inputs.settings));
  }
  return goal;
}

void check_rendering(const Inputs& inputs, const std::vector<std::string>& ids,
                     const std::string& ns, Findings& findings) {
  if (findings.has_errors()) return;  // only what is valid can be rendered
  for (const std::string& id : ids) {
    const AsManifest goal = manifest_goal(inputs, id, ns);
    for (const EffectiveGateway& gateway : goal.gateways) {
      render(gateway, goal.settings, {}, findings);
    }
  }
  findings.sort();
}

Targets make_targets(const Inputs& inputs, const InputOptions& input,
                     const ConnectionOptions& connection, const Deps& deps, Findings& findings) {
  const std::vector<std::string> ids =
      chosen_ids(inputs.files.empty() ? configured_ids(inputs.config) : named_ids(inputs.gateways),
                 input.clusters, findings);
  const kube::FileAccess files = file_access(deps);
  Targets targets;
  for (const kube::Resolved& resolved :
       kube::resolve_contexts(ids, rules_of(inputs, connection, deps), files, findings)) {
    Target target;
    target.cluster = {resolved.id, resolved.context, resolved.file, resolved.cluster.server,
                      resolved.found_by};
    target.endpoint = kube::endpoint_of(resolved, files, findings);
    target.endpoint.request_timeout = connection.request_timeout;
    target.goal.what = manifest_goal(inputs, resolved.id, input.ns);
    targets.push_back(std::move(target));
  }
  return targets;
}

}  // namespace asmgw::cmd
