// What does it come to? The counts of a comparison, and the sentence that ends every output.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "diff/change_set.h"
#include "report/layout.h"

namespace asmgw {

struct Summary {
  std::size_t clusters = 0, compared = 0, partial = 0, unread = 0;  ///< the control plane is none
  std::optional<ClusterChanges::State> control_plane = {};
  std::size_t create = 0, update = 0, remove = 0;
  std::size_t unchanged = 0, blocked = 0, refused = 0, unknown = 0;
  std::size_t rollouts = 0;
  std::int64_t pods = 0;                                     ///< replaced
  std::int64_t pods_started = 0;                             ///< of created Deployments
  std::int64_t lowest_floor = 0;                             ///< with rollouts only
  std::size_t public_balancers = 0, internal_balancers = 0;  ///< created
  std::size_t risks[4] = {0, 0, 0, 0};         ///< note, warning, disruptive, destructive
  std::vector<std::string> conflicts_in = {};  ///< full cluster IDs
  std::vector<std::string> losses = {};        ///< addresses or `1 load balancer`
};

Summary summarize(const std::vector<ClusterChanges>& clusters);

/// `2 clusters and the control plane`: all that were to be compared.
std::string places_text(const Summary& summary);

/// One to three sentences: what changes, what it costs, what is lost.
std::vector<std::string> sentences(const Summary& summary);

}  // namespace asmgw
