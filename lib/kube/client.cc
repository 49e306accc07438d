#include "kube/client.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/tried_json.h"
#include "kube/answers.h"
#include "kube/requests.h"
#include "kube/retry.h"

namespace asmgw::kube {
namespace {

ObjectRef subject_of(const Question& question) {
  if (const Get* get = std::get_if<Get>(&question)) return get->ref;
  if (const Exists* exists = std::get_if<Exists>(&question)) return exists->ref;
  if (const Preview* preview = std::get_if<Preview>(&question)) return preview->write.ref;
  return {};
}

Answer no_credentials(const Error& error) {
  return Refused{Refused::Kind::NoCredentials, 0, error.finding().message, error.finding().hint};
}

}  // namespace

Client::Client(Access access, Connect connect, Clock& clock)
    : access_(std::move(access)), connect_(std::move(connect)), clock_(clock) {}

void Client::connect_as(const Proof& proof) {
  if (transport_ != nullptr && proof == proved_) return;
  Endpoint endpoint = access_.endpoint;
  endpoint.authorization = proof.authorization;
  endpoint.client_cert_pem = proof.client_cert_pem;
  endpoint.client_key_pem = proof.client_key_pem;
  transport_ = connect_(endpoint);
  proved_ = proof;
}

bool Client::renew(std::stop_token stop) {
  const std::optional<Proof> newer = access_.login.renew(proved_, stop);
  if (newer) connect_as(*newer);
  return newer.has_value();
}

std::vector<Response> Client::send_once(const std::vector<Request>& requests, std::stop_token stop,
                                        bool await_sent) {
  // what is in flight may have to be awaited; a stop still ends the repeats
  const std::stop_token in_flight = await_sent ? std::stop_token() : stop;
  connect_as(access_.login.current(stop));
  std::vector<Response> responses = transport_->send(requests, in_flight);
  std::vector<std::size_t> refused;
  for (std::size_t i = 0; i < responses.size(); ++i)
    if (responses[i].status == 401) refused.push_back(i);
  if (refused.empty()) return responses;
  if (!renew(stop)) return responses;
  std::vector<Request> again;
  for (const std::size_t i : refused) again.push_back(requests[i]);
  std::vector<Response> answers = transport_->send(again, in_flight);
  for (std::size_t i = 0; i < refused.size(); ++i) responses[refused[i]] = std::move(answers[i]);
  return responses;
}

std::vector<Response> Client::send(const std::vector<Request>& requests, std::stop_token stop,
                                   bool await_sent) {
  std::vector<Response> responses = send_once(requests, stop, await_sent);
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
    std::vector<Response> answers = send_once(repeated, stop, await_sent);
    for (std::size_t i = 0; i < again.size(); ++i) responses[again[i]] = std::move(answers[i]);
  }
}

std::vector<Answer> Client::ask(const std::vector<Question>& questions, std::stop_token stop) {
  std::vector<Request> requests;
  for (const Question& question : questions) requests.push_back(request_of(question, timeout()));
  std::vector<Answer> answers;
  try {
    const std::vector<Response> responses = send(requests, stop, /*await_sent=*/false);
    for (std::size_t i = 0; i < questions.size(); ++i) {
      answers.push_back(answer_of(requests[i], responses[i], subject_of(questions[i])));
      const bool is_read = std::holds_alternative<Found>(answers.back());
      // kubectl apply leaves a Secret's data in an annotation, so not even metadata is kept
      if (is_read && std::holds_alternative<Exists>(questions[i])) {
        answers.back() = Found{Json::object()};
      }
    }
  } catch (const Error& error) {
    answers.assign(questions.size(), no_credentials(error));
  }
  return answers;
}

Answer Client::write(const Write& write, std::stop_token stop) {
  const Request request = request_of(write, timeout());
  try {
    return answer_of(request, send({request}, stop, /*await_sent=*/true)[0], write.ref);
  } catch (const Error& error) {  // it never went out, or was answered 401
    return no_credentials(error);
  }
}

Answer Client::next(const ObjectRef& ref, const std::string& resource_version,
                    std::chrono::seconds length, std::stop_token stop) {
  Answer answer = Absent{};
  const auto on_line = [&](std::string_view line) {
    const Json event = try_json(line).json;
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
  Response response;
  try {
    connect_as(access_.login.current(stop));
    response = transport_->stream(request, on_line, stop);
    if (response.status == 401 && renew(stop))
      response = transport_->stream(request, on_line, stop);
  } catch (const Error& error) {
    return no_credentials(error);
  }
  const bool is_over = response.failure == Response::Failure::None && response.status == 200;
  if (is_over || std::holds_alternative<Found>(answer)) return answer;
  return answer_of(request, response, ref);
}

}  // namespace asmgw::kube
