#include "kube/proxy.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/ascii.h"

namespace asmgw::kube {
namespace {

/// 10.0.0.0/8: do the first bits of both agree?
bool is_in_cidr(const std::string& bytes, std::string_view cidr) {
  const std::size_t slash = cidr.find('/');
  const std::string net = ip_bytes(std::string(cidr.substr(0, slash)));
  unsigned bits = 0;
  const std::string_view number = cidr.substr(slash + 1);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bits);
  if (error != std::errc() || end != number.data() + number.size()) return false;
  if (net.empty() || net.size() != bytes.size() || bits > net.size() * 8) return false;
  for (unsigned bit = 0; bit < bits; ++bit) {
    const auto differing = static_cast<unsigned char>(net[bit / 8] ^ bytes[bit / 8]);
    if ((differing >> (7 - bit % 8) & 1u) != 0) return false;
  }
  return true;
}

/// An entry's host and port; of an IPv6 address without brackets all is host.
struct Entry {
  std::string host, port;
};

Entry entry_of(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return {std::string(text), ""};
    const std::string_view rest = text.substr(end + 1);
    return {std::string(text.substr(1, end - 1)),
            std::string(rest.starts_with(':') ? rest.substr(1) : "")};
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
    return {std::string(text), ""};
  return {std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

bool matches(std::string_view text, const std::string& host, const std::string& port) {
  const std::string bytes = ip_bytes(host);
  if (text == "*") return true;
  if (text.find('/') != std::string_view::npos) return is_in_cidr(bytes, text);
  Entry entry = entry_of(text);
  if (entry.host.empty() || !(entry.port.empty() || entry.port == port)) return false;
  if (const std::string address = ip_bytes(entry.host); !address.empty()) return address == bytes;
  if (!bytes.empty()) return false;  // a name never means an address
  if (entry.host.starts_with("*.")) entry.host.erase(0, 1);
  if (entry.host[0] == '.') return host.ends_with(entry.host);
  return host == entry.host || host.ends_with("." + entry.host);
}

}  // namespace

std::string proxy_for(const Url& server, const ProxyRules& rules) {
  const std::string& proxy = server.scheme == "https" ? rules.https : rules.http;
  if (proxy.empty() || is_loopback(server.host)) return {};
  const std::string host = lower(server.host);
  std::string_view rest = rules.none;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    if (matches(lower(trimmed(rest.substr(0, comma))), host, port_of(server))) return {};
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return parse_url(proxy) ? proxy : "http://" + proxy;
}

bool is_proxy(const Url& url) {
  return url.scheme == "http" || url.scheme == "https" || url.scheme == "socks5";
}

}  // namespace asmgw::kube
