// What proves who we are, and where does it come from while we talk?
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/seams.h"
#include "kube/kubeconfig.h"

namespace asmgw::kube {

/// What is sent, or shown in the TLS handshake. All of it is secret.
struct Proof {
  std::string authorization = {};  ///< value of the header, or empty
  std::string client_cert_pem = {}, client_key_pem = {};

  friend bool operator==(const Proof&, const Proof&) = default;
};

/// Who we are at one server. Each is asked by one thread; what several share locks itself.
struct Login {
  /// What to show now. Throws Error [unauthorized] when a credential plugin gives nothing.
  std::function<Proof(std::stop_token stop)> current;
  /// The server answered 401 to `refused`: something newer to try once, or nothing. Throws as
  /// `current`.
  std::function<std::optional<Proof>(const Proof& refused, std::stop_token stop)> renew;
};

/// Always the same.
Login fixed_login(Proof proof);

/// The token of a file that somebody rotates: read again when what was read is a minute old, and
/// after a 401. When it cannot be read, or is empty, what was there before goes on.
Login token_file_login(const std::string& path, Proof first, const FileAccess& files, Clock& clock);

/// `Bearer TOKEN`, or "" without a token.
std::string bearer(const std::string& token);

/// Can it be sent as the value of a header?
bool is_header_value(std::string_view text);

}  // namespace asmgw::kube
