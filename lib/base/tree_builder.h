// How do a parser's events become a tree? Aliases are expanded, merge keys applied, tags obeyed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/source.h"
#include "base/tree.h"

namespace asmgw {

inline constexpr int kMaxDepth = 500;  // of collections in one another

/// What a tag asks for. `!!str`, `!` and all tags that Kubernetes' reader does not know: a text.
enum class TreeTag { None, Text, Int, Float, Bool, Null, Binary, Timestamp };

/// One event, with its place.
struct TreeEvent {
  enum class Kind { Scalar, Alias, Sequence, Mapping, End };
  Kind kind = Kind::Scalar;
  TreeTag tag = TreeTag::None;
  bool absent = false;        ///< a scalar for which nothing is written
  bool quoted = false;        ///< a scalar in quotes or in a block
  bool is_merge_key = false;  ///< `<<`, if it is a key
  std::size_t anchor = 0;     ///< its own, or none (0); of an alias: the one that is meant
  Range at = {};              ///< its first token behind anchors and tags
  std::string text = {};
};

/// The tree of one document; null when there are no events. At the first [syntax] problem it is
/// worth nothing.
Node build_tree(const std::vector<TreeEvent>& events, std::optional<Finding>& problem);

}  // namespace asmgw
