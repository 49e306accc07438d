// Whom does a request act for, and how is that said?
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kube/kubeconfig.h"

namespace asmgw::kube {

/// The kubeconfig's with each part replaced that a flag gives.
Impersonation acting_for(Impersonation kubeconfig, const Impersonation& flags);

/// The headers: Impersonate-User, -Uid, -Group (one each), -Extra-KEY with KEY %-encoded. None
/// without a user.
std::vector<std::pair<std::string, std::string>> headers_of(const Impersonation& act_as);

}  // namespace asmgw::kube
