// What stands under `overrides`, and what the base says for nobody.
#include <fmt/format.h>

#include <algorithm>

#include "base/edit_distance.h"
#include "gateway/codes.h"
#include "gateway/fields.h"
#include "gateway/validate_rules.h"

namespace asmgw {
namespace {

void check_override(const Gateway& gateway, const Override& override, const Rules& rules,
                    Findings& findings) {
  std::vector<std::string_view> ids;
  bool is_member = false;
  for (const Located<std::string>& id : gateway.spec.cluster_ids->value) {
    ids.push_back(id.value);
    is_member = is_member || id.value == override.cluster.value;
  }
  if (!is_member) {
    const std::string near = nearest(override.cluster.value, ids);
    std::string hint;
    for (const Located<std::string>& id : gateway.spec.cluster_ids->value) {
      if (id.value == near) hint = fmt::format("did you mean {} (line {})?", near, id.at.line);
    }
    findings.add(finding(kOverrideCluster, override.cluster.at,
                         fmt::format("{} is not in clusterIds", override.cluster.value), hint));
  }
  for (const FieldRow<GatewaySpec>& row : spec_fields()) {
    const std::optional<Range> at = row.at(override.spec);
    const bool is_too_old =
        row.doc.overridable == Overridable::FromAsm116 && is_older(rules.asm_version, kAsm116);
    if (!at || (row.doc.overridable != Overridable::No && !is_too_old)) continue;
    findings.add(finding(kOverrideNoEffect, *at,
                         is_too_old
                             ? fmt::format("{} can be overridden from ASM v1.16 on only", row.name)
                             : fmt::format("{} cannot be overridden; this has no effect", row.name),
                         "set it for all clusters, or take it out"));
  }
}

using Clusters = std::vector<EffectiveGateway>;

void note(const Range& at, std::string_view name, Findings& findings) {
  findings.add(finding(kBaseUnused, at, fmt::format("no cluster ends up with this {}", name)));
}

template <class T>
void note_value(const GatewaySpec& base, Field<T> GatewaySpec::*member, std::string_view name,
                const Clusters& clusters, Findings& findings) {
  if (!(base.*member)) return;
  const bool is_used =
      std::any_of(clusters.begin(), clusters.end(), [&](const EffectiveGateway& cluster) {
        return cluster.spec.*member && (cluster.spec.*member)->value == (base.*member)->value;
      });
  if (!is_used) note((base.*member)->at, name, findings);
}

/// `map_of`: the map of a spec, or nullptr.
template <class MapOf>
void note_map(const GatewaySpec& base, const MapOf& map_of, std::string_view name,
              const Clusters& clusters, Findings& findings) {
  const TextMap* values = map_of(base);
  if (values == nullptr) return;
  for (const auto& [key, value] : *values) {
    const std::string& text = value.value;
    const std::string& wanted = key;
    const bool is_used =
        std::any_of(clusters.begin(), clusters.end(), [&](const EffectiveGateway& cluster) {
          const TextMap* held = map_of(cluster.spec);
          const auto found = held != nullptr ? held->find(wanted) : TextMap::const_iterator();
          return held != nullptr && found != held->end() && found->second.value == text;
        });
    if (!is_used) note(value.at, fmt::format("{}[{}]", name, key), findings);
  }
}

const TextMap* amounts_of(const Field<Resources>& resources, Field<Quantities> Resources::*list) {
  if (!resources || !(resources->value.*list)) return nullptr;
  return &(resources->value.*list)->value.amounts;
}

void note_target(const GatewaySpec& base, Field<UtilizationTarget> GatewaySpec::*member,
                 std::string_view name, const Clusters& clusters, Findings& findings) {
  const auto percent = [&](const GatewaySpec& spec) {
    return spec.*member && (spec.*member)->value.target_average_utilization
               ? (spec.*member)->value.target_average_utilization->value
               : 0;
  };
  if (percent(base) == 0) return;
  const bool is_used = std::any_of(
      clusters.begin(), clusters.end(),
      [&](const EffectiveGateway& cluster) { return percent(cluster.spec) == percent(base); });
  if (!is_used) note((base.*member)->value.target_average_utilization->at, name, findings);
}

}  // namespace

void validate_overrides(const Gateway& gateway, const Rules& rules, Findings& findings) {
  if (!gateway.spec.overrides || !gateway.spec.cluster_ids) return;
  for (const Override& override : gateway.spec.overrides->value.list) {
    check_override(gateway, override, rules, findings);
  }
}

void note_unused(const Gateway& gateway, const std::vector<EffectiveGateway>& clusters,
                 Findings& findings) {
  const GatewaySpec& base = gateway.spec;
  if (!base.overrides) return;
  note_value(base, &GatewaySpec::service_type, "serviceType", clusters, findings);
  note_value(base, &GatewaySpec::replica_count, "replicaCount", clusters, findings);
  note_value(base, &GatewaySpec::min_replicas, "minReplicas", clusters, findings);
  note_value(base, &GatewaySpec::max_replicas, "maxReplicas", clusters, findings);
  note_value(base, &GatewaySpec::autoscale_enabled, "autoscaleEnabled", clusters, findings);
  note_target(base, &GatewaySpec::cpu, "CPU target", clusters, findings);
  note_target(base, &GatewaySpec::memory, "memory target", clusters, findings);
  const auto map = [](Field<TextMap> GatewaySpec::*member) {
    return [member](const GatewaySpec& spec) {
      return spec.*member ? &(spec.*member)->value : nullptr;
    };
  };
  note_map(base, map(&GatewaySpec::service_annotations), "serviceAnnotations", clusters, findings);
  note_map(base, map(&GatewaySpec::pod_annotations), "podAnnotations", clusters, findings);
  const auto amounts = [](Field<Quantities> Resources::*list) {
    return [list](const GatewaySpec& spec) { return amounts_of(spec.resources, list); };
  };
  note_map(base, amounts(&Resources::limits), "limits", clusters, findings);
  note_map(base, amounts(&Resources::requests), "requests", clusters, findings);
}

}  // namespace asmgw
