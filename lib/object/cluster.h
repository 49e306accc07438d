// Which cluster is it? What the user calls it, and where its requests go.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace asmgw {

/// Where objects live: in each cluster, or once in the mesh's own API server.
enum class Place { EachCluster, ControlPlane };

/// What stands for the mesh's own API server wherever a cluster ID would stand.
inline constexpr std::string_view kControlPlane = "control-plane";

struct Cluster {
  std::string id;        ///< full ID, as in clusterIds; of the control plane: kControlPlane
  std::string context;   ///< name of the kubeconfig context
  std::string file;      ///< the kubeconfig that defines the context
  std::string server;    ///< https://host:port
  std::string found_by;  ///< which rule found the context
  Place place = Place::EachCluster;
};

bool is_control_plane(const Cluster& cluster);

/// `2 clusters`, `2 clusters and the control plane`, `the control plane`: it is no cluster, and is
/// not counted as one.
std::string places_text(std::size_t clusters, bool control_plane);

}  // namespace asmgw
