#include "gateway/special_annotations.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

#include "base/in_quotes.h"
#include "gateway/codes.h"
#include "gateway/kubernetes_names.h"

namespace asmgw {
namespace {

void refuse(const Located<std::string>& value, std::string_view key, std::string hint,
            Findings& findings) {
  findings.add(finding(kBadValue, value.at,
                       fmt::format("{} cannot be {}", key, in_quotes(value.value)),
                       std::move(hint)));
}

/// A number as it is printed: no sign but a minus, no zeros before it.
std::optional<std::int32_t> int32_of(std::string_view text) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (fmt::format("{}", number) != text) return std::nullopt;
  return number;
}

bool is_seccomp_profile(std::string_view text) {
  constexpr std::string_view kLocal = "localhost/";
  if (text == "runtime/default" || text == "docker/default" || text == "unconfined") return true;
  if (!text.starts_with(kLocal)) return false;
  text.remove_prefix(kLocal.size());
  return !text.starts_with('/') && is_path_inside(text);
}

bool is_app_armor_profile(std::string_view text) {
  return text.empty() || text == "runtime/default" || text == "unconfined" ||
         text.starts_with("localhost/");
}

/// 10.0.0.0/8 or 2001:db8::/32: no leading zeros, no bits beyond the prefix, no IPv4 inside IPv6.
bool is_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string address(text.substr(0, slash));
  std::array<unsigned char, 16> bytes{};
  const bool is_four = inet_pton(AF_INET, address.c_str(), bytes.data()) == 1;
  if (!is_four && inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return false;
  const std::optional<std::int32_t> length = int32_of(text.substr(slash + 1));
  if (!length || *length < 0 || *length > (is_four ? 32 : 128)) return false;
  constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};
  if (!is_four && std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) return false;
  for (int bit = *length; bit < (is_four ? 32 : 128); ++bit) {
    const unsigned byte = bytes[static_cast<std::size_t>(bit / 8)];
    if ((byte >> (7 - bit % 8)) % 2 != 0) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool are_networks(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return true;
  while (true) {
    const std::size_t comma = text.find(',');
    if (!is_network(trimmed(text.substr(0, comma)))) return false;
    if (comma == std::string_view::npos) return true;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

void check_pod_annotations(const Field<TextMap>& annotations, Findings& findings) {
  if (!annotations) return;
  for (const auto& [key, value] : annotations->value) {
    if (key == "kubernetes.io/config.mirror") {
      refuse(value, key, "take it out: a Deployment's pods are no mirror pods", findings);
    } else if (key == "controller.kubernetes.io/pod-deletion-cost") {
      if (!int32_of(value.value)) refuse(value, key, "a whole number of 32 bits", findings);
    } else if (key == "seccomp.security.alpha.kubernetes.io/pod" ||
               key.starts_with("container.seccomp.security.alpha.kubernetes.io/")) {
      if (is_seccomp_profile(value.value)) continue;
      refuse(value, key, "runtime/default, unconfined or localhost/PATH", findings);
    } else if (key.starts_with("container.apparmor.security.beta.kubernetes.io/")) {
      if (is_app_armor_profile(value.value)) continue;
      refuse(value, key, "runtime/default, unconfined or localhost/PROFILE", findings);
    }
  }
}

void check_service_annotations(const Field<TextMap>& annotations, Findings& findings) {
  if (!annotations) return;
  const TextMap& map = annotations->value;
  const auto ranges = map.find("service.beta.kubernetes.io/load-balancer-source-ranges");
  if (ranges != map.end() && !are_networks(ranges->second.value)) {
    refuse(ranges->second, ranges->first, "networks with commas between: 10.0.0.0/8,192.168.0.0/16",
           findings);
  }
  const auto mode = map.find("service.kubernetes.io/topology-mode");
  const auto hints = map.find("service.kubernetes.io/topology-aware-hints");
  if (mode == map.end() || hints == map.end() || mode->second.value == hints->second.value) return;
  refuse(mode->second, mode->first,
         fmt::format("{} says \"{}\"; take that out", hints->first, hints->second.value), findings);
}

}  // namespace asmgw
