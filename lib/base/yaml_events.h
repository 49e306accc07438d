// What does a YAML document say, and where? The only user of libyaml, from which the reader of
// Kubernetes (go.yaml.in/yaml v2) was translated: what one accepts the other does.
#pragma once

#include <optional>
#include <vector>

#include "base/finding.h"
#include "base/tree_builder.h"
#include "base/yaml_text.h"

namespace asmgw {

/// The events of one document, none when it is empty. What is not YAML, and what Kubernetes' reader
/// would pass over without a word, is a [syntax] problem; then the events are worth nothing.
std::vector<TreeEvent> read_yaml(YamlText& text, const Token& document,
                                 std::optional<Finding>& problem);

}  // namespace asmgw
