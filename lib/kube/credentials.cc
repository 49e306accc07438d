#include "kube/credentials.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/error.h"
#include "kube/codes.h"

namespace asmgw::kube {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encode_base64(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view group = bytes.substr(i, 3);
    unsigned bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      text += k > group.size() ? '=' : kAlphabet[bits >> (18 - 6 * k) & 63u];
  }
  return text;
}

std::string trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

/// Can it be sent as the value of a header?
bool is_header_value(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

/// Turns one context's entries into an endpoint. The words of the problems are client-go's where it
/// has the same problem.
class Assembly {
 public:
  Assembly(const Resolved& resolved, const FileAccess& files, Findings& findings)
      : resolved_(resolved), files_(files), findings_(findings) {}

  Endpoint run() {
    Endpoint endpoint;
    check_cluster();
    check_user();
    endpoint.url = url();
    if (endpoint.url.starts_with("https://")) {
      take_trust(endpoint);
      take_certificate(endpoint);
      take_authorization(endpoint);
    }
    return is_sound_ ? endpoint : Endpoint{};
  }

 private:
  void cluster_problem(const std::string& text, const std::string& hint = {}) {
    problem(text, hint, resolved_.cluster_file, "cluster", resolved_.cluster_name);
  }
  void user_problem(const std::string& text, const std::string& hint = {}) {
    problem(text, hint, resolved_.user_file, "user", resolved_.user_name);
  }
  void problem(const std::string& text, const std::string& hint, const std::string& file,
               std::string_view kind, const std::string& name) {
    Finding found = finding(kBadKubeconfig, fmt::format("{}: {}", resolved_.id, text), hint);
    found.why = fmt::format("{}, {} \"{}\"", file, kind, name);
    findings_.add(std::move(found));
    is_sound_ = false;
  }

  /// What kubectl checks before anything else, whether it would be used or not.
  void check_cluster() {
    const ClusterEntry& cluster = resolved_.cluster;
    if (cluster.server.empty())
      cluster_problem(fmt::format("no server found for cluster \"{}\"", resolved_.cluster_name));
    if (!cluster.proxy_url.empty())
      cluster_problem(fmt::format("cluster {} uses a proxy-url; this version cannot use one",
                                  resolved_.cluster_name),
                      "use a context that reaches the server directly");
    if (!cluster.ca_data.empty() && !cluster.ca_file.empty())
      cluster_problem(fmt::format("certificate-authority-data and certificate-authority are both "
                                  "specified for {}",
                                  resolved_.cluster_name),
                      "remove one of the two");
    if (cluster.insecure && !(cluster.ca_data.empty() && cluster.ca_file.empty()))
      cluster_problem("specifying a root certificates file with the insecure flag is not allowed",
                      "remove insecure-skip-tls-verify");
  }

  void check_user() {
    const UserEntry& user = resolved_.user;
    const std::string& name = resolved_.user_name;
    const bool has_token = !user.token.empty() || !user.token_file.empty();
    const bool has_basic = !user.username.empty() || !user.password.empty();
    if (has_token && has_basic)
      user_problem(
          fmt::format("more than one authentication method found for {}; found [token "
                      "basicAuth], only one is allowed",
                      name));
    check_certificate();
    if (user.has_auth_provider)
      user_problem(fmt::format("user {} uses an auth-provider, which was removed; use exec", name),
                   "this version can use a client certificate or a token");
    if (!user.exec_command.empty() && !has_token && !has_basic && !has_certificate())
      user_problem(fmt::format("user {} uses an exec plugin; this version cannot run one", name),
                   "use a kubeconfig with a client certificate or a token");
    if (user.impersonates)
      user_problem(
          fmt::format("user {} impersonates another; this version cannot impersonate", name),
          "use a kubeconfig of the user who is meant");
  }

  bool has_certificate() const {
    return !resolved_.user.cert_data.empty() || !resolved_.user.cert_file.empty();
  }

  void check_certificate() {
    const UserEntry& user = resolved_.user;
    const std::string& name = resolved_.user_name;
    if (!has_certificate()) return;
    if (!user.cert_data.empty() && !user.cert_file.empty())
      user_problem(fmt::format("client-cert-data and client-cert are both specified for {}", name),
                   "remove one of the two");
    if (!user.key_data.empty() && !user.key_file.empty())
      user_problem(fmt::format("client-key-data and client-key are both specified for {}", name),
                   "remove one of the two");
    if (user.key_data.empty() && user.key_file.empty())
      user_problem(
          fmt::format("client-key-data or client-key must be specified for {} to use the "
                      "clientCert authentication method",
                      name));
  }

  /// The server's URL; a server without a scheme is http, as for kubectl.
  std::string url() {
    std::string server = resolved_.cluster.server;
    if (server.empty()) return {};
    const std::size_t colon = server.find("://");
    if (colon == std::string::npos) {
      const std::size_t slash = server.find('/');
      if (slash != std::string::npos && slash + 1 < server.size())
        cluster_problem(fmt::format("host must be a URL or a host:port pair: \"{}\"", server),
                        "server: https://HOST:PORT");
      server = "http://" + server;
    } else {
      std::string scheme = server.substr(0, colon);
      for (char& c : scheme) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      if (scheme != "http" && scheme != "https")
        cluster_problem(fmt::format("unsupported protocol scheme \"{}\"", scheme),
                        "server: https://HOST:PORT");
      server = scheme + server.substr(colon);
    }
    server.resize(std::min(server.find_first_of("?#"), server.size()));
    while (server.ends_with('/')) server.pop_back();
    if (server.ends_with(':') || !is_header_value(server) || server.find(' ') != std::string::npos)
      cluster_problem("server is not a URL", "server: https://HOST:PORT");
    return server;
  }

  void take_trust(Endpoint& endpoint) {
    const ClusterEntry& cluster = resolved_.cluster;
    endpoint.tls_server_name = cluster.tls_server_name;
    endpoint.insecure = cluster.insecure;
    const auto add = [this](const std::string& text) { cluster_problem(text); };
    endpoint.ca_pem =
        pem(cluster.ca_data, cluster.ca_file, "certificate-authority", resolved_.cluster_name, add);
  }

  void take_certificate(Endpoint& endpoint) {
    const UserEntry& user = resolved_.user;
    if (!has_certificate()) return;
    const auto add = [this](const std::string& text) { user_problem(text); };
    endpoint.client_cert_pem =
        pem(user.cert_data, user.cert_file, "client-cert", resolved_.user_name, add);
    endpoint.client_key_pem =
        pem(user.key_data, user.key_file, "client-key", resolved_.user_name, add);
  }

  /// The PEM text of data or, without data, of the file; "" when there is neither. An empty one is
  /// refused: without roots of its own a connection would trust the system's.
  template <class Add>
  std::string pem(const std::string& data, const std::string& file, const std::string& what,
                  const std::string& name, Add add) {
    if (data.empty() && file.empty()) return {};
    std::optional<std::string> text;
    if (!data.empty()) {
      text = decode_base64(data);
      if (!text) add(fmt::format("{}-data of {} is not base64", key_of(what), name));
    } else {
      std::string reason;
      text = read(file, reason);
      if (!text)
        add(fmt::format("unable to read {} {} for {} due to {}", what, file, name, reason));
    }
    if (!text) return {};
    if (text->find("-----BEGIN ") != std::string::npos) return *text;
    add(fmt::format("{} of {} holds no PEM block", data.empty() ? file : key_of(what) + "-data",
                    name));
    return {};
  }

  /// client-go says client-cert where the key in the file is client-certificate.
  static std::string key_of(const std::string& what) {
    return what == "client-cert" ? "client-certificate" : what;
  }

  std::optional<std::string> read(const std::string& file, std::string& reason) {
    try {
      std::optional<std::string> text = files_.read(file);
      if (!text) reason = fmt::format("open {}: no such file or directory", file);
      return text;
    } catch (const Error& error) {
      reason = error.finding().message;
      return std::nullopt;
    }
  }

  void take_authorization(Endpoint& endpoint) {
    const UserEntry& user = resolved_.user;
    if (!user.username.empty()) {
      endpoint.authorization = "Basic " + encode_base64(user.username + ":" + user.password);
      return;
    }
    const std::string token = this->token();
    if (token.empty()) return;
    if (!is_header_value(token)) return user_problem("the token has a line break or control byte");
    endpoint.authorization = "Bearer " + token;
  }

  /// The file's token, else the one in the kubeconfig: kubectl falls back to it.
  std::string token() {
    const UserEntry& user = resolved_.user;
    if (user.token_file.empty()) return user.token;
    std::string reason = fmt::format("read empty token from file \"{}\"", user.token_file);
    const std::string token = trimmed(read(user.token_file, reason).value_or(""));
    if (token.empty() && user.token.empty()) user_problem(reason);
    return token.empty() ? user.token : token;
  }

  const Resolved& resolved_;
  const FileAccess& files_;
  Findings& findings_;
  bool is_sound_ = true;
};

}  // namespace

Endpoint endpoint_of(const Resolved& resolved, const FileAccess& files, Findings& findings) {
  return Assembly(resolved, files, findings).run();
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string bytes;
  unsigned bits = 0;
  int digits = 0;
  int padding = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') continue;
    if (c == '=') {
      if (digits % 4 < 2 || digits % 4 + padding == 4) return std::nullopt;
      ++padding;
      continue;
    }
    const std::size_t digit = kAlphabet.find(c);
    if (digit == std::string_view::npos || padding > 0) return std::nullopt;
    bits = bits << 6 | static_cast<unsigned>(digit);
    ++digits;
    if (digits % 4 != 0) continue;
    for (const unsigned shift : {16u, 8u, 0u}) bytes += static_cast<char>(bits >> shift & 0xffu);
  }
  const int left = digits % 4;
  if (left + padding != 0 && left + padding != 4) return std::nullopt;
  if (left == 2) bytes += static_cast<char>(bits >> 4 & 0xffu);
  if (left == 3) {
    bytes += static_cast<char>(bits >> 10 & 0xffu);
    bytes += static_cast<char>(bits >> 2 & 0xffu);
  }
  return bytes;
}

}  // namespace asmgw::kube
