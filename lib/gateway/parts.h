// What are the values of a spec made of? Ports, variables, volumes, targets, probe, compression …
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/source.h"
#include "base/tree.h"

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

/// A value of one of Kubernetes' own types, as written; its shape: kubernetes_types.h.
struct KubernetesValue {
  Node tree;
};
struct Affinity : KubernetesValue {};
struct Tolerations : KubernetesValue {};
struct Lifecycle : KubernetesValue {};
struct EnvVarSource : KubernetesValue {};

struct EnvVar {
  Field<std::string> name;
  Field<std::string> value;
  Field<EnvVarSource> value_from;
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

/// A ConfigMap or Secret that is mounted into the proxy's container.
struct Volume {
  Field<std::string> name;
  Field<std::string> source;  ///< the ConfigMap's, or the Secret's name
  Field<std::string> mount_path;
};
struct ConfigVolume : Volume {};
struct SecretVolume : Volume {};

/// Kernel parameter → value.
struct KernelParameters {
  TextMap values;
};

struct Kernel {
  Field<bool> enabled;
  Field<KernelParameters> parameters;
};

/// gzip's own settings; names of the manifest are Envoy's.
struct Gzip {
  Field<std::int64_t> memory_level;
  Field<std::int64_t> window_bits;  ///< base-2 logarithm of the window's bytes
  Field<std::int64_t> chunk_size;   ///< bytes
  Field<std::string> compression_level;
  Field<std::string> compression_strategy;
};

struct Compression {
  Field<bool> enabled;
  Field<std::int64_t> min_content_length;  ///< bytes
  Field<std::vector<Located<std::string>>> content_type;
  Field<bool> disable_on_etag_header;
  Field<bool> remove_accept_encoding_header;
  Field<Gzip> gzip;
};

/// A legacy value without effect: anything may stand there.
struct Ignored {};

}  // namespace asmgw
