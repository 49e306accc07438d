#include "cmd/progress.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <ostream>

#include "base/json.h"
#include "report/json.h"

namespace asmgw::cmd {
namespace {

using std::chrono::system_clock;

std::int64_t number_of(const Event& event, std::string_view name) {
  for (const auto& [key, value] : event.numbers) {
    if (key == name) return value;
  }
  return 0;
}

class Silence final : public EventSink {
 public:
  void send(const Event&) override {}
};

/// `TIME CLUSTER WHAT WORDS`; also what a screen reader gets. Only changes are printed, and one
/// heartbeat a minute.
class EventLines final : public EventSink {
 public:
  EventLines(std::ostream& out, Clock& clock) : out_(out), clock_(clock) {}

  void send(const Event& event) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    const system_clock::time_point now = clock_.now();
    Last& last = last_[event.cluster];
    const std::string words = event.what + event.text;
    const bool is_news = last.words != words;
    if (!is_news && now - last.time < std::chrono::minutes(1)) return;
    last = {words, now};
    out_ << fmt::format("{} {} {:<8} {}{}\n", utc(now), event.cluster, event.what,
                        is_news ? "" : "still ", harmless(event.text))
         << std::flush;
  }

 private:
  struct Last {
    std::string words;
    system_clock::time_point time;
  };
  std::mutex mutex_;
  std::ostream& out_;
  Clock& clock_;
  std::map<std::string, Last> last_;
};

class EventRecords final : public EventSink {
 public:
  EventRecords(std::ostream& out, Clock& clock) : out_(out), clock_(clock) {}

  void send(const Event& event) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::string& last = last_[event.cluster];
    const std::string words = event.what + event.text;
    if (last == words) return;
    last = words;
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
  std::map<std::string, std::string> last_;
  int count_ = 0;
};

/// One line a cluster, redrawn in place at most 5 times a second.
class LiveLines final : public EventSink {
 public:
  LiveLines(std::ostream& out, Clock& clock, std::vector<std::string> clusters, Screen screen)
      : out_(out), clock_(clock), ids_(std::move(clusters)), screen_(screen) {
    for (const std::string& id : ids_) lines_.push_back({short_id(id, ids_)});
  }
  ~LiveLines() override {
    if (drawn_ > 0) redraw();
  }

  void send(const Event& event) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = std::find(ids_.begin(), ids_.end(), event.cluster);
    if (found == ids_.end()) return;
    note(event, lines_[static_cast<std::size_t>(found - ids_.begin())]);
    const system_clock::time_point now = clock_.now();
    if (now - last_drawn_ < std::chrono::milliseconds(200)) return;
    last_drawn_ = now;
    redraw();
  }

 private:
  struct Line {
    std::string id;
    std::string state = "next";
    std::string tail = {};
    std::int64_t fresh = 0, wanted = 0, serving = 0, floor = 0;
    std::optional<system_clock::time_point> started = {}, ended = {};
  };

  void note(const Event& event, Line& line) {
    if (event.type == "cluster") line.started = clock_.now();
    if (event.type == "cluster" || event.type == "step") {
      line.state = event.type == "step" ? event.what : "applying";
      line.tail = event.object;
    }
    if (event.type != "rollout") return;
    line.state = event.what == "ready" ? "done" : event.what;
    line.fresh = number_of(event, "newReady");
    line.wanted = number_of(event, "wanted");
    line.serving = number_of(event, "serving");
    line.floor = number_of(event, "floor");
    const std::size_t comma = event.text.rfind(", ");
    line.tail = event.what == "rolling" && comma != std::string::npos &&
                        event.text.find("serving, ") != std::string::npos
                    ? event.text.substr(comma + 2)
                    : "";
    if (line.state == "rolling" && line.serving < line.floor) {
      line.tail = fmt::format("under floor {}", line.floor);
    }
    if (event.what != "rolling") line.ended = clock_.now();
  }

  std::string text_of(const Line& line, int id_width) const {
    std::string text = pad(line.id, id_width) + "  " + pad(line.state, 8);
    if (line.wanted > 0) {
      constexpr std::int64_t kBar = 12;
      const std::int64_t full = std::min(kBar, kBar * line.fresh / line.wanted);
      std::string bar;
      for (std::int64_t i = 0; i < kBar; ++i) bar += i < full ? "█" : "░";
      text +=
          fmt::format("  {}  {}/{} new  {} serving", bar, line.fresh, line.wanted, line.serving);
    }
    if (!line.tail.empty()) text += "  " + harmless(line.tail);
    text = marks(text, screen_);
    if (!line.started) return text;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
                             line.ended.value_or(clock_.now()) - *line.started)
                             .count();
    const std::string time = seconds < 60 ? fmt::format("{}s", seconds)
                                          : fmt::format("{}m{:02}s", seconds / 60, seconds % 60);
    const int room = screen_.width - 1 - static_cast<int>(time.size());
    const Paint how = line.serving < line.floor ? Paint::Changed : Paint::Plain;
    return paint(pad(text, room) + " " + time, how, screen_);
  }

  void redraw() {
    constexpr std::size_t kMostLines = 12;
    std::string text = drawn_ > 0 ? fmt::format("\033[{}A", drawn_) : "";
    int id_width = 0;
    for (const Line& line : lines_) id_width = std::max(id_width, columns(line.id));
    std::size_t done = 0, at_work = 0, next = 0;
    drawn_ = 0;
    for (const Line& line : lines_) {
      const bool is_at_work = line.started && !line.ended;
      ++(is_at_work ? at_work : line.started ? done : next);
      if (lines_.size() > kMostLines && !is_at_work) continue;
      text += text_of(line, id_width) + "\033[K\n";
      ++drawn_;
    }
    if (lines_.size() > kMostLines) {
      text += fmt::format("{} done, {} at work, {} next\033[K\n", done, at_work, next);
      ++drawn_;
    }
    out_ << text << "\033[J" << std::flush;
  }

  std::mutex mutex_;
  std::ostream& out_;
  Clock& clock_;
  std::vector<std::string> ids_;
  Screen screen_;
  std::vector<Line> lines_;
  int drawn_ = 0;
  system_clock::time_point last_drawn_;
};

}  // namespace

std::string utc(system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(system_clock::to_time_t(time)));
}

std::unique_ptr<EventSink> make_progress(const OutputOptions& options,
                                         std::vector<std::string> clusters, const Screen& screen,
                                         const Deps& deps) {
  const bool is_dumb = deps.environment("TERM").value_or("") == "dumb";
  if (options.format == "json") return std::make_unique<EventRecords>(deps.out, deps.clock);
  if (deps.terminal.err && !is_dumb && !options.progress) {
    return std::make_unique<LiveLines>(deps.err, deps.clock, std::move(clusters), screen);
  }
  if (deps.terminal.err || options.progress) {
    return std::make_unique<EventLines>(deps.err, deps.clock);
  }
  return std::make_unique<Silence>();
}

}  // namespace asmgw::cmd
