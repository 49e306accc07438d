// What may stand in the values that are Kubernetes' own: affinity, tolerations, lifecycle,
// valueFrom? Checked to the depth at which the API server (1.36) would refuse them; its answer is
// the oracle.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/field_view.h"
#include "base/finding.h"
#include "base/tree.h"
#include "gateway/kubernetes_names.h"

namespace asmgw {

struct KubernetesType;

/// One member of a Kubernetes type.
struct KubernetesMember {
  std::string_view name;
  FieldForm form = FieldForm::Text;
  const KubernetesType* type = nullptr;  ///< of an object, or of a list's items
  bool required = false;
  std::span<const std::string_view> words = {};  ///< of a text: the only values allowed
  std::int64_t min = 0, max = 2147483647;        ///< of an integer
  bool empty_is_value = false;                   ///< `{}` means something: all
  const Syntax* syntax = nullptr;                ///< of a text, or of each text of a list
};

struct KubernetesType {
  std::string_view name;  ///< Kubernetes' own: NodeSelectorTerm
  std::span<const KubernetesMember> members;
  /// What must hold among the members; nullptr = nothing. Adds what is wrong.
  void (*rule)(const Node& value, Findings& findings) = nullptr;
};

extern const KubernetesType kAffinityType;
extern const KubernetesType kTolerationType;
extern const KubernetesType kLifecycleType;
extern const KubernetesType kEnvVarSourceType;

/// The members for those who only show them, to the depth.
std::vector<FieldView> views_of(const KubernetesType& type);

/// Is the mapping a good value of the type? What is wrong is a finding with its place. Judged as it
/// is written: an empty part that the server refuses is refused, though without_empty_parts would
/// drop it.
bool check_kubernetes_value(const Node& node, std::string_view name, const KubernetesType& type,
                            Findings& findings);

/// The value without its empty parts, for the server would keep them, and an empty object restarts
/// pods for nothing. What means something when empty stays: a label selector; an item of a list.
Node without_empty_parts(const Node& node, const KubernetesType& type);

}  // namespace asmgw
