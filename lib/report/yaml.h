// How is an object written as YAML? As kubectl prints it: two spaces, keys sorted.
#pragma once

#include <string>

#include "base/json.h"

namespace asmgw {

/// A block of YAML that reads back as the same value, by YAML 1.1 and 1.2 readers alike.
std::string to_yaml(const Json& json);

}  // namespace asmgw
