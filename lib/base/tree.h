// What does a YAML text say, and where? A tree with positions, and nothing lost on the way.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/finding.h"
#include "base/json.h"
#include "base/source.h"

namespace asmgw {

/// One YAML value with the place where it is written. Mappings keep their order and their duplicate
/// keys; scalars keep their quoting.
struct Node {
  enum class Kind { Null, Scalar, Sequence, Mapping };
  Kind kind = Kind::Null;
  Range at = {};                 ///< of a collection: its first token
  std::string text = {};         ///< of a scalar, unescaped
  bool plain = true;             ///< a scalar without quotes (its type follows from its text)
  std::vector<Node> items = {};  ///< of a sequence
  std::vector<std::pair<Located<std::string>, Node>> members = {};  ///< of a mapping

  /// The member of that name, the last one when it is there twice; or nullptr.
  const Node* find(std::string_view key) const;
};

/// The type of a scalar by the rules of Kubernetes' own YAML reader (YAML 1.1: yes, no, on, off
/// are booleans; quoted scalars are strings).
enum class ScalarType { Null, Bool, Int, Float, String };
ScalarType scalar_type(const Node& scalar);

/// The word for messages: `text`, `a number`, `true or false`, `a list`, `a mapping`, `nothing`.
std::string describe(const Node& node);

/// All documents of a text (YAML or JSON), empty ones left out, as kubectl 1.36 reads them. What
/// kubectl refuses gives one [syntax] finding and the documents before it; so does what it changes
/// or passes over without a word (tests/yaml has the list). `source` must be kept by `findings`.
/// Aliases are expanded within bounds; merge keys `<<` are applied, the later one in a text wins.
std::vector<Node> parse_yaml(const Source& source, Findings& findings);

/// Reports each key that stands twice in one mapping, anywhere below [duplicate-key].
void report_duplicate_keys(const Node& node, Findings& findings);

/// The value as JSON, scalars typed by `scalar_type`.
Json to_json(const Node& node);

}  // namespace asmgw
