// What does a code or a field mean? The documentation is part of the definition.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace asmgw {

/// From harmless to grave. `Refused`: a gate of a writing command is closed.
enum class Severity { Note, Warning, Disruptive, Destructive, Error, Refused };

/// The word that stands before the colon: `note`, `warning` …
std::string_view word(Severity severity);

/// A stable identifier of one kind of problem, shown as `[name]`. Defined once, as a constant in
/// its stage's codes.h.
struct Code {
  std::string_view name;        ///< `rolling-restart`
  Severity severity;            ///< the usual one
  std::string_view means;       ///< at most 40 columns: a row of `explain codes`
  std::string_view why;         ///< the reason and its source
  std::string_view what_to_do;  ///< the way out
};

/// May a field stand under `overrides.<clusterId>`?
enum class Overridable { No, Yes, FromAsm116 };

/// Does a change of the field restart pods? `Listed`: the vendor's list says so; `Inferred`: it
/// follows from our pod template; `UntilAsm116`: only before ASM v1.16.
enum class Restarts { No, Listed, Inferred, UntilAsm116 };

/// What is true of one field of the manifest, besides its name and type.
struct FieldDoc {
  std::string_view means = {};                   ///< one sentence
  std::string_view default_value = {};           ///< as YAML; "" = none
  std::string_view becomes = {};                 ///< the object path it is rendered to
  std::span<const std::string_view> words = {};  ///< of a string: the only values allowed
  std::int64_t min = std::numeric_limits<std::int32_t>::min();  ///< of an integer
  std::int64_t max = std::numeric_limits<std::int32_t>::max();
  bool required = false;
  Overridable overridable = Overridable::No;
  Restarts restarts = Restarts::No;
};

}  // namespace asmgw
