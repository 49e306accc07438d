// What would change if every cluster reached its goal? Shared by all verbs that compare.
#pragma once

#include "cmd/deps.h"
#include "cmd/targets.h"
#include "diff/change_set.h"
#include "kube/client.h"

namespace asmgw::cmd {

/// A client of its own for one cluster.
kube::Client connect(const Target& target, int verbosity, const Deps& deps);

/// Reads all clusters at the same time (at most `parallel`) and compares. A cluster that cannot be
/// read is in the result as such; it never hides the others. The order is that of the targets.
ChangeSet find_changes(const Targets& targets, const ConnectionOptions& options, const Deps& deps);

}  // namespace asmgw::cmd
