#include "kube/credentials.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/error.h"
#include "kube/codes.h"
#include "kube/impersonation.h"

namespace asmgw::kube {
namespace {

/// Turns one context's entries into an access. The words of the problems are client-go's where it
/// has the same problem.
class Assembly {
 public:
  Assembly(const Resolved& resolved, const AccessRules& rules, Findings& findings)
      : resolved_(resolved),
        rules_(rules),
        act_as_(acting_for(resolved.user.impersonation, rules.act_as)),
        findings_(findings) {}

  Access run() {
    Access access{{}, fixed_login({})};
    Endpoint& endpoint = access.endpoint;
    check_cluster();
    check_user();
    endpoint.url = url();
    endpoint.proxy = proxy(endpoint.url);
    endpoint.headers = headers_of(act_as_);
    endpoint.compressed = !resolved_.cluster.disable_compression;
    if (endpoint.url.starts_with("https://")) {
      take_trust(endpoint);
      access.login = login(endpoint);
    } else {
      check_files();
    }
    if (!is_sound_) endpoint = Endpoint{};
    return access;
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
    if (!cluster.proxy_url.empty() && !is_usable_proxy(cluster.proxy_url))
      cluster_problem(fmt::format("invalid 'proxy-url' for cluster \"{}\"", resolved_.cluster_name),
                      "proxy-url: http://HOST:PORT, https://… or socks5://…");
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
                   "exec: runs a credential plugin");
    if (user.exec) check_plugin(*user.exec);
    if (act_as_.user.empty() && act_as_ != Impersonation{})
      user_problem(
          fmt::format("requesting uid, groups or user-extra for {} without impersonating a user",
                      name),
          "as: USER, or --as USER");
    for (const auto& [header, value] : headers_of(act_as_))
      if (!is_header_value(value))
        user_problem(fmt::format("{} of {} has a line break or control byte", header, name));
  }

  void check_plugin(const ExecConfig& exec) {
    const auto missing = [&](std::string_view what) {
      user_problem(fmt::format("{} must be specified for {} to use exec authentication plugin",
                               what, resolved_.user_name));
    };
    if (exec.command.empty()) missing("command");
    if (exec.api_version.empty()) missing("apiVersion");
    if (std::any_of(exec.env.begin(), exec.env.end(),
                    [](const auto& variable) { return variable.first.empty(); }))
      missing("env variable name");
    if (!exec.api_version.empty() && !is_plugin_version(exec.api_version)) {
      user_problem(fmt::format("exec plugin: invalid apiVersion \"{}\"", exec.api_version),
                   "apiVersion: client.authentication.k8s.io/v1");
      return;
    }
    const std::string& mode = exec.interactive_mode;
    if (mode.empty()) return missing("interactiveMode");
    if (mode != "Never" && mode != "IfAvailable" && mode != "Always")
      user_problem(fmt::format("invalid interactiveMode for {}: \"{}\"", resolved_.user_name, mode),
                   "Never, IfAvailable or Always");
  }

  static bool is_plugin_version(std::string_view version) {
    return version == "client.authentication.k8s.io/v1" ||
           version == "client.authentication.k8s.io/v1beta1";
  }

  static bool is_usable_proxy(const std::string& text) {
    const std::optional<Url> url = parse_url(text);
    return url && is_proxy(*url);
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

  /// What is not used without https must be there all the same.
  void check_files() {
    const ClusterEntry& cluster = resolved_.cluster;
    const UserEntry& user = resolved_.user;
    const auto as_cluster = [this](const std::string& text) { cluster_problem(text); };
    const auto as_user = [this](const std::string& text) { user_problem(text); };
    if (cluster.ca_data.empty() && !cluster.ca_file.empty())
      text_in(cluster.ca_file, "certificate-authority", resolved_.cluster_name, as_cluster);
    if (user.cert_data.empty() && !user.cert_file.empty())
      text_in(user.cert_file, "client-cert", resolved_.user_name, as_user);
    if (user.key_data.empty() && !user.key_file.empty())
      text_in(user.key_file, "client-key", resolved_.user_name, as_user);
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
      const std::string scheme = lower(server.substr(0, colon));
      if (scheme != "http" && scheme != "https")
        cluster_problem(fmt::format("unsupported protocol scheme \"{}\"", scheme),
                        "server: https://HOST:PORT");
      server = scheme + server.substr(colon);
    }
    server.resize(std::min(server.find_first_of("?#"), server.size()));
    const std::size_t path = std::min(server.find('/', server.find("://") + 3), server.size());
    const std::optional<std::string> clean = clean_path(std::string_view(server).substr(path));
    const std::string front = server.substr(0, path);
    if (!clean || front.ends_with(':') || front.ends_with('/') || !is_header_value(server) ||
        server.find(' ') != std::string::npos)
      cluster_problem("server is not a URL", "server: https://HOST:PORT");
    return front + clean.value_or("");
  }

  /// The cluster's own, else the environment's. Only the former has been checked.
  std::string proxy(const std::string& url) {
    if (!resolved_.cluster.proxy_url.empty()) return resolved_.cluster.proxy_url;
    const std::optional<Url> server = parse_url(url);
    const std::string found = server ? proxy_for(*server, rules_.proxies) : "";
    const bool is_socks5h = lower(found).starts_with("socks5h://");  // in the environment only
    if (!found.empty() && !is_socks5h && !is_usable_proxy(found))
      cluster_problem("HTTPS_PROXY or HTTP_PROXY is no URL of a proxy",
                      "http://HOST:PORT, https://… or socks5://…");
    return found;
  }

  void take_trust(Endpoint& endpoint) {
    const ClusterEntry& cluster = resolved_.cluster;
    endpoint.tls_server_name = cluster.tls_server_name;
    endpoint.insecure = cluster.insecure;
    const auto add = [this](const std::string& text) { cluster_problem(text); };
    endpoint.ca_pem =
        pem(cluster.ca_data, cluster.ca_file, "certificate-authority", resolved_.cluster_name, add);
  }

  /// What is tried first is what is there: certificate, basic auth, token; else the plugin. A user
  /// in the server's URL beats all but the certificate; the transport sends that one.
  Login login(const Endpoint& endpoint) {
    const UserEntry& user = resolved_.user;
    Proof proof;
    if (has_certificate()) take_certificate(proof);
    const std::optional<Url> server = parse_url(endpoint.url);
    if (server && !server->user.empty()) return fixed_login(std::move(proof));
    if (!user.username.empty()) {
      proof.authorization = "Basic " + encode_base64(user.username + ":" + user.password);
      return fixed_login(std::move(proof));
    }
    const std::string token = this->token();
    if (!is_header_value(token)) user_problem("the token has a line break or control byte");
    proof.authorization = bearer(token);
    if (!user.token_file.empty())
      return token_file_login(user.token_file, std::move(proof), rules_.files, rules_.clock);
    if (proof == Proof{} && user.exec && is_sound_)
      return rules_.plugins.login(*user.exec, seen_by_plugin(endpoint), findings_);
    return fixed_login(std::move(proof));
  }

  /// The server's URL is told as it is written.
  ExecCluster seen_by_plugin(Endpoint endpoint) const {
    endpoint.url = resolved_.cluster.server;
    return {std::move(endpoint), resolved_.cluster.exec_config};
  }

  void take_certificate(Proof& proof) {
    const UserEntry& user = resolved_.user;
    const auto add = [this](const std::string& text) { user_problem(text); };
    proof.client_cert_pem =
        pem(user.cert_data, user.cert_file, "client-cert", resolved_.user_name, add);
    proof.client_key_pem =
        pem(user.key_data, user.key_file, "client-key", resolved_.user_name, add);
    if (proof.client_key_pem.find("ENCRYPTED") != std::string::npos)
      user_problem(fmt::format("the client key of {} is encrypted", resolved_.user_name),
                   "kubectl cannot use one either: openssl pkey -in KEY -out PLAIN");
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
      text = text_in(file, what, name, add);
    }
    if (!text) return {};
    if (text->find("-----BEGIN ") != std::string::npos) return *text;
    add(fmt::format("{} of {} holds no PEM block", data.empty() ? file : key_of(what) + "-data",
                    name));
    return {};
  }

  template <class Add>
  std::optional<std::string> text_in(const std::string& file, const std::string& what,
                                     const std::string& name, Add add) {
    std::string reason;
    std::optional<std::string> text = read(file, reason);
    if (!text) add(fmt::format("unable to read {} {} for {} due to {}", what, file, name, reason));
    return text;
  }

  /// client-go says client-cert where the key in the file is client-certificate.
  static std::string key_of(const std::string& what) {
    return what == "client-cert" ? "client-certificate" : what;
  }

  std::optional<std::string> read(const std::string& file, std::string& reason) {
    try {
      std::optional<std::string> text = rules_.files.read(file);
      if (!text) reason = fmt::format("open {}: no such file or directory", file);
      return text;
    } catch (const Error& error) {
      reason = error.finding().message;
      return std::nullopt;
    }
  }

  /// The file's token, else the one in the kubeconfig: kubectl falls back to it.
  std::string token() {
    const UserEntry& user = resolved_.user;
    if (user.token_file.empty()) return user.token;
    std::string reason = fmt::format("read empty token from file \"{}\"", user.token_file);
    const std::string token(trimmed(read(user.token_file, reason).value_or("")));
    if (token.empty() && user.token.empty()) user_problem(reason);
    return token.empty() ? user.token : token;
  }

  const Resolved& resolved_;
  const AccessRules& rules_;
  const Impersonation act_as_;
  Findings& findings_;
  bool is_sound_ = true;
};

}  // namespace

Access access_of(const Resolved& resolved, const AccessRules& rules, Findings& findings) {
  return Assembly(resolved, rules, findings).run();
}

}  // namespace asmgw::kube
