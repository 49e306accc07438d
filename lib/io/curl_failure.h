// Why did nothing come back? libcurl's result in our words.
#pragma once

#include <curl/curl.h>

#include <string>

#include "base/seams.h"

namespace asmgw::io {

/// How an exchange ended without an answer.
struct Outcome {
  CURLcode code = CURLE_OK;
  std::string words = {};  ///< libcurl's own; never a credential
  bool sent = false;       ///< there was a connection, and the request may have gone out
  long verify_result = 0;  ///< of the certificate: OpenSSL's X509_V_ERR_…
  long os_error = 0;       ///< errno of a failed connect
};

/// Failure and text; `shown_url` stands for the server.
Response failure_of(const Outcome& outcome, const Endpoint& endpoint, const std::string& shown_url);

/// `30s`, `1500ms`
std::string text_of(std::chrono::milliseconds time);

/// The usual words for a status, `Not Found`: HTTP/2 does not send any. "" for rare ones.
std::string_view status_words(int status);

}  // namespace asmgw::io
