// What can be wrong with a text as such? The codes of this room.
#pragma once

#include "base/doc.h"

namespace asmgw {

inline constexpr Code kSyntax{"syntax",
                              Severity::Error,
                              "not YAML",
                              "The text cannot be read as YAML or JSON.",
                              "correct the place that is named",
                              "ports: [80, 443   (the bracket is never closed)"};
inline constexpr Code kDuplicateKey{
    "duplicate-key",
    Severity::Error,
    "a key stands twice in one mapping",
    "YAML readers keep one of the two without a word; the other would be lost.",
    "remove one of the two",
    "replicaCount: 2, and further below replicaCount: 3"};
inline constexpr Code kNotJson{"not-json",
                               Severity::Error,
                               "the answer is not JSON",
                               "An API server answers in JSON; this is something else.",
                               "check what answers at that address",
                               "a proxy or a login page answers with HTML"};

inline constexpr Code kUsage{"usage",
                             Severity::Error,
                             "wrong flags or arguments",
                             "The command line asks for something that does not exist or does not "
                             "fit together; nothing was contacted.",
                             "kubectl asmgw COMMAND --help",
                             "kubectl asmgw diff --clusters c8a4b2   (meant: --cluster)"};

}  // namespace asmgw
