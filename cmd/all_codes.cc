// One line per code, below the place where it is found.
#include "cmd/all_codes.h"

#include "base/codes.h"
#include "cmd/codes.h"
#include "diff/codes.h"
#include "gateway/codes.h"
#include "io/codes.h"
#include "kube/codes.h"
#include "plan/codes.h"
#include "render/codes.h"

namespace asmgw::cmd {
namespace {

// clang-format off: a line each
constexpr PlacedCode kCodes[] = {
    {&kRollingRestart, "diff"},
    {&kFloorZero, "diff"},
    {&kReplicasDown, "diff"},
    {&kHpaBounds, "diff"},
    {&kPortRemoved, "diff"},
    {&kLbDeleted, "diff"},
    {&kLbClassImmutable, "diff"},
    {&kLbChangeRefused, "diff"},
    {&kLbChangeIgnored, "diff"},
    {&kLbListenerRecreated, "diff"},
    {&kLbIdChange, "diff"},
    {&kLbPrefixOnly, "diff"},
    {&kLbNlbSpec, "diff"},
    {&kTrafficPolicy, "diff"},
    {&kNodeportRealloc, "diff"},
    {&kSelectorImmutable, "diff"},
    {&kPrivileged, "diff"},
    {&kNotInjected, "diff"},
    {&kVolumeSourceMissing, "diff"},
    {&kConflict, "diff"},
    {&kRevertedBy, "diff"},
    {&kLeftOver, "diff"},
    {&kAdoptNeeded, "diff"},
    {&kLocal, "diff"},
    {&kBeingDeleted, "diff"},
    {&kPruneNeeded, "diff"},
    {&kNoProxyContainer, "diff"},

    {&kSyntax, "input"},
    {&kDuplicateKey, "input"},
    {&kNoGateway, "input"},
    {&kUnknownField, "input"},
    {&kWrongType, "input"},
    {&kMissingField, "input"},
    {&kBadValue, "input"},
    {&kOutOfRange, "input"},
    {&kOverrideCluster, "input"},
    {&kDuplicateCluster, "input"},
    {&kDuplicateGateway, "input"},
    {&kNamespace, "input"},
    {&kLbIdShared, "input"},
    {&kPortName, "input"},
    {&kPortDuplicate, "input"},
    {&kTargetPortName, "input"},
    {&kClassNeedsLb, "input"},
    {&kCompressionEgress, "input"},
    {&kCompressionNeedsGzip, "input"},
    {&kContentType, "input"},
    {&kPolicyNeedsLb, "input"},
    {&kOverrideNoEffect, "input"},
    {&kPrefixConflict, "input"},
    {&kLegacyField, "input"},
    {&kAsmVersion, "input"},
    {&kPolicyEgress, "input"},
    {&kNodePortRange, "input"},
    {&kTargetPort0, "input"},
    {&kNodePort, "input"},
    {&kAnnotationsNeedLb, "input"},
    {&kNotRendered, "input"},
    {&kBaseUnused, "input"},
    {&kSkippedDocuments, "input"},
    {&kRollingBothZero, "input"},
    {&kUnquotedKernelValue, "input"},
    {&kUnknownKernel, "input"},
    {&kLabelReserved, "input"},
    {&kEnvBuiltinKind, "input"},
    {&kHostNetworkNotInjected, "input"},
    {&kHpaWithoutMax, "input"},
    {&kMinOverMax, "input"},
    {&kVolumeDuplicate, "input"},
    {&kVolumeReserved, "input"},
    {&kTargetWithoutRequest, "input"},
    {&kReplicasOutsideBounds, "input"},
    {&kLowPortNoRoot, "input"},
    {&kKernelGone, "input"},
    {&kKernelNodeWide, "input"},
    {&kKernelHostNetwork, "input"},
    {&kHostNetworkDns, "input"},
    {&kHostNetworkSurge, "input"},
    {&kHostNetworkPorts, "input"},
    {&kEnvBuiltin, "input"},
    {&kDrainNotApplied, "input"},
    {&io::kUnreadableFile, "input"},

    {&kBadConfig, "config"},
    {&kUsage, "config"},
    {&kExternalDiff, "config"},
    {&kKernelImage, "config"},
    {&kube::kBadKubeconfig, "config"},
    {&kube::kExposedKubeconfig, "config"},
    {&kube::kNoContext, "config"},
    {&kube::kAmbiguousContext, "config"},
    {&kube::kAckMerge, "config"},
    {&kube::kSameServer, "config"},

    {&kControlPlaneLeftOut, "read"},
    {&kNotJson, "read"},
    {&kube::kUnreachable, "read"},
    {&kube::kUnauthorized, "read"},
    {&kube::kForbidden, "read"},
    {&kube::kNoNamespace, "read"},
    {&kube::kNotServed, "read"},
    {&kube::kWebhookDown, "read"},
    {&kube::kPolicyRefused, "read"},
    {&kube::kServerError, "read"},

    {&io::kUnwritableFile, "apply"},
    {&kGates, "apply"},
    {&kRolloutFailed, "apply"},
    {&kTimedOut, "apply"},
};
// clang-format on

}  // namespace

std::span<const PlacedCode> all_codes() { return kCodes; }

}  // namespace asmgw::cmd
