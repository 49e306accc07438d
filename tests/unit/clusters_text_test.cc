// What `clusters` says beside its table.
#include <gtest/gtest.h>

#include "kube/codes.h"
#include "report/clusters.h"

namespace asmgw {
namespace {

ClusterLook failing(const std::string& id, const std::string& hint) {
  return {.cluster = {.id = id, .context = id, .file = "", .server = "", .found_by = "x"},
          .error = finding(kube::kUnreachable, "no connection", hint)};
}

TEST(ClustersText, AHintIsSaidOnceForItsClusters) {
  const std::string text = clusters_text(
      {failing("c1", "install it"), failing("c2", "start it"), failing("c3", "install it")},
      /*asked=*/true, /*wide=*/false, {});
  EXPECT_NE(text.find("\nhint: c1, c3: install it\nhint: c2: start it\n3 clusters: "),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace asmgw
