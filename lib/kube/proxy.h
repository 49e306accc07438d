// Through which proxy, if any, does a request go? Go's rules for the environment, kubectl's.
#pragma once

#include <string>

#include "kube/url.h"

namespace asmgw::kube {

/// HTTPS_PROXY, HTTP_PROXY, NO_PROXY, or what stands in lower case. ALL_PROXY is not one of them.
struct ProxyRules {
  std::string https = {}, http = {}, none = {};
};

/// The proxy for a server: one of `http`, `https`, `socks5`; "" = none. A loopback host never has
/// one. `none` is a list: hosts (and what is below them), `.suffix`, `*.suffix`, addresses, CIDRs,
/// each with or without a port, or `*`. A proxy without a scheme is http.
std::string proxy_for(const Url& server, const ProxyRules& rules);

/// Can a connection be made through it? Schemes as above.
bool is_proxy(const Url& url);

}  // namespace asmgw::kube
