// Is a request sent again, and when? A pure policy.
#pragma once

#include <chrono>
#include <optional>

#include "base/seams.h"

namespace asmgw::kube {

/// How long to wait before sending the request again; nothing = the response stands. Only 429 and
/// ≥ 500 with Retry-After (any verb, at most 10 times), and a broken connection (not a timeout) for
/// what changes nothing, GET and dry runs (1 s, at most 3 times). `sent`: how often it has been
/// sent, from 1.
std::optional<std::chrono::milliseconds> retry_after(const Request& request,
                                                     const Response& response, int sent);

}  // namespace asmgw::kube
