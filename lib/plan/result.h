// What happened when a plan was carried out? One result per step, always.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/finding.h"
#include "plan/plan.h"

namespace asmgw {

struct Applied {
  std::string uid, resource_version;
  std::string note;  ///< what was other than reviewed, or what the step does; "" = nothing
};
struct Conflicted {
  std::vector<Ownership> owners;
};
struct Rejected {
  Finding reason;
};
struct UnknownResult {
  std::string why;  ///< sent; the answer was cut off
};
struct Skipped {
  std::string why;
};

using StepResult = std::variant<Applied, Conflicted, Rejected, UnknownResult, Skipped>;

std::string_view word(const StepResult& result);

/// How the pods of one Deployment came along.
struct RolloutResult {
  enum class State { Ready, Failed, TimedOut, NotWatched };
  State state = State::NotWatched;
  ObjectRef deployment;
  std::string reason;   ///< CrashLoopBackOff; of NotWatched: why
  std::string pod;      ///< one of those that fail
  std::string message;  ///< its own words
  int failing_pods = 0;
  std::int64_t new_ready = 0, wanted = 0, serving = 0;
  std::int64_t floor_planned = 0, floor_seen = 0, peak_seen = 0;
  bool restarts = false;
  std::chrono::seconds took{0};
};

std::string_view word(RolloutResult::State state);

struct ClusterResult {
  enum class State { Done, Failed, Unknown, NotStarted };
  State state = State::NotStarted;
  Cluster cluster;
  std::vector<std::pair<ObjectRef, StepResult>> steps;
  std::vector<RolloutResult> rollouts;
};

std::string_view word(ClusterResult::State state);

struct RunResult {
  std::vector<ClusterResult> clusters;  ///< every cluster of the plan, in its order
  bool interrupted = false;
  std::chrono::seconds took{0};
};

}  // namespace asmgw
