#include "support/golden/recording.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/codes.h"
#include "base/error.h"
#include "support/golden/line_diff.h"

namespace asmgw::test {
namespace {

Json content(const std::string& text) {
  if (text.empty()) return nullptr;
  Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  return json.is_discarded() ? Json(text) : json;
}

std::string text_of(const Json& content) {
  if (content.is_null()) return {};
  return content.is_string() ? content.get<std::string>() : dump(content);
}

bool is_kept(const std::string& header) { return header == "warning" || header == "retry-after"; }

Exchange parse_exchange(const Json& json) {
  Exchange exchange{text_at(json, {"method"}),
                    text_at(json, {"target"}),
                    json.value("body", Json()),
                    static_cast<int>(int_at(json, {"status"})),
                    {},
                    json.value("response", Json())};
  const Json headers = json.value("headers", Json::object());
  for (const auto& [name, value] : headers.items()) {
    exchange.headers.emplace_back(name, value.get<std::string>());
  }
  return exchange;
}

bool same_target(const Exchange& exchange, const Request& request) {
  return exchange.method == request.method && exchange.target == request.target;
}

Response failed(std::string text) {
  Response response;
  response.failure = Response::Failure::Unreachable;
  response.failure_text = std::move(text);
  return response;
}

class ReplayTransport final : public Transport {
 public:
  explicit ReplayTransport(Replay& replay) : replay_(replay) {}

  std::vector<Response> send(std::span<const Request> requests, std::stop_token) override {
    std::vector<Response> responses;
    for (const Request& request : requests) responses.push_back(replay_.answer(request));
    return responses;
  }
  Response stream(const Request& request, const std::function<bool(std::string_view)>&,
                  std::stop_token) override {
    return replay_.answer(request);
  }

 private:
  Replay& replay_;
};

class RecordingTransport final : public Transport {
 public:
  RecordingTransport(std::unique_ptr<Transport> inner, Recorder& recorder)
      : inner_(std::move(inner)), recorder_(recorder) {}

  std::vector<Response> send(std::span<const Request> requests, std::stop_token stop) override {
    std::vector<Response> responses = inner_->send(requests, stop);
    for (std::size_t i = 0; i < requests.size(); ++i) recorder_.add(requests[i], responses[i]);
    return responses;
  }
  Response stream(const Request&, const std::function<bool(std::string_view)>&,
                  std::stop_token) override {
    return failed("a watch is not recorded: test it with a real cluster (e2e)");
  }

 private:
  std::unique_ptr<Transport> inner_;
  Recorder& recorder_;
};

}  // namespace

Recording parse_recording(std::string_view text) {
  Recording recording;
  if (text.empty()) return recording;
  const Json json = parse_json(text);
  if (json.is_array()) {
    for (const Json& exchange : json) recording.exchanges.push_back(parse_exchange(exchange));
    return recording;
  }
  recording.same_as = text_at(json, {"as"});
  recording.unreachable = text_at(json, {"unreachable"});
  if (json.size() != 1 || recording.is_recorded()) {
    throw Error(finding(kNotJson, R"(neither a list of exchanges, nor {"as": …}, nor )"
                                  R"({"unreachable": …})"));
  }
  return recording;
}

std::string recording_text(const std::vector<Exchange>& exchanges) {
  Json all = Json::array();
  for (const Exchange& exchange : exchanges) {
    Json json{{"method", exchange.method},
              {"target", exchange.target},
              {"status", exchange.status},
              {"response", exchange.response}};
    if (!exchange.body.is_null()) json["body"] = exchange.body;
    for (const auto& [name, value] : exchange.headers) json["headers"][name] = value;
    all.push_back(std::move(json));
  }
  return all.dump(1) + "\n";
}

Exchange make_exchange(const Request& request, const Response& response) {
  Exchange exchange{
      request.method,        request.target, content(request.body), response.status, {},
      content(response.body)};
  std::copy_if(response.headers.begin(), response.headers.end(),
               std::back_inserter(exchange.headers),
               [](const auto& header) { return is_kept(header.first); });
  return exchange;
}

std::string Replay::problem(const Request& request, const Json& body) const {
  std::string text =
      fmt::format("{}: not in the recording: {} {}", cluster_, request.method, request.target);
  const auto& exchanges = recording_.exchanges;
  const auto near = std::find_if(exchanges.begin(), exchanges.end(), [&](const Exchange& exchange) {
    return same_target(exchange, request);
  });
  if (near == exchanges.end()) return body.is_null() ? text : text + "\n" + body.dump(2);
  if (near->body == body) return text + "\nit is asked more often than it was";
  return text + "\nits body is not the recorded one:\n" +
         line_diff(near->body.dump(2) + "\n", body.dump(2) + "\n");
}

Response Replay::answer(const Request& request) {
  const std::scoped_lock lock(mutex_);
  was_asked_ = true;
  if (!recording_.unreachable.empty()) return failed(recording_.unreachable);
  const Json body = content(request.body);
  for (std::size_t i = 0; i < used_.size(); ++i) {
    const Exchange& exchange = recording_.exchanges[i];
    if (used_[i] || !same_target(exchange, request) || exchange.body != body) continue;
    used_[i] = true;
    Response response;
    response.status = exchange.status;
    response.headers = exchange.headers;
    response.body = text_of(exchange.response);
    return response;
  }
  if (!used_.empty()) problems_.push_back(problem(request, body));
  return failed("not in the recording");
}

std::vector<std::string> Replay::problems() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> all = problems_;
  for (std::size_t i = 0; i < used_.size(); ++i) {
    if (used_[i]) continue;
    const Exchange& exchange = recording_.exchanges[i];
    all.push_back(fmt::format("{}: recorded, but not asked: {} {}", cluster_, exchange.method,
                              exchange.target));
  }
  if (!was_asked_) all.push_back(cluster_ + ": it was never asked");
  if (recording_.is_recorded() && used_.empty()) all.push_back(cluster_ + ": nothing is recorded");
  return all;
}

std::unique_ptr<Transport> replay_transport(Replay& replay) {
  return std::make_unique<ReplayTransport>(replay);
}

std::unique_ptr<Transport> Recorder::wrap(std::unique_ptr<Transport> inner) {
  return std::make_unique<RecordingTransport>(std::move(inner), *this);
}

void Recorder::add(const Request& request, const Response& response) {
  const std::scoped_lock lock(mutex_);
  if (response.failure != Response::Failure::None) problems_.push_back(response.failure_text);
  exchanges_.push_back(make_exchange(request, response));
}

}  // namespace asmgw::test
