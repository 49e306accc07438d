// Which context does a cluster ID mean? Exactly one, or an error: never a guess.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "kube/kubeconfig.h"

namespace asmgw::kube {

/// How the config file maps one cluster ID: to a context, to a file, or to a context in a file.
struct Mapping {
  std::string context;
  std::string kubeconfig;
  std::string said_by;  ///< `~/.kube/asmgw.yaml:4`
};

/// Everything that may say where a cluster ID goes, in the order of precedence.
struct ContextRules {
  std::map<std::string, std::string> flags = {};   ///< --cluster-context ID=VALUE
  std::string context_flag = {};                   ///< --context; only where one cluster is meant
  std::map<std::string, Mapping> configured = {};  ///< the config file's `clusters:`
  std::string kubeconfig_dir = {};                 ///< --kubeconfig-dir, or empty
  KubeconfigPaths kubeconfig = {};                 ///< the files that are merged
  std::optional<Kubeconfig> in_cluster = {};  ///< where nothing else is, and one cluster is meant
  std::string config_file = {};  ///< for messages: the config file, as the user would write it
  std::string home = {};         ///< for messages: paths below it are shown as ~/…
  std::string asked_by = {};     ///< for messages: what names the clusters, `gateway.yaml`
};

/// Where one cluster ID leads.
struct Resolved {
  std::string id;  ///< full cluster ID
  std::string context;
  std::string file;      ///< defines the context
  std::string found_by;  ///< for `clusters`: `--cluster-context`, `~/.kube/asmgw.yaml:4`, a path …
  std::string cluster_name, cluster_file;  ///< of the cluster entry
  std::string user_name, user_file;        ///< of the user entry
  ClusterEntry cluster;
  UserEntry user;
};

/// Resolves all IDs, in their order; one that is named twice counts once. What is wrong is in
/// `findings`, all at once: [no-context], [ambiguous-context], [ack-merge], [same-server],
/// [bad-kubeconfig], [usage]. The result holds the IDs that resolve. Does not throw.
std::vector<Resolved> resolve_contexts(const std::vector<std::string>& ids,
                                       const ContextRules& rules, const FileAccess& files,
                                       Findings& findings);

}  // namespace asmgw::kube
