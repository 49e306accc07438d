#include "io/curl_exchange.h"

#include <strings.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>

namespace asmgw::io {
namespace {

constexpr std::size_t kMaxBody = std::size_t{32} << 20;
constexpr std::size_t kMaxHeaders = std::size_t{64} << 10;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

/// A part of the URL, or "".
std::string part(CURLU* url, CURLUPart what, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, what, &text, flags) != CURLUE_OK) return "";
  std::string copy = text;
  curl_free(text);
  return copy;
}

std::string without_trailing_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") ||
         host == "[::1]";
}

void append(std::unique_ptr<curl_slist, FreeHeaders>& list, const std::string& item) {
  curl_slist* head = curl_slist_append(list.get(), item.c_str());
  if (head == nullptr) throw std::bad_alloc();
  if (list == nullptr) list.reset(head);  // else the head stays the same
}

/// Points into `pem`; libcurl copies what it keeps.
curl_blob blob_of(const std::string& pem) {
  return {.data = const_cast<char*>(pem.data()), .len = pem.size(), .flags = CURL_BLOB_NOCOPY};
}

std::string lower(std::string_view text) {
  std::string copy(text);
  for (char& c : copy)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return copy;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

void FreeHeaders::operator()(curl_slist* headers) const {
  for (curl_slist* item = headers; item != nullptr; item = item->next)
    explicit_bzero(item->data, std::strlen(item->data));
  curl_slist_free_all(headers);
}

Site site_of(const Endpoint& endpoint, const HttpSettings& settings) {
  Site site{.endpoint = endpoint, .settings = settings};
  site.shown = site.base = without_trailing_slash(endpoint.url);
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (url == nullptr) throw std::bad_alloc();
  if (curl_url_set(url.get(), CURLUPART_URL, endpoint.url.c_str(), 0) != CURLUE_OK)
    return site;  // libcurl refuses each request to it, with a reason
  site.is_encrypted = part(url.get(), CURLUPART_SCHEME) == "https";
  const std::string host = part(url.get(), CURLUPART_HOST);
  if (!is_loopback(host))
    site.proxy = site.is_encrypted ? settings.https_proxy : settings.http_proxy;
  if (!endpoint.tls_server_name.empty() && site.is_encrypted) {
    const std::string port = part(url.get(), CURLUPART_PORT);
    site.host = port.empty() ? host : host + ":" + port;
    site.connect_to = "::" + host + ":" + part(url.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    curl_url_set(url.get(), CURLUPART_HOST, endpoint.tls_server_name.c_str(), 0);
    site.base = without_trailing_slash(part(url.get(), CURLUPART_URL));
    curl_url_set(url.get(), CURLUPART_HOST, host.c_str(), 0);
  }
  curl_url_set(url.get(), CURLUPART_USER, nullptr, 0);
  curl_url_set(url.get(), CURLUPART_PASSWORD, nullptr, 0);
  site.shown = without_trailing_slash(part(url.get(), CURLUPART_URL));
  return site;
}

Exchange::Exchange(const Site& site, const Request& request, Mode mode)
    : site_(site), request_(request), mode_(mode), easy_(curl_easy_init()) {
  if (easy_ == nullptr) throw std::bad_alloc();
  set_target();
  set_limits();
  set_headers();
  if (site_.is_encrypted) set_tls();
}

template <class T>
void Exchange::set(CURLoption option, T value) {
  const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
  if (refused_option_ == CURLE_OK) refused_option_ = code;
}

void Exchange::set_target() {
  set(CURLOPT_URL, (site_.base + request_.target).c_str());
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROXY, site_.proxy.c_str());  // "": none, and none from the environment either
  set(CURLOPT_NOPROXY, site_.settings.no_proxy.c_str());
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  if (!site_.connect_to.empty()) {
    append(connect_to_, site_.connect_to);
    set(CURLOPT_CONNECT_TO, connect_to_.get());
  }
  if (!request_.body.empty() || request_.method == "POST") {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(CURLOPT_POSTFIELDS, request_.body.data());
  }
  if (request_.method != "GET") set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

void Exchange::set_limits() {
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // never waits for a name server that does not answer
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(CURLOPT_PIPEWAIT, site_.is_encrypted ? 1L : 0L);  // without TLS it would wait for HTTP/2
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(site_.endpoint.connect_timeout.count()));
  if (mode_ == Mode::Whole)
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(site_.endpoint.request_timeout.count()));
  set(CURLOPT_TCP_KEEPALIVE, 1L);  // else a watch never learns that its peer is gone
  set(CURLOPT_TCP_KEEPIDLE, 30L);
  set(CURLOPT_TCP_KEEPINTVL, 15L);
  set(CURLOPT_ERRORBUFFER, words_.data());
  set(CURLOPT_PREREQFUNCTION, &Exchange::on_connection);
  set(CURLOPT_PREREQDATA, static_cast<void*>(this));
  set(CURLOPT_HEADERFUNCTION, &Exchange::on_header);
  set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(CURLOPT_WRITEFUNCTION, &Exchange::on_body);
  set(CURLOPT_WRITEDATA, static_cast<void*>(this));
}

void Exchange::set_tls() {
  const Endpoint& endpoint = site_.endpoint;
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_SSL_VERIFYPEER, endpoint.insecure ? 0L : 1L);
  set(CURLOPT_SSL_VERIFYHOST, endpoint.insecure ? 0L : 2L);
  if (!endpoint.ca_pem.empty()) {
    curl_blob ca = blob_of(endpoint.ca_pem);
    set(CURLOPT_CAINFO_BLOB, &ca);
    const char* none = nullptr;  // the system's roots are trusted by default: not beside ours
    set(CURLOPT_CAINFO, none);
    set(CURLOPT_CAPATH, none);
  }
  if (endpoint.client_cert_pem.empty()) return;
  curl_blob cert = blob_of(endpoint.client_cert_pem);
  curl_blob key = blob_of(endpoint.client_key_pem);
  set(CURLOPT_SSLCERTTYPE, "PEM");
  set(CURLOPT_SSLCERT_BLOB, &cert);
  set(CURLOPT_SSLKEYTYPE, "PEM");
  set(CURLOPT_SSLKEY_BLOB, &key);
}

void Exchange::set_headers() {
  set(CURLOPT_USERAGENT, site_.settings.user_agent.c_str());
  set(CURLOPT_ACCEPT_ENCODING, "gzip");
  append(headers_, "Accept: application/json");
  append(headers_, "Expect:");  // no round trip to ask whether a body is welcome
  append(headers_,
         "Content-Type:" + (request_.content_type.empty() ? "" : " " + request_.content_type));
  if (!site_.host.empty()) append(headers_, "Host: " + site_.host);
  if (!site_.endpoint.authorization.empty())
    append(headers_, "Authorization: " + site_.endpoint.authorization);
  set(CURLOPT_HTTPHEADER, headers_.get());
}

/// Called for each sending, also when libcurl sends again on a fresh connection.
int Exchange::on_connection(void* self, char*, char*, int, int) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  if (exchange.refused_option_ != CURLE_OK) return CURL_PREREQFUNC_ABORT;
  if (exchange.sent_ && exchange.request_.method != "GET") return CURL_PREREQFUNC_ABORT;
  exchange.sent_ = true;
  return CURL_PREREQFUNC_OK;
}

std::size_t Exchange::on_header(char* data, std::size_t size, std::size_t n, void* self) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  return exchange.receive_header({data, size * n}) ? size * n : 0;
}

bool Exchange::receive_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMaxHeaders) {
    excess_ = Excess::Headers;
    return false;
  }
  if (line.starts_with("HTTP/")) {  // also after an interim answer (1xx)
    response_.headers.clear();
    http1_ = line.starts_with("HTTP/1");
    const auto space = std::min(line.find(' '), line.size());
    const std::string_view status = trimmed(line.substr(space));
    response_.status = 0;
    std::from_chars(status.data(), status.data() + status.size(), response_.status);
    return true;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return true;
  response_.headers.emplace_back(lower(line.substr(0, colon)),
                                 std::string(trimmed(line.substr(colon + 1))));
  return true;
}

std::size_t Exchange::on_body(char* data, std::size_t size, std::size_t n, void* self) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  std::string& text = exchange.is_read_by_lines() ? exchange.lines_ : exchange.response_.body;
  if (size * n > kMaxBody - text.size()) {
    exchange.excess_ = Excess::Body;
    return 0;
  }
  text.append(data, size * n);
  return size * n;
}

bool Exchange::hand_out(const std::function<bool(std::string_view line)>& on_line, bool end) {
  std::size_t start = 0;
  for (auto stop = lines_.find('\n'); stop != std::string::npos; stop = lines_.find('\n', start)) {
    const std::string_view line = std::string_view(lines_).substr(start, stop - start);
    start = stop + 1;
    if (!on_line(line)) return false;
  }
  lines_.erase(0, start);
  return !end || lines_.empty() || on_line(lines_);
}

Response Exchange::take() { return std::move(response_); }

Outcome Exchange::outcome_of(CURLcode code) const {
  Outcome outcome{.code = code, .words = words_.data(), .sent = sent_};
  if (outcome.words.empty()) outcome.words = curl_easy_strerror(code);
  curl_easy_getinfo(easy_.get(), CURLINFO_SSL_VERIFYRESULT, &outcome.verify_result);
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &outcome.os_error);
  return outcome;
}

Response Exchange::finish(CURLcode code) {
  Response response;
  if (excess_ != Excess::None) {
    response.failure = Response::Failure::TooLarge;
    response.failure_text =
        site_.shown + (excess_ == Excess::Body ? ": the answer is larger than 32 MiB"
                                               : ": the answer's headers are larger than 64 KiB");
  } else if (refused_option_ != CURLE_OK) {
    response = failure_of({.code = refused_option_, .words = curl_easy_strerror(refused_option_)},
                          site_.endpoint, site_.shown);
  } else if (code != CURLE_OK) {
    response = failure_of(outcome_of(code), site_.endpoint, site_.shown);
  } else {
    response = take();
  }
  log(response, code);
  return response;
}

void Exchange::log(const Response& response, CURLcode code) const {
  if (!site_.settings.log) return;
  curl_off_t microseconds = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_TOTAL_TIME_T, &microseconds);
  std::string line = request_.method + " " + site_.shown + request_.target;
  if (response.failure == Response::Failure::None) {
    line += " " + std::to_string(response.status);
    const std::string_view words = status_words(response.status);
    if (!words.empty()) line.append(" ").append(words);
  } else {
    line += " failed";
  }
  line += " in " + std::to_string(microseconds / 1000) + " milliseconds";
  if (code != CURLE_OK) line += ": " + outcome_of(code).words;
  site_.settings.log(line);
}

}  // namespace asmgw::io
