// What does an IstioGateway manifest say? The vendor's fields as plain structs, each with its
// place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/source.h"

namespace asmgw {

/// A field that may be set, with the place of its value. A range without a source: a default.
template <class T>
using Field = std::optional<Located<T>>;

using TextMap = std::map<std::string, Located<std::string>>;
using IntOrText = std::variant<std::int64_t, std::string>;

struct ServicePort {
  Field<std::string> name;
  Field<std::int64_t> port;
  Field<IntOrText> target_port;
  Field<std::string> protocol;  ///< TCP, UDP, SCTP or one of Istio's words
  Field<std::int64_t> node_port;
};

struct EnvVar {
  Field<std::string> name;
  Field<std::string> value;
};

/// Resource name → Kubernetes quantity, as written.
struct Quantities {
  TextMap amounts;
};

struct Resources {
  Field<Quantities> limits;
  Field<Quantities> requests;
};

/// cpu and memory: an autoscaler's target.
struct UtilizationTarget {
  Field<std::int64_t> target_average_utilization;  ///< percent
};

struct ReadinessProbe {
  Field<std::int64_t> failure_threshold;
  Field<std::int64_t> period_seconds;
  Field<std::int64_t> success_threshold;
};

struct Override;

/// The spec, of the base or of one override. Meaning, default and limits of each field: fields.cc.
struct GatewaySpec {
  Field<std::string> gateway_type;
  Field<std::vector<Located<std::string>>> cluster_ids;
  Field<std::vector<Override>> overrides;  ///< of the base only
  Field<std::vector<Located<ServicePort>>> ports;
  Field<std::string> service_type;
  Field<std::string> external_traffic_policy;
  Field<TextMap> service_annotations;
  Field<TextMap> service_labels;
  Field<std::vector<Located<EnvVar>>> env;
  Field<Resources> resources;
  Field<TextMap> pod_labels;
  Field<TextMap> pod_annotations;
  Field<bool> host_network;
  Field<std::string> dns_policy;
  Field<bool> run_as_root;
  Field<ReadinessProbe> readiness_probe;
  Field<bool> disable_container_port_exposed;
  Field<std::int64_t> replica_count;
  Field<UtilizationTarget> cpu;
  Field<UtilizationTarget> memory;
  Field<std::string> rolling_max_surge;
  Field<std::string> rolling_max_unavailable;
  Field<bool> auto_create_gateway_yaml;
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
  GatewaySpec spec;  ///< the base
  Range spec_at;     ///< of the key `spec`
};

/// One gateway in one cluster: base and override merged, defaults filled in.
struct EffectiveGateway {
  std::string name;
  std::string ns;
  std::string cluster;  ///< full ID
  GatewaySpec spec;
  std::optional<Override> override_used;  ///< for provenance; its spec is merged already
};

/// Does this value come from the cluster's override?
bool is_overridden(const EffectiveGateway& gateway, const Range& at);

}  // namespace asmgw
