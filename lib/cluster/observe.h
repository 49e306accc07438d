// What is there? The one loop that asks a cluster until nothing is open.
#pragma once

#include <stop_token>

#include "kube/client.h"
#include "survey/goal.h"
#include "survey/known.h"

namespace asmgw {

/// Asks batch after batch; as a rule one. The only reading of a comparison.
Known observe(const Goal& goal, kube::Client& client, std::stop_token stop);

}  // namespace asmgw
