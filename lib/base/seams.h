// Which parts of the outside world have a stand-in in tests? Exactly these three interfaces.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace asmgw {

/// One API server and who we are there. Secrets live here, in memory, and nowhere else.
struct Endpoint {
  std::string url;              ///< https://host:port[/prefix], no trailing slash
  std::string ca_pem;           ///< the only roots trusted; empty = the system's
  std::string client_cert_pem;  ///< with client_key_pem, or both empty
  std::string client_key_pem;
  std::string authorization;    ///< value of the Authorization header, or empty
  std::string tls_server_name;  ///< for SNI and check in place of the URL's host, or empty
  bool insecure = false;        ///< do not verify the server's certificate
  std::string proxy = {};       ///< http, https or socks5://[user:password@]host:port, or empty
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< of every request
  bool compressed = true;                                         ///< ask for compressed answers
  std::chrono::milliseconds connect_timeout{30'000};              ///< TCP, or the way by the proxy
  std::chrono::milliseconds tls_timeout{10'000};                  ///< the TLS handshake
  std::chrono::milliseconds request_timeout{30'000};              ///< 0 = none
};

/// One HTTP request, relative to its endpoint.
struct Request {
  std::string method = "GET";
  std::string target;  ///< path and query: /api/v1/namespaces/…
  std::string content_type = {};
  std::string body = {};
  std::string accept = {};  ///< the representation wanted; "" = application/json
};

/// What came back, or why nothing did. A failed exchange is data, not an exception.
struct Response {
  /// `Unreachable`: no connection, TLS or name failure; the request was not sent. `Cut`: the
  /// connection broke after it was sent, `TimedOut`: there was no answer in time: with both a write
  /// may have been carried out. `TooLarge`: refused
  /// by our own limit. `Stopped`: the caller's stop_token.
  enum class Failure { None, Unreachable, Cut, TimedOut, TooLarge, Stopped };
  Failure failure = Failure::None;
  std::string failure_text = {};  ///< for people: "no connection to https://… within 30s"
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< names in lower case
  std::string body = {};
};

/// Carries requests to one endpoint, over one connection where the server offers HTTP/2.
class Transport {
 public:
  virtual ~Transport() = default;

  /// Sends all requests at once (at most 16 in flight) and waits for all. Answers are in the
  /// requests' order, one each.
  virtual std::vector<Response> send(std::span<const Request> requests, std::stop_token stop) = 0;

  /// Sends a watch; `on_line` gets each line of the answer's body as it arrives and returns whether
  /// to go on. The response has no body unless its status is not 200. No request timeout.
  virtual Response stream(const Request& request,
                          const std::function<bool(std::string_view line)>& on_line,
                          std::stop_token stop) = 0;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::chrono::system_clock::time_point now() = 0;
  /// Returns early when stopped.
  virtual void sleep(std::chrono::milliseconds time, std::stop_token stop) = 0;
};

/// What happens while a rollout runs, as it happens. Called from several threads.
struct Event {
  std::string cluster;      ///< full ID
  std::string type;         ///< plan, cluster, step, rollout, address, warning, stop
  std::string what;         ///< one word of the event line: start, applied, rolling, ready …
  std::string text;         ///< the rest of the line
  std::string object = {};  ///< Deployment/istio-web
  std::vector<std::pair<std::string, std::int64_t>> numbers = {};  ///< newReady, wanted …
};

class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void send(const Event& event) = 0;
};

}  // namespace asmgw
