#include "io/curl_exchange.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <new>

#include "base/ascii.h"

namespace asmgw::io {
namespace {

constexpr std::size_t kMaxBody = std::size_t{32} << 20;
constexpr std::size_t kMaxHeaders = std::size_t{64} << 10;

void append(std::unique_ptr<curl_slist, FreeHeaders>& list, const std::string& item) {
  curl_slist* head = curl_slist_append(list.get(), item.c_str());
  if (head == nullptr) throw std::bad_alloc();
  if (list == nullptr) list.reset(head);  // else the head stays the same
}

/// Points into `pem`; libcurl copies what it keeps.
curl_blob blob_of(const std::string& pem) {
  return {.data = const_cast<char*>(pem.data()), .len = pem.size(), .flags = CURL_BLOB_NOCOPY};
}

}  // namespace

void FreeHeaders::operator()(curl_slist* headers) const {
  for (curl_slist* item = headers; item != nullptr; item = item->next)
    explicit_bzero(item->data, std::strlen(item->data));
  curl_slist_free_all(headers);
}

Exchange::Exchange(const Site& site, const HttpSettings& settings, const Request& request,
                   Mode mode)
    : site_(site),
      settings_(settings),
      request_(request),
      mode_(mode),
      problem_(site.problem),
      easy_(curl_easy_init()) {
  if (easy_ == nullptr) throw std::bad_alloc();
  set_target();
  set_proxy();
  set_limits();
  set_callbacks();
  set_headers();
  if (site_.is_encrypted || site_.proxy.is_encrypted) set_tls();
  if (site_.proxy.is_encrypted) set_proxy_tls();
}

/// What libcurl lacks of that which we rely on must not go unseen.
template <class T>
void Exchange::set(CURLoption option, T value) {
  const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
  if (code != CURLE_OK && problem_.empty()) problem_ = curl_easy_strerror(code);
}

void Exchange::set_target() {
  set(CURLOPT_URL, (site_.base + request_.target).c_str());
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  if (!request_.body.empty() || request_.method == "POST") {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    set(CURLOPT_POSTFIELDS, request_.body.data());
  }
  if (request_.method != "GET") set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

void Exchange::set_proxy() {
  set(CURLOPT_PROXY, site_.proxy.url.c_str());  // "": none, and none from the environment either
  set(CURLOPT_NOPROXY, "");                     // nor NO_PROXY
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));  // ours are for the server
  if (!site_.proxy.has_user) return;
  set(CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_BASIC));
  set(CURLOPT_SOCKS5_AUTH, static_cast<long>(CURLAUTH_BASIC));
  set(CURLOPT_PROXYUSERNAME, site_.proxy.user.c_str());
  set(CURLOPT_PROXYPASSWORD, site_.proxy.password.c_str());
}

void Exchange::set_limits() {
  const Endpoint& endpoint = site_.endpoint;
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // never waits for a name server that does not answer
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  set(CURLOPT_PIPEWAIT, site_.is_encrypted ? 1L : 0L);  // without TLS it would wait for HTTP/2
  // is_lost() is stricter; this one makes libcurl try the next address of a name in time
  set(CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>((endpoint.connect_timeout + 2 * endpoint.tls_timeout).count()));
  if (mode_ == Mode::Whole)
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(endpoint.request_timeout.count()));
  set(CURLOPT_TCP_KEEPALIVE, 1L);  // else a watch never learns that its peer is gone
  set(CURLOPT_TCP_KEEPIDLE, 30L);
  set(CURLOPT_TCP_KEEPINTVL, 15L);
}

void Exchange::set_callbacks() {
  set(CURLOPT_ERRORBUFFER, words_.data());
  set(CURLOPT_SOCKOPTFUNCTION, &Exchange::on_socket);
  set(CURLOPT_SOCKOPTDATA, static_cast<void*>(this));
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
  set(CURLOPT_SSL_VERIFYHOST, 0L);  // keep_to() does, by other rules
  set(CURLOPT_SSL_CTX_FUNCTION, &Exchange::on_tls);
  set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(this));
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
  set(CURLOPT_KEYPASSWD, "");  // else OpenSSL asks for one on the terminal
}

/// The same as for the server: Go has one configuration for both.
void Exchange::set_proxy_tls() {
  const Endpoint& endpoint = site_.endpoint;
  set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_PROXY_SSL_VERIFYPEER, endpoint.insecure ? 0L : 1L);
  set(CURLOPT_PROXY_SSL_VERIFYHOST, 0L);
  if (!endpoint.ca_pem.empty()) {
    curl_blob ca = blob_of(endpoint.ca_pem);
    set(CURLOPT_PROXY_CAINFO_BLOB, &ca);
    const char* none = nullptr;
    set(CURLOPT_PROXY_CAINFO, none);
    set(CURLOPT_PROXY_CAPATH, none);
  }
  if (endpoint.client_cert_pem.empty()) return;
  curl_blob cert = blob_of(endpoint.client_cert_pem);
  curl_blob key = blob_of(endpoint.client_key_pem);
  set(CURLOPT_PROXY_SSLCERTTYPE, "PEM");
  set(CURLOPT_PROXY_SSLCERT_BLOB, &cert);
  set(CURLOPT_PROXY_SSLKEYTYPE, "PEM");
  set(CURLOPT_PROXY_SSLKEY_BLOB, &key);
  set(CURLOPT_PROXY_KEYPASSWD, "");
}

void Exchange::set_headers() {
  const Endpoint& endpoint = site_.endpoint;
  const char* none = nullptr;
  set(CURLOPT_ACCEPT_ENCODING, endpoint.compressed ? "gzip" : none);
  append(headers_, "Expect:");  // no round trip to ask whether a body is welcome
  if (request_.content_type.empty()) append(headers_, "Content-Type:");
  add_header("Accept", request_.accept.empty() ? "application/json" : request_.accept);
  if (endpoint.compressed) add_header("Accept-Encoding", "gzip");
  if (!request_.content_type.empty()) add_header("Content-Type", request_.content_type);
  add_header("User-Agent", settings_.user_agent);
  if (!endpoint.authorization.empty()) add_header("Authorization", endpoint.authorization);
  for (const auto& [name, value] : endpoint.headers) add_header(name, value);
  set(CURLOPT_HTTPHEADER, headers_.get());
}

/// Line breaks would smuggle in other headers.
void Exchange::add_header(const std::string& name, const std::string& value) {
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7F;
  };
  if (std::any_of(name.begin(), name.end(), is_control) ||
      std::any_of(value.begin(), value.end(), is_control)) {
    problem_ = "a header cannot be sent: its value has control characters";
  } else {
    append(headers_, value.empty() ? name + ";" : name + ": " + value);
  }
}

bool Exchange::is_lost() const {
  if (!is_usable()) return true;
  if (sent_) return false;
  const Endpoint& endpoint = site_.endpoint;
  if (is_in_handshake()) return Clock::now() - handshake_->began >= endpoint.tls_timeout;
  return Clock::now() - began_ >= endpoint.connect_timeout;
}

/// For each connection that is tried.
int Exchange::on_socket(void* self, curl_socket_t socket, curlsocktype) noexcept {
  static_cast<Exchange*>(self)->handshake_ = nullptr;
  fcntl(socket, F_SETFD, FD_CLOEXEC);  // it is no business of the programs that we start
#ifdef TCP_KEEPCNT
  const int probes = 3;
  setsockopt(socket, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
#endif
  return CURL_SOCKOPT_OK;
}

/// For each handshake: a connection's first one is with the proxy, if that is encrypted.
CURLcode Exchange::on_tls(CURL*, void* ssl_context, void* self) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  const Site& site = exchange.site_;
  const bool with_proxy = site.proxy.is_encrypted && exchange.handshake_ == nullptr;
  exchange.handshake_ = std::make_shared<Handshake>();
  exchange.handshake_->with_proxy = with_proxy;
  exchange.handshake_->insecure = site.endpoint.insecure;
  exchange.handshake_->name = !site.endpoint.tls_server_name.empty() ? site.endpoint.tls_server_name
                              : with_proxy                           ? site.proxy.host
                                                                     : site.host;
  return keep_to(ssl_context, exchange.handshake_) ? CURLE_OK : CURLE_OUT_OF_MEMORY;
}

/// Called for each sending, also when libcurl sends again on a fresh connection.
int Exchange::on_connection(void* self, char*, char*, int, int) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  if (exchange.sent_ && exchange.request_.method != "GET") return CURL_PREREQFUNC_ABORT;
  exchange.sent_ = true;
  exchange.log_request();
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
  outcome.in_handshake = is_in_handshake();
  if (handshake_ != nullptr) outcome.handshake = *handshake_;
  outcome.is_lost = is_lost();
  curl_easy_getinfo(easy_.get(), CURLINFO_OS_ERRNO, &outcome.os_error);
  curl_easy_getinfo(easy_.get(), CURLINFO_HTTP_CONNECTCODE, &outcome.proxy_status);
  return outcome;
}

Response Exchange::result_of(CURLcode code) {
  using enum Response::Failure;
  if (!problem_.empty())
    return {.failure = Unreachable, .failure_text = site_.shown + ": " + problem_};
  if (excess_ != Excess::None) {
    return {.failure = TooLarge,
            .failure_text = site_.shown + (excess_ == Excess::Body
                                               ? ": the answer is larger than 32 MiB"
                                               : ": the answer's headers are larger than 64 KiB")};
  }
  return code != CURLE_OK ? failure_of(outcome_of(code), site_) : take();
}

Response Exchange::finish(CURLcode code) {
  Response response = result_of(code);
  log_response(response);
  return response;
}

Secrets Exchange::secrets() const {
  const std::string& authorization = site_.endpoint.authorization;
  const std::size_t space = authorization.find(' ');  // its scheme is no secret
  return {space == std::string::npos ? authorization : authorization.substr(space + 1),
          site_.proxy.password};
}

void Exchange::log_request() {
  if (settings_.verbosity < 7 || logged_) return;
  logged_ = true;
  std::vector<std::string> headers;
  for (const curl_slist* item = headers_.get(); item != nullptr; item = item->next)
    headers.emplace_back(item->data);
  const std::string url = site_.shown + request_.target;
  const SentRequest request{request_.method, url, request_.body, headers};
  for (const std::string& entry : request_entries(settings_.verbosity, request, secrets()))
    settings_.log(7, entry);
}

Timing Exchange::timing() const {
  const auto at = [this](CURLINFO what) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy_.get(), what, &microseconds);
    return static_cast<long long>(microseconds);
  };
  const auto between = [](long long from, long long to) -> std::optional<long long> {
    return to > 0 ? std::optional((to - std::min(from, to)) / 1000) : std::nullopt;
  };
  Timing timing;
  timing.total = at(CURLINFO_TOTAL_TIME_T) / 1000;
  long connections = 0;
  curl_easy_getinfo(easy_.get(), CURLINFO_NUM_CONNECTS, &connections);
  if (connections > 0) {
    timing.dns = between(0, at(CURLINFO_NAMELOOKUP_TIME_T));
    timing.dial = between(at(CURLINFO_NAMELOOKUP_TIME_T), at(CURLINFO_CONNECT_TIME_T));
    timing.tls = between(at(CURLINFO_CONNECT_TIME_T), at(CURLINFO_APPCONNECT_TIME_T));
  } else {
    timing.get_connection = between(0, at(CURLINFO_PRETRANSFER_TIME_T));
  }
  timing.server = between(at(CURLINFO_PRETRANSFER_TIME_T), at(CURLINFO_STARTTRANSFER_TIME_T));
  return timing;
}

void Exchange::log_response(const Response& response) {
  if (settings_.verbosity < 6) return;
  log_request();  // also when it was never sent
  const std::string url = site_.shown + request_.target;
  const SentRequest request{request_.method, url, request_.body, {}};
  for (const std::string& entry :
       response_entries(settings_.verbosity, request, response, timing(), secrets()))
    settings_.log(6, entry);
}

}  // namespace asmgw::io
