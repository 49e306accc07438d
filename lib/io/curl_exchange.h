// How does one request become an easy handle of libcurl, and what arrives a Response?
#pragma once

#include <curl/curl.h>

#include <array>
#include <functional>
#include <memory>
#include <string>

#include "base/seams.h"
#include "io/curl_failure.h"
#include "io/curl_transport.h"

namespace asmgw::io {

/// What all requests to one endpoint have in common.
struct Site {
  Endpoint endpoint = {};
  HttpSettings settings = {};
  std::string shown = {};       ///< the endpoint's URL for people: without user and password
  std::string base = {};        ///< the URL to ask: tls_server_name stands in for the host
  std::string connect_to = {};  ///< the real host and port for CURLOPT_CONNECT_TO, or empty
  std::string host = {};        ///< an explicit Host header, or empty
  std::string proxy = {};       ///< or empty
  bool is_encrypted = true;
};

Site site_of(const Endpoint& endpoint, const HttpSettings& settings);

struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};

/// Wipes the headers (a token may be among them), then frees them.
struct FreeHeaders {
  void operator()(curl_slist* headers) const;
};

/// One request under way. libcurl holds pointers into it: it never moves. Site and request must
/// outlive it.
class Exchange {
 public:
  /// `Whole`: the body is collected. `Lines`: it is handed out line by line, without a request
  /// timeout, when the status is 200.
  enum class Mode { Whole, Lines };

  Exchange(const Site& site, const Request& request, Mode mode);
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  CURL* easy() const { return easy_.get(); }

  /// There was a connection for it, so the request may have been sent.
  bool sent() const { return sent_; }

  /// Its answer came in HTTP/1.
  bool is_http1() const { return http1_; }

  /// Hands the lines that are complete to `on_line`, at the `end` also the rest. False when
  /// `on_line` says so: then nothing more is wanted.
  bool hand_out(const std::function<bool(std::string_view line)>& on_line, bool end);

  /// The answer or the failure, once libcurl says that it is done; logs it.
  Response finish(CURLcode code);

  /// What has arrived up to now, for a stream that is wanted no more.
  Response take();

 private:
  enum class Excess { None, Headers, Body };

  template <class T>
  void set(CURLoption option, T value);
  void set_target();
  void set_limits();
  void set_tls();
  void set_headers();

  bool is_read_by_lines() const { return mode_ == Mode::Lines && response_.status == 200; }
  Outcome outcome_of(CURLcode code) const;
  void log(const Response& response, CURLcode code) const;

  bool receive_header(std::string_view line);
  static int on_connection(void* self, char*, char*, int, int) noexcept;
  static std::size_t on_header(char* data, std::size_t size, std::size_t n, void* self) noexcept;
  static std::size_t on_body(char* data, std::size_t size, std::size_t n, void* self) noexcept;

  const Site& site_;
  const Request& request_;
  const Mode mode_;
  std::unique_ptr<curl_slist, FreeHeaders> headers_;
  std::unique_ptr<curl_slist, FreeHeaders> connect_to_;
  std::array<char, CURL_ERROR_SIZE> words_{};
  CURLcode refused_option_ = CURLE_OK;  ///< libcurl lacks something that we rely on
  bool sent_ = false;
  bool http1_ = false;
  Excess excess_ = Excess::None;
  std::size_t header_bytes_ = 0;
  std::string lines_;  ///< not yet handed out
  Response response_;
  std::unique_ptr<CURL, FreeEasy> easy_;  ///< last: gone before what it points to
};

}  // namespace asmgw::io
