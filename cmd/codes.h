// What can be wrong with how asmgw is called and configured? The codes of this room.
#pragma once

#include "base/doc.h"

namespace asmgw::cmd {

inline constexpr Code kBadConfig{"bad-config",
                                 Severity::Error,
                                 "the config file cannot be used",
                                 "A misspelt key would silently have no effect, and with it a "
                                 "cluster's mapping or a setting.",
                                 "correct the place that is named",
                                 "asmVerson: v1.22.2.35   (meant: asmVersion)"};

inline constexpr Code kExternalDiff{
    "external-diff",
    Severity::Error,
    "KUBECTL_EXTERNAL_DIFF fails",
    "diff -o diff lets it show the differences, as kubectl diff does. It is run without a shell, "
    "its "
    "words split at spaces, and a code over 1 means that it could not compare.",
    "correct KUBECTL_EXTERNAL_DIFF, or unset it",
    "KUBECTL_EXTERNAL_DIFF='diff -u -N'"};

inline constexpr Code kControlPlaneLeftOut{
    "control-plane-left-out",
    Severity::Note,
    "the control plane is not looked at",
    "An EnvoyFilter changes the gateway in all its clusters at once, so a run over some of them "
    "leaves it out.",
    "leave --cluster out to change it as well",
    "kubectl asmgw apply -f gateway.yaml --cluster c9f3e7"};

}  // namespace asmgw::cmd
