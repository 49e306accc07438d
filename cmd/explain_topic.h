// What does `explain WORD` ask for? A field by its path or its name, a code, or one of the pages.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/field_view.h"
#include "report/explain.h"

namespace asmgw::cmd {

struct EveryField {};
struct EveryAnnotation {};
struct EveryCode {};
struct OverrideRules {};
using Topic =
    std::variant<EveryField, EveryAnnotation, EveryCode, OverrideRules, FieldPlace, PlacedCode>;

/// The one list, as `explain` shows it.
struct FieldLists {
  std::vector<FieldView> spec;
  std::vector<FieldView> annotations;
};

/// `word`: replicaCount, spec.ports[].targetPort, window_bits (where one field alone is called so),
/// lb-deleted, overrides, annotations, codes; "" = every field. Points into `lists`. Throws Error
/// [usage] for a word that is none of these, or the name of several fields.
Topic find_topic(const std::string& word, const FieldLists& lists);

}  // namespace asmgw::cmd
