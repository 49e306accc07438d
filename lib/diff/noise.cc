#include "diff/noise.h"

#include "object/kinds.h"

namespace asmgw {
namespace {

/// A list item without the members that the server allocated.
void strip(const ObservedObject& object, const Path& path, std::optional<Json>& value) {
  if (!value || !value->is_object()) return;
  for (const std::string_view name : kind_of(object.desired.ref).allocated) {
    if (!object.desired.origins.contains(path / name)) value->erase(std::string(name));
  }
}

}  // namespace

void hide_allocated(const ObservedObject& object, std::vector<FieldChange>& fields,
                    Hidden& hidden) {
  const Kind& kind = kind_of(object.desired.ref);
  if (kind.allocated.empty()) return;
  const auto is_noise = [&](const FieldChange& field) {
    const PathStep& last = field.path.steps.back();
    return last.kind == PathStep::Kind::Field && is_allocated(kind, last.text) &&
           !object.desired.origins.contains(field.path);
  };
  for (const FieldChange& field : fields) {
    if (is_noise(field)) hidden["allocated"].push_back(field);
  }
  std::erase_if(fields, is_noise);
  for (FieldChange& field : fields) {
    strip(object, field.path, field.before);
    strip(object, field.path, field.after);
  }
}

}  // namespace asmgw
