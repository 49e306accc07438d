// What does a program read of a comparison? The versioned record of page 11.
#pragma once

#include <string>

#include "base/finding.h"
#include "base/json.h"
#include "diff/change_set.h"
#include "plan/verdict.h"
#include "report/head.h"

namespace asmgw {

inline constexpr std::string_view kApiVersion = "asmgw/v1alpha1";

/// kind GatewayDiff. A missing key means absent; nothing is null; full cluster IDs. `show_noise`:
/// also each difference without effect.
Json changes_json(const Subject& subject, const Findings& findings, const ChangeSet& changes,
                  const Verdict& verdict, bool show_noise);

/// `diagnostics` of every record.
Json diagnostics_json(const Findings& findings);

/// One finding: code, severity, message, why, hint, and its place.
Json finding_json(const Finding& finding);

/// The text of a record: two spaces of indentation, a line end.
std::string record_text(const Json& record);

}  // namespace asmgw
