// What is wrong with this YAML, in words for its author?
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "base/yaml_text.h"

namespace asmgw {

/// libyaml's problem with what stands behind the end of a value.
inline constexpr std::string_view kRest = "did not find expected <document start>";

/// libyaml's own words and places.
struct YamlError {
  std::string problem;
  std::string context;    ///< what it was doing, or ""
  std::size_t at = 0;     ///< the byte of the problem
  std::size_t began = 0;  ///< the byte where what it was doing began; with a context
};

/// [syntax] at the token that is to blame.
Finding explain_yaml_error(YamlText& text, const Token& document, const YamlError& error);

}  // namespace asmgw
