#include "object/owners.h"

#include <fmt/format.h>

#include <algorithm>

namespace asmgw {
namespace {

constexpr int kMaxDepth = 100;  // deeper than any object of ours; answers are limited as well

std::optional<PathStep> step_of(const std::string& key) {
  if (key.size() < 2 || key[1] != ':') return std::nullopt;
  const std::string text = key.substr(2);
  switch (key[0]) {
    case 'f':
      return PathStep{PathStep::Kind::Field, text};
    case 'k':
      return PathStep{PathStep::Kind::Key, text};
    case 'v':
      return PathStep{PathStep::Kind::Value, text};
    case 'i':
      return PathStep{PathStep::Kind::Index, text};
    default:
      return std::nullopt;
  }
}

void collect(const Json& fields, const Path& at, PathSet& paths) {
  if (!fields.is_object() || at.steps.size() > kMaxDepth) return;
  if (fields.empty() || fields.contains(".")) paths.insert(at);
  for (const auto& [key, below] : fields.items()) {
    if (const std::optional<PathStep> step = step_of(key)) collect(below, at / *step, paths);
  }
}

}  // namespace

std::vector<OwnerEntry> owners_of(const Json& object) {
  std::vector<OwnerEntry> owners;
  const Json* entries = find(object, {"metadata", "managedFields"});
  if (entries == nullptr || !entries->is_array()) return owners;
  for (const Json& entry : *entries) {
    const Json* fields = find(entry, {"fieldsV1"});
    if (fields == nullptr) continue;
    OwnerEntry owner{text_at(entry, {"manager"}),     text_at(entry, {"operation"}),
                     text_at(entry, {"subresource"}), text_at(entry, {"time"}),
                     text_at(entry, {"apiVersion"}),  {}};
    collect(*fields, {}, owner.paths);
    owners.push_back(std::move(owner));
  }
  return owners;
}

bool is_ours(const Json& object, const Path& path) {
  for (const OwnerEntry& owner : owners_of(object)) {
    if (is_our_apply(owner) && has_within(owner.paths, path)) return true;
  }
  return false;
}

bool is_made_by_us(const Json& object) {
  static const Path kLabels = fields({"metadata", "labels"});
  return is_ours(object, kLabels / "app.kubernetes.io/managed-by") ||
         is_ours(object, kLabels / "app") || is_ours(object, kLabels / "istio");
}

std::vector<std::string> managers_of(const Json& object, const Path& path) {
  std::vector<std::string> managers;
  for (const OwnerEntry& owner : owners_of(object)) {
    if (owner.paths.contains(path)) managers.push_back(owner.manager);
  }
  return managers;
}

bool is_our_apply(const OwnerEntry& owner) {
  return owner.manager == kManager && owner.operation == "Apply" && owner.subresource.empty();
}

std::optional<OwnedField> owned_field(const Json& object, const std::string& manager,
                                      const std::string& conflict_field) {
  for (OwnerEntry& owner : owners_of(object)) {
    if (owner.manager != manager) continue;
    for (const Path& path : owner.paths) {
      if (conflict_text(path) == conflict_field) return OwnedField{std::move(owner), path};
    }
  }
  return std::nullopt;
}

std::string conflict_text(const Path& path) {
  std::string text;
  for (const PathStep& step : path.steps) {
    if (step.kind == PathStep::Kind::Field) {
      text += "." + step.text;
    } else if (step.kind == PathStep::Kind::Key) {
      std::string keys;
      const Json json = Json::parse(step.text, nullptr, /*allow_exceptions=*/false);
      for (const auto& [name, value] : json.items()) {
        keys += (keys.empty() ? "" : ",") + fmt::format("{}={}", name, dump(value));
      }
      text += "[" + keys + "]";
    } else {
      text += step.kind == PathStep::Kind::Value ? "[=" + step.text + "]" : "[" + step.text + "]";
    }
  }
  return text;
}

}  // namespace asmgw
