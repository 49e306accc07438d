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

/// What a tag asks for. `!!str`, `!` and all tags that Kubernetes' reader does not know: a text.
enum class TreeTag { None, Text, Int, Float, Bool, Null, Binary };

/// One event, with its place.
struct TreeEvent {
  enum class Kind { Null, Scalar, Alias, Sequence, Mapping, End };
  Kind kind = Kind::Null;
  TreeTag tag = TreeTag::None;
  bool absent = false;  ///< a null for which nothing is written
  bool quoted = false;  ///< a scalar in quotes or in a block
  bool in_flow = false;
  bool is_block = false;            ///< a collection without brackets, a scalar behind | or >
  bool is_behind_question = false;  ///< `? key`
  std::size_t anchor = 0;           ///< its own, or none (0); of an alias: the one that is meant
  Range begin = {};                 ///< its first token, be it an anchor or a tag
  Range at = {};                    ///< its first token behind anchors and tags
  std::string text = {};
};

/// The tree of one document. `expanded` counts the nodes that aliases have added to the text's
/// trees so far. At the first [syntax] problem the tree is worth nothing.
Node build_tree(const std::vector<TreeEvent>& events, std::size_t& expanded,
                std::optional<Finding>& problem);

}  // namespace asmgw
