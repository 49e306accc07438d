#include "io/curl_failure.h"

#include "io/descriptor.h"

namespace asmgw::io {
namespace {

using std::chrono::milliseconds;

/// Whose certificate, whose connection? The server is named by its URL in front already.
std::string whose(const Outcome& outcome) {
  return outcome.handshake && outcome.handshake->with_proxy ? "proxy" : "server";
}

/// The numbers are those of <openssl/x509_vfy.h>, which are stable.
std::string certificate_problem(const Outcome& outcome, const Site& site) {
  const std::string certificate = "the " + whose(outcome) + "'s certificate";
  switch (outcome.handshake->problem) {
    case 9:
      return certificate + " is not yet valid";
    case 10:
      return certificate + " has expired";
    case 62:
      return outcome.handshake->with_proxy ? certificate + " is not for this name"
                                           : "the certificate is not for this name";
    case 2:   // its issuer is unknown
    case 7:   // its signature does not fit: a CA of the same name
    case 18:  // it is self-signed
    case 19:  // its chain ends in an unknown root
    case 20:  // its issuer is not among the roots
    case 21:  // it came without a chain
      return certificate + (site.endpoint.ca_pem.empty()
                                ? " is not signed by a CA that this system trusts"
                                : " is not signed by the CA of the kubeconfig");
    default:
      return outcome.words;
  }
}

std::string client_certificate_problem(const Outcome& outcome, const Site& site) {
  const std::string problem =
      pair_problem(site.endpoint.client_cert_pem, site.endpoint.client_key_pem);
  return problem.empty() ? "the client certificate or its key cannot be used: " + outcome.words
                         : problem;
}

std::string connect_problem(const Outcome& outcome) {
  if (outcome.os_error == 0) return outcome.words;
  return words_of(static_cast<int>(outcome.os_error));
}

/// The proxy is there, and does not lead on.
std::string refusal_of_proxy(const Outcome& outcome, const Site& site) {
  const std::string proxy = "the proxy " + site.proxy.shown;
  if (outcome.proxy_status == 0) return proxy + ": " + outcome.words;
  if (outcome.proxy_status == 407)
    return proxy + (site.proxy.has_user ? " refuses its user or password"
                                        : " wants a user and a password in its URL");
  const std::string_view words = status_words(static_cast<int>(outcome.proxy_status));
  return proxy + " does not lead there: " + std::to_string(outcome.proxy_status) +
         (words.empty() ? "" : " ") + std::string(words);
}

/// The other side's own reason, `bad certificate`, when TLS brought one; else "".
std::string alert_in(const std::string& words) {
  const std::size_t alert = words.find(" alert ");
  if (alert == std::string::npos) return "";
  const std::size_t begin = alert + std::string_view(" alert ").size();
  return words.substr(begin, words.find(',', begin) - begin);
}

std::string problem_before_sending(const Outcome& outcome, const Site& site) {
  const bool has_proxy = !site.proxy.url.empty();
  const CURLcode code = outcome.code;
  const bool is_judged = outcome.handshake && outcome.handshake->problem != 0;
  if (is_judged) return certificate_problem(outcome, site);
  if (code == CURLE_COULDNT_RESOLVE_HOST) return "the host name is unknown";
  if (code == CURLE_COULDNT_RESOLVE_PROXY) return "the proxy's host name is unknown";
  if (code == CURLE_SSL_CACERT_BADFILE) return "the kubeconfig's CA is not a certificate";
  if (code == CURLE_SSL_CERTPROBLEM) return client_certificate_problem(outcome, site);
  if (code == CURLE_PROXY || (has_proxy && outcome.proxy_status >= 300))
    return refusal_of_proxy(outcome, site);
  if (code == CURLE_COULDNT_CONNECT)
    return (has_proxy ? "the proxy " + site.proxy.shown + ": " : "") + connect_problem(outcome);
  const std::string alert = alert_in(outcome.words);
  return alert.empty() ? outcome.words
                       : "the " + whose(outcome) + " ends the TLS connection: " + alert;
}

/// What took too long, and which limit it was: the request's own may be the shorter one.
std::string delay_before_sending(const Outcome& outcome, const Site& site) {
  milliseconds limit = site.endpoint.request_timeout;
  if (outcome.is_lost)
    limit = outcome.in_handshake ? site.endpoint.tls_timeout : site.endpoint.connect_timeout;
  const bool with_proxy = outcome.in_handshake && outcome.handshake->with_proxy;
  std::string text = outcome.in_handshake ? "no TLS handshake with " : "no connection to ";
  text += with_proxy ? "the proxy " + site.proxy.shown : site.shown;
  if (!with_proxy && !site.proxy.url.empty()) text += " by the proxy " + site.proxy.shown;
  return text + " within " + text_of(limit);
}

}  // namespace

std::string text_of(std::chrono::milliseconds time) {
  if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + "s";
  return std::to_string(time.count()) + "ms";
}

Response failure_of(const Outcome& outcome, const Site& site) {
  using enum Response::Failure;
  const bool timed_out = outcome.code == CURLE_OPERATION_TIMEDOUT;
  if (outcome.sent) {
    std::string text = timed_out ? "no answer from " + site.shown + " within " +
                                       text_of(site.endpoint.request_timeout)
                                 : site.shown + ": the answer was cut off";
    return {.failure = timed_out ? TimedOut : Cut, .failure_text = std::move(text)};
  }
  std::string text = timed_out ? delay_before_sending(outcome, site)
                               : site.shown + ": " + problem_before_sending(outcome, site);
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
