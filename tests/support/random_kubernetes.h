// Which values of Kubernetes' own types are valid? Any of them, from their tables.
#pragma once

#include "gateway/kubernetes_types.h"
#include "tests/support/dice.h"

namespace asmgw::test {

Json random_kubernetes(const KubernetesType& type, Dice& dice);

/// A label's key or value, an annotation's key.
std::string random_label_key(Dice& dice);
std::string random_label_value(Dice& dice);

}  // namespace asmgw::test
