// Which fields of other managers may pass to us, and how do they pass?
#pragma once

#include "base/json.h"
#include "object/exchange.h"
#include "object/kinds.h"

namespace asmgw {

/// The fields that matter to an apply of `ours` (page 4): those that it sets, and those that it no
/// longer sets but the manifest decides about: what our last apply holds as well, ports of a
/// Service, mounts of our volumes, amounts of our resources. An item of a list passes whole. Never
/// a container as a whole, never kubectl.kubernetes.io/restartedAt, never what is recorded in
/// another version of the API.
Adopted adoptable_fields(const Kind& kind, const Json& live, const Json& ours);

/// metadata.managedFields of `live` with the fields moved into the entry of our applies. Entries
/// that are left with nothing go.
Json owners_after(const Kind& kind, const Json& live, const Adopted& adopted);

}  // namespace asmgw
