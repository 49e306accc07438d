#include "render/body.h"

#include <algorithm>

#include "base/error.h"
#include "object/kinds.h"

namespace asmgw {
namespace {

/// The item with these keys; made at the end when the list has none.
Json& item_of(Json& list, const Json& keys) {
  if (list.is_null()) list = Json::array();
  for (Json& candidate : list) {
    const bool fits = std::all_of(keys.items().begin(), keys.items().end(), [&](const auto& key) {
      return candidate.contains(key.key()) && candidate[key.key()] == key.value();
    });
    if (fits) return candidate;
  }
  list.push_back(keys);
  return list.back();
}

Json& place(Json& json, const Path& path) {
  Json* at = &json;
  for (const PathStep& step : path.steps) {
    switch (step.kind) {
      case PathStep::Kind::Field:
        at = &(*at)[step.text];
        break;
      case PathStep::Kind::Key:
        at = &item_of(*at, Json::parse(step.text));
        break;
      case PathStep::Kind::Value:
      case PathStep::Kind::Index:
        ASMGW_BUG("a body is written by fields and keys only");
    }
  }
  return *at;
}

}  // namespace

Origin built_in() { return Origin{}; }

Origin from_field(const EffectiveGateway& gateway, const Range& at, std::string field) {
  Origin origin;
  origin.field = std::move(field);
  origin.kind = at.source != nullptr ? Origin::Kind::Manifest : Origin::Kind::Default;
  if (at.source != nullptr) origin.at = at;
  origin.from_override = is_overridden(gateway, at);
  return origin;
}

Origin from_config(const Range& at, std::string field) {
  if (at.source == nullptr) return built_in();
  return {.kind = Origin::Kind::Config, .field = std::move(field), .at = at};
}

PathStep item(std::string_view key, const Json& value) {
  return item(Json{{std::string(key), value}});
}

PathStep item(const Json& keys) { return {PathStep::Kind::Key, dump(keys)}; }

Body::Body(const EffectiveGateway& gateway, const Fit& fit, std::string group, std::string kind,
           std::string name, std::string ns) {
  object_.ref = {std::move(group), std::move(kind), ns.empty() ? gateway.ns : std::move(ns),
                 std::move(name)};
  object_.gateway = gateway.name;
  json_["apiVersion"] = api_version(kind_of(object_.ref));
  json_["kind"] = object_.ref.kind;
  json_["metadata"]["name"] = object_.ref.name;
  json_["metadata"]["namespace"] = object_.ref.ns;
  const Path labels = fields({"metadata", "labels"});
  set(labels / "asmgw/gateway", gateway.name, built_in());
  if (!is_own(fit, object_.ref)) return;
  set(labels / "app", "istio-" + gateway.name, built_in());
  set(labels / "istio", gateway.name, built_in());
  set(labels / "app.kubernetes.io/managed-by", "kubectl-asmgw", built_in());
}

void Body::set(const Path& path, Json value, Origin origin) {
  Json& at = place(json_, path);
  if (at.is_object() && value.is_object()) {
    at.update(value);  // a list item that holds its keys already
  } else {
    at = std::move(value);
  }
  object_.origins[path] = std::move(origin);
}

void Body::leave_out(const Path& path, Origin origin) { object_.origins[path] = std::move(origin); }

DesiredObject Body::finish() && {
  object_.body = std::move(json_);
  return std::move(object_);
}

}  // namespace asmgw
