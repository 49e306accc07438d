// Are we in a pod, and may its service account be used? As client-go finds out.
#pragma once

#include <optional>

#include "kube/kubeconfig.h"
#include "kube/kuberc.h"

namespace asmgw::kube {

/// A kubeconfig with one context, `in-cluster`, made of KUBERNETES_SERVICE_HOST and _PORT and the
/// service account's token and CA; nothing outside a pod. It is used when there is no other.
std::optional<Kubeconfig> in_cluster_config(const Environment& environment,
                                            const FileAccess& files);

}  // namespace asmgw::kube
