// Which credential plugins may run? What kubectl's own preferences file says of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "kube/kubeconfig.h"

namespace asmgw::kube {

/// `credentialPluginPolicy` and `credentialPluginAllowlist` of kuberc. kubectl's client library
/// does not hold a plugin of ours to it, so we do.
struct PluginPolicy {
  enum class Kind { AllowAll, DenyAll, Allowlist };
  Kind kind = Kind::AllowAll;
  std::vector<std::string> allowed = {};  ///< names that PATH resolves, or paths
  std::string file = {};                  ///< that says so
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Reads $KUBERC, else `home`/.kube/kuberc; neither with KUBERC=off or KUBECTL_KUBERC=false. A file
/// that cannot be read, or contradicts itself, is a finding [bad-kubeconfig], and then no plugin
/// may run: kubectl would warn, and run it.
PluginPolicy read_plugin_policy(const Environment& environment, const std::string& home,
                                const FileAccess& files, Findings& findings);

/// The path of a program: found in `path` ($PATH) when its name has no separator.
std::optional<std::string> find_program(const std::string& name, const std::string& path,
                                        const FileAccess& files);

/// Why a plugin may not run, in client-go's words; "" when it may. `program`: its path.
std::string refusal_of(const PluginPolicy& policy, const std::string& command,
                       const std::string& program, const std::string& path,
                       const FileAccess& files);

}  // namespace asmgw::kube
