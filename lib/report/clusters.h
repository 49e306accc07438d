// What did each cluster say when it was looked at? Screen 6's `clusters`, and its record.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "object/cluster.h"
#include "object/exchange.h"
#include "report/layout.h"

namespace asmgw {

/// One cluster; of one that was not asked only `cluster`.
struct ClusterLook {
  Cluster cluster = {};
  std::string version = {};  ///< v1.34.2
  std::string uid = {};      ///< of kube-system; "" = it may not be read
  std::chrono::milliseconds took{0};
  std::vector<MayI> may_not = {};     ///< rights that are missing
  std::optional<Finding> error = {};  ///< why it does not answer
};

/// `asked`: with the answers. `wide`: with the server and the uid of kube-system.
std::string clusters_text(const std::vector<ClusterLook>& looks, bool asked, bool wide,
                          const Screen& screen);

/// kind GatewayClusters.
std::string clusters_json(const std::vector<ClusterLook>& looks, bool asked,
                          const std::string& tool, int exit_code);

}  // namespace asmgw
