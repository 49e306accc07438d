// What did a cluster's API server answer? Exchanges recorded from a real one, and their replay.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/seams.h"

namespace asmgw::test {

/// One request and its answer. A body that is JSON is kept as such, else as a JSON string; no body
/// is null. Of the headers only those that mean something to a client are kept.
struct Exchange {
  std::string method, target;
  Json body;
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  Json response;
};

/// What `live/<cluster>.json` says. Empty text: there is nothing yet, it is to be recorded.
struct Recording {
  std::string same_as;      ///< {"as": ID}: answers as that cluster does
  std::string unreachable;  ///< {"unreachable": TEXT}: does not answer; the transport's words
  std::vector<Exchange> exchanges;

  bool is_recorded() const { return same_as.empty() && unreachable.empty(); }
};

/// Throws Error for a text that is no recording.
Recording parse_recording(std::string_view text);
std::string recording_text(const std::vector<Exchange>& exchanges);

Exchange make_exchange(const Request& request, const Response& response);

/// Answers from a recording, to any number of transports. Each exchange answers once; what is asked
/// and not recorded, and what is recorded and never asked, are problems.
class Replay {
 public:
  Replay(std::string cluster, Recording recording)
      : cluster_(std::move(cluster)),
        recording_(std::move(recording)),
        used_(recording_.exchanges.size()) {}

  Response answer(const Request& request);
  /// Why the run does not fit the recording; empty when it does.
  std::vector<std::string> problems() const;

 private:
  std::string problem(const Request& request, const Json& body) const;

  const std::string cluster_;
  const Recording recording_;
  mutable std::mutex mutex_;
  std::vector<bool> used_;  ///< by exchange; none: nothing is recorded
  bool was_asked_ = false;
  std::vector<std::string> problems_;
};

/// Refers to `replay`.
std::unique_ptr<Transport> replay_transport(Replay& replay);

/// Keeps what went over the transports that it wraps.
class Recorder {
 public:
  std::unique_ptr<Transport> wrap(std::unique_ptr<Transport> inner);
  void add(const Request& request, const Response& response);

  const std::vector<Exchange>& exchanges() const { return exchanges_; }
  /// Why this cannot be a recording: an exchange that failed.
  const std::vector<std::string>& problems() const { return problems_; }

 private:
  std::mutex mutex_;
  std::vector<Exchange> exchanges_;
  std::vector<std::string> problems_;
};

}  // namespace asmgw::test
