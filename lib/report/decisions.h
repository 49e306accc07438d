// What is there to decide before an apply? The risks of all clusters, those that are alike once.
#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "diff/change_set.h"

namespace asmgw {

struct Decision {
  std::string code;
  Severity severity = Severity::Warning;
  std::string place;                  ///< `gateway.yaml:19, :31`; "" = no line
  std::string what;                   ///< message and reason, or the room that a rollout needs
  std::string hint;                   ///< what to do; may be ""
  std::vector<std::string> clusters;  ///< whole IDs; empty: the manifest's
  bool is_unread = false;             ///< why they were not compared; of the first one's words
};

/// Losses first, then in the order of the screen: the manifest's warnings, each cluster's risks
/// from `warning` up, clusters that were not compared.
std::vector<Decision> decisions_in(const Findings& findings,
                                   const std::vector<ClusterChanges>& clusters);

}  // namespace asmgw
