#include "kube/url.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace asmgw::kube {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_scheme(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

/// Splits HOST[:PORT] or [IPv6][:PORT]; false when it is neither.
bool split_host(std::string_view text, Url& url) {
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return false;
    url.host = text.substr(1, end - 1);
    rest = text.substr(end + 1);
    if (!rest.empty() && rest[0] != ':') return false;
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    url.host = text.substr(0, colon);
    rest = text.substr(colon);
  }
  if (!rest.empty()) url.port = rest.substr(1);
  return !url.host.empty() && std::all_of(url.port.begin(), url.port.end(), is_digit);
}

std::optional<std::string> decoded(std::string_view text) {
  const auto value_of = [](char c) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(lower({&c, 1}));
    return digit == std::string_view::npos ? -1 : static_cast<int>(digit);
  };
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      bytes += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = value_of(text[i + 1]), low = value_of(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return bytes;
}

/// As Go's net/url encodes a path.
std::string encoded(std::string_view bytes) {
  constexpr std::string_view kPlain = "-_.~$&+,/:;=@";
  std::string text;
  for (const char c : bytes) {
    const bool is_plain = is_letter(c) || is_digit(c) || kPlain.find(c) != std::string_view::npos;
    text += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return text;
}

}  // namespace

std::optional<std::string> clean_path(std::string_view path) {
  const std::optional<std::string> bytes = decoded(path);
  if (!bytes) return std::nullopt;
  std::string clean;
  std::string_view rest = *bytes;
  while (!rest.empty()) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view step = rest.substr(0, slash);
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    if (step == "..") clean.resize(clean.empty() ? 0 : clean.rfind('/'));
    if (step.empty() || step == "." || step == "..") continue;
    clean += '/';
    clean += step;
  }
  return encoded(clean);
}

std::optional<Url> parse_url(std::string_view text) {
  const auto is_odd = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f;
  };
  if (std::any_of(text.begin(), text.end(), is_odd)) return std::nullopt;
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || !is_scheme(text.substr(0, colon))) return std::nullopt;
  Url url;
  url.scheme = lower(text.substr(0, colon));
  std::string_view rest = text.substr(colon + 3);
  rest = rest.substr(0, rest.find_first_of("?#"));
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  std::string_view authority = rest.substr(0, slash);
  url.path = rest.substr(slash);
  while (url.path.ends_with('/')) url.path.pop_back();
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    url.user = authority.substr(0, at);
    authority.remove_prefix(at + 1);
  }
  if (!split_host(authority, url)) return std::nullopt;
  return url;
}

std::string text_of(const Url& url) {
  std::string text = url.scheme + "://";
  if (!url.user.empty()) text += url.user + "@";
  const bool is_v6 = url.host.find(':') != std::string::npos;
  text += is_v6 ? "[" + url.host + "]" : url.host;
  if (!url.port.empty()) text += ":" + url.port;
  return text + url.path;
}

std::string port_of(const Url& url) {
  if (!url.port.empty()) return url.port;
  if (url.scheme == "https") return "443";
  return url.scheme.starts_with("socks5") ? "1080" : "80";
}

bool is_loopback(const std::string& host) {
  if (host == "localhost") return true;
  const std::string bytes = ip_bytes(host);
  if (bytes.size() == 4) return bytes[0] == 127;
  return bytes == std::string(15, '\0') + '\1';
}

std::string ip_bytes(const std::string& host) {
  std::array<char, 16> bytes{};
  if (inet_pton(AF_INET, host.c_str(), bytes.data()) == 1) return {bytes.data(), 4};
  if (inet_pton(AF_INET6, host.c_str(), bytes.data()) != 1) return {};
  const std::string v6(bytes.data(), bytes.size());
  const bool is_mapped = v6.starts_with(std::string(10, '\0') + "\xff\xff");
  return is_mapped ? v6.substr(12) : v6;
}

}  // namespace asmgw::kube
