// Who are we at a cluster, and whom do we trust there? A kubeconfig's entries become an Access.
#pragma once

#include "base/finding.h"
#include "base/seams.h"
#include "kube/contexts.h"
#include "kube/login.h"
#include "kube/plugins.h"
#include "kube/proxy.h"

namespace asmgw::kube {

/// Where an API server is, and who we are there.
struct Access {
  Endpoint endpoint;  ///< without what the login proves
  Login login;
};

/// What all clusters of a run have in common.
struct AccessRules {
  FileAccess files;
  Clock& clock;
  Plugins& plugins;
  ProxyRules proxies = {};    ///< of the environment
  Impersonation act_as = {};  ///< --as, --as-group, --as-uid: each stands before the kubeconfig's
};

/// The access that a resolved context describes: CA, proxy, client certificate, token, basic auth,
/// credential plugin, impersonation by kubectl's rules (data wins over files, tokenFile over token,
/// a plugin only when there is nothing else, a server without https gets no credentials). What
/// kubectl refuses is a finding [bad-kubeconfig] naming file and entry, and gives an endpoint with
/// an empty url. No finding holds a secret. Runs no plugin. Does not throw.
Access access_of(const Resolved& resolved, const AccessRules& rules, Findings& findings);

}  // namespace asmgw::kube
