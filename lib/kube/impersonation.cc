#include "kube/impersonation.h"

#include <fmt/format.h>

#include <string_view>

namespace asmgw::kube {
namespace {

/// A header's name holds letters, digits and a few signs (RFC 9110, token); all else is %-encoded,
/// the percent sign too.
std::string as_header_name(std::string_view key) {
  constexpr std::string_view kSigns = "!#$&'*+-.^_`|~";
  std::string name;
  for (const char c : key) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || kSigns.find(c) != std::string_view::npos;
    if (is_plain)
      name += c;
    else
      name += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return name;
}

}  // namespace

Impersonation acting_for(Impersonation kubeconfig, const Impersonation& flags) {
  if (!flags.user.empty()) kubeconfig.user = flags.user;
  if (!flags.uid.empty()) kubeconfig.uid = flags.uid;
  if (!flags.groups.empty()) kubeconfig.groups = flags.groups;
  if (!flags.extra.empty()) kubeconfig.extra = flags.extra;
  return kubeconfig;
}

std::vector<std::pair<std::string, std::string>> headers_of(const Impersonation& act_as) {
  std::vector<std::pair<std::string, std::string>> headers;
  if (act_as.user.empty()) return headers;
  headers.emplace_back("Impersonate-User", act_as.user);
  if (!act_as.uid.empty()) headers.emplace_back("Impersonate-Uid", act_as.uid);
  for (const std::string& group : act_as.groups) headers.emplace_back("Impersonate-Group", group);
  for (const auto& [key, values] : act_as.extra) {
    for (const std::string& value : values)
      headers.emplace_back("Impersonate-Extra-" + as_header_name(key), value);
  }
  return headers;
}

}  // namespace asmgw::kube
