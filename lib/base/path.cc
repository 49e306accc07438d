#include "base/path.h"

#include <algorithm>
#include <cctype>

#include "base/json.h"

namespace asmgw {
namespace {

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-';
  });
}

/// {"containerPort":80,"protocol":"TCP"} → 80/TCP
std::string key_text(const std::string& keys) {
  const Json json = Json::parse(keys, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return keys;
  std::string text;
  for (const Json& value : json) {
    if (!text.empty()) text += '/';
    text += value.is_string() ? value.get<std::string>() : dump(value);
  }
  return text;
}

}  // namespace

Path operator/(Path path, PathStep step) {
  path.steps.push_back(std::move(step));
  return path;
}

Path operator/(Path path, std::string_view field) {
  return std::move(path) / PathStep{PathStep::Kind::Field, std::string(field)};
}

bool is_within(const Path& path, const Path& ancestor) {
  return path.steps.size() >= ancestor.steps.size() &&
         std::equal(ancestor.steps.begin(), ancestor.steps.end(), path.steps.begin());
}

bool has_within(const PathSet& paths, const Path& ancestor) {
  const auto first = paths.lower_bound(ancestor);  // what is below comes right behind
  return first != paths.end() && is_within(*first, ancestor);
}

Path fields(std::initializer_list<std::string_view> names) {
  Path path;
  for (const std::string_view name : names) path = std::move(path) / name;
  return path;
}

std::string to_string(const PathStep& step) {
  switch (step.kind) {
    case PathStep::Kind::Field:
      return is_plain_name(step.text) ? step.text : "[" + step.text + "]";
    case PathStep::Kind::Key:
      return "[" + key_text(step.text) + "]";
    case PathStep::Kind::Value:
    case PathStep::Kind::Index:
      return "[" + step.text + "]";
  }
  return step.text;
}

std::string to_string(const Path& path) {
  std::string text;
  for (const PathStep& step : path.steps) {
    const std::string part = to_string(step);
    if (!text.empty() && !part.starts_with('[')) text += '.';
    text += part;
  }
  return text;
}

}  // namespace asmgw
