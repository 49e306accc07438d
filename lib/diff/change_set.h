// What would change, where, and what would that do? The result of a comparison, as data.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/finding.h"
#include "object/cluster.h"
#include "object/objects.h"
#include "object/rights.h"

namespace asmgw {

enum class Action {
  Create,
  Update,
  Handover,  ///< only who has spec.replicas changes
  Delete,
  Unchanged,
  Conflict,
  Refused,
  Unknown
};

/// The word shown for it: create, update …
std::string_view word(Action action);

/// What another manager's share in an object means for us.
struct Claim {
  enum class Kind {
    Conflict,     ///< an apply would change it: refused, unless forced
    LeftOver,     ///< the manifest does not have it, and it stays: the other owns it
    AdoptNeeded,  ///< the server refuses what we want beside it
    RevertedBy,   ///< a conflict: the other, who writes the whole object, has put its value back
  };
  Kind kind = Kind::Conflict;
  Path path;  ///< in the API version of the other's entry
  std::string manager, operation;
  std::string since;  ///< UTC, as recorded; "" where the server recorded no time
};

std::string_view word(Claim::Kind kind);

struct FieldChange {
  enum class Op { Add, Change, Remove, Reorder };
  Path path;
  Op op = Op::Change;
  std::optional<Json> before = {}, after = {};
  Origin origin = {};
  std::optional<Claim> owner = {};  ///< in a conflict, who owns it
  bool decided = true;  ///< false: without a dry run, only the server knows what it becomes
};

/// `25%` of 6 replicas = 1.5 → 1 (down) or 2 (up).
struct RollingPart {
  std::string value;      ///< as in the Deployment: 25%, 1
  std::int64_t of = 0;    ///< the replicas it is a part of
  std::int64_t pods = 0;  ///< what it comes to
};

/// Amounts that the pods request, in the spelling for people.
struct Requested {
  std::string now, peak, after;
};

/// The rollout's bounds (page 5, "Disruption arithmetic").
struct Arithmetic {
  std::int64_t replicas = 0;
  RollingPart surge, unavailable;
  std::int64_t floor = 0;  ///< fewest ready pods
  std::int64_t peak = 0;   ///< most pods
  std::int64_t waves = 0;
  std::optional<Requested> cpu, memory;  ///< absent when no container requests any
};

struct Restart {
  enum class Predicted { No, Yes, Unknown };
  Predicted predicted = Predicted::No;
  std::vector<std::size_t> causes = {};  ///< indexes into the object's fields
  std::optional<Arithmetic> arithmetic = {};
};

/// Differences without effect, by reason: counted, and shown only when asked for. Of whole objects
/// such as managedFields and status the values are not kept.
using Hidden = std::map<std::string, std::vector<FieldChange>>;

struct ObjectChange {
  ObservedObject object;
  Action action = Action::Unknown;
  std::vector<FieldChange> fields;
  Restart restart;
  std::vector<Claim> claims;
  std::vector<Finding> risks;  ///< also why it is refused or unknown
  Hidden hidden;
};

struct ClusterChanges {
  enum class State { Compared, Partial, Unreachable, Forbidden, Error };
  Cluster cluster;
  State state = State::Compared;
  std::vector<ObjectChange> objects;  ///< in apply order, gateway by gateway
  std::optional<Finding> error;       ///< unless compared
  std::vector<Finding> notes;         ///< about the cluster as a whole
  std::set<std::string> warnings;     ///< `Warning` headers of its answers
  std::set<Right> missing = {};       ///< to write, as far as no preview has told
};

std::string_view word(ClusterChanges::State state);

/// What stands for the state after an apply?
enum class Mode {
  DryRun,  ///< the server's answers
  Local,   ///< what we foresee: --local
};

struct ChangeSet {
  std::vector<ClusterChanges> clusters;  ///< in the order of clusterIds
  Mode mode = Mode::DryRun;
};

/// Was it compared, at least in part?
bool is_read(const ClusterChanges& cluster);

/// What the servers warn of, each text once.
std::set<std::string> warnings_of(const ChangeSet& changes);

/// Is anything there to be written?
bool has_changes(const ObjectChange& change);

}  // namespace asmgw
