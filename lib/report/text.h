// What does a person read of a comparison? The screens 1 to 3.
#pragma once

#include <string>

#include "base/finding.h"
#include "diff/change_set.h"
#include "report/head.h"
#include "report/layout.h"

namespace asmgw {

/// One screen per gateway, the manifest's findings at its head. `with_sentence`: ends with the
/// summary sentence (before a question of `apply` it would be said twice).
std::string changes_text(const Subject& subject, const Findings& findings, const ChangeSet& changes,
                         bool with_sentence, const Screen& screen);

}  // namespace asmgw
