// Does Ctrl-C end a read at once, whatever it is waiting for?
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <chrono>
#include <condition_variable>
#include <fstream>
#include <iomanip>
#include <mutex>
#include <sstream>
#include <thread>

#include "server.h"

namespace asmgw::test {

/// A name server that does not answer: whoever asks for hanging.invalid waits.
class NameServer {
 public:
  void ask() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return released_; });
  }
  void wait_for_a_question() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ > 0; });
  }
  void release() {
    const std::unique_lock lock(mutex_);
    released_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool released_ = false;
};

NameServer& name_server() {
  static NameServer& server = *new NameServer;  // its threads may outlive main
  return server;
}

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;
using Failure = Response::Failure;

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr auto kAtOnce = 1s;  // everything is several times slower
#else
constexpr auto kAtOnce = 100ms;
#endif

/// What a request waits for.
struct Moment {
  const char* name;
  const char* listener;
  const char* target;
  const char* counted;  ///< what the server counts when it has come so far, or ""
};

/// Connections to a port of loopback that nobody has taken yet, as the system knows them.
int pending(const std::string& port) {
  std::ostringstream wanted;
  wanted << "0100007F:" << std::uppercase << std::hex << std::setw(4) << std::setfill('0')
         << std::stoi(port) << " 02 ";
  std::ifstream table("/proc/self/net/tcp");
  int found = 0;
  for (std::string line; std::getline(table, line);)
    if (line.find(wanted.str()) != std::string::npos) ++found;
  return found;
}

void wait_until(const Moment& moment, const Server& server, int pending_before) {
  const std::string name = moment.name;
  if (name == "name") return name_server().wait_for_a_question();
  while (name == "connection" && pending(server["full"]) <= pending_before) continue;
  if (*moment.counted == 0) return;
  const bool elsewhere = std::string(moment.counted).starts_with("any");
  count(*connect(server.endpoint(elsewhere ? "http2" : moment.listener)), moment.counted, 1);
}

Endpoint endpoint_of(const Moment& moment, const Server& server) {
  Endpoint endpoint = server.endpoint(moment.listener);
  if (std::string(moment.name) == "name") endpoint.url = "https://hanging.invalid:6443";
  if (std::string(moment.name) == "proxy") {
    endpoint.url = "https://asmgw.invalid:6443";
    endpoint.proxy = "http://silent@127.0.0.1:" + server["http_proxy"];
  }
  return endpoint;
}

class Stop : public testing::TestWithParam<Moment> {};
INSTANTIATE_TEST_SUITE_P(Each, Stop,
                         testing::Values(Moment{"name", "http2", "/echo", ""},
                                         Moment{"connection", "full", "/echo", ""},
                                         Moment{"proxy", "http2", "/echo", "any%20proxy"},
                                         Moment{"handshake", "silent", "/echo", "any%20silent"},
                                         Moment{"answer", "http2", "/slow", "slow"},
                                         Moment{"answer_of_http1", "http1", "/slow", "slow"},
                                         Moment{"body", "http2", "/drip", "drip"},
                                         Moment{"body_of_http1", "http1", "/drip", "drip"},
                                         Moment{"stream", "http2", "/watch", "watch"},
                                         Moment{"stream_of_http1", "http1", "/watch", "watch"}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_P(Stop, EndsTheWaitFor) {
  const Server server;
  const Moment& moment = GetParam();
  const int pending_before = pending(server["full"]);
  SteadyClock::time_point stopped;
  {
    const auto transport = connect(endpoint_of(moment, server));
    std::stop_source source;
    const std::jthread stopper([&] {
      wait_until(moment, server, pending_before);
      stopped = SteadyClock::now();
      source.request_stop();
    });
    const Request request{.target = moment.target};
    const auto any = [](std::string_view) { return true; };
    const Response response = std::string(moment.target) == "/watch"
                                  ? transport->stream(request, any, source.get_token())
                                  : transport->send({&request, 1}, source.get_token())[0];
    EXPECT_EQ(response.failure, Failure::Stopped) << response.failure_text;
  }
  EXPECT_LT(SteadyClock::now() - stopped, kAtOnce);  // with all that cleaning up takes
  name_server().release();
}

TEST(StopOfABatch, EndsAllOfIt) {
  const Server server;
  for (const char* listener : {"http2", "http1"}) {
    const auto transport = connect(server.endpoint(listener));
    EXPECT_EQ(get(*transport, "/echo").status, 200);  // no timer of connecting ends the wait
    std::stop_source source;
    std::chrono::steady_clock::time_point stopped;
    std::jthread stopper([&] {
      count(*connect(server.endpoint(listener)), "slow", 4);  // these are under way
      stopped = std::chrono::steady_clock::now();
      source.request_stop();
    });
    const std::vector<Request> requests(20, Request{.target = "/slow"});
    for (const Response& response : transport->send(requests, source.get_token()))
      EXPECT_EQ(response.failure, Failure::Stopped);
    stopper.join();
    EXPECT_LT(std::chrono::steady_clock::now() - stopped, kAtOnce);
    EXPECT_EQ(get(*transport, "/echo").status, 200);  // it can be used again
  }
}

TEST(StopOfABatch, InAdvanceSendsNothing) {
  const Server server;
  const auto transport = connect(server.endpoint("http2"));
  std::stop_source source;
  source.request_stop();
  const Request request{.method = "PATCH", .target = "/reset"};
  EXPECT_EQ(transport->send({&request, 1}, source.get_token())[0].failure, Failure::Stopped);
  EXPECT_EQ(count(*transport, "reset"), 0);
}

}  // namespace
}  // namespace asmgw::test

/// In place of the C library's, for libcurl as well: names are resolved here first.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                           addrinfo** result) {
  if (name != nullptr && std::string(name) == "hanging.invalid") {
    asmgw::test::name_server().ask();
    return EAI_AGAIN;
  }
  using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
  return real(name, service, hints, result);
}
