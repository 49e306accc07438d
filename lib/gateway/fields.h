// Which fields are there? The one list: reading, merging, defaults, suggestions and documentation
// are plain loops over these rows.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/doc.h"
#include "base/finding.h"
#include "base/tree.h"
#include "gateway/istio_gateway.h"

namespace asmgw {

/// One field of `Struct`.
template <class Struct>
struct FieldRow {
  std::string_view name;  ///< as in the manifest: replicaCount
  std::string_view type;  ///< for people: int, string, map …
  FieldDoc doc;
  /// Reads the value into the struct; what is wrong with it is a finding. An empty mapping leaves
  /// the field unset.
  void (*read)(Struct&, const Range& key, const Node& value, const FieldRow&, Findings&);
  /// `other`'s value wins where it is set; maps and resources are merged by key (page 2).
  void (*merge)(Struct&, const Struct& other);
  /// Where the value is written; nothing when the field is unset.
  std::optional<Range> (*at)(const Struct&);
};

/// The rows of the spec, in the order of `explain`.
std::span<const FieldRow<GatewaySpec>> spec_fields();
std::span<const FieldRow<ServicePort>> port_fields();
std::span<const FieldRow<EnvVar>> env_fields();
std::span<const FieldRow<Resources>> resources_fields();
std::span<const FieldRow<UtilizationTarget>> utilization_fields();
std::span<const FieldRow<ReadinessProbe>> probe_fields();

/// The spec in which every field with a default has it; ranges without a source.
const GatewaySpec& default_spec();

}  // namespace asmgw
