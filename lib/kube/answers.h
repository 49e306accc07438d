// What does a response mean? The table of answers of page 4: absent, unreadable and refused are
// told apart here, and nowhere else.
#pragma once

#include "base/finding.h"
#include "base/seams.h"
#include "object/exchange.h"

namespace asmgw::kube {

/// `ref`: what the request was about; its name tells "absent" from "not served". Only a GET can
/// find an object absent: the same words to a PATCH of a RoleBinding mean its Role.
Answer answer_of(const Request& request, const Response& response, const ObjectRef& ref);

/// The code and words for an answer that is no object: Refused or Unread.
Finding finding_of(const Refused& refused);
Finding finding_of(const Unread& unread);

}  // namespace asmgw::kube
