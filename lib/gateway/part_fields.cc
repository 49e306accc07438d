// The rows of what a spec's values are made of.
#include <array>

#include "gateway/field_row.h"

namespace asmgw {
namespace {

constexpr std::string_view kProtocols[] = {"TCP",   "UDP",   "SCTP",     "HTTP", "HTTP2",
                                           "HTTPS", "GRPC",  "GRPC-Web", "TLS",  "MONGO",
                                           "REDIS", "MYSQL", "QUIC",     "HTTP3"};
constexpr std::string_view kBooleans[] = {"true", "false"};
constexpr std::string_view kLevels[] = {
    "DEFAULT_COMPRESSION", "BEST_SPEED",          "BEST_COMPRESSION",    "COMPRESSION_LEVEL_1",
    "COMPRESSION_LEVEL_2", "COMPRESSION_LEVEL_3", "COMPRESSION_LEVEL_4", "COMPRESSION_LEVEL_5",
    "COMPRESSION_LEVEL_6", "COMPRESSION_LEVEL_7", "COMPRESSION_LEVEL_8", "COMPRESSION_LEVEL_9"};
constexpr std::string_view kStrategies[] = {"DEFAULT_STRATEGY", "FILTERED", "FIXED", "HUFFMAN_ONLY",
                                            "RLE"};
constexpr std::string_view kKernelParameters[] = {"net.core.somaxconn",
                                                  "net.core.netdev_max_backlog",
                                                  "net.ipv4.tcp_rmem",
                                                  "net.ipv4.tcp_wmem",
                                                  "net.ipv4.ip_local_port_range",
                                                  "net.ipv4.tcp_fin_timeout",
                                                  "net.ipv4.tcp_tw_timeout",
                                                  "net.ipv4.tcp_tw_reuse",
                                                  "net.ipv4.tcp_tw_recycle",
                                                  "net.ipv4.tcp_timestamps",
                                                  "net.ipv4.tcp_retries2",
                                                  "net.ipv4.tcp_slow_start_after_idle",
                                                  "net.ipv4.tcp_max_orphans",
                                                  "net.ipv4.tcp_max_syn_backlog",
                                                  "net.ipv4.tcp_no_metrics_save",
                                                  "net.ipv4.tcp_autocorking",
                                                  "kernel.printk",
                                                  "vm.swappiness"};

constexpr std::array kPortFields = {
    field<&ServicePort::name>(
        "name", {.means = "The port's name; Istio reads the application protocol from it.",
                 .values = "as in http2 or https-main; mandatory with more than one port; unique",
                 .becomes = "Service spec.ports[].name"}),
    field<&ServicePort::port>("port", {.means = "The port of the Service.",
                                       .becomes = "Service spec.ports[].port",
                                       .min = 1,
                                       .max = 65535,
                                       .required = true}),
    field<&ServicePort::target_port>(
        "targetPort", {.means = "The port of the pods.",
                       .default_shown = "same as port",
                       .values = "1 to 65535, or http-envoy-prom; 0 and \"\" mean: same as port",
                       .becomes = "Service spec.ports[].targetPort",
                       .min = 0,
                       .max = 65535,
                       .empty_is_value = true}),
    field<&ServicePort::protocol>(
        "protocol",
        {.means = "TCP, UDP, SCTP, or one of Istio's words for what TCP or UDP carries.",
         .default_value = "TCP",
         .becomes = "Service spec.ports[].protocol (QUIC, HTTP3: UDP; others: TCP)",
         .since = "1.9.7.107 for other words than TCP",
         .words = kProtocols}),
    field<&ServicePort::node_port>(
        "nodePort", {.means = "The port of every node.",
                     .default_shown = "allocated",
                     .becomes = "Service spec.ports[].nodePort",
                     .watch_out = "outside 30000-32767 it passes every dry run and fails at apply",
                     .min = 1,
                     .max = 65535,
                     .zero_is_unset = true}),
};

constexpr std::array kEnvFields = {
    field<&EnvVar::name>("name", {.means = "The variable's name; unique.",
                                  .becomes = "Deployment containers[istio-proxy].env[].name",
                                  .required = true}),
    field<&EnvVar::value>("value", {.means = "Its value.",
                                    .becomes = "Deployment containers[istio-proxy].env[].value",
                                    .not_with = "valueFrom",
                                    .empty_is_value = true}),
    field<&EnvVar::value_from>(
        "valueFrom", {.means = "Where its value comes from: a field, a ConfigMap, a Secret.",
                      .values = "exactly one of its fields",
                      .becomes = "Deployment containers[istio-proxy].env[].valueFrom",
                      .not_with = "value",
                      .empty_is_value = true}),
};

constexpr std::array kResourcesFields = {
    field<&Resources::limits>("limits",
                              {.means = "What a pod may use at most.",
                               .becomes = "Deployment containers[istio-proxy].resources.limits"}),
    field<&Resources::requests>(
        "requests", {.means = "What a pod is given for sure.",
                     .becomes = "Deployment containers[istio-proxy].resources.requests"}),
};

constexpr std::array kUtilizationFields = {
    field<&UtilizationTarget::target_average_utilization>(
        "targetAverageUtilization",
        {.means = "The average use, in percent of the requests, that the autoscaler aims at.",
         .becomes = "HorizontalPodAutoscaler spec.metrics[].resource.target",
         .min = 1,
         .max = 100,
         .overridable = Overridable::FromAsm116,
         .examples = {"70", "80", "{maxReplicas: 4}"}}),
};

constexpr std::array kProbeFields = {
    field<&ReadinessProbe::failure_threshold>(
        "failureThreshold", {.means = "So many failures in a row: not ready.",
                             .default_value = "30",
                             .becomes = "Deployment containers[istio-proxy].readinessProbe",
                             .min = 1,
                             .max = kInt32,
                             .zero_is_unset = true,
                             .restarts = Restarts::Inferred,
                             .examples = {"20", "25"}}),
    field<&ReadinessProbe::period_seconds>(
        "periodSeconds", {.means = "How often the pod is asked, in seconds.",
                          .default_value = "2",
                          .becomes = "Deployment containers[istio-proxy].readinessProbe",
                          .min = 1,
                          .max = kInt32,
                          .zero_is_unset = true,
                          .restarts = Restarts::Inferred,
                          .examples = {"3", "4"}}),
    field<&ReadinessProbe::success_threshold>(
        "successThreshold", {.means = "So many successes in a row: ready again.",
                             .default_value = "1",
                             .becomes = "Deployment containers[istio-proxy].readinessProbe",
                             .min = 1,
                             .max = kInt32,
                             .zero_is_unset = true,
                             .restarts = Restarts::Inferred,
                             .examples = {"2", "3"}}),
};

constexpr FieldDoc kVolumeName{.means = "The volume's name; unique among both kinds.",
                               .becomes = "Deployment template spec.volumes[].name",
                               .watch_out = "the proxy's own names are refused [volume-reserved]",
                               .required = true};
constexpr FieldDoc kMountPath{.means = "Where the proxy's container sees it, read-only.",
                              .becomes = "Deployment containers[istio-proxy].volumeMounts[]",
                              .watch_out = "the proxy's own paths are refused [volume-reserved]",
                              .required = true};
constexpr std::array kConfigVolumeFields = {
    field<&Volume::name>("name", kVolumeName),
    field<&Volume::source>("configMapName", {.means = "The ConfigMap; a missing one is no error.",
                                             .becomes = "Deployment template spec.volumes[]",
                                             .required = true}),
    field<&Volume::mount_path>("mountPath", kMountPath),
};
constexpr std::array kSecretVolumeFields = {
    field<&Volume::name>("name", kVolumeName),
    field<&Volume::source>("secretName", {.means = "The Secret; a missing one is no error.",
                                          .becomes = "Deployment template spec.volumes[]",
                                          .required = true}),
    field<&Volume::mount_path>("mountPath", kMountPath),
};

constexpr std::array kKernelFields = {
    field<&Kernel::enabled>(
        "enabled",
        {.means = "Are the kernel parameters set before the proxy starts?",
         .default_value = "false",
         .becomes = "Deployment template spec.initContainers[kernel-parameters]",
         .watch_out = "the container that sets them is privileged",
         .restarts = Restarts::Listed,
         .examples = {"false", "true", "{kernel: {parameters: {net.core.somaxconn: '1024'}}}"}}),
    field<&Kernel::parameters>(
        "parameters", {.means = "Kernel parameters of the pod's network, and their values.",
                       .values = "quoted strings, as in net.core.somaxconn: \"65535\"",
                       .becomes = "Deployment initContainers[kernel-parameters].command",
                       .watch_out = "four of them change the whole node [kernel-node-wide]",
                       .words = kKernelParameters,
                       .restarts = Restarts::Listed,
                       .examples = {"{net.core.somaxconn: '1024'}", "{net.core.somaxconn: '2048'}",
                                    "{kernel: {enabled: true}}"}}),
};

constexpr std::string_view kFilter = "EnvoyFilter of the control plane";
constexpr std::string_view kOn = "{compression: {enabled: true, gzip: {}}}";
constexpr std::array kCompressionFields = {
    field<&Compression::enabled>("enabled",
                                 {.means = "Are answers compressed?",
                                  .default_value = "false",
                                  .becomes = kFilter,
                                  .watch_out = "needs gzip: {} or more [compression-needs-gzip]",
                                  .examples = {"false", "true", "{compression: {gzip: {}}}"}}),
    field<&Compression::min_content_length>(
        "min_content_length",
        {.means = "Answers with a smaller Content-Length, in bytes, stay as they are.",
         .default_shown = "30",
         .values = "0 to 4294967295; 0 means 30",
         .becomes = kFilter,
         .watch_out = "an answer without Content-Length is always compressed",
         .min = 0,
         .max = kUint32,
         .examples = {"100", "200", kOn}}),
    field<&Compression::content_type>(
        "content_type", {.means = "Only answers of these MIME types are compressed.",
                         .default_shown = "Envoy's eight text types",
                         .values = "exact types, as in text/html; no parameters, no wildcards",
                         .becomes = kFilter,
                         .examples = {"[text/html]", "[text/html, text/css]", kOn}}),
    field<&Compression::disable_on_etag_header>(
        "disable_on_etag_header", {.means = "Do answers with an ETag stay as they are?",
                                   .default_shown = "false",
                                   .becomes = kFilter,
                                   .examples = {"false", "true", kOn}}),
    field<&Compression::remove_accept_encoding_header>(
        "remove_accept_encoding_header",
        {.means = "Is Accept-Encoding taken out before the request goes on?",
         .default_shown = "false",
         .becomes = kFilter,
         .examples = {"false", "true", kOn}}),
    field<&Compression::gzip>("gzip", {.means = "How gzip works; {} means all its defaults.",
                                       .values = "required to enable compression",
                                       .becomes = kFilter,
                                       .empty_is_value = true,
                                       .examples = {"{}", "{memory_level: 6}", kOn}}),
};

constexpr std::array kGzipFields = {
    field<&Gzip::memory_level>("memory_level",
                               {.means = "Memory for the compressor's state; more is faster.",
                                .default_shown = "5",
                                .becomes = kFilter,
                                .min = 1,
                                .max = 9,
                                .examples = {"5", "6", kOn}}),
    field<&Gzip::window_bits>("window_bits", {.means = "The window's size, as a power of two.",
                                              .default_shown = "12",
                                              .becomes = kFilter,
                                              .min = 9,
                                              .max = 15,
                                              .examples = {"12", "15", kOn}}),
    field<&Gzip::chunk_size>("chunk_size", {.means = "The output buffer's size in bytes.",
                                            .default_shown = "4096",
                                            .becomes = kFilter,
                                            .min = 4096,
                                            .max = 65536,
                                            .examples = {"4096", "8192", kOn}}),
    field<&Gzip::compression_level>("compression_level",
                                    {.means = "How hard gzip tries.",
                                     .default_shown = "DEFAULT_COMPRESSION",
                                     .becomes = kFilter,
                                     .words = kLevels,
                                     .examples = {"BEST_SPEED", "BEST_COMPRESSION", kOn}}),
    field<&Gzip::compression_strategy>("compression_strategy",
                                       {.means = "What kind of data gzip expects.",
                                        .default_shown = "DEFAULT_STRATEGY",
                                        .becomes = kFilter,
                                        .words = kStrategies,
                                        .examples = {"FILTERED", "RLE", kOn}}),
};

constexpr std::array kAnnotationFields = {
    field<&GatewayAnnotations::replicas_managed_by_asm>(
        "asm.alibabacloud.com/replicas-managed-by-asm",
        {.means = "\"false\": the number of pods is not ours; it is neither set nor compared.",
         .default_value = "'true'",
         .becomes = "Deployment spec.replicas, or nothing",
         .since = "1.19",
         .words = kBooleans,
         .examples = {"'true'", "'false'"}}),
    field<&GatewayAnnotations::enable_canary_deployment>(
        "asm.alibabacloud.com/enable-canary-deployment",
        {.means = "The mesh keeps a Deployment istio-NAME-canary beside ours; we leave it alone.",
         .default_value = "'false'",
         .becomes = "nothing here",
         .since = "1.20",
         .words = kBooleans,
         .examples = {"'false'", "'true'"}}),
    field<&GatewayAnnotations::drain_timeout_seconds>(
        "asm.alibabacloud.com/gateway-drain-timeout-seconds",
        {.means = "How long a pod that ends still serves, in seconds.",
         .default_shown = "5, the proxy's own",
         .values = "a quoted number, \"10\" to \"890\" with CLB and NLB",
         .becomes = "Deployment template: drain duration and grace period",
         .watch_out = "beside a proxy.istio.io/config of yours: [drain-not-applied]",
         .since = "1.26",
         .restarts = Restarts::Listed,
         .examples = {"'20'", "'40'"}}),
};

}  // namespace

std::span<const FieldRow<GatewayAnnotations>> annotation_fields() { return kAnnotationFields; }
std::span<const FieldRow<ServicePort>> port_fields() { return kPortFields; }
std::span<const FieldRow<EnvVar>> env_fields() { return kEnvFields; }
std::span<const FieldRow<Resources>> resources_fields() { return kResourcesFields; }
std::span<const FieldRow<UtilizationTarget>> utilization_fields() { return kUtilizationFields; }
std::span<const FieldRow<ReadinessProbe>> probe_fields() { return kProbeFields; }
std::span<const FieldRow<Volume>> config_volume_fields() { return kConfigVolumeFields; }
std::span<const FieldRow<Volume>> secret_volume_fields() { return kSecretVolumeFields; }
std::span<const FieldRow<Kernel>> kernel_fields() { return kKernelFields; }
std::span<const FieldRow<Compression>> compression_fields() { return kCompressionFields; }
std::span<const FieldRow<Gzip>> gzip_fields() { return kGzipFields; }
std::span<const std::string_view> kernel_parameters() { return kKernelParameters; }

}  // namespace asmgw
