#include "base/json.h"

#include <fmt/format.h>

#include "base/codes.h"
#include "base/error.h"

namespace asmgw {
namespace {

constexpr int kMaxDepth = 500;  // deeper answers are refused (page 4)

}  // namespace

Json parse_json(std::string_view text) {
  bool too_deep = false;
  const auto check_depth = [&](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > kMaxDepth;
    return !too_deep;
  };
  Json json = Json::parse(text, check_depth, /*allow_exceptions=*/false);
  if (too_deep)
    throw Error(finding(kNotJson, fmt::format("JSON nested deeper than {}", kMaxDepth)));
  if (json.is_discarded()) throw Error(finding(kNotJson, "the answer is not JSON"));
  return json;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const Json* find(const Json& json, std::initializer_list<std::string_view> path) {
  const Json* at = &json;
  for (const std::string_view name : path) {
    if (!at->is_object()) return nullptr;
    const auto member = at->find(name);
    if (member == at->end()) return nullptr;
    at = &*member;
  }
  return at;
}

std::string text_at(const Json& json, std::initializer_list<std::string_view> path) {
  const Json* at = find(json, path);
  return at != nullptr && at->is_string() ? at->get<std::string>() : std::string();
}

std::int64_t int_at(const Json& json, std::initializer_list<std::string_view> path,
                    std::int64_t otherwise) {
  const Json* at = find(json, path);
  return at != nullptr && at->is_number_integer() ? at->get<std::int64_t>() : otherwise;
}

}  // namespace asmgw
