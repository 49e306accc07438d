// What can keep a plan from being carried out, or stop it on the way?
#pragma once

#include "base/doc.h"

namespace asmgw {

inline constexpr Code kGates{"gates",
                             Severity::Refused,
                             "a consent is missing",
                             "What costs pods or addresses needs a flag, or an answer.",
                             "add the flags that are named",
                             "apply --yes without --allow-restart, and pods would be replaced"};
inline constexpr Code kRolloutFailed{"rollout-failed",
                                     Severity::Error,
                                     "new pods do not become ready",
                                     "The pods' own words say why; the change stays in place.",
                                     "repair the cause, then apply again",
                                     "CrashLoopBackOff: the proxy ends at its start"};
inline constexpr Code kTimedOut{"timed-out",
                                Severity::Error,
                                "not ready in time",
                                "The rollout goes on without us.",
                                "look at the pods, or wait longer: --timeout",
                                "a pod stays Pending: no node has room for it"};

}  // namespace asmgw
