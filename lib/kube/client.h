// How does one cluster get asked and written to? One small client; it keeps no state but its
// connection, and what it proved there.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/seams.h"
#include "kube/credentials.h"
#include "object/exchange.h"

namespace asmgw::kube {

/// Opens a way to an endpoint; nothing is sent yet.
using Connect = std::function<std::unique_ptr<Transport>(const Endpoint& endpoint)>;

class Client {
 public:
  /// Connects with the first request; anew when the login has something newer to prove.
  Client(Access access, Connect connect, Clock& clock);

  /// Sends all questions as one concurrent batch. Answers in the questions' order. What is answered
  /// 401 is asked once more when the login has something newer; so it is with the others.
  std::vector<Answer> ask(const std::vector<Question>& questions, std::stop_token stop);

  /// Carries out a write. Once sent it is awaited, stopped or not: its result must be known; only
  /// what was answered "try again later" is not sent again. Called by cluster/execute.cc only.
  Answer write(const Write& write, std::stop_token stop);

  /// The next state of an object after `resource_version`: Found, or Absent when it did not change
  /// within `length`, or the server's refusal (403: no right to watch; 410: too old).
  Answer next(const ObjectRef& ref, const std::string& resource_version,
              std::chrono::seconds length, std::stop_token stop);

 private:
  /// Throw Error [unauthorized] when there is nothing to prove who we are.
  std::vector<Response> send(const std::vector<Request>& requests, std::stop_token stop,
                             bool await_sent);
  std::vector<Response> send_once(const std::vector<Request>& requests, std::stop_token stop,
                                  bool await_sent);
  void connect_as(const Proof& proof);
  bool renew(std::stop_token stop);  ///< is there something newer to prove?
  std::chrono::milliseconds timeout() const { return access_.endpoint.request_timeout; }

  Access access_;
  Connect connect_;
  Clock& clock_;
  Proof proved_;  ///< with which transport_ was made
  std::unique_ptr<Transport> transport_;
};

}  // namespace asmgw::kube
