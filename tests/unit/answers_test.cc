#include "kube/answers.h"

#include <gtest/gtest.h>

#include <string>

#include "kube/codes.h"
#include "kube/retry.h"

namespace asmgw::kube {
namespace {

const ObjectRef kDeployment{"apps", "Deployment", "n", "istio-web"};
const ObjectRef kBinding{"rbac.authorization.k8s.io", "RoleBinding", "n", "istio-web-sds"};

std::string kind_name(Refused::Kind kind) {
  switch (kind) {
    case Refused::Kind::Unauthorized:
      return "unauthorized";
    case Refused::Kind::Forbidden:
      return "forbidden";
    case Refused::Kind::NoNamespace:
      return "no namespace";
    case Refused::Kind::RoleMissing:
      return "role missing";
    case Refused::Kind::NotServed:
      return "not served";
    case Refused::Kind::Gone:
      return "gone";
    case Refused::Kind::Lock:
      return "lock";
    case Refused::Kind::Invalid:
      return "invalid";
    case Refused::Kind::Policy:
      return "policy";
    case Refused::Kind::Webhook:
      return "webhook";
    case Refused::Kind::Overload:
      return "overload";
    case Refused::Kind::NoCredentials:
      return "no credentials";
    case Refused::Kind::NotAsked:
      return "not asked";
    case Refused::Kind::Other:
      return "other";
  }
  return "?";
}

std::string shown(const Answer& answer) {
  if (const auto* found = std::get_if<Found>(&answer)) {
    return (found->created ? "created " : "found ") + dump(found->object);
  }
  if (std::holds_alternative<Absent>(answer)) return "absent";
  if (const auto* conflict = std::get_if<Conflict>(&answer)) {
    std::string text = "conflict";
    for (const Ownership& field : conflict->fields) text += " " + field.manager + field.field;
    return text;
  }
  if (const auto* refused = std::get_if<Refused>(&answer)) {
    return "refused: " + kind_name(refused->kind) + ": " + refused->server;
  }
  const auto& unread = std::get<Unread>(answer);
  return (unread.sent ? "unread, sent: " : "unread: ") + unread.why;
}

std::string status(const std::string& message, const std::string& details = "{}") {
  return R"({"kind":"Status","message":)" + dump(Json(message)) + R"(,"details":)" + details + "}";
}

struct Case {
  std::string name, method;
  int status;
  std::string body, expected;
  ObjectRef ref = kDeployment;
};

class Answers : public testing::TestWithParam<Case> {};
TEST_P(Answers, Mean) {
  const Case& row = GetParam();
  Response response;
  response.status = row.status;
  response.body = row.body;
  EXPECT_EQ(shown(answer_of({row.method, "/x"}, response, row.ref)), row.expected);
}

const std::string kObject = R"({"metadata":{"uid":"u"}})";

INSTANTIATE_TEST_SUITE_P(
    PageFour, Answers,
    testing::Values(
        Case{"found", "GET", 200, kObject, "found " + kObject},
        Case{"created", "PATCH", 201, kObject, "created " + kObject},
        Case{"patched", "PATCH", 200, kObject, "found " + kObject},
        Case{"bad_request", "PATCH", 400, status("the name does not match"),
             "refused: other: the name does not match"},
        Case{"unauthorized", "GET", 401, status("Unauthorized"),
             "refused: unauthorized: Unauthorized"},
        Case{"missing_verb", "PATCH", 403, status("User \"u\" cannot patch resource"),
             "refused: forbidden: User \"u\" cannot patch resource"},
        Case{"absent", "GET", 404,
             status("not found", R"({"name":"istio-web","kind":"deployments"})"), "absent"},
        Case{"group_not_served_on_get", "GET", 404, "404 page not found\n",
             "refused: not served: HTTP 404: 404 page not found"},
        Case{"another_name_is_not_absent", "GET", 404, status("not found", R"({"name":"other"})"),
             "refused: not served: not found"},
        Case{"namespace_missing", "PATCH", 404,
             status("namespaces \"n\" not found", R"({"name":"n","kind":"namespaces"})"),
             "refused: no namespace: namespaces \"n\" not found"},
        Case{"group_not_served_on_patch", "PATCH", 404, "404 page not found",
             "refused: not served: HTTP 404: 404 page not found"},
        Case{"resource_not_served", "PATCH", 404,
             status("the server could not find the requested resource"),
             "refused: not served: the server could not find the requested resource"},
        Case{"role_missing", "PATCH", 404,
             status("roles \"istio-web-sds\" not found",
                    R"({"name":"istio-web-sds","kind":"roles"})"),
             "refused: role missing: roles \"istio-web-sds\" not found", kBinding},
        Case{"binding_absent", "GET", 404, status("not found", R"({"name":"istio-web-sds"})"),
             "absent", kBinding},
        Case{"field_conflicts", "PATCH", 409, status("Apply failed with 2 conflicts", R"({"causes":[
               {"reason":"FieldManagerConflict","field":".spec.replicas",
                "message":"conflict with \"kubectl-edit\" using apps/v1"},
               {"reason":"FieldManagerConflict","field":".metadata.labels.a.b/c",
                "message":"conflict with \"asm-controller\" with subresource \"scale\""}]})"),
             "conflict kubectl-edit.spec.replicas asm-controller.metadata.labels.a.b/c"},
        Case{
            "uid_of_nothing", "PATCH", 409,
            status("Operation cannot be fulfilled: uid mismatch: the provided object specified uid "
                   "u, and no existing object was found",
                   R"({"name":"istio-web"})"),
            "refused: gone: Operation cannot be fulfilled: uid mismatch: the provided object "
            "specified uid u, and no existing object was found"},
        Case{"optimistic_lock", "PATCH", 409,
             status("the object has been modified", R"({"name":"istio-web"})"),
             "refused: lock: the object has been modified"},
        Case{"uid_of_another", "PATCH", 422,
             status("invalid", R"({"causes":[{"field":"metadata.uid"},{"field":"metadata.uid"}]})"),
             "refused: gone: invalid"},
        Case{"immutable", "PATCH", 422,
             status("field is immutable", R"({"causes":[{"field":"spec.selector"}]})"),
             "refused: invalid: field is immutable"},
        Case{"policy", "PATCH", 422,
             status("ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no",
                    R"({"causes":[{"message":"no"}]})"),
             "refused: policy: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no"},
        Case{"too_many", "PATCH", 429, "Too many requests, please try again later.\n",
             "refused: overload: HTTP 429: Too many requests, please try again later."},
        Case{"unavailable", "GET", 503, status("the server is currently unable"),
             "refused: overload: the server is currently unable"},
        Case{"schema", "PATCH", 500, status(".spec.replicaz: field not declared in schema"),
             "refused: other: .spec.replicaz: field not declared in schema"},
        Case{"webhook", "PATCH", 500,
             status("Internal error occurred: failed calling webhook \"v.example.com\""),
             "refused: webhook: Internal error occurred: failed calling webhook \"v.example.com\""},
        Case{"timeout", "PATCH", 504, R"({"message":"request did not complete"})",
             "unread, sent: request did not complete"},
        Case{"no_text", "GET", 502, "", "refused: other: HTTP 502 without a text"},
        Case{"html", "GET", 502, "<html>bad gateway</html>",
             "refused: other: HTTP 502: <html>bad gateway</html>"},
        Case{"no_object", "GET", 200, "[1]",
             "refused: other: the answer is not the object that was asked for; HTTP 200: [1]"},
        Case{"not_json", "GET", 200, "hello",
             "refused: other: the answer is not JSON; HTTP 200: hello"},
        Case{"as_deep_as_allowed", "GET", 200, std::string(500, '[') + std::string(500, ']'),
             "refused: other: the answer is not the object that was asked for; HTTP 200: " +
                 std::string(200, '[')},
        Case{"too_deep", "GET", 200, std::string(501, '[') + std::string(501, ']'),
             "refused: other: JSON nested deeper than 500; HTTP 200: " + std::string(200, '[')},
        Case{"status_of_odd_types", "PATCH", 409, R"({"message":7,"details":{"causes":"x"}})",
             R"(refused: lock: HTTP 409: {"message":7,"details":{"causes":"x"}})"}),
    [](const auto& row) { return row.param.name; });

TEST(AnswersOfFailures, ToldApartByWhatMayHaveHappened) {
  using Failure = Response::Failure;
  struct Row {
    Failure failure;
    bool sent;
  };
  const Row rows[] = {{Failure::Unreachable, false},
                      {Failure::Cut, true},
                      {Failure::TimedOut, true},
                      {Failure::TooLarge, true},  // there was an answer, so it was carried out
                      {Failure::Stopped, false}};
  for (const Row& row : rows) {
    Response response;
    response.failure = row.failure;
    response.failure_text = "why";
    const Answer answer = answer_of({"PATCH", "/x"}, response, kDeployment);
    const Unread* unread = std::get_if<Unread>(&answer);
    ASSERT_NE(unread, nullptr);
    EXPECT_EQ(unread->why, "why");
    EXPECT_EQ(unread->sent, row.sent) << static_cast<int>(row.failure);
  }
}

TEST(Answers, OfARemoval) {
  struct Row {
    std::string name;
    int status;
    std::string body, expected;
  };
  const std::string object = R"({"kind":"Deployment","metadata":{"uid":"u"}})";
  const std::string held = R"({"kind":"Deployment","metadata":{"finalizers":["a/b"],"uid":"u"}})";
  const std::string changed = "the UID in the precondition (a) does not match the UID in record";
  const Row rows[] = {
      {"done", 200, R"({"kind":"Status","status":"Success"})", "absent"},
      {"done, with what it was", 200, object, "absent"},
      {"finalizers hold it", 200, held, "found " + held},
      {"accepted", 202, held, "found " + held},
      {"it was gone", 404, status("not found", R"({"name":"istio-web"})"), "absent"},
      {"not served", 404, "404 page not found",
       "refused: not served: HTTP 404: 404 page not found"},
      {"another object", 409, status(changed), "refused: gone: " + changed},
      {"no right", 403, status("no"), "refused: forbidden: no"},
      {"no answer of an API server", 200, "<html>",
       "refused: other: the answer is not that of a removal; HTTP 200: <html>"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Response response;
    response.status = row.status;
    response.body = row.body;
    EXPECT_EQ(shown(answer_of({"DELETE", "/x"}, response, kDeployment)), row.expected);
  }
}

TEST(Answers, SomethingElseThatAnswers200IsNoObject) {
  Response response;
  response.status = 200;
  response.body = R"({"code":"NotLogin"})";
  const Answer answer = answer_of({"GET", "/x"}, response, kDeployment);
  EXPECT_EQ(std::get<Refused>(answer).kind, Refused::Kind::Other);
}

TEST(Answers, WarningHeadersAreKept) {
  Response response;
  response.status = 200;
  response.body = R"({"metadata":{"uid":"u"}})";
  response.headers = {{"warning", "299 - \"first\""},
                      {"content-type", "application/json"},
                      {"warning", "199 - \"not this\""},
                      {"warning", "299 kube \"second, with comma\""},
                      {"warning", "299 -"}};
  const Answer answer = answer_of({"GET", "/x"}, response, kDeployment);
  EXPECT_EQ(std::get<Found>(answer).warnings,
            (std::vector<std::string>{"first", "second, with comma"}));
}

TEST(Findings, OfRefusalsHaveTheirCodeAndTheServersWords) {
  struct Row {
    Refused::Kind kind;
    std::string code;
    Severity severity;
  };
  const Row rows[] = {
      {Refused::Kind::Unauthorized, "unauthorized", Severity::Error},
      {Refused::Kind::Forbidden, "forbidden", Severity::Error},
      {Refused::Kind::NoNamespace, "no-namespace", Severity::Note},
      {Refused::Kind::RoleMissing, "server-error", Severity::Note},  // expected: no error
      {Refused::Kind::NotServed, "not-served", Severity::Error},
      {Refused::Kind::Gone, "server-error", Severity::Error},
      {Refused::Kind::Lock, "server-error", Severity::Error},
      {Refused::Kind::Invalid, "server-error", Severity::Error},
      {Refused::Kind::Policy, "policy-refused", Severity::Error},
      {Refused::Kind::Webhook, "webhook-down", Severity::Error},
      {Refused::Kind::Overload, "server-error", Severity::Error},
      {Refused::Kind::Other, "server-error", Severity::Error},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(kind_name(row.kind));
    const Finding found = finding_of(Refused{row.kind, 500, "words"});
    EXPECT_EQ(found.code->name, row.code);
    EXPECT_EQ(found.severity, row.severity);
    EXPECT_EQ(found.server, "words");
    EXPECT_FALSE(found.message.empty());
  }
  EXPECT_EQ(finding_of(Refused{Refused::Kind::Forbidden, 403, "User \"system:anonymous\" cannot"})
                .message,
            "no credentials were sent");
  const Finding unread = finding_of(Unread{"no connection to x within 30s", false});
  EXPECT_EQ(unread.code->name, "unreachable");
  EXPECT_EQ(unread.message, "no connection to x within 30s");
}

struct RetryCase {
  std::string name, method;
  Response::Failure failure;
  int status;
  std::string after;  ///< Retry-After, "" = none
  int sent;
  int expected;  ///< milliseconds, -1 = not again
};

class Retry : public testing::TestWithParam<RetryCase> {};
TEST_P(Retry, Policy) {
  const RetryCase& row = GetParam();
  Response response;
  response.failure = row.failure;
  response.status = row.status;
  if (!row.after.empty()) response.headers = {{"x", "1"}, {"retry-after", row.after}};
  const auto delay = retry_after({row.method, "/api/v1/x?force=false"}, response, row.sent);
  EXPECT_EQ(delay ? static_cast<int>(delay->count()) : -1, row.expected);
}
using enum Response::Failure;
INSTANTIATE_TEST_SUITE_P(
    All, Retry,
    testing::Values(RetryCase{"fine", "GET", None, 200, "", 1, -1},
                    RetryCase{"fine_with_header", "GET", None, 200, "1", 1, -1},
                    RetryCase{"too_many", "GET", None, 429, "2", 1, 2000},
                    RetryCase{"too_many_on_write", "PATCH", None, 429, "1", 1, 1000},
                    RetryCase{"at_once", "GET", None, 429, "0", 1, 0},
                    RetryCase{"unavailable", "PATCH", None, 503, "1", 1, 1000},
                    RetryCase{"server_error", "GET", None, 500, "1", 1, 1000},
                    RetryCase{"without_header", "GET", None, 429, "", 1, -1},
                    RetryCase{"server_error_without_header", "GET", None, 500, "", 1, -1},
                    RetryCase{"header_of_another_kind", "GET", None, 429, "Wed, 21 Oct 2026", 1,
                              -1},
                    RetryCase{"negative", "GET", None, 429, "-1", 1, -1},
                    RetryCase{"client_error", "GET", None, 404, "1", 1, -1},
                    RetryCase{"conflict", "PATCH", None, 409, "1", 1, -1},
                    RetryCase{"the_tenth", "GET", None, 429, "1", 10, 1000},
                    RetryCase{"the_eleventh", "GET", None, 429, "1", 11, -1},
                    RetryCase{"cut_get", "GET", Cut, 0, "", 1, 1000},
                    RetryCase{"cut_get_third", "GET", Cut, 0, "", 3, 1000},
                    RetryCase{"cut_get_fourth", "GET", Cut, 0, "", 4, -1},
                    RetryCase{"cut_write", "PATCH", Cut, 0, "", 1, -1},
                    RetryCase{"cut_review", "POST", Cut, 0, "", 1, -1},
                    RetryCase{"timed_out", "GET", TimedOut, 0, "", 1, -1},
                    RetryCase{"unreachable", "GET", Unreachable, 0, "", 1, -1},
                    RetryCase{"too_large", "GET", TooLarge, 0, "", 1, -1},
                    RetryCase{"stopped", "GET", Stopped, 0, "", 1, -1}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace asmgw::kube
