#include "kube/exec_credential.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/base64.h"
#include "base/error.h"
#include "base/json.h"
#include "base/tree.h"
#include "kube/codes.h"

namespace asmgw::kube {
namespace {

[[noreturn]] void refuse(const ExecConfig& config, const std::string& text) {
  throw Error(finding(kUnauthorized, "getting credentials: " + text,
                      fmt::format("run the plugin by hand: {}", config.command)));
}

/// In the order in which client-go writes it.
nlohmann::ordered_json info_of(const ExecCluster& cluster) {
  const Endpoint& endpoint = cluster.endpoint;
  nlohmann::ordered_json info{{"server", endpoint.url}};
  if (!endpoint.tls_server_name.empty()) info["tls-server-name"] = endpoint.tls_server_name;
  if (endpoint.insecure) info["insecure-skip-tls-verify"] = true;
  if (!endpoint.ca_pem.empty()) info["certificate-authority-data"] = encode_base64(endpoint.ca_pem);
  if (!endpoint.proxy.empty()) info["proxy-url"] = endpoint.proxy;
  if (!endpoint.compressed) info["disable-compression"] = true;
  info["config"] = cluster.config_json.empty() ? nlohmann::ordered_json()
                                               : nlohmann::ordered_json::parse(cluster.config_json);
  return info;
}

/// The text of a field of `status`; anything but a text is refused.
std::string status_text(const ExecConfig& config, const Json& status, const char* key) {
  const Json* value = find(status, {key});
  if (value == nullptr || value->is_null()) return {};
  if (!value->is_string()) refuse(config, fmt::format("decoding stdout: {} is no text", key));
  return value->get<std::string>();
}

Json parse_output(const ExecConfig& config, const std::string& output) {
  Findings syntax;
  const Source source{.name = "stdout", .text = output};
  const std::vector<Node> documents = parse_yaml(source, syntax);  // JSON or YAML, as kubectl
  if (documents.empty() || documents.front().kind != Node::Kind::Mapping)
    refuse(config, "decoding stdout: it is no ExecCredential object");
  return to_json(documents.front());
}

}  // namespace

std::string exec_info(const ExecConfig& config, bool interactive, const ExecCluster* cluster) {
  nlohmann::ordered_json info{{"kind", "ExecCredential"}, {"apiVersion", config.api_version}};
  if (cluster != nullptr) info["spec"]["cluster"] = info_of(*cluster);
  info["spec"]["interactive"] = interactive;
  return info.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

ExecCredential read_exec_credential(const ExecConfig& config, const std::string& output) {
  const Json credential = parse_output(config, output);
  const std::string kind = text_at(credential, {"kind"});
  if (!kind.empty() && kind != "ExecCredential")  // kubectl does not miss it either
    refuse(config, "decoding stdout: its kind is not ExecCredential");
  const std::string version = text_at(credential, {"apiVersion"});
  if (version != config.api_version) {
    refuse(config, fmt::format("exec plugin is configured to use API version {}, plugin returned "
                               "version {}",
                               config.api_version, version));
  }
  const Json* status = find(credential, {"status"});
  if (status == nullptr || !status->is_object())
    refuse(config, "exec plugin didn't return a status field");
  ExecCredential result;
  const std::string token = status_text(config, *status, "token");
  result.proof.authorization = bearer(token);
  result.proof.client_cert_pem = status_text(config, *status, "clientCertificateData");
  result.proof.client_key_pem = status_text(config, *status, "clientKeyData");
  const bool has_cert = !result.proof.client_cert_pem.empty();
  if (has_cert != !result.proof.client_key_pem.empty())
    refuse(config, "exec plugin returned only certificate or key, not both");
  if (token.empty() && !has_cert)
    refuse(config, "exec plugin didn't return a token or cert/key pair");
  if (!is_header_value(token)) refuse(config, "the token has a line break or control byte");
  const std::string expires = status_text(config, *status, "expirationTimestamp");
  result.expires = parse_rfc3339(expires);
  if (!expires.empty() && !result.expires)
    refuse(config, "decoding stdout: expirationTimestamp is no RFC 3339 time");
  return result;
}

std::optional<std::chrono::system_clock::time_point> parse_rfc3339(const std::string& text) {
  namespace chrono = std::chrono;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, length = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute,
                  &second, &length) != 6 ||
      length != 19)
    return std::nullopt;
  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') at = text.find_first_not_of("0123456789", at + 1);
  if (at >= text.size()) return std::nullopt;
  chrono::minutes offset{0};
  if (text.substr(at) != "Z") {
    int hours = 0, minutes = 0, read = 0;
    char sign = 0;
    if (std::sscanf(text.c_str() + at, "%c%2d:%2d%n", &sign, &hours, &minutes, &read) != 3 ||
        read != 6 || at + 6 != text.size() || (sign != '+' && sign != '-'))
      return std::nullopt;
    offset = chrono::minutes((sign == '-' ? -1 : 1) * (hours * 60 + minutes));
  }
  const chrono::year_month_day date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                    chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const chrono::seconds time = chrono::sys_days(date).time_since_epoch() + chrono::hours(hour) +
                               chrono::minutes(minute) + chrono::seconds(second) - offset;
  // the clock counts nanoseconds, and ends in 2262
  using Clock = chrono::system_clock;
  return Clock::time_point(std::clamp(time, chrono::ceil<chrono::seconds>(Clock::duration::min()),
                                      chrono::floor<chrono::seconds>(Clock::duration::max())));
}

}  // namespace asmgw::kube
