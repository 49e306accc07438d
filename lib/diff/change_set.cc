#include "diff/change_set.h"

#include "base/error.h"

namespace asmgw {

std::string_view word(Action action) {
  switch (action) {
    case Action::Create:
      return "create";
    case Action::Update:
      return "update";
    case Action::Handover:
      return "handover";
    case Action::Delete:
      return "delete";
    case Action::Unchanged:
      return "unchanged";
    case Action::Conflict:
      return "conflict";
    case Action::Refused:
      return "refused";
    case Action::Unknown:
      return "unknown";
  }
  ASMGW_BUG("action out of range");
}

std::string_view word(Claim::Kind kind) {
  switch (kind) {
    case Claim::Kind::Conflict:
      return "conflict";
    case Claim::Kind::LeftOver:
      return "left-over";
    case Claim::Kind::AdoptNeeded:
      return "adopt-needed";
    case Claim::Kind::RevertedBy:
      return "reverted-by";
  }
  ASMGW_BUG("kind out of range");
}

std::string_view word(ClusterChanges::State state) {
  switch (state) {
    case ClusterChanges::State::Compared:
      return "compared";
    case ClusterChanges::State::Partial:
      return "partial";
    case ClusterChanges::State::Unreachable:
      return "unreachable";
    case ClusterChanges::State::Forbidden:
      return "forbidden";
    case ClusterChanges::State::Error:
      return "error";
  }
  ASMGW_BUG("state out of range");
}

bool is_read(const ClusterChanges& cluster) {
  return cluster.state == ClusterChanges::State::Compared ||
         cluster.state == ClusterChanges::State::Partial;
}

std::set<std::string> warnings_of(const ChangeSet& changes) {
  std::set<std::string> all;
  for (const ClusterChanges& cluster : changes.clusters) {
    all.insert(cluster.warnings.begin(), cluster.warnings.end());
  }
  return all;
}

bool has_changes(const ObjectChange& change) {
  return change.action == Action::Create || change.action == Action::Update ||
         change.action == Action::Handover || change.action == Action::Delete;
}

}  // namespace asmgw
