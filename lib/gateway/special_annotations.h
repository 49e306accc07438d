// Which annotations does the API server look into? Private to this room.
#pragma once

#include "base/finding.h"
#include "gateway/parts.h"

namespace asmgw {

/// Of the pods: mirror pods, the cost of deletion, profiles of seccomp and AppArmor.
void check_pod_annotations(const Field<TextMap>& annotations, Findings& findings);

/// Of the Service: the load balancer's source ranges, topology hints.
void check_service_annotations(const Field<TextMap>& annotations, Findings& findings);

}  // namespace asmgw
