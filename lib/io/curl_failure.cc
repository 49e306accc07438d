#include "io/curl_failure.h"

#include "io/descriptor.h"

namespace asmgw::io {
namespace {

/// When there is no connection: the limit that fired is the shorter one.
std::chrono::milliseconds time_to_connect(const Endpoint& endpoint) {
  const bool request_is_shorter =
      endpoint.request_timeout.count() > 0 && endpoint.request_timeout < endpoint.connect_timeout;
  return request_is_shorter ? endpoint.request_timeout : endpoint.connect_timeout;
}

std::string certificate_problem(const Outcome& outcome, const Endpoint& endpoint) {
  if (outcome.words.find("target host name") != std::string::npos)
    return "the certificate is not for this name";
  switch (outcome.verify_result) {  // numbers of <openssl/x509_vfy.h>, which are stable
    case 9:
      return "the server's certificate is not yet valid";
    case 10:
      return "the server's certificate has expired";
    case 2:   // its issuer is unknown
    case 7:   // its signature does not fit: a CA of the same name
    case 18:  // it is self-signed
    case 19:  // its chain ends in an unknown root
    case 20:  // its issuer is not among the roots
    case 21:  // it came without a chain
      return endpoint.ca_pem.empty()
                 ? "the server's certificate is not signed by a CA that this system trusts"
                 : "the server's certificate is not signed by the CA of the kubeconfig";
    default:
      return outcome.words;
  }
}

std::string connect_problem(const Outcome& outcome) {
  if (outcome.os_error == 0) return outcome.words;
  return words_of(static_cast<int>(outcome.os_error));
}

std::string problem_before_sending(const Outcome& outcome, const Endpoint& endpoint) {
  if (outcome.code == CURLE_PEER_FAILED_VERIFICATION) return certificate_problem(outcome, endpoint);
  if (outcome.code == CURLE_COULDNT_CONNECT) return connect_problem(outcome);
  if (outcome.code == CURLE_COULDNT_RESOLVE_HOST) return "the host name is unknown";
  if (outcome.code == CURLE_COULDNT_RESOLVE_PROXY) return "the proxy's host name is unknown";
  if (outcome.code == CURLE_SSL_CACERT_BADFILE) return "the kubeconfig's CA is not a certificate";
  if (outcome.code == CURLE_SSL_CERTPROBLEM)
    return "the client certificate or its key cannot be used: " + outcome.words;
  return outcome.words;
}

}  // namespace

std::string text_of(std::chrono::milliseconds time) {
  if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + "s";
  return std::to_string(time.count()) + "ms";
}

Response failure_of(const Outcome& outcome, const Endpoint& endpoint,
                    const std::string& shown_url) {
  using enum Response::Failure;
  const bool timed_out = outcome.code == CURLE_OPERATION_TIMEDOUT;
  if (outcome.sent) {
    std::string text =
        timed_out ? "no answer from " + shown_url + " within " + text_of(endpoint.request_timeout)
                  : shown_url + ": the answer was cut off";
    return {.failure = timed_out ? TimedOut : Cut, .failure_text = std::move(text)};
  }
  std::string text =
      timed_out ? "no connection to " + shown_url + " within " + text_of(time_to_connect(endpoint))
                : shown_url + ": " + problem_before_sending(outcome, endpoint);
  return {.failure = Unreachable, .failure_text = std::move(text)};
}

std::string_view status_words(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 413:
      return "Request Entity Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Entity";
    case 429:
      return "Too Many Requests";
    case 500:
      return "Internal Server Error";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    default:
      return "";
  }
}

}  // namespace asmgw::io
