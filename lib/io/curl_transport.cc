#include "io/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <deque>
#include <list>
#include <new>
#include <numeric>

#include "io/curl_exchange.h"

namespace asmgw::io {
namespace {

constexpr std::size_t kInFlight = 16;
constexpr std::size_t kWithoutHttp2 = 4;  // connections, so requests in flight

/// In ms. A stop wakes us, so only limits of ours are seen late. But libcurl 7.88 needs to be
/// called without an event, too: after a GOAWAY it loses some.
constexpr int kLongestPoll = 50;

struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

/// With our arguments, memory is all that these calls can be short of.
void check(CURLMcode code) {
  if (code != CURLM_OK) throw std::bad_alloc();
}

/// An exchange while libcurl works on it.
class Flight {
 public:
  Flight(CURLM* multi, std::size_t number, const Site& site, const HttpSettings& settings,
         const Request& request, Exchange::Mode mode)
      : exchange_(site, settings, request, mode), number_(number), multi_(multi) {
    if (exchange_.is_usable()) check(curl_multi_add_handle(multi_, exchange_.easy()));
  }
  ~Flight() { curl_multi_remove_handle(multi_, exchange_.easy()); }
  Flight(const Flight&) = delete;
  Flight& operator=(const Flight&) = delete;

  Exchange& exchange() { return exchange_; }
  const Exchange& exchange() const { return exchange_; }
  std::size_t number() const { return number_; }  ///< of the request in its batch

 private:
  Exchange exchange_;
  const std::size_t number_;
  CURLM* const multi_;
};

/// The state of one `send`.
struct Batch {
  std::span<const Request> requests;
  std::vector<Response> responses;
  std::deque<std::size_t> waiting;
  std::list<Flight> flights = {};
  bool connected = false;  ///< else one request at a time tries
};

Response stopped(const Site& site) {
  return {.failure = Response::Failure::Stopped, .failure_text = site.shown + ": stopped"};
}

class CurlTransport final : public Transport {
 public:
  CurlTransport(Site site, HttpSettings settings);
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  std::vector<Response> send(std::span<const Request> requests, std::stop_token stop) override;
  Response stream(const Request& request, const std::function<bool(std::string_view line)>& on_line,
                  std::stop_token stop) override;

 private:
  void go_without_http2();
  bool may_start(const Batch& batch) const;
  void start_more(Batch& batch);
  void take_stock(Batch& batch);
  void finish(Batch& batch, std::list<Flight>::iterator flight, CURLcode code);
  void finish_done(Batch& batch);
  void finish_lost(Batch& batch);
  static void give_up_unsent(Batch& batch, const Response& failure);
  void perform();
  void wait() { check(curl_multi_poll(multi_.get(), nullptr, 0, kLongestPoll, nullptr)); }

  Site site_;
  HttpSettings settings_;
  std::size_t in_flight_ = kInFlight;
  std::unique_ptr<CURLM, FreeMulti> multi_;
};

CurlTransport::CurlTransport(Site site, HttpSettings settings)
    : site_(std::move(site)), settings_(std::move(settings)), multi_(curl_multi_init()) {
  if (multi_ == nullptr) throw std::bad_alloc();
  check(curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX));
  check(curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS, 1L));
  if (!site_.is_encrypted) go_without_http2();
}

CurlTransport::~CurlTransport() {
  multi_.reset();
  wipe_secrets(site_);
}

void CurlTransport::go_without_http2() {
  in_flight_ = kWithoutHttp2;
  check(curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS,
                          static_cast<long>(kWithoutHttp2)));
}

void CurlTransport::perform() {
  int running = 0;
  check(curl_multi_perform(multi_.get(), &running));
}

bool CurlTransport::may_start(const Batch& batch) const {
  return !batch.waiting.empty() && batch.flights.size() < in_flight_ &&
         (batch.connected || batch.flights.empty());
}

void CurlTransport::start_more(Batch& batch) {
  while (may_start(batch)) {
    const std::size_t number = batch.waiting.front();
    batch.waiting.pop_front();
    batch.flights.emplace_back(multi_.get(), number, site_, settings_, batch.requests[number],
                               Exchange::Mode::Whole);
  }
}

/// What has become known of the connection?
void CurlTransport::take_stock(Batch& batch) {
  bool is_http1 = false;
  for (const Flight& flight : batch.flights) {
    batch.connected = batch.connected || flight.exchange().sent();
    is_http1 = is_http1 || flight.exchange().is_http1();
  }
  if (!is_http1 || in_flight_ == kWithoutHttp2) return;
  go_without_http2();
  // Those that wait for the busy connection would lose their time: they start again later.
  for (auto flight = batch.flights.end(); flight != batch.flights.begin();) {
    if ((--flight)->exchange().sent()) continue;
    batch.waiting.push_front(flight->number());
    flight = batch.flights.erase(flight);
  }
}

/// There is no way to the server: what was not sent yet need not try.
void CurlTransport::give_up_unsent(Batch& batch, const Response& failure) {
  for (const std::size_t number : batch.waiting) batch.responses[number] = failure;
  batch.waiting.clear();
  std::erase_if(batch.flights, [&](const Flight& flight) {
    if (!flight.exchange().sent()) batch.responses[flight.number()] = failure;
    return !flight.exchange().sent();
  });
}

void CurlTransport::finish(Batch& batch, std::list<Flight>::iterator flight, CURLcode code) {
  const Response response = flight->exchange().finish(code);
  batch.responses[flight->number()] = response;
  batch.flights.erase(flight);
  if (response.failure != Response::Failure::None) batch.connected = false;
  using enum Response::Failure;
  // all places are taken by what is not answered in time: the rest would fare no better, one limit
  // after the other
  if (response.failure == Unreachable || response.failure == TimedOut)
    give_up_unsent(batch, response);
}

void CurlTransport::finish_done(Batch& batch) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;  // the message dies with its handle
    const auto flight =
        std::find_if(batch.flights.begin(), batch.flights.end(),
                     [&](const Flight& f) { return f.exchange().easy() == message->easy_handle; });
    if (flight != batch.flights.end()) finish(batch, flight, code);
  }
}

void CurlTransport::finish_lost(Batch& batch) {
  const auto flight = std::find_if(batch.flights.begin(), batch.flights.end(),
                                   [](const Flight& f) { return f.exchange().is_lost(); });
  if (flight != batch.flights.end()) finish(batch, flight, CURLE_OPERATION_TIMEDOUT);
}

std::vector<Response> CurlTransport::send(std::span<const Request> requests, std::stop_token stop) {
  Batch batch{.requests = requests,
              .responses = std::vector<Response>(requests.size(), stopped(site_)),
              .waiting = std::deque<std::size_t>(requests.size())};
  std::iota(batch.waiting.begin(), batch.waiting.end(), std::size_t{0});
  const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi_.get()); });
  while (!stop.stop_requested()) {
    start_more(batch);
    if (batch.flights.empty()) break;
    perform();
    take_stock(batch);
    finish_done(batch);
    finish_lost(batch);
    if (!may_start(batch) && !batch.flights.empty()) wait();
  }
  return std::move(batch.responses);
}

Response CurlTransport::stream(const Request& request,
                               const std::function<bool(std::string_view line)>& on_line,
                               std::stop_token stop) {
  const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi_.get()); });
  Flight flight(multi_.get(), 0, site_, settings_, request, Exchange::Mode::Lines);
  while (!stop.stop_requested()) {
    perform();
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi_.get(), &left);
    const bool is_done = message != nullptr && message->msg == CURLMSG_DONE;
    const bool is_whole = is_done && message->data.result == CURLE_OK;
    if (!flight.exchange().hand_out(on_line, is_whole)) return flight.exchange().take();
    if (is_done) return flight.exchange().finish(message->data.result);
    if (flight.exchange().is_lost()) return flight.exchange().finish(CURLE_OPERATION_TIMEDOUT);
    wait();
  }
  return stopped(site_);
}

}  // namespace

std::unique_ptr<Transport> connect_with_curl(const Endpoint& endpoint,
                                             const HttpSettings& settings) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);  // once, by one thread
  if (ready != CURLE_OK) throw std::bad_alloc();
  Site site = site_of(endpoint);
  const std::string_view tls = curl_version_info(CURLVERSION_NOW)->ssl_version;
  if (!tls.starts_with("OpenSSL/")) site.problem = "this libcurl uses another library than OpenSSL";
  return std::make_unique<CurlTransport>(std::move(site), settings);
}

}  // namespace asmgw::io
