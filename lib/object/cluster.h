// Which cluster is it? What the user calls it, and where its requests go.
#pragma once

#include <string>

namespace asmgw {

struct Cluster {
  std::string id;        ///< full ID, as in clusterIds
  std::string context;   ///< name of the kubeconfig context
  std::string file;      ///< the kubeconfig that defines the context
  std::string server;    ///< https://host:port
  std::string found_by;  ///< which rule found the context
};

}  // namespace asmgw
