// What will be written, in which order, and what does it need? Data: executing takes only a plan.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diff/change_set.h"

namespace asmgw {

/// One write, and what the reviewer was shown for it.
struct Step {
  Write write;
  std::optional<Json> expected;             ///< the reviewed "after"; none: the object is gone
  Foresight foresight = Foresight::Server;  ///< Ours: `expected` lacks what the server adds
  bool creates = false;                     ///< the object was absent
  /// It overrules others, so only while the object still has these values (null: none), read just
  /// before; the write is locked to that reading.
  std::optional<std::map<Path, Json>> still = {};
  std::string about = {};  ///< what it does, where the object alone does not say it
};

/// What a rollout of one Deployment was said to do.
struct Promise {
  ObjectRef deployment;
  std::int64_t pods = 0;           ///< replaced, or started
  std::int64_t floor = 0;          ///< fewest ready
  std::int64_t peak = 0;           ///< most pods
  bool restarts = false;           ///< false: new pods only
  std::string revision_before;     ///< deployment.kubernetes.io/revision; "" = none
  std::string replica_set_before;  ///< named by the Progressing condition before the write
};

struct ClusterPlan {
  Cluster cluster;
  std::vector<Step> steps;  ///< in apply order
  std::vector<Promise> promises;
};

/// A consent that the plan needs, or something that blocks it.
struct Gate {
  std::string flag;  ///< that opens it: --yes; "" = nothing opens it
  std::string cost;  ///< `6 objects change in 3 clusters`
  std::vector<std::string> details = {};
};

struct Plan {
  std::vector<ClusterPlan> clusters;  ///< those with something to do, in order
  std::vector<Gate> gates;            ///< consents, in the order of gravity
  std::vector<Gate> blocks;           ///< what is foreseen to fail
  /// Gateways with a destructive step → the addresses that go (`203.0.113.20, 203.0.113.21`), as
  /// far as they are known.
  std::map<std::string, std::string> losing;
};

/// The steps that make each cluster as compared. `keep_going`: clusters that were not read are left
/// out instead of blocking.
Plan make_plan(const ChangeSet& changes, bool keep_going);

/// What the flags allow without asking.
struct Allowed {
  bool yes = false;
  bool restart = false;
  bool destructive = false;
};

/// The gates that neither a flag has opened nor, on a terminal, an answer could.
std::vector<Gate> closed_gates(const Plan& plan, const Allowed& allowed);
bool is_open(const Gate& gate, const Allowed& allowed);

/// Objects that are written, each once, however many steps it takes.
std::size_t object_count(const ClusterPlan& cluster);
std::size_t object_count(const Plan& plan);

/// `3 clusters and the control plane`: where something is to be done.
std::string places_text(const Plan& plan);

}  // namespace asmgw
