// Why did nothing come back? libcurl's result in our words.
#pragma once

#include <curl/curl.h>

#include <optional>
#include <string>

#include "base/seams.h"
#include "io/certificate.h"
#include "io/site.h"

namespace asmgw::io {

/// How an exchange ended without an answer.
struct Outcome {
  CURLcode code = CURLE_OK;
  std::string words = {};     ///< libcurl's own; never a credential
  bool sent = false;          ///< there was a connection, and the request may have gone out
  bool in_handshake = false;  ///< it ended in the middle of `handshake`
  std::optional<Handshake> handshake = {};  ///< the last one, if there was any
  bool is_lost = false;                     ///< the limit of connection or handshake ended it
  long os_error = 0;                        ///< errno of a failed connect
  long proxy_status = 0;                    ///< the proxy's answer to CONNECT
};

/// Failure and text.
Response failure_of(const Outcome& outcome, const Site& site);

/// `30s`, `1500ms`
std::string text_of(std::chrono::milliseconds time);

/// The usual words for a status, `Not Found`: HTTP/2 does not send any. "" for rare ones.
std::string_view status_words(int status);

}  // namespace asmgw::io
