// What must hold among the members of Kubernetes' own types? One function per type, called when
// each member alone is good; what does not hold is a finding. Measured on its API server (1.36).
// Private to the tables of this room.
#pragma once

#include "base/finding.h"
#include "base/tree.h"

namespace asmgw {

void check_selector_requirement(const Node& value, Findings& findings);
void check_field_requirement(const Node& value, Findings& findings);
void check_label_selector(const Node& value, Findings& findings);
void check_pod_term(const Node& value, Findings& findings);
void check_toleration(const Node& value, Findings& findings);
void check_tcp_or_http(const Node& value, Findings& findings);
void check_handler(const Node& value, Findings& findings);
void check_lifecycle(const Node& value, Findings& findings);
void check_field_ref(const Node& value, Findings& findings);
void check_resource_ref(const Node& value, Findings& findings);
void check_env_source(const Node& value, Findings& findings);

}  // namespace asmgw
