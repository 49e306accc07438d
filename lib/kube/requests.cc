#include "kube/requests.h"

#include <fmt/format.h>

#include "object/kinds.h"

namespace asmgw::kube {
namespace {

/// A Go duration with a unit: a bare number is refused.
std::string timeout_parameter(std::chrono::milliseconds timeout) {
  return timeout.count() == 0 ? "" : fmt::format("timeout={}ms", timeout.count());
}

std::string with_query(std::string path, const std::vector<std::string>& parameters) {
  char separator = '?';
  for (const std::string& parameter : parameters) {
    if (parameter.empty()) continue;
    path += separator + parameter;
    separator = '&';
  }
  return path;
}

std::string escape_query(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    result += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

Request encode(const Write& write, bool dry_run, std::chrono::milliseconds timeout) {
  const Apply& apply = std::get<Apply>(write.what);
  Json body = apply.body;
  if (!write.guard.uid.empty()) body["metadata"]["uid"] = write.guard.uid;
  return {"PATCH",
          with_query(url_path(write.ref),
                     {"fieldManager=" + escape_query(apply.manager),
                      apply.force ? "force=true" : "force=false", "fieldValidation=Strict",
                      dry_run ? "dryRun=All" : "", timeout_parameter(timeout)}),
          "application/apply-patch+yaml", wire_json(body)};
}

Request access_review(const MayI& question, std::chrono::milliseconds timeout) {
  const Kind& kind = kind_of(question.ref);
  Json attributes{{"verb", question.verb},
                  {"group", kind.group},
                  {"resource", kind.resource},
                  {"namespace", question.ref.ns}};
  if (!question.ref.name.empty()) attributes["name"] = question.ref.name;
  const Json review{{"apiVersion", "authorization.k8s.io/v1"},
                    {"kind", "SelfSubjectAccessReview"},
                    {"spec", {{"resourceAttributes", attributes}}}};
  return {"POST",
          with_query("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                     {timeout_parameter(timeout)}),
          "application/json", wire_json(review)};
}

/// U+007F–009F, U+2028, U+2029, U+FFFE, U+FFFF: raw they are refused, or folded to spaces.
std::string_view escaped_at(std::string_view text, std::string& escape) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  unsigned code = 0;
  std::size_t length = 0;
  if (byte(0) == 0x7F) {
    code = 0x7F, length = 1;
  } else if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) <= 0x9F) {
    code = byte(1), length = 2;
  } else if (byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9)) {
    code = 0x2000 + byte(2) - 0x80, length = 3;
  } else if (byte(0) == 0xEF && byte(1) == 0xBF && (byte(2) == 0xBE || byte(2) == 0xBF)) {
    code = 0xFF00 + byte(2) + 0x40, length = 3;
  }
  if (length > 0) escape = fmt::format("\\u{:04x}", code);
  return text.substr(0, length);
}

}  // namespace

std::string wire_json(const Json& json) {
  const std::string text = dump(json);
  std::string wire;
  wire.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::string escape;
    const std::string_view special = escaped_at(std::string_view(text).substr(i), escape);
    if (special.empty()) {
      wire += text[i++];
    } else {
      wire += escape;
      i += special.size();
    }
  }
  return wire;
}

Request request_of(const Question& question, std::chrono::milliseconds timeout) {
  struct Encoder {
    std::chrono::milliseconds timeout;
    Request operator()(const Get& get) const {
      return {"GET", with_query(url_path(get.ref), {timeout_parameter(timeout)})};
    }
    Request operator()(const List& list) const {
      const std::string selector =
          list.label_selector.empty() ? "" : "labelSelector=" + escape_query(list.label_selector);
      return {"GET", with_query(url_path(list.of), {selector, timeout_parameter(timeout)})};
    }
    Request operator()(const Preview& preview) const {
      return encode(preview.write, /*dry_run=*/true, timeout);
    }
    Request operator()(const MayI& may) const { return access_review(may, timeout); }
    Request operator()(const Version&) const {
      return {"GET", with_query("/version", {timeout_parameter(timeout)})};
    }
  };
  return std::visit(Encoder{timeout}, question);
}

Request request_of(const Write& write, std::chrono::milliseconds timeout) {
  return encode(write, /*dry_run=*/false, timeout);
}

Request watch_request(const ObjectRef& ref, const std::string& resource_version,
                      std::chrono::seconds length) {
  ObjectRef all = ref;
  all.name.clear();
  return {"GET",
          with_query(url_path(all), {"watch=true", fmt::format("timeoutSeconds={}", length.count()),
                                     "fieldSelector=" + escape_query("metadata.name=" + ref.name),
                                     "resourceVersion=" + escape_query(resource_version)})};
}

}  // namespace asmgw::kube
