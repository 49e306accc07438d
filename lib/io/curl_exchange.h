// How does one request become an easy handle of libcurl, and what arrives a Response?
#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/seams.h"
#include "io/certificate.h"
#include "io/curl_failure.h"
#include "io/curl_transport.h"
#include "io/request_log.h"
#include "io/site.h"

namespace asmgw::io {

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};

/// Wipes the headers (a token may be among them), then frees them.
struct FreeHeaders {
  void operator()(curl_slist* headers) const;
};

/// One request under way. libcurl holds pointers into it: it never moves. Site, settings and
/// request must outlive it.
class Exchange {
 public:
  /// `Whole`: the body is collected. `Lines`: it is handed out line by line, without a request
  /// timeout, when the status is 200.
  enum class Mode { Whole, Lines };

  Exchange(const Site& site, const HttpSettings& settings, const Request& request, Mode mode);
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  CURL* easy() const { return easy_.get(); }

  /// It can be sent at all.
  bool is_usable() const { return problem_.empty(); }

  /// There was a connection for it, so the request may have been sent.
  bool sent() const { return sent_; }

  /// Its answer came in HTTP/1.
  bool is_http1() const { return http1_; }

  /// Is the time over for the connection, or for its TLS handshake (libcurl knows one limit for
  /// both), or can it not be sent at all?
  bool is_lost() const;

  /// Hands the lines that are complete to `on_line`, at the `end` also the rest. False when
  /// `on_line` says so: then nothing more is wanted.
  bool hand_out(const std::function<bool(std::string_view line)>& on_line, bool end);

  /// The answer or the failure, once libcurl says that it is done, or we that it is lost; logs it.
  Response finish(CURLcode code);

  /// What has arrived up to now, for a stream that is wanted no more.
  Response take();

 private:
  enum class Excess { None, Headers, Body };
  using Clock = std::chrono::steady_clock;

  template <class T>
  void set(CURLoption option, T value);
  void set_target();
  void set_proxy();
  void set_limits();
  void set_callbacks();
  void set_tls();
  void set_proxy_tls();
  void set_headers();
  void add_header(const std::string& name, const std::string& value);

  bool is_read_by_lines() const { return mode_ == Mode::Lines && response_.status == 200; }
  bool is_in_handshake() const { return handshake_ != nullptr && !handshake_->is_done; }
  Outcome outcome_of(CURLcode code) const;
  Response result_of(CURLcode code);
  Secrets secrets() const;
  Timing timing() const;
  void log_request();
  void log_response(const Response& response);

  bool receive_header(std::string_view line);
  static int on_socket(void* self, curl_socket_t socket, curlsocktype) noexcept;
  static CURLcode on_tls(CURL*, void* ssl_context, void* self) noexcept;
  static int on_connection(void* self, char*, char*, int, int) noexcept;
  static std::size_t on_header(char* data, std::size_t size, std::size_t n, void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t size, std::size_t n, void* self) noexcept;

  const Site& site_;
  const HttpSettings& settings_;
  const Request& request_;
  const Mode mode_;
  const Clock::time_point began_ = Clock::now();
  std::unique_ptr<curl_slist, FreeHeaders> headers_;
  std::array<char, CURL_ERROR_SIZE> words_{};
  std::string problem_;  ///< why it must not be sent, or ""
  bool sent_ = false;
  bool http1_ = false;
  bool logged_ = false;
  std::shared_ptr<Handshake> handshake_;  ///< of the connection that it opened, the last one
  Excess excess_ = Excess::None;
  std::size_t header_bytes_ = 0;
  std::string lines_;  ///< not yet handed out
  Response response_;
  std::unique_ptr<CURL, FreeEasy> easy_;  ///< last: gone before what it points to
};

}  // namespace asmgw::io
