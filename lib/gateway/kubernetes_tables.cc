// The members of Kubernetes' own types, as its API (core/v1 of 1.36) has them.
#include "gateway/kubernetes_rules.h"
#include "gateway/kubernetes_types.h"

namespace asmgw {
namespace {

using Form = FieldForm;
using Words = std::span<const std::string_view>;

constexpr std::string_view kSelectorOperators[] = {"In", "NotIn", "Exists", "DoesNotExist"};
constexpr std::string_view kNodeOperators[] = {"In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"};
constexpr std::string_view kFieldOperators[] = {"In", "NotIn"};
constexpr std::string_view kTolerationOperators[] = {"Exists", "Equal"};
constexpr std::string_view kEffects[] = {"NoSchedule", "PreferNoSchedule", "NoExecute"};
constexpr std::string_view kFieldVersions[] = {"v1"};
constexpr std::string_view kSchemes[] = {"HTTP", "HTTPS"};

constexpr KubernetesMember text(std::string_view name, bool required = false, Words words = {}) {
  return {name, Form::Text, nullptr, required, words};
}
constexpr KubernetesMember text(std::string_view name, bool required, const Syntax& syntax) {
  return {name, Form::Text, nullptr, required, {}, 0, 0, false, &syntax};
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
constexpr KubernetesMember texts(std::string_view name, const Syntax& syntax) {
  return {name, Form::TextList, nullptr, false, {}, 0, 0, false, &syntax};
}

// affinity

constexpr KubernetesMember kNodeRequirementMembers[] = {text("key", true, kLabelKey),
                                                        text("operator", true, kNodeOperators),
                                                        texts("values", kLabelValue)};
constexpr KubernetesType kNodeRequirement{"NodeSelectorRequirement", kNodeRequirementMembers,
                                          check_selector_requirement};
/// What is only preferred may have values that no label has.
constexpr KubernetesMember kWishedRequirementMembers[] = {
    text("key", true, kLabelKey), text("operator", true, kNodeOperators), texts("values")};
constexpr KubernetesType kWishedRequirement{"NodeSelectorRequirement", kWishedRequirementMembers,
                                            check_selector_requirement};
constexpr KubernetesMember kFieldRequirementMembers[] = {
    text("key", true), text("operator", true, kFieldOperators), texts("values", kDnsName)};
constexpr KubernetesType kFieldRequirement{"NodeSelectorRequirement", kFieldRequirementMembers,
                                           check_field_requirement};

constexpr KubernetesMember kNodeTermMembers[] = {list("matchExpressions", kNodeRequirement),
                                                 list("matchFields", kFieldRequirement)};
constexpr KubernetesType kNodeTerm{"NodeSelectorTerm", kNodeTermMembers};
constexpr KubernetesMember kWishedTermMembers[] = {list("matchExpressions", kWishedRequirement),
                                                   list("matchFields", kFieldRequirement)};
constexpr KubernetesType kWishedTerm{"NodeSelectorTerm", kWishedTermMembers};

constexpr KubernetesMember kNodeSelectorMembers[] = {list("nodeSelectorTerms", kNodeTerm, true)};
constexpr KubernetesType kNodeSelector{"NodeSelector", kNodeSelectorMembers};

constexpr KubernetesMember kPreferredNodeMembers[] = {number("weight", 1, 100, true),
                                                      object("preference", kWishedTerm)};
constexpr KubernetesType kPreferredNode{"PreferredSchedulingTerm", kPreferredNodeMembers};

constexpr KubernetesMember kNodeAffinityMembers[] = {
    object("requiredDuringSchedulingIgnoredDuringExecution", kNodeSelector),
    list("preferredDuringSchedulingIgnoredDuringExecution", kPreferredNode)};
constexpr KubernetesType kNodeAffinity{"NodeAffinity", kNodeAffinityMembers};

constexpr KubernetesMember kLabelRequirementMembers[] = {text("key", true, kLabelKey),
                                                         text("operator", true, kSelectorOperators),
                                                         texts("values", kLabelValue)};
constexpr KubernetesType kLabelRequirement{"LabelSelectorRequirement", kLabelRequirementMembers,
                                           check_selector_requirement};

constexpr KubernetesMember kLabelSelectorMembers[] = {{"matchLabels", Form::MapOfText},
                                                      list("matchExpressions", kLabelRequirement)};
constexpr KubernetesType kLabelSelector{"LabelSelector", kLabelSelectorMembers,
                                        check_label_selector};

constexpr KubernetesMember kPodTermMembers[] = {
    object("labelSelector", kLabelSelector, false, true),
    texts("namespaces", kDnsLabel),
    text("topologyKey", true, kLabelKey),
    object("namespaceSelector", kLabelSelector, false, true),
    texts("matchLabelKeys", kLabelKey),
    texts("mismatchLabelKeys", kLabelKey)};
constexpr KubernetesType kPodTerm{"PodAffinityTerm", kPodTermMembers, check_pod_term};

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
    text("key", false, kLabelKey), text("operator", false, kTolerationOperators), text("value"),
    text("effect", false, kEffects), number("tolerationSeconds", INT64_MIN, INT64_MAX)};

// lifecycle

constexpr KubernetesMember kExecMembers[] = {texts("command", true)};
constexpr KubernetesType kExec{"ExecAction", kExecMembers};

constexpr KubernetesMember kHeaderMembers[] = {text("name", true, kHeaderName), text("value")};
constexpr KubernetesType kHeader{"HTTPHeader", kHeaderMembers};

constexpr KubernetesMember kHttpGetMembers[] = {
    text("path"),
    {"port", Form::NumberOrText, nullptr, true, {}, 1, 65535},
    text("host"),
    text("scheme", false, kSchemes),
    list("httpHeaders", kHeader)};
constexpr KubernetesType kHttpGet{"HTTPGetAction", kHttpGetMembers, check_tcp_or_http};

constexpr KubernetesMember kTcpSocketMembers[] = {
    {"port", Form::NumberOrText, nullptr, true, {}, 1, 65535}, text("host")};
constexpr KubernetesType kTcpSocket{"TCPSocketAction", kTcpSocketMembers, check_tcp_or_http};

constexpr KubernetesMember kSleepMembers[] = {number("seconds", 0, INT64_MAX)};
constexpr KubernetesType kSleep{"SleepAction", kSleepMembers};

constexpr KubernetesMember kHandlerMembers[] = {object("exec", kExec), object("httpGet", kHttpGet),
                                                object("tcpSocket", kTcpSocket),
                                                object("sleep", kSleep)};
constexpr KubernetesType kHandler{"LifecycleHandler", kHandlerMembers, check_handler};

constexpr KubernetesMember kLifecycleMembers[] = {object("postStart", kHandler),
                                                  object("preStop", kHandler), text("stopSignal")};

// valueFrom

constexpr KubernetesMember kFieldRefMembers[] = {text("apiVersion", false, kFieldVersions),
                                                 text("fieldPath", true)};
constexpr KubernetesType kFieldRef{"ObjectFieldSelector", kFieldRefMembers, check_field_ref};

constexpr KubernetesMember kResourceRefMembers[] = {
    text("containerName"),
    text("resource", true),
    {"divisor", Form::NumberOrText, nullptr, false, {}, INT64_MIN, INT64_MAX}};
constexpr KubernetesType kResourceRef{"ResourceFieldSelector", kResourceRefMembers,
                                      check_resource_ref};

constexpr KubernetesMember kKeyRefMembers[] = {
    text("name", true, kDnsName), text("key", true, kConfigKey), {"optional", Form::Bool}};
constexpr KubernetesType kConfigMapKeyRef{"ConfigMapKeySelector", kKeyRefMembers};
constexpr KubernetesType kSecretKeyRef{"SecretKeySelector", kKeyRefMembers};

constexpr KubernetesMember kFileKeyRefMembers[] = {text("volumeName", true, kDnsLabel),
                                                   text("path", true, kPathInside),
                                                   text("key", true, kEnvName),
                                                   {"optional", Form::Bool}};
constexpr KubernetesType kFileKeyRef{"FileKeySelector", kFileKeyRefMembers};

constexpr KubernetesMember kEnvVarSourceMembers[] = {
    object("fieldRef", kFieldRef), object("resourceFieldRef", kResourceRef),
    object("configMapKeyRef", kConfigMapKeyRef), object("secretKeyRef", kSecretKeyRef),
    object("fileKeyRef", kFileKeyRef)};

}  // namespace

constexpr KubernetesType kAffinityType{"Affinity", kAffinityMembers};
constexpr KubernetesType kTolerationType{"Toleration", kTolerationMembers, check_toleration};
constexpr KubernetesType kLifecycleType{"Lifecycle", kLifecycleMembers, check_lifecycle};
constexpr KubernetesType kEnvVarSourceType{"EnvVarSource", kEnvVarSourceMembers, check_env_source};

}  // namespace asmgw
