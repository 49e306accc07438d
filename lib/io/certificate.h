// Is this certificate the one of the server that we mean, and does our own one fit its key? By the
// rules of Go's crypto/tls, so that a kubeconfig does here what it does in kubectl.
#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace asmgw::io {

/// One TLS handshake: what the other side must show, and what came of it.
struct Handshake {
  std::string name = {};  ///< host name, or IP address, that the certificate must be for; and SNI
  bool insecure = false;  ///< any certificate will do
  bool with_proxy = false;
  std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
  bool is_done = false;
  long problem = 0;  ///< of the certificate: X509_V_ERR_…, 0 = none
};

/// Makes a connection's SSL_CTX keep to the handshake: chain, then name. The name is looked for
/// among the certificate's alternative names only (libcurl and OpenSSL fall back to its subject);
/// `*` stands for the whole first label; an IP address fits IP entries only. The server cannot
/// renegotiate. False: no memory.
bool keep_to(void* ssl_context, const std::shared_ptr<Handshake>& handshake);

/// Does the name of a certificate (`*.example.com`) cover the host?
bool covers(std::string_view pattern, std::string_view host);

/// Why the client certificate and its key cannot be used, "" when nothing is wrong with them.
/// Never asks anybody for a passphrase.
std::string pair_problem(const std::string& certificate_pem, const std::string& key_pem);

}  // namespace asmgw::io
