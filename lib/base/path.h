// How is a place in an object named? By identity, never by index: `spec.ports[443/TCP].targetPort`.
#pragma once

#include <compare>
#include <set>
#include <string>
#include <vector>

namespace asmgw {

/// One step, with the kinds of Kubernetes' FieldsV1.
struct PathStep {
  enum class Kind {
    Field,  ///< a member of an object; text = its name
    Key,    ///< an item of a list with keys; text = the keys as compact JSON: {"name":"http2"}
    Value,  ///< an item of a set; text = the value as JSON
    Index,  ///< an item of a list without identity; text = its decimal index
  };
  Kind kind = Kind::Field;
  std::string text;

  friend auto operator<=>(const PathStep&, const PathStep&) = default;
};

struct Path {
  std::vector<PathStep> steps;

  friend auto operator<=>(const Path&, const Path&) = default;
};

using PathSet = std::set<Path>;

Path operator/(Path path, PathStep step);
Path operator/(Path path, std::string_view field);  ///< a Field step

/// Is `path` equal to `ancestor` or below it?
bool is_within(const Path& path, const Path& ancestor);

/// Is `ancestor`, or something below it, among the paths?
bool has_within(const PathSet& paths, const Path& ancestor);

/// A path of fields: `fields({"spec", "template"})`.
Path fields(std::initializer_list<std::string_view> names);

/// As shown to people: `metadata.annotations[example.com/a]`, `containers[istio-proxy].env[X]`,
/// `ports[443/TCP]`. A key's values are joined by `/`.
std::string to_string(const Path& path);
std::string to_string(const PathStep& step);

}  // namespace asmgw
