// The laws of answers, for any body: only an object is one, and only a 404 that names it is
// absence.
#include "base/json.h"
#include "fuzz/fuzz.h"
#include "kube/answers.h"

using namespace asmgw;  // NOLINT: one file, one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  constexpr int kStatuses[] = {200, 201, 202, 302, 400, 401, 403, 404,
                               409, 410, 422, 429, 500, 503, 504};
  constexpr const char* kMethods[] = {"GET", "PATCH", "DELETE"};
  const std::string method = kMethods[data[0] % std::size(kMethods)];
  const int status = kStatuses[data[1] % std::size(kStatuses)];
  const Request request{.method = method, .target = "/api/v1/namespaces/n/services/s"};
  Response response{.status = status};
  response.headers = {{"warning", "299 - \"" + std::string(size > 2 ? 1 : 0, 'x') + "\""}};
  response.body.assign(reinterpret_cast<const char*>(data) + 2, size - 2);
  const ObjectRef ref{"", "Service", "n", "s"};
  const Answer answer = kube::answer_of(request, response, ref);
  if (const auto* found = std::get_if<Found>(&answer)) {
    fuzz::require(status < 300, "an object comes with success");
    fuzz::require(found->object.is_object(), "it is one");
    fuzz::require(method == "DELETE" || !text_at(found->object, {"metadata", "uid"}).empty(),
                  "it has a uid");
  }
  if (std::holds_alternative<Absent>(answer))
    fuzz::require(method == "DELETE" || (method == "GET" && status == 404), "absence is told");
  if (const auto* conflict = std::get_if<Conflict>(&answer))
    fuzz::require(status == 409 && !conflict->fields.empty(), "a conflict has fields");
  if (const auto* refused = std::get_if<Refused>(&answer)) {
    const Finding finding = kube::finding_of(*refused);
    fuzz::require(!finding.message.empty() && finding.code != nullptr, "a refusal has words");
  }
  if (const auto* unread = std::get_if<Unread>(&answer))
    fuzz::require(!kube::finding_of(*unread).message.empty(), "so has what is unknown");
  return 0;
}
