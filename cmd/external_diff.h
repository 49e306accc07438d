// KUBECTL_EXTERNAL_DIFF: the user's own program shows the differences, as with kubectl diff.
#pragma once

#include <string>
#include <vector>

#include "cmd/deps.h"
#include "report/object_files.h"

namespace asmgw::cmd {

/// Runs `command`, split at its spaces (no shell, nothing quoted), with two directories as its last
/// arguments: live and after, with a file CLUSTER.NAME per object that changes, only its owner's.
/// They are removed when it has ended. It prints itself. Without a change it is not run. Throws
/// Error [external-diff] when it cannot be run or ends with a code over 1.
void run_external_diff(const std::string& command, const std::vector<ObjectFiles>& files,
                       const Deps& deps);

}  // namespace asmgw::cmd
