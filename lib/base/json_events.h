// What does a JSON text say, and where? kubectl tries JSON first, and JSON is not quite YAML.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/finding.h"
#include "base/tree_builder.h"
#include "base/yaml_text.h"

namespace asmgw {

struct JsonValue {
  std::vector<TreeEvent> events;
  std::size_t end = 0;             ///< the byte behind it
  bool is_json = true;             ///< else `failure` says where it ends to be JSON
  std::optional<Finding> failure;  ///< [syntax]; of JSON: it cannot be read all the same
};

/// The JSON value at `begin`; what stands behind it does not matter.
JsonValue read_json(YamlText& text, std::size_t begin);

}  // namespace asmgw
