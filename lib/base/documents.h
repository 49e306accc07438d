// Which documents does a text hold? Cut as kubectl cuts it, before any YAML is read.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/finding.h"
#include "base/tree_builder.h"
#include "base/yaml_text.h"

namespace asmgw {

/// Reads one text's documents, one after the other, by the rules of NewYAMLOrJSONDecoder
/// (k8s.io/apimachinery 0.36): a text that begins with `{` is JSON values behind one another, for
/// as long as they are JSON; else a document ends at a line that begins with `---`.
class Documents {
 public:
  explicit Documents(YamlText& text) : text_(text) {}

  /// The events of the next document, none of them when it is empty; nothing when there is no
  /// document any more or a [syntax] `problem`.
  std::optional<std::vector<TreeEvent>> next(std::optional<Finding>& problem);

 private:
  bool next_is_json() const;
  std::optional<std::vector<TreeEvent>> next_json(std::optional<Finding>& problem);
  Token cut_yaml(std::optional<Finding>& problem);

  YamlText& text_;
  std::size_t at_ = 0;    // where the next document begins
  bool is_yaml_ = false;  // what was no JSON once is YAML to the end
  int json_documents_ = 0;
};

}  // namespace asmgw
