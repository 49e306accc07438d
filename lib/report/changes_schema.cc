#include "report/changes_schema.h"

#include <initializer_list>
#include <string_view>
#include <utility>

#include "report/json.h"

namespace asmgw {
namespace {

struct Member {
  std::string_view name;
  Json schema;
  bool required = true;
};

Member maybe(std::string_view name, Json schema) { return {name, std::move(schema), false}; }

Json text() { return {{"type", "string"}}; }
Json count() { return {{"type", "integer"}, {"minimum", 0}}; }
Json anything() { return Json::object(); }
Json is_false() { return {{"enum", Json::array({false})}}; }
Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }
Json reference(std::string_view name) { return {{"$ref", "#/definitions/" + std::string(name)}}; }

Json one_of(std::initializer_list<std::string_view> words) {
  Json schema{{"type", "string"}, {"enum", Json::array()}};
  for (const std::string_view word : words) schema["enum"].push_back(word);
  return schema;
}

/// Makes objects that are closed, or open.
class Schemas {
 public:
  explicit Schemas(bool closed) : closed_(closed) {}

  Json object(std::initializer_list<Member> members) const {
    Json schema{{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
    for (const Member& member : members) {
      schema["properties"][std::string(member.name)] = member.schema;
      if (member.required) schema["required"].push_back(member.name);
    }
    if (closed_) schema["additionalProperties"] = false;
    return schema;
  }

  Json finding() const {
    return object(
        {{"code", text()},
         {"severity", one_of({"note", "warning", "disruptive", "destructive", "error", "refused"})},
         {"message", text()},
         maybe("why", text()),
         maybe("hint", text()),
         maybe("server", text()),
         maybe("file", text()),
         maybe("line", count()),
         maybe("column", count()),
         maybe("fields", list_of(count()))});
  }

  /// Of a field; a cause of a restart has the field's index in place of the manifest's name.
  Json origin(Json field) const {
    return object({{"kind", one_of({"manifest", "config", "default", "built-in", "server", "drift",
                                    "webhook", "gone"})},
                   maybe("field", std::move(field)),
                   maybe("layer", one_of({"base", "override"})),
                   maybe("file", text()),
                   maybe("line", count()),
                   maybe("column", count())});
  }

  Json field() const {
    return object({{"path", text()},
                   {"op", one_of({"add", "change", "remove", "reorder"})},
                   maybe("before", anything()),
                   maybe("after", anything()),
                   {"origin", origin(text())},
                   maybe("decided", is_false())});
  }

  Json arithmetic() const {
    const Json part = object({{"value", text()}, {"pods", count()}});
    const Json amount = object({{"now", text()}, {"peak", text()}, {"after", text()}});
    return object({{"replicas", count()},
                   {"surge", part},
                   {"unavailable", part},
                   {"podsReplaced", count()},
                   {"floorReady", count()},
                   {"peakPods", count()},
                   {"waves", count()},
                   maybe("requests", object({maybe("cpu", amount), maybe("memory", amount)}))});
  }

  Json restart() const {
    return object({{"predicted", one_of({"yes", "no", "unknown"})},
                   maybe("why", text()),
                   maybe("causes", list_of(origin(count()))),
                   maybe("arithmetic", arithmetic())});
  }

  Json ownership() const {
    return object({{"path", text()},
                   {"kind", one_of({"conflict", "left-over", "adopt-needed", "reverted-by"})},
                   {"manager", text()},
                   maybe("operation", text()),
                   maybe("since", text()),
                   maybe("resolve", list_of(text()))});
  }

  Json hidden() const {
    const Json difference = object({{"path", text()},
                                    {"reason", text()},
                                    maybe("before", anything()),
                                    maybe("after", anything())});
    return object({{"total", count()},
                   {"byReason", {{"type", "object"}, {"additionalProperties", count()}}},
                   maybe("differences", list_of(difference))});
  }

  /// An object that does not change has only the first members.
  Json changed_object() const {
    const Json handover = object({{"to", one_of({"autoscaler", "others", "manifest"})},
                                  {"replicas", count()},
                                  {"steps", count()}});
    return object({{"gateway", text()},
                   {"apiVersion", text()},
                   {"kind", text()},
                   {"namespace", text()},
                   {"name", text()},
                   {"action", one_of({"create", "update", "delete", "unchanged", "conflict",
                                      "refused", "unknown", "handover"})},
                   maybe("style", one_of({"whole", "overlay"})),
                   maybe("handover", handover),
                   maybe("fields", list_of(reference("field"))),
                   maybe("restart", restart()),
                   maybe("risks", list_of(reference("finding"))),
                   maybe("ownership", list_of(ownership())),
                   maybe("hidden", hidden())});
  }

  Json cluster() const {
    return object({{"id", text()},
                   {"context", text()},
                   {"server", text()},
                   {"state", one_of({"compared", "partial", "unreachable", "forbidden", "error"})},
                   maybe("group", text()),
                   {"objects", list_of(reference("object"))},
                   maybe("error", reference("finding")),
                   maybe("notes", list_of(reference("finding")))});
  }

  Json summary() const {
    const Json state = one_of({"compared", "partial", "unreachable", "forbidden", "error"});
    return object(
        {{"clusters", object({{"total", count()},
                              {"compared", count()},
                              {"partial", count()},
                              {"unread", count()},
                              maybe("controlPlane", state)})},
         {"objects", object({{"create", count()},
                             {"update", count()},
                             {"delete", count()},
                             {"unchanged", count()},
                             {"blocked", count()},
                             {"unknown", count()}})},
         {"restarts",
          object({{"rollouts", count()}, {"pods", count()}, maybe("lowestFloor", count())})},
         {"risks", object({{"note", count()},
                           {"warning", count()},
                           {"disruptive", count()},
                           {"destructive", count()}})},
         {"gatesNeeded", list_of(one_of({"allow-restart", "allow-destructive"}))},
         {"gatesMet", list_of(text())},
         {"sentence", text()}});
  }

 private:
  bool closed_;
};

}  // namespace

Json changes_schema(bool closed) {
  const Schemas schemas(closed);
  const Json input = schemas.object({{"file", text()}, {"digest", text()}});
  const Json gateway = schemas.object(
      {{"name", text()}, {"namespace", text()}, {"file", text()}, {"line", count()}});
  Json schema = schemas.object({{"apiVersion", one_of({kApiVersion})},
                                {"kind", one_of({"GatewayDiff"})},
                                {"tool", text()},
                                maybe("mode", one_of({"local", "against", "through-mesh"})),
                                {"inputs", list_of(input)},
                                {"gateways", list_of(gateway)},
                                {"diagnostics", list_of(reference("finding"))},
                                {"clusters", list_of(reference("cluster"))},
                                {"summary", schemas.summary()},
                                {"exitCode", count()}});
  schema["$schema"] = "http://json-schema.org/draft-07/schema#";
  schema["title"] = "What kubectl asmgw diff -o json prints";
  schema["definitions"] = {{"finding", schemas.finding()},
                           {"field", schemas.field()},
                           {"object", schemas.changed_object()},
                           {"cluster", schemas.cluster()}};
  return schema;
}

}  // namespace asmgw
