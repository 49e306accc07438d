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

/// Resolves cluster IDs to ways, in their order. Contacts nobody, runs nothing.
class Ways {
 public:
  /// `stdin_taken_by`: `-f -`, when standard input is read for something else than a plugin.
  Ways(const ConnectionOptions& connection, std::string stdin_taken_by, const Deps& deps);

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
