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
  std::string_view name;          ///< `rolling-restart`
  Severity severity;              ///< the usual one
  std::string_view means;         ///< at most 40 columns: a row of `explain codes`
  std::string_view why;           ///< the reason and its source
  std::string_view what_to_do;    ///< the way out
  std::string_view example = {};  ///< a line or a situation that causes it
};

/// May a field stand under `overrides.<clusterId>`?
enum class Overridable { No, Yes, FromAsm116 };

/// Does a change of the field restart pods? `Listed`: the vendor's list says so; `Inferred`: it
/// follows from our pod template; `UntilAsm116`: only before ASM v1.16.
enum class Restarts { No, Listed, Inferred, UntilAsm116 };

/// Two values that differ in effect, as YAML: what the restart oracle sets before and after.
struct Examples {
  std::string_view before = {};
  std::string_view after = {};
  std::string_view beside = {};  ///< other fields of the spec that the change needs, as YAML
};

/// The heading of the fields that need no row of their own in `explain`.
inline constexpr std::string_view kLegacyGroup = "Legacy, or without effect here";

/// What is true of one field of the manifest, besides its name and type.
struct FieldDoc {
  std::string_view means = {};                   ///< one sentence
  std::string_view default_value = {};           ///< as YAML, filled in when unset; "" = none
  std::string_view default_shown = {};           ///< for people, where it is another text
  std::string_view values = {};                  ///< for people; "" = words, min and max say it
  std::string_view becomes = {};                 ///< the object path it is rendered to
  std::string_view not_with = {};                ///< what cannot stand beside it
  std::string_view watch_out = {};               ///< what surprises
  std::string_view since = {};                   ///< ASM version from which on it has an effect
  std::string_view group = {};                   ///< heading in `explain`
  std::string_view restarts_note = {};           ///< what besides is to say of restarts
  std::span<const std::string_view> words = {};  ///< of a string: the only values; a map: the keys
  std::int64_t min = std::numeric_limits<std::int32_t>::min();  ///< of an integer
  std::int64_t max = std::numeric_limits<std::int32_t>::max();
  bool required = false;
  bool immutable = false;       ///< the server refuses another value on a live object
  bool zero_is_unset = false;   ///< 0 equals absent: Go's unset value in the mesh's own objects
  bool empty_is_value = false;  ///< `{}` and "" are values; elsewhere they equal absent
  bool names_clusters = false;  ///< it says where objects are, not what they are
  Overridable overridable = Overridable::No;
  Restarts restarts = Restarts::No;
  Examples examples = {};
};

}  // namespace asmgw
