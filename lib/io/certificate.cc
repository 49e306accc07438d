#include "io/certificate.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <new>
#include <string_view>

#include "base/ascii.h"

namespace asmgw::io {
namespace {

template <auto kFree>
struct Free {
  template <class T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using Names = std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;

using Held = std::shared_ptr<Handshake>;  // as the SSL_CTX holds it: renegotiated or not, it lives

void release(void*, void* held, CRYPTO_EX_DATA*, int, long, void*) {
  delete static_cast<Held*>(held);
}

int slot() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, &release);
  return index;
}

Handshake& handshake_of(const SSL* ssl) {
  return **static_cast<Held*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), slot()));
}

bool is_same(std::string_view a, std::string_view b) { return lower(a) == lower(b); }

bool is_label(std::string_view label) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  const std::string small = lower(label);
  return !small.empty() && small[0] != '-' && std::all_of(small.begin(), small.end(), fits);
}

/// Cuts the first label off.
std::string_view take_label(std::string_view& name) {
  const std::size_t dot = std::min(name.find('.'), name.size());
  const std::string_view label = name.substr(0, dot);
  name.remove_prefix(std::min(dot + 1, name.size()));
  return label;
}

bool is_host_name(std::string_view name) {
  if (name.empty() || name.ends_with('.')) return false;
  while (!name.empty())
    if (!is_label(take_label(name))) return false;
  return true;
}

std::string_view text_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

/// The bytes of an IP address, 4 or 16, or "" for a name.
std::string address_of(const std::string& host) {
  std::array<char, 16> bytes{};
  if (inet_pton(AF_INET, host.c_str(), bytes.data()) == 1) return {bytes.data(), 4};
  if (inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1) return {bytes.data(), 16};
  return "";
}

bool is_for(const X509* certificate, const std::string& host) {
  const Names names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  const std::string address = address_of(host);
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    int type = 0;
    const void* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names.get(), i), &type);
    const std::string_view text =
        type == GEN_IPADD || type == GEN_DNS ? text_of(static_cast<const ASN1_STRING*>(value)) : "";
    if (!address.empty() && type == GEN_IPADD && text == address) return true;
    if (address.empty() && type == GEN_DNS && covers(text, host)) return true;
  }
  return false;
}

/// In place of OpenSSL's own verification: the chain as it would, then the name.
int verify(X509_STORE_CTX* store, void*) {
  const void* ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
  Handshake& handshake = handshake_of(static_cast<const SSL*>(ssl));
  if (X509_verify_cert(store) <= 0) {
    handshake.problem = X509_STORE_CTX_get_error(store);
    return 0;
  }
  if (is_for(X509_STORE_CTX_get0_cert(store), handshake.name)) return 1;
  handshake.problem = X509_V_ERR_HOSTNAME_MISMATCH;
  X509_STORE_CTX_set_error(store, X509_V_ERR_HOSTNAME_MISMATCH);
  return 0;
}

/// At the beginning the name for SNI: libcurl sends the URL's host. At the end nothing more is
/// wanted: tickets that come later are no handshake.
void on_handshake(const SSL* ssl, int where, int) {
  if ((where & (SSL_CB_HANDSHAKE_START | SSL_CB_HANDSHAKE_DONE)) == 0) return;
  Handshake& handshake = handshake_of(ssl);
  if (handshake.is_done) return;
  if ((where & SSL_CB_HANDSHAKE_DONE) != 0) {
    handshake.is_done = true;
    return;
  }
  std::string name = address_of(handshake.name).empty() ? handshake.name : "";
  if (name.ends_with('.')) name.pop_back();
  SSL_ctrl(const_cast<SSL*>(ssl), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
           name.empty() ? nullptr : name.data());
}

/// In place of a question on the terminal: `asked` learns that there was one.
int no_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

Bio reader(const std::string& pem) {
  Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (bio == nullptr) throw std::bad_alloc();
  return bio;
}

Certificate certificate_in(const std::string& pem, bool& asked) {
  return Certificate(PEM_read_bio_X509(reader(pem).get(), nullptr, &no_passphrase, &asked));
}

Key key_in(const std::string& pem, bool& asked) {
  return Key(PEM_read_bio_PrivateKey(reader(pem).get(), nullptr, &no_passphrase, &asked));
}

}  // namespace

bool covers(std::string_view pattern, std::string_view host) {
  std::string_view bare = host;
  if (bare.ends_with('.')) bare.remove_suffix(1);
  std::string_view rest = pattern;
  const bool is_wild = rest.starts_with("*.");
  if (is_wild) rest.remove_prefix(2);
  if (!is_host_name(rest) || !is_host_name(bare))
    return !pattern.empty() && pattern != "." && host != "." && is_same(pattern, host);
  if (is_wild) take_label(bare);
  return is_same(rest, bare);
}

bool keep_to(void* ssl_context, const std::shared_ptr<Handshake>& handshake) {
  auto* context = static_cast<SSL_CTX*>(ssl_context);
  auto held = std::unique_ptr<Held>(new (std::nothrow) Held(handshake));
  if (held == nullptr || SSL_CTX_set_ex_data(context, slot(), held.get()) != 1) return false;
  held.release();  // NOLINT: the context deletes it
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_info_callback(context, &on_handshake);
  if (!handshake->insecure) SSL_CTX_set_cert_verify_callback(context, &verify, nullptr);
  return true;
}

std::string pair_problem(const std::string& certificate_pem, const std::string& key_pem) {
  bool asked = false;
  const Certificate certificate = certificate_in(certificate_pem, asked);
  const Key key = key_in(key_pem, asked);
  std::string problem;
  if (certificate == nullptr && key == nullptr && certificate_in(key_pem, asked) != nullptr) {
    problem = "the client certificate and its key are swapped";
  } else if (asked) {
    problem = "the client key needs a passphrase: take it off (openssl pkey -in KEY -out NEW)";
  } else if (certificate == nullptr) {
    problem = "the client certificate is not a certificate";
  } else if (key == nullptr) {
    problem = "the client key is not a private key";
  } else if (X509_check_private_key(certificate.get(), key.get()) != 1) {
    problem = "the client key is not that of the client certificate";
  }
  ERR_clear_error();
  return problem;
}

}  // namespace asmgw::io
