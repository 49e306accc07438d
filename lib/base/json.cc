#include "base/json.h"

#include <fmt/format.h>

#include "base/codes.h"
#include "base/error.h"
#include "base/tried_json.h"

namespace asmgw {
namespace {

constexpr int kMaxDepth = 500;  // deeper answers are refused (page 4)

/// U+007F–009F, U+2028, U+2029, U+FFFE, U+FFFF: raw they are refused, or folded to spaces.
std::string_view escaped_at(std::string_view text, std::string& escape) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  unsigned code = 0;
  std::size_t length = 0;
  if (byte(0) == 0x7F) {
    code = 0x7F, length = 1;
  } else if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) {
    code = byte(1), length = 2;
  } else if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9)) {
    code = 0x2000 + byte(2) - 0x80, length = 3;
  } else if (byte(0) == 0xEF && byte(1) == 0xBF && (byte(2) == 0xBE || byte(2) == 0xBF)) {
    code = 0xFF00 + byte(2) + 0x40, length = 3;
  }
  if (length > 0) escape = fmt::format("\\u{:04x}", code);
  return text.substr(0, length);
}

}  // namespace

TriedJson try_json(std::string_view text) {
  bool too_deep = false;
  using Event = Json::parse_event_t;
  const auto check_depth = [&](int depth, Event event, Json&) {
    const bool goes_down = event == Event::object_start || event == Event::array_start;
    too_deep = too_deep || (goes_down && depth >= kMaxDepth);
    return !too_deep;
  };
  Json json = Json::parse(text, check_depth, /*allow_exceptions=*/false);
  if (too_deep) return {Json(), fmt::format("JSON nested deeper than {}", kMaxDepth)};
  if (json.is_discarded()) return {Json(), "the answer is not JSON"};
  return {std::move(json), ""};
}

Json parse_json(std::string_view text) {
  TriedJson tried = try_json(text);
  if (!tried.problem.empty()) throw Error(finding(kNotJson, std::move(tried.problem)));
  return std::move(tried.json);
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string dump_for_yaml(const Json& json) {
  const std::string text = dump(json);
  std::string escaped;
  escaped.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::string escape;
    const std::string_view special = escaped_at(std::string_view(text).substr(i), escape);
    if (special.empty()) {
      escaped += text[i++];
    } else {
      escaped += escape;
      i += special.size();
    }
  }
  return escaped;
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
