// What is there to show of a field? One row of the one list, for those who only show it: explain,
// the JSON Schema, the restart oracle.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/doc.h"

namespace asmgw {

struct KubernetesType;

/// What a field's value looks like in YAML.
enum class FieldForm {
  Text,
  Int,
  Bool,
  NumberOrText,
  MapOfText,
  MapOfQuantities,
  TextList,
  Object,
  ObjectList,
  MapOfSpecs,  ///< overrides: cluster ID → spec
  Anything,    ///< legacy, not looked at
};

/// The type of a field, for people and for editors.
struct FieldType {
  std::string_view name;  ///< int, string, map …
  FieldForm form = FieldForm::Text;
  const KubernetesType* kubernetes = nullptr;  ///< of an object, or a list's items, of Kubernetes
};

struct FieldView {
  std::string_view name;
  FieldType type;
  FieldDoc doc;  ///< of a member of Kubernetes' own types: only what is allowed
  std::vector<FieldView> members = {};  ///< of an object, or of a list's items
};

/// A field by its path: the fields from the spec's own (front) to itself (back).
struct FieldPlace {
  std::string path;  ///< ports.targetPort; an annotation's is its name
  std::vector<const FieldView*> chain;
};

/// Every field of the views, each before its members. Points into `views`.
std::vector<FieldPlace> places_of(const std::vector<FieldView>& views);

}  // namespace asmgw
