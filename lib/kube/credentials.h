// Who are we at a cluster, and whom do we trust there? A kubeconfig's entries become an Endpoint.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "base/seams.h"
#include "kube/contexts.h"

namespace asmgw::kube {

/// The endpoint that a resolved context describes: CA, client certificate, token, basic auth by
/// kubectl's rules (data wins over files, tokenFile over token, a server without https gets no
/// credentials). What kubectl refuses, and what this version cannot do (exec plugins, proxies), is
/// a finding [bad-kubeconfig] naming file and entry, and gives an endpoint with an empty url.
/// No finding holds a secret. Does not throw.
Endpoint endpoint_of(const Resolved& resolved, const FileAccess& files, Findings& findings);

/// The bytes of a base64 text, by the rules of Go's decoder: padded, line breaks skipped, anything
/// else that is not of the alphabet refused (nullopt).
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace asmgw::kube
