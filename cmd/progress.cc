#include "cmd/progress.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <mutex>
#include <ostream>

#include "base/json.h"
#include "report/json.h"
#include "report/layout.h"

namespace asmgw::cmd {
namespace {

class Silence final : public EventSink {
 public:
  void send(const Event&) override {}
};

/// `TIME CLUSTER WHAT WORDS`; also what a screen reader gets.
class EventLines final : public EventSink {
 public:
  EventLines(std::ostream& out, Clock& clock) : out_(out), clock_(clock) {}

  void send(const Event& event) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    out_ << fmt::format("{} {} {:<8} {}\n", utc(clock_.now()), event.cluster, event.what,
                        harmless(event.text))
         << std::flush;
  }

 private:
  std::mutex mutex_;
  std::ostream& out_;
  Clock& clock_;
};

class EventRecords final : public EventSink {
 public:
  EventRecords(std::ostream& out, Clock& clock) : out_(out), clock_(clock) {}

  void send(const Event& event) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    Json record{{"apiVersion", kApiVersion}, {"kind", "ApplyEvent"},     {"seq", ++count_},
                {"time", utc(clock_.now())}, {"cluster", event.cluster}, {"type", event.type},
                {"result", event.what},      {"text", event.text}};
    if (!event.object.empty()) record["object"] = event.object;
    for (const auto& [name, number] : event.numbers) record[name] = number;
    out_ << dump(record) << "\n" << std::flush;
  }

 private:
  std::mutex mutex_;
  std::ostream& out_;
  Clock& clock_;
  int count_ = 0;
};

}  // namespace

std::string utc(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

std::unique_ptr<EventSink> make_progress(const OutputOptions& options, const Deps& deps) {
  if (options.format == "json") return std::make_unique<EventRecords>(deps.out, deps.clock);
  if (deps.terminal.err || options.progress) {
    return std::make_unique<EventLines>(deps.err, deps.clock);
  }
  return std::make_unique<Silence>();
}

}  // namespace asmgw::cmd
