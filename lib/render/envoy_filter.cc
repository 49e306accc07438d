// The EnvoyFilter of compression: once, in the mesh's control plane, for the gateway's pods in all
// clusters. The names below `typed_config` are Envoy's.
#include "render/body.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

constexpr std::string_view kCompressor =
    "type.googleapis.com/envoy.extensions.filters.http.compressor.v3.Compressor";
constexpr std::string_view kGzip =
    "type.googleapis.com/envoy.extensions.compression.gzip.compressor.v3.Gzip";

Json json_of(const auto& value) { return value; }
Json json_of(const std::vector<Located<std::string>>& list) {
  Json json = Json::array();
  for (const Located<std::string>& item : list) json.push_back(item.value);
  return json;
}

/// Where the filter stands: in the gateway's pods only, before the router.
void set_place(Body& body, const Path& patch, const EffectiveGateway& gateway) {
  // before the filters of priority 0: those that others insert see the plain body, whoever came
  // first
  body.set({"spec", "priority"}, -10, built_in());
  // istio-system is the mesh's root namespace: without a selector every workload would be hit
  body.set({"spec", "workloadSelector", "labels"},
           {{"app", "istio-" + gateway.name}, {"istio", gateway.name}}, built_in());
  const Json router{{"name", "envoy.filters.http.router"}};
  const Json manager{{"name", "envoy.filters.network.http_connection_manager"},
                     {"subFilter", router}};
  body.set(patch / "match",
           {{"context", "GATEWAY"}, {"listener", {{"filterChain", {{"filter", manager}}}}}},
           built_in());
  body.set(patch / "patch" / "operation", "INSERT_BEFORE", built_in());
}

/// What the filter does: only the fields that the user set, so that the others keep Envoy's
/// defaults.
void set_config(Body& body, const Path& config, const EffectiveGateway& gateway) {
  const Compression& compression = gateway.spec.compression->value;
  const Gzip& gzip = compression.gzip->value;
  const auto set = [&](const Path& at, std::string_view part, std::string_view name,
                       const auto& field) {
    if (!field) return;
    body.set(at / name, json_of(field->value),
             from_field(gateway, field->at, std::string(part) + std::string(name)));
  };
  body.set(config / "@type", kCompressor, built_in());
  const Path library = config / "compressor_library";
  body.set(library / "name", "gzip", built_in());
  const Path gzip_config = library / "typed_config";
  body.set(gzip_config / "@type", kGzip, built_in());
  set(gzip_config, "compression.gzip.", "memory_level", gzip.memory_level);
  set(gzip_config, "compression.gzip.", "window_bits", gzip.window_bits);
  set(gzip_config, "compression.gzip.", "chunk_size", gzip.chunk_size);
  set(gzip_config, "compression.gzip.", "compression_level", gzip.compression_level);
  set(gzip_config, "compression.gzip.", "compression_strategy", gzip.compression_strategy);
  const Path responses = config / "response_direction_config", common = responses / "common_config";
  set(common, "compression.", "min_content_length", compression.min_content_length);
  set(common, "compression.", "content_type", compression.content_type);
  set(responses, "compression.", "disable_on_etag_header", compression.disable_on_etag_header);
  set(responses, "compression.", "remove_accept_encoding_header",
      compression.remove_accept_encoding_header);
}

}  // namespace

std::optional<DesiredObject> render_envoy_filter(const EffectiveGateway& gateway, const Fit& fit) {
  if (!gateway.spec.compression) return std::nullopt;
  const Compression& compression = gateway.spec.compression->value;
  const bool is_on = compression.enabled && compression.enabled->value && compression.gzip;
  if (!is_on) return std::nullopt;
  Body body(gateway, fit, "networking.istio.io", "EnvoyFilter",
            "istio-" + gateway.name + "-compression", "istio-system");
  const Path patch = fields({"spec", "configPatches"}) / item("applyTo", "HTTP_FILTER");
  body.set(patch, Json::object(),
           from_field(gateway, compression.enabled->at, "compression.enabled"));
  set_place(body, patch, gateway);
  const Path filter = patch / "patch" / "value";
  body.set(filter / "name", "envoy.filters.http.compressor", built_in());
  set_config(body, filter / "typed_config", gateway);
  return std::move(body).finish();
}

}  // namespace asmgw
