#include "kube/answers.h"

#include <fmt/format.h>

#include "base/tried_json.h"
#include "kube/codes.h"
#include "object/rights.h"

namespace asmgw::kube {
namespace {

/// The server's Status, whatever its Content-Type says; a discarded value when it is none.
Json status_of(const Response& response) {
  Json json = try_json(response.body).json;
  return json.is_object() ? json : Json();
}

/// client-go's words for an answer that is no Status.
std::string generic_text(const Response& response) {
  std::string body = response.body.substr(0, 200);
  while (!body.empty() && (body.back() == '\n' || body.back() == ' ')) body.pop_back();
  return body.empty() ? fmt::format("HTTP {} without a text", response.status)
                      : fmt::format("HTTP {}: {}", response.status, body);
}

/// `conflict with "kubectl-edit" using apps/v1` → kubectl-edit
std::string manager_of(const std::string& message) {
  const std::size_t begin = message.find('"');
  const std::size_t end = message.find('"', begin + 1);
  if (begin == std::string::npos || end == std::string::npos) return message;
  return message.substr(begin + 1, end - begin - 1);
}

std::optional<Conflict> conflict_in(const Json& status, const std::string& words) {
  const Json* causes = find(status, {"details", "causes"});
  if (causes == nullptr) return std::nullopt;
  Conflict conflict{{}, words};
  for (const Json& cause : *causes) {
    if (text_at(cause, {"reason"}) != "FieldManagerConflict") continue;
    conflict.fields.push_back({manager_of(text_at(cause, {"message"})), text_at(cause, {"field"})});
  }
  if (conflict.fields.empty()) return std::nullopt;
  return conflict;
}

bool names_uid(const Json& status) {
  const Json* causes = find(status, {"details", "causes"});
  if (causes == nullptr) return false;
  for (const Json& cause : *causes) {
    if (text_at(cause, {"field"}) == "metadata.uid") return true;
  }
  return false;
}

Refused::Kind kind_of_404(const Json& status, const ObjectRef& ref) {
  if (text_at(status, {"details", "kind"}) == "namespaces") return Refused::Kind::NoNamespace;
  if (ref.kind == "RoleBinding" && text_at(status, {"details", "name"}) == ref.name) {
    return Refused::Kind::RoleMissing;
  }
  return Refused::Kind::NotServed;
}

Refused::Kind kind_of(int code, const Json& status, const std::string& words,
                      const ObjectRef& ref) {
  switch (code) {
    case 401:
      return Refused::Kind::Unauthorized;
    case 403:
      return Refused::Kind::Forbidden;
    case 404:
      return kind_of_404(status, ref);
    case 409:
      return words.find("uid mismatch") != std::string::npos ||
                     words.find("UID in the precondition") != std::string::npos
                 ? Refused::Kind::Gone
                 : Refused::Kind::Lock;
    case 422:
      if (names_uid(status)) return Refused::Kind::Gone;
      return words.find("ValidatingAdmissionPolicy") != std::string::npos ? Refused::Kind::Policy
                                                                          : Refused::Kind::Invalid;
    case 429:
    case 503:
      return Refused::Kind::Overload;
    default:
      break;
  }
  return words.find("failed calling webhook") != std::string::npos ? Refused::Kind::Webhook
                                                                   : Refused::Kind::Other;
}

std::vector<std::string> warnings_of(const Response& response) {
  std::vector<std::string> warnings;
  for (const auto& [name, value] : response.headers) {
    const std::size_t quote = value.find('"');
    if (name != "warning" || !value.starts_with("299") || quote == std::string::npos) continue;
    const std::size_t end = value.rfind('"');
    warnings.push_back(value.substr(quote + 1, end > quote ? end - quote - 1 : std::string::npos));
  }
  return warnings;
}

/// Is it an object of an API server? Something else that answers 200 (a login page's JSON) must not
/// pass for one: that would be a wrong "no change". Every object has a uid, in dry runs too; lists,
/// versions and reviews (asked for without a name) have none.
bool is_object(const Json& json, const ObjectRef& ref) {
  return json.is_object() && (ref.name.empty() || !text_at(json, {"metadata", "uid"}).empty());
}

Answer success(const Response& response, const ObjectRef& ref) {
  auto [json, problem] = try_json(response.body);
  if (!is_object(json, ref)) {
    if (problem.empty()) problem = "the answer is not the object that was asked for";
    return Refused{Refused::Kind::Other, response.status, problem + "; " + generic_text(response)};
  }
  return Found{std::move(json), response.status == 201, warnings_of(response)};
}

/// After a removal: a Status, or the object that was; while finalizers hold it, it is still there.
Answer removal(const Response& response) {
  Json json = try_json(response.body).json;
  if (!json.is_object() || text_at(json, {"kind"}).empty()) {
    return Refused{Refused::Kind::Other, response.status,
                   "the answer is not that of a removal; " + generic_text(response)};
  }
  const Json* finalizers = find(json, {"metadata", "finalizers"});
  if (finalizers == nullptr || finalizers->empty()) return Absent{};
  return Found{std::move(json), false, warnings_of(response)};
}

}  // namespace

Answer answer_of(const Request& request, const Response& response, const ObjectRef& ref) {
  if (response.failure != Response::Failure::None) {
    // an answer that is too large is one all the same: the request was carried out
    return Unread{response.failure_text, response.failure == Response::Failure::Cut ||
                                             response.failure == Response::Failure::TimedOut ||
                                             response.failure == Response::Failure::TooLarge};
  }
  const int code = response.status;
  const bool removes = request.method == "DELETE";
  if (removes && code >= 200 && code <= 202) return removal(response);
  if (code == 200 || code == 201) return success(response, ref);
  const Json status = status_of(response);
  std::string words = text_at(status, {"message"});
  if (words.empty()) words = generic_text(response);
  if (code == 404 && (removes || request.method == "GET") && !ref.name.empty() &&
      text_at(status, {"details", "name"}) == ref.name) {
    return Absent{};
  }
  if (code == 409) {
    if (std::optional<Conflict> conflict = conflict_in(status, words)) return *conflict;
  }
  if (code == 504) return Unread{words, true};
  return Refused{kind_of(code, status, words, ref), code, words};
}

Finding finding_of(const Refused& refused) {
  const auto make = [&](const Code& code, std::string message, std::string hint = {}) {
    Finding result = finding(code, std::move(message), std::move(hint));
    result.server = refused.server;
    return result;
  };
  switch (refused.kind) {
    case Refused::Kind::Unauthorized:
      return make(kUnauthorized, "the server refuses the credentials",
                  "renew those of the kubeconfig");
    case Refused::Kind::Forbidden:
      if (refused.server.find("system:anonymous") != std::string::npos) {
        return make(kForbidden, "no credentials were sent", "name a user in the kubeconfig");
      }
      if (refused.server.find("exceeded quota") != std::string::npos) {
        return make(kServerError, "a quota is exceeded", "ask for more, or make room");
      }
      if (refused.server.find("being terminated") != std::string::npos) {
        return make(kServerError, "the namespace is being deleted", "wait until it is gone");
      }
      if (refused.server.find("attempting to grant") != std::string::npos) {
        return make(kForbidden, "you may not grant what you do not hold yourself",
                    "get, watch and list on secrets there, or the verb escalate");
      }
      if (const std::optional<Right> right = missing_right(refused)) {
        return make(kForbidden,
                    fmt::format("a right is missing: {} {}", right->verb, right->resource),
                    "ask for it");
      }
      return make(kForbidden, "a right is missing", "ask for what the server names");
    case Refused::Kind::NoNamespace:
      return make(kNoNamespace, "the namespace is missing", "create it before apply");
    case Refused::Kind::RoleMissing: {
      Finding note = make(kServerError, "it depends on the Role above");
      note.severity = Severity::Note;  // expected: the Role was only a dry run
      return note;
    }
    case Refused::Kind::NotServed:
      return make(kNotServed, "the server does not serve this kind",
                  "check that the context leads to the right cluster");
    case Refused::Kind::Gone:
      return make(kServerError, "the object was deleted or re-created meanwhile", "run diff again");
    case Refused::Kind::Lock:
      return make(kServerError, "somebody changed the object meanwhile", "run it again");
    case Refused::Kind::Invalid:
      return make(kServerError, "the server refuses the object");
    case Refused::Kind::Policy:
      return make(kPolicyRefused, "a policy refuses the object");
    case Refused::Kind::Webhook:
      return make(kWebhookDown, "an admission webhook does not answer",
                  "repair the webhook that the server names");
    case Refused::Kind::Overload:
      return make(kServerError, "the server is overloaded", "try again");
    case Refused::Kind::NoCredentials:
      return finding(kUnauthorized, refused.server, refused.hint);
    case Refused::Kind::NotAsked:
    case Refused::Kind::Other:
      break;
  }
  return make(kServerError, fmt::format("the server answers with an error ({})", refused.status));
}

Finding finding_of(const Unread& unread) { return finding(kUnreachable, unread.why); }

}  // namespace asmgw::kube
