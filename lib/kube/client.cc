#include "kube/client.h"

#include <algorithm>

#include "kube/answers.h"
#include "kube/requests.h"
#include "kube/retry.h"

namespace asmgw::kube {
namespace {

ObjectRef subject_of(const Question& question) {
  if (const Get* get = std::get_if<Get>(&question)) return get->ref;
  if (const Preview* preview = std::get_if<Preview>(&question)) return preview->write.ref;
  return {};
}

}  // namespace

Client::Client(std::unique_ptr<Transport> transport, Clock& clock,
               std::chrono::milliseconds timeout)
    : transport_(std::move(transport)), clock_(clock), timeout_(timeout) {}

std::vector<Response> Client::send(const std::vector<Request>& requests, std::stop_token stop,
                                   bool await_sent) {
  // what is in flight may have to be awaited; a stop still ends the repeats
  const std::stop_token in_flight = await_sent ? std::stop_token() : stop;
  std::vector<Response> responses = transport_->send(requests, in_flight);
  for (int sent = 1;; ++sent) {
    std::vector<std::size_t> again;
    std::chrono::milliseconds wait{0};
    for (std::size_t i = 0; i < requests.size(); ++i) {
      const auto delay = retry_after(requests[i], responses[i], sent);
      if (!delay) continue;
      again.push_back(i);
      wait = std::max(wait, *delay);
    }
    if (again.empty() || stop.stop_requested()) return responses;
    clock_.sleep(wait, stop);
    if (stop.stop_requested()) return responses;
    std::vector<Request> repeated;
    for (const std::size_t i : again) repeated.push_back(requests[i]);
    std::vector<Response> answers = transport_->send(repeated, in_flight);
    for (std::size_t i = 0; i < again.size(); ++i) responses[again[i]] = std::move(answers[i]);
  }
}

std::vector<Answer> Client::ask(const std::vector<Question>& questions, std::stop_token stop) {
  std::vector<Request> requests;
  for (const Question& question : questions) requests.push_back(request_of(question, timeout_));
  const std::vector<Response> responses = send(requests, stop, /*await_sent=*/false);
  std::vector<Answer> answers;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    answers.push_back(answer_of(requests[i], responses[i], subject_of(questions[i])));
  }
  return answers;
}

Answer Client::write(const Write& write, std::stop_token stop) {
  const Request request = request_of(write, timeout_);
  return answer_of(request, send({request}, stop, /*await_sent=*/true)[0], write.ref);
}

Answer Client::next(const ObjectRef& ref, const std::string& resource_version,
                    std::chrono::seconds length, std::stop_token stop) {
  Answer answer = Absent{};
  const auto on_line = [&](std::string_view line) {
    const Json event = Json::parse(line, nullptr, /*allow_exceptions=*/false);
    const Json* object = find(event, {"object"});
    if (object == nullptr) return true;
    if (text_at(event, {"type"}) == "ERROR") {
      answer = Refused{Refused::Kind::Other, static_cast<int>(int_at(*object, {"code"})),
                       text_at(*object, {"message"})};
    } else {
      answer = Found{*object};
    }
    return false;
  };
  const Request request = watch_request(ref, resource_version, length);
  const Response response = transport_->stream(request, on_line, stop);
  const bool is_over = response.failure == Response::Failure::None && response.status == 200;
  if (is_over || std::holds_alternative<Found>(answer)) return answer;
  return answer_of(request, response, ref);
}

}  // namespace asmgw::kube
