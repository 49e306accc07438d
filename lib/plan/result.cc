#include "plan/result.h"

#include "base/error.h"

namespace asmgw {

std::string_view word(const StepResult& result) {
  struct {
    std::string_view operator()(const Applied&) const { return "applied"; }
    std::string_view operator()(const Conflicted&) const { return "conflict"; }
    std::string_view operator()(const Rejected&) const { return "rejected"; }
    std::string_view operator()(const UnknownResult&) const { return "unknown"; }
    std::string_view operator()(const Skipped&) const { return "skipped"; }
  } name;
  return std::visit(name, result);
}

std::string_view word(RolloutResult::State state) {
  switch (state) {
    case RolloutResult::State::Ready:
      return "ready";
    case RolloutResult::State::Failed:
      return "failed";
    case RolloutResult::State::TimedOut:
      return "timed out";
    case RolloutResult::State::NotWatched:
      return "not watched";
  }
  ASMGW_BUG("state out of range");
}

std::string_view word(ClusterResult::State state) {
  switch (state) {
    case ClusterResult::State::Done:
      return "done";
    case ClusterResult::State::Failed:
      return "failed";
    case ClusterResult::State::Unknown:
      return "unknown";
    case ClusterResult::State::NotStarted:
      return "not started";
  }
  ASMGW_BUG("state out of range");
}

}  // namespace asmgw
