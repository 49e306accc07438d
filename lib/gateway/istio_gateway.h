// What does an IstioGateway manifest say? The vendor's fields as plain structs, each with its
// place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/parts.h"

namespace asmgw {

struct Override;

/// The overrides, in the manifest's order. Their members stand in overrides.cc, where an Override
/// is complete: clang instantiates a vector's own where it is a member.
struct Overrides {
  Overrides();
  Overrides(const Overrides&);
  Overrides(Overrides&&) noexcept;
  Overrides& operator=(const Overrides&);
  Overrides& operator=(Overrides&&) noexcept;
  ~Overrides();

  std::vector<Override> list;
};

/// The spec, of the base or of one override. Meaning, default and limits of each field: fields.cc.
struct GatewaySpec {
  Field<std::string> gateway_type;
  Field<std::vector<Located<std::string>>> cluster_ids;
  Field<Overrides> overrides;  ///< of the base only
  Field<std::vector<Located<ServicePort>>> ports;
  Field<std::string> service_type;
  Field<std::string> load_balancer_class;
  Field<std::string> load_balancer_ip;
  Field<std::string> external_traffic_policy;
  Field<TextMap> service_annotations;
  Field<TextMap> service_labels;
  Field<std::vector<Located<EnvVar>>> env;
  Field<Resources> resources;
  Field<TextMap> pod_labels;
  Field<TextMap> pod_annotations;
  Field<TextMap> node_selector;
  Field<Affinity> affinity;
  Field<Tolerations> tolerations;
  Field<bool> host_network;
  Field<std::string> dns_policy;
  Field<std::vector<Located<ConfigVolume>>> config_volumes;
  Field<std::vector<Located<SecretVolume>>> secret_volumes;
  Field<Kernel> kernel;
  Field<bool> run_as_root;
  Field<ReadinessProbe> readiness_probe;
  Field<Lifecycle> lifecycle;
  Field<bool> disable_container_port_exposed;
  Field<std::int64_t> replica_count;
  Field<std::int64_t> min_replicas;
  Field<std::int64_t> max_replicas;
  Field<bool> autoscale_enabled;
  Field<UtilizationTarget> cpu;
  Field<UtilizationTarget> memory;
  Field<std::string> rolling_max_surge;
  Field<std::string> rolling_max_unavailable;
  Field<Compression> compression;
  Field<std::vector<Located<ServicePort>>> mesh_expansion_ports;
  Field<std::string> requested_network_view;
  Field<Ignored> sds;
  Field<Ignored> application_ports;
  Field<bool> auto_create_gateway_yaml;
};

/// The annotations of the IstioGateway that mean something; others are ignored.
struct GatewayAnnotations {
  Field<std::string> replicas_managed_by_asm;
  Field<std::string> enable_canary_deployment;
  Field<std::string> drain_timeout_seconds;
};

/// Other values for one cluster.
struct Override {
  Located<std::string> cluster;  ///< full ID, as written
  GatewaySpec spec;
  Range last;  ///< its last value: what lies between `cluster.at` and here belongs to it
};

/// One document of kind IstioGateway.
struct Gateway {
  Located<std::string> name;
  Field<std::string> ns;
  GatewayAnnotations annotations;
  GatewaySpec spec;  ///< the base
  Range spec_at;     ///< of the key `spec`
};

/// One gateway in one cluster: base and override merged, defaults filled in.
struct EffectiveGateway {
  std::string name;
  std::string ns;
  std::string cluster;  ///< full ID
  GatewayAnnotations annotations;
  GatewaySpec spec;
  std::optional<Override> override_used;  ///< for provenance; its spec is merged already
};

/// Does this value come from the cluster's override?
bool is_overridden(const EffectiveGateway& gateway, const Range& at);

}  // namespace asmgw
