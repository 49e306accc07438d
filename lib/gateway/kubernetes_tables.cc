// The members of Kubernetes' own types, as its API (core/v1 of 1.36) has them.
#include "gateway/kubernetes_types.h"

namespace asmgw {
namespace {

using Form = KubernetesMember::Form;
using Words = std::span<const std::string_view>;

constexpr std::string_view kSelectorOperators[] = {"In", "NotIn", "Exists", "DoesNotExist"};
constexpr std::string_view kNodeOperators[] = {"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"};
constexpr std::string_view kTolerationOperators[] = {"Exists", "Equal"};
constexpr std::string_view kEffects[] = {"NoSchedule", "PreferNoSchedule", "NoExecute"};
constexpr std::string_view kSchemes[] = {"HTTP", "HTTPS"};

constexpr KubernetesMember text(std::string_view name, bool required = false, Words words = {}) {
  return {name, Form::Text, nullptr, required, words};
}
constexpr KubernetesMember number(std::string_view name, std::int64_t min, std::int64_t max,
                                  bool required = false) {
  return {name, Form::Int, nullptr, required, {}, min, max};
}
constexpr KubernetesMember object(std::string_view name, const KubernetesType& type,
                                  bool required = false, bool empty_is_value = false) {
  return {name, Form::Object, &type, required, {}, 0, 0, empty_is_value};
}
constexpr KubernetesMember list(std::string_view name, const KubernetesType& type,
                                bool required = false) {
  return {name, Form::ObjectList, &type, required};
}
constexpr KubernetesMember texts(std::string_view name, bool required = false) {
  return {name, Form::TextList, nullptr, required};
}

// affinity

constexpr KubernetesMember kNodeRequirementMembers[] = {
    text("key", true), text("operator", true, kNodeOperators), texts("values")};
constexpr KubernetesType kNodeRequirement{"NodeSelectorRequirement", kNodeRequirementMembers};

constexpr KubernetesMember kNodeTermMembers[] = {list("matchExpressions", kNodeRequirement),
                                                 list("matchFields", kNodeRequirement)};
constexpr KubernetesType kNodeTerm{"NodeSelectorTerm", kNodeTermMembers};

constexpr KubernetesMember kNodeSelectorMembers[] = {list("nodeSelectorTerms", kNodeTerm, true)};
constexpr KubernetesType kNodeSelector{"NodeSelector", kNodeSelectorMembers};

constexpr KubernetesMember kPreferredNodeMembers[] = {number("weight", 1, 100, true),
                                                      object("preference", kNodeTerm, true)};
constexpr KubernetesType kPreferredNode{"PreferredSchedulingTerm", kPreferredNodeMembers};

constexpr KubernetesMember kNodeAffinityMembers[] = {
    object("requiredDuringSchedulingIgnoredDuringExecution", kNodeSelector),
    list("preferredDuringSchedulingIgnoredDuringExecution", kPreferredNode)};
constexpr KubernetesType kNodeAffinity{"NodeAffinity", kNodeAffinityMembers};

constexpr KubernetesMember kLabelRequirementMembers[] = {
    text("key", true), text("operator", true, kSelectorOperators), texts("values")};
constexpr KubernetesType kLabelRequirement{"LabelSelectorRequirement", kLabelRequirementMembers};

constexpr KubernetesMember kLabelSelectorMembers[] = {{"matchLabels", Form::MapOfText},
                                                      list("matchExpressions", kLabelRequirement)};
constexpr KubernetesType kLabelSelector{"LabelSelector", kLabelSelectorMembers};

constexpr KubernetesMember kPodTermMembers[] = {
    object("labelSelector", kLabelSelector, false, true),
    texts("namespaces"),
    text("topologyKey", true),
    object("namespaceSelector", kLabelSelector, false, true),
    texts("matchLabelKeys"),
    texts("mismatchLabelKeys")};
constexpr KubernetesType kPodTerm{"PodAffinityTerm", kPodTermMembers};

constexpr KubernetesMember kWeightedPodMembers[] = {number("weight", 1, 100, true),
                                                    object("podAffinityTerm", kPodTerm, true)};
constexpr KubernetesType kWeightedPod{"WeightedPodAffinityTerm", kWeightedPodMembers};

constexpr KubernetesMember kPodAffinityMembers[] = {
    list("requiredDuringSchedulingIgnoredDuringExecution", kPodTerm),
    list("preferredDuringSchedulingIgnoredDuringExecution", kWeightedPod)};
constexpr KubernetesType kPodAffinity{"PodAffinity", kPodAffinityMembers};
constexpr KubernetesType kPodAntiAffinity{"PodAntiAffinity", kPodAffinityMembers};

constexpr KubernetesMember kAffinityMembers[] = {object("nodeAffinity", kNodeAffinity),
                                                 object("podAffinity", kPodAffinity),
                                                 object("podAntiAffinity", kPodAntiAffinity)};

// tolerations

constexpr KubernetesMember kTolerationMembers[] = {
    text("key"), text("operator", false, kTolerationOperators), text("value"),
    text("effect", false, kEffects), number("tolerationSeconds", INT64_MIN, INT64_MAX)};

// lifecycle

constexpr KubernetesMember kExecMembers[] = {texts("command", true)};
constexpr KubernetesType kExec{"ExecAction", kExecMembers};

constexpr KubernetesMember kHeaderMembers[] = {text("name", true), text("value")};
constexpr KubernetesType kHeader{"HTTPHeader", kHeaderMembers};

constexpr KubernetesMember kHttpGetMembers[] = {
    text("path"),
    {"port", Form::NumberOrText, nullptr, true, {}, 1, 65535},
    text("host"),
    text("scheme", false, kSchemes),
    list("httpHeaders", kHeader)};
constexpr KubernetesType kHttpGet{"HTTPGetAction", kHttpGetMembers};

constexpr KubernetesMember kTcpSocketMembers[] = {
    {"port", Form::NumberOrText, nullptr, true, {}, 1, 65535}, text("host")};
constexpr KubernetesType kTcpSocket{"TCPSocketAction", kTcpSocketMembers};

constexpr KubernetesMember kSleepMembers[] = {number("seconds", 0, INT64_MAX, true)};
constexpr KubernetesType kSleep{"SleepAction", kSleepMembers};

constexpr KubernetesMember kHandlerMembers[] = {object("exec", kExec), object("httpGet", kHttpGet),
                                                object("tcpSocket", kTcpSocket),
                                                object("sleep", kSleep)};
constexpr KubernetesType kHandler{"LifecycleHandler", kHandlerMembers};

constexpr KubernetesMember kLifecycleMembers[] = {object("postStart", kHandler),
                                                  object("preStop", kHandler), text("stopSignal")};

// valueFrom

constexpr KubernetesMember kFieldRefMembers[] = {text("apiVersion"), text("fieldPath", true)};
constexpr KubernetesType kFieldRef{"ObjectFieldSelector", kFieldRefMembers};

constexpr KubernetesMember kResourceRefMembers[] = {
    text("containerName"), text("resource", true), {"divisor", Form::NumberOrText}};
constexpr KubernetesType kResourceRef{"ResourceFieldSelector", kResourceRefMembers};

constexpr KubernetesMember kKeyRefMembers[] = {
    text("name"), text("key", true), {"optional", Form::Bool}};
constexpr KubernetesType kConfigMapKeyRef{"ConfigMapKeySelector", kKeyRefMembers};
constexpr KubernetesType kSecretKeyRef{"SecretKeySelector", kKeyRefMembers};

constexpr KubernetesMember kFileKeyRefMembers[] = {
    text("volumeName", true), text("path", true), text("key", true), {"optional", Form::Bool}};
constexpr KubernetesType kFileKeyRef{"FileKeySelector", kFileKeyRefMembers};

constexpr KubernetesMember kEnvVarSourceMembers[] = {
    object("fieldRef", kFieldRef), object("resourceFieldRef", kResourceRef),
    object("configMapKeyRef", kConfigMapKeyRef), object("secretKeyRef", kSecretKeyRef),
    object("fileKeyRef", kFileKeyRef)};

}  // namespace

constexpr KubernetesType kAffinityType{"Affinity", kAffinityMembers};
constexpr KubernetesType kTolerationType{"Toleration", kTolerationMembers};
constexpr KubernetesType kLifecycleType{"Lifecycle", kLifecycleMembers};
constexpr KubernetesType kEnvVarSourceType{"EnvVarSource", kEnvVarSourceMembers};

}  // namespace asmgw
