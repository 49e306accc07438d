// Which fields are there? The one list: reading, merging, defaults, suggestions, documentation, the
// JSON Schema and the restart oracle are plain loops over these rows.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/field_view.h"
#include "base/finding.h"
#include "base/tree.h"
#include "gateway/istio_gateway.h"
#include "gateway/kubernetes_types.h"

namespace asmgw {

/// One field of `Struct`.
template <class Struct>
struct FieldRow {
  std::string_view name;  ///< as in the manifest: replicaCount
  FieldType type;
  FieldDoc doc;
  /// Reads the value into the struct; what is wrong with it is a finding. An empty mapping leaves
  /// the field unset.
  void (*read)(Struct&, const Range& key, const Node& value, const FieldRow&, Findings&);
  /// `other`'s value wins where it is set; maps and resources are merged by key (page 2).
  void (*merge)(Struct&, const Struct& other);
  /// Where the value is written; nothing when the field is unset.
  std::optional<Range> (*at)(const Struct&);
  /// The rows of the value's own members.
  std::vector<FieldView> (*members)();
};

/// The rows of the spec, in the order of `explain`.
std::span<const FieldRow<GatewaySpec>> spec_fields();
std::span<const FieldRow<GatewayAnnotations>> annotation_fields();
std::span<const FieldRow<ServicePort>> port_fields();
std::span<const FieldRow<EnvVar>> env_fields();
std::span<const FieldRow<Resources>> resources_fields();
std::span<const FieldRow<UtilizationTarget>> utilization_fields();
std::span<const FieldRow<ReadinessProbe>> probe_fields();
std::span<const FieldRow<Volume>> config_volume_fields();
std::span<const FieldRow<Volume>> secret_volume_fields();
std::span<const FieldRow<Kernel>> kernel_fields();
std::span<const FieldRow<Compression>> compression_fields();
std::span<const FieldRow<Gzip>> gzip_fields();

/// The kernel parameters that may be set (page 2).
std::span<const std::string_view> kernel_parameters();

/// The same rows for those who only show them, each with its members to the depth.
std::vector<FieldView> spec_views();
std::vector<FieldView> annotation_views();

/// The spec in which every field with a default has it; ranges without a source.
const GatewaySpec& default_spec();

}  // namespace asmgw
