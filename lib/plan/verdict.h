// With which exit code does a command end? All of them, in one place.
#pragma once

#include <string>
#include <vector>

#include "diff/change_set.h"
#include "plan/result.h"

namespace asmgw {

inline constexpr int kExitDone = 0;        ///< no change; done
inline constexpr int kExitChanges = 1;     ///< `diff` found changes
inline constexpr int kExitUsage = 2;       ///< wrong usage or invalid input
inline constexpr int kExitIncomplete = 3;  ///< a cluster was not read, or failed
inline constexpr int kExitGate = 4;        ///< a gate is met, or closed: nothing was written
inline constexpr int kExitInterrupted = 130;

/// What `--fail-on` may name.
enum class FailOn { Restart, Disruption, Destructive, Conflict };

struct Verdict {
  int exit_code = kExitDone;
  bool complete = true;                ///< every cluster was compared, in every object
  std::vector<std::string> gates_met;  ///< `restart (3 clusters)`
};

/// 130 > 2 > 3 > 4 > 1 > 0: an incomplete picture must not be approved.
Verdict judge(const ChangeSet& changes, const std::vector<FailOn>& fail_on);

/// The code of a command that could not go on: a server that was not read, or refuses, is no wrong
/// usage.
int exit_code(const Finding& error);

/// The code of a run that was carried out; `left_out`: clusters were not read.
int exit_code(const RunResult& result, bool left_out);

}  // namespace asmgw
