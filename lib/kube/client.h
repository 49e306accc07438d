// How does one cluster get asked and written to? One small client; it keeps no state but its
// connection.
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/seams.h"
#include "object/exchange.h"

namespace asmgw::kube {

class Client {
 public:
  Client(std::unique_ptr<Transport> transport, Clock& clock, std::chrono::milliseconds timeout);

  /// Sends all questions as one concurrent batch. Answers in the questions' order.
  std::vector<Answer> ask(const std::vector<Question>& questions, std::stop_token stop);

  /// Carries out a write. Once sent it is awaited, stopped or not: its result must be known; only
  /// what was answered "try again later" is not sent again. Called by cluster/execute.cc only.
  Answer write(const Write& write, std::stop_token stop);

  /// The next state of an object after `resource_version`: Found, or Absent when it did not change
  /// within `length`, or the server's refusal (403: no right to watch; 410: too old).
  Answer next(const ObjectRef& ref, const std::string& resource_version,
              std::chrono::seconds length, std::stop_token stop);

 private:
  std::vector<Response> send(const std::vector<Request>& requests, std::stop_token stop,
                             bool await_sent);

  std::unique_ptr<Transport> transport_;
  Clock& clock_;
  std::chrono::milliseconds timeout_;
};

}  // namespace asmgw::kube
