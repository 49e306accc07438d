#include "object/kinds.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace asmgw {
namespace {

constexpr ListIdentity kServiceLists[] = {{"ports", {"port", "protocol"}}};
constexpr ListIdentity kPodLists[] = {
    {"containers", {"name", ""}},
    {"initContainers", {"name", ""}},
    {"env", {"name", ""}},
    {"volumes", {"name", ""}},
    {"volumeMounts", {"mountPath", ""}},
    {"ports", {"containerPort", "protocol"}},
};
constexpr ListIdentity kFilterLists[] = {{"configPatches", {"applyTo", ""}, true}};
constexpr std::string_view kSelector[] = {"selector"};
constexpr std::string_view kRoleRef[] = {"roleRef"};
// the last is the node affinity's; the pods' lists of that name are one value anyway
constexpr std::string_view kPodAtomic[] = {
    "selector",     "nodeSelector",
    "fieldRef",     "resourceFieldRef",
    "secretKeyRef", "configMapKeyRef",
    "fileKeyRef",   "requiredDuringSchedulingIgnoredDuringExecution"};
constexpr std::string_view kServiceAllocated[] = {"clusterIP", "clusterIPs", "nodePort",
                                                  "healthCheckNodePort"};
constexpr std::string_view kRbac = "rbac.authorization.k8s.io";

constexpr Kind kKinds[] = {
    {"", "v1", "Namespace", "namespaces", 0, Place::EachCluster, {}, {}},
    {"", "v1", "ConfigMap", "configmaps", 0, Place::EachCluster, {}, {}},
    {"", "v1", "Secret", "secrets", 0, Place::EachCluster, {}, {}},
    {"admissionregistration.k8s.io",
     "v1",
     "MutatingWebhookConfiguration",
     "mutatingwebhookconfigurations",
     0,
     Place::EachCluster,
     {},
     {}},
    {"", "v1", "Pod", "pods", 0, Place::EachCluster, {}, {}},
    {"apps", "v1", "ReplicaSet", "replicasets", 0, Place::EachCluster, {}, {}},
    {"", "v1", "ServiceAccount", "serviceaccounts", 10, Place::EachCluster, {}, {}},
    {kRbac, "v1", "Role", "roles", 20, Place::EachCluster, {}, {}},
    {kRbac, "v1", "RoleBinding", "rolebindings", 30, Place::EachCluster, {}, {}, kRoleRef},
    {"", "v1", "Service", "services", 40, Place::EachCluster, kServiceLists, kServiceAllocated,
     kSelector},
    {"apps", "v1", "Deployment", "deployments", 50, Place::EachCluster, kPodLists, {}, kPodAtomic},
    // its metrics are one value: their order counts
    {"autoscaling",
     "v2",
     "HorizontalPodAutoscaler",
     "horizontalpodautoscalers",
     60,
     Place::EachCluster,
     {},
     {}},
    {"networking.istio.io",
     "v1alpha3",
     "EnvoyFilter",
     "envoyfilters",
     70,
     Place::ControlPlane,
     kFilterLists,
     {}},
    {"istio.alibabacloud.com",
     "v1beta1",
     "IstioGateway",
     "istiogateways",
     0,
     Place::ControlPlane,
     {},
     {}},
};

}  // namespace

std::string to_string(const ObjectRef& ref) { return ref.kind + "/" + ref.name; }

std::span<const Kind> kinds() { return kKinds; }

const Kind& kind_of(const ObjectRef& ref) {
  for (const Kind& kind : kKinds) {
    if (kind.kind == ref.kind && kind.group == ref.group) return kind;
  }
  ASMGW_BUG("a kind without a row in kinds.cc");
}

std::string api_version(const Kind& kind) {
  return kind.group.empty() ? std::string(kind.version)
                            : fmt::format("{}/{}", kind.group, kind.version);
}

std::string url_path(const ObjectRef& ref, std::string_view version) {
  Kind kind = kind_of(ref);
  if (!version.empty()) kind.version = version;
  return fmt::format("{}/{}{}{}/{}{}{}", kind.group.empty() ? "/api" : "/apis", api_version(kind),
                     ref.ns.empty() ? "" : "/namespaces/", ref.ns, kind.resource,
                     ref.name.empty() ? "" : "/", ref.name);
}

const ListIdentity* list_identity(const Kind& kind, std::string_view list) {
  for (const ListIdentity& identity : kind.lists) {
    if (identity.list == list) return &identity;
  }
  return nullptr;
}

bool is_atomic(const Kind& kind, std::string_view field) {
  return std::find(kind.atomic.begin(), kind.atomic.end(), field) != kind.atomic.end();
}

bool is_allocated(const Kind& kind, std::string_view field) {
  return std::find(kind.allocated.begin(), kind.allocated.end(), field) != kind.allocated.end();
}

}  // namespace asmgw
