// What does an object say, place by place? Read anew from plain JSON, so that what is predicted is
// judged by something else than what predicted it.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace asmgw::e2e {

using Json = nlohmann::json;

/// An object's values by their place (`spec.ports[443/TCP].targetPort`), without those that the
/// server and the controllers keep for themselves; and the order of the lists whose items have
/// keys.
struct Leaves {
  std::map<std::string, Json> values;
  std::map<std::string, std::vector<std::string>> orders;
};

Leaves leaves_of(const Json& object);

/// The same with `fields` changed: those of an object in the record of `diff -o json`.
Leaves with_changes(Leaves leaves, const Json& fields);

/// The places whose values differ; an amount is the same in every spelling.
std::vector<std::string> changed(const Leaves& one, const Leaves& two);

/// The lists whose common items stand in another order.
std::vector<std::string> reordered(const Leaves& one, const Leaves& two);

/// Why a manifest's origin does not lead to the field; "" when it does: its line, or where an item
/// of a list begins there the first lines of that, holds a name of the field, or of the object's
/// field when the manifest's is a whole value.
std::string astray(const Json& field, const std::vector<std::string>& lines);

}  // namespace asmgw::e2e
