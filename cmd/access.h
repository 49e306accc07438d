// How are the clusters of a run reached? What they share: files, environment, flags, plugins.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/finding.h"
#include "cmd/deps.h"
#include "cmd/options.h"
#include "kube/contexts.h"
#include "kube/credentials.h"
#include "object/cluster.h"

namespace asmgw::cmd {

/// The way to one cluster.
struct Reach {
  Cluster cluster;
  kube::Access access;
};

/// Resolves cluster IDs to ways, in their order. Contacts nobody, runs nothing. One for a run: what
/// a credential plugin has given serves the mesh's control plane and the clusters.
class Ways {
 public:
  /// `-f -` of the input takes standard input from the plugins.
  Ways(const ConnectionOptions& connection, const InputOptions& input, const Deps& deps);

  const ConnectionOptions& connection() const { return connection_; }
  const Deps& deps() const { return deps_; }

  /// The rules without any flag or config file that says where an ID goes.
  kube::ContextRules rules() const;

  /// What does not resolve is a finding. A kubeconfig that others may read is said once, on
  /// standard error.
  std::vector<Reach> find(const std::vector<std::string>& ids, const kube::ContextRules& rules,
                          Findings& findings);

 private:
  void warn_of_exposed(const kube::Resolved& resolved);

  const ConnectionOptions& connection_;
  const Deps& deps_;
  kube::FileAccess files_;
  kube::Plugins plugins_;
  std::set<std::string> warned_of_;
};

}  // namespace asmgw::cmd
