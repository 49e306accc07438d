// What does a person read of a comparison? The screens 1 to 3.
#pragma once

#include <string>

#include "base/finding.h"
#include "diff/change_set.h"
#include "report/head.h"
#include "report/hidden.h"
#include "report/layout.h"

namespace asmgw {

/// How much is told.
struct Telling {
  bool sentence = true;  ///< what it comes to, at the end
  bool wide = false;     ///< a row for each cluster, every risk, contexts, whole IDs
  Noise noise = Noise::Counted;
};

/// One screen per gateway, the manifest's findings at its head. Over 12 clusters (kMostRows) are
/// told of in groups, unless wide.
std::string changes_text(const Subject& subject, const Findings& findings, const ChangeSet& changes,
                         const Telling& telling, const Screen& screen);

}  // namespace asmgw
