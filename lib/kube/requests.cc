#include "kube/requests.h"

#include <fmt/format.h>

#include "object/kinds.h"
#include "object/owners.h"

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

/// The body of every removal, the only place of its options: as soon as there is a body the server
/// ignores the query, and `?dryRun=All` beside one really deletes (page 12, A1). Of the guard the
/// uid only: any status write would fail a resourceVersion.
Json delete_options(const Guard& guard, bool dry_run) {
  Json options{
      {"apiVersion", "v1"}, {"kind", "DeleteOptions"}, {"propagationPolicy", "Background"}};
  if (!guard.uid.empty()) options["preconditions"]["uid"] = guard.uid;
  if (dry_run) options["dryRun"] = Json::array({"All"});
  return options;
}

/// `add` takes the place of what is there; a stale version is the lock's 409.
Json patch_of(const Guard& guard, const std::vector<std::pair<std::string, Json>>& members) {
  Json patch = Json::array({{{"op", "replace"},
                             {"path", "/metadata/resourceVersion"},
                             {"value", guard.resource_version}}});
  for (const auto& [path, value] : members)
    patch.push_back({{"op", "add"}, {"path", path}, {"value", value}});
  return patch;
}

Json patch_of(const TakeOver& take, const Guard& guard) {
  return patch_of(guard, {{"/metadata/managedFields", take.owners}});
}

/// Everything of the object that an apply of ours may change.
Json patch_of(const Replace& replace, const Guard& guard) {
  std::vector<std::pair<std::string, Json>> members;
  for (const auto& [name, value] : replace.object.items()) {
    const bool is_fixed =
        name == "apiVersion" || name == "kind" || name == "metadata" || name == "status";
    if (!is_fixed) members.emplace_back("/" + name, value);
  }
  for (const std::string_view map : {"labels", "annotations"}) {
    const Json* texts = find(replace.object, {"metadata", map});
    if (texts != nullptr) members.emplace_back(fmt::format("/metadata/{}", map), *texts);
  }
  return patch_of(guard, members);
}

Request json_patch(const Write& write, const Json& patch, bool dry_run,
                   std::chrono::milliseconds timeout) {
  return {"PATCH",
          with_query(url_path(write.ref),
                     {"fieldManager=" + escape_query(kManager), "fieldValidation=Strict",
                      dry_run ? "dryRun=All" : "", timeout_parameter(timeout)}),
          "application/json-patch+json", wire_json(patch)};
}

Request encode(const Write& write, bool dry_run, std::chrono::milliseconds timeout) {
  if (std::holds_alternative<Remove>(write.what)) {
    return {"DELETE", with_query(url_path(write.ref), {timeout_parameter(timeout)}),
            "application/json", dump(delete_options(write.guard, dry_run))};
  }
  if (const TakeOver* take = std::get_if<TakeOver>(&write.what))
    return json_patch(write, patch_of(*take, write.guard), dry_run, timeout);
  if (const Replace* replace = std::get_if<Replace>(&write.what))
    return json_patch(write, patch_of(*replace, write.guard), dry_run, timeout);
  const Apply& apply = std::get<Apply>(write.what);
  Json body = apply.body;
  if (!write.guard.uid.empty()) body["metadata"]["uid"] = write.guard.uid;
  if (!write.guard.resource_version.empty()) {
    body["metadata"]["resourceVersion"] = write.guard.resource_version;
  }
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

}  // namespace

std::string wire_json(const Json& json) { return dump_for_yaml(json); }

Request request_of(const Question& question, std::chrono::milliseconds timeout) {
  struct Encoder {
    std::chrono::milliseconds timeout;
    Request operator()(const Get& get) const {
      return {"GET", with_query(url_path(get.ref, get.version), {timeout_parameter(timeout)})};
    }
    Request operator()(const Exists& exists) const {
      Request request{"GET", with_query(url_path(exists.ref), {timeout_parameter(timeout)})};
      request.accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
      return request;
    }
    Request operator()(const List& list) const {
      const std::string selector =
          list.label_selector.empty() ? "" : "labelSelector=" + escape_query(list.label_selector);
      return {"GET",
              with_query(url_path(list.of, list.version), {selector, timeout_parameter(timeout)})};
    }
    Request operator()(const Preview& preview) const {
      return encode(preview.write, /*dry_run=*/true, timeout);
    }
    Request operator()(const MayI& may) const { return access_review(may, timeout); }
    Request operator()(const Version&) const {
      return {"GET", with_query("/version", {timeout_parameter(timeout)})};
    }
    Request operator()(const Served& served) const {
      return {"GET", with_query("/apis/" + served.group, {timeout_parameter(timeout)})};
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
