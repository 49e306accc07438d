// What are the parts of a server's or a proxy's URL?
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace asmgw::kube {

/// SCHEME://[USER[:PASSWORD]@]HOST[:PORT][/PATH]. A query or fragment is not kept.
struct Url {
  std::string scheme;  ///< in lower case
  std::string user;    ///< USER:PASSWORD, %-encoded as written: a secret
  std::string host;    ///< of [::1] without the brackets
  std::string port;    ///< as written; "" = the scheme's own
  std::string path;    ///< as written, without slashes at its end
};

/// The parts, or nothing where Go's net/url would find no URL with a host: a scheme missing, blanks
/// or control bytes, a port that is no number.
std::optional<Url> parse_url(std::string_view text);

/// A path as client-go sends it: %-decoded, without `.`, `..` and empty steps, encoded anew.
/// Nothing where a % is followed by no two hexadecimal digits.
std::optional<std::string> clean_path(std::string_view path);

/// Written anew, with the user: a secret then.
std::string text_of(const Url& url);

/// The port that a connection uses: https 443, http 80, socks5 1080.
std::string port_of(const Url& url);

/// Is it an address of this machine: localhost, 127.0.0.0/8, ::1?
bool is_loopback(const std::string& host);

/// The bytes of an IPv4 (4) or IPv6 (16) address, or "". An IPv4 address in IPv6's clothes
/// (::ffff:10.0.0.1) is the IPv4 address.
std::string ip_bytes(const std::string& host);

}  // namespace asmgw::kube
