#include "object/cluster.h"

#include <fmt/format.h>

namespace asmgw {

bool is_control_plane(const Cluster& cluster) { return cluster.place == Place::ControlPlane; }

std::string places_text(std::size_t clusters, bool control_plane) {
  if (clusters == 0 && control_plane) return "the control plane";
  return fmt::format("{} cluster{}{}", clusters, clusters == 1 ? "" : "s",
                     control_plane ? " and the control plane" : "");
}

}  // namespace asmgw
