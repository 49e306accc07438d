// What does a scalar without quotes mean? As Kubernetes' own YAML reader has it.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace asmgw {

/// Null, a boolean, a number or, for all else, the text. By the rules of sigs.k8s.io/yaml 1.6
/// (go.yaml.in/yaml v2: YAML 1.1 without base 60 and without timestamps). A number may be infinite.
Json plain_value(std::string_view text);

/// The member name that Kubernetes makes of a key without quotes: of `1.10` it makes `1.1`, of
/// `yes` `true`.
std::string key_name(std::string_view text);

}  // namespace asmgw
