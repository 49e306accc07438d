// What is a Kubernetes object here? JSON as it is: bodies stay data, no typed models of kinds.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>  // in the core's precompiled header, so it costs nothing here
#include <string>
#include <string_view>

namespace asmgw {

/// Keys are sorted, so that equal objects have equal bytes.
using Json = nlohmann::json;

/// Parses `text`. Throws Error [not-json] when it is not JSON or nested deeper than 500.
Json parse_json(std::string_view text);

/// One line, UTF-8; invalid bytes become U+FFFD. For display and comparison, not for the wire.
std::string dump(const Json& json);

/// As `dump`, with the characters escaped that a YAML 1.1 reader refuses or folds (page 4): JSON
/// that is YAML as well.
std::string dump_for_yaml(const Json& json);

/// The member at `path` (object keys only), or nullptr.
const Json* find(const Json& json, std::initializer_list<std::string_view> path);

/// The text at `path`, or "" when it is absent or no string.
std::string text_at(const Json& json, std::initializer_list<std::string_view> path);

/// The integer at `path`, or `otherwise` when it is absent or no integer.
std::int64_t int_at(const Json& json, std::initializer_list<std::string_view> path,
                    std::int64_t otherwise = 0);

}  // namespace asmgw
