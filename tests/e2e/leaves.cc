#include "leaves.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "object/quantity.h"

namespace asmgw::e2e {
namespace {

const std::set<std::string> kOthers = {"status",
                                       "kind",
                                       "apiVersion",
                                       "metadata.managedFields",
                                       "metadata.resourceVersion",
                                       "metadata.generation",
                                       "metadata.uid",
                                       "metadata.creationTimestamp",
                                       "metadata.annotations[deployment.kubernetes.io/revision]",
                                       "spec.clusterIP",
                                       "spec.clusterIPs",
                                       "spec.healthCheckNodePort"};
const std::set<std::string> kTextMaps = {"labels", "annotations", "nodeSelector",
                                         "limits", "requests",    "matchLabels"};

std::string last_name(const std::string& path) { return path.substr(path.rfind('.') + 1); }

std::string below(const std::string& path, const std::string& name) {
  const bool is_plain = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-';
  });
  if (!is_plain) return path + "[" + name + "]";
  return path.empty() ? name : path + "." + name;
}

std::string text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// What tells the item of a list from the others; "" when nothing does.
std::string key_of(const std::string& list, const Json& item) {
  static const std::set<std::string> kNamed = {"containers", "initContainers", "env", "volumes"};
  if (!item.is_object()) return {};
  if (kNamed.contains(list) && item.contains("name")) return text(item["name"]);
  if (list == "volumeMounts" && item.contains("mountPath")) return text(item["mountPath"]);
  if (list != "ports") return {};
  const char* number = item.contains("containerPort") ? "containerPort" : "port";
  return item.contains(number) ? text(item[number]) + "/" + item.value("protocol", "TCP") : "";
}

void collect(const std::string& path, const Json& value, Leaves& leaves);

/// Is the list one with keys, each of them once?
bool collect_items(const std::string& path, const Json& list, Leaves& leaves) {
  std::vector<std::string> keys;
  for (const Json& item : list) keys.push_back(key_of(last_name(path), item));
  const std::set<std::string> unique(keys.begin(), keys.end());
  if (unique.size() != keys.size() || unique.contains("")) return false;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    collect(path + "[" + keys[i] + "]", list[i], leaves);
  }
  leaves.orders[path] = std::move(keys);
  return true;
}

void collect(const std::string& path, const Json& value, Leaves& leaves) {
  if (value.is_null() || kOthers.contains(path) || path.ends_with("].nodePort")) return;
  if (value.is_array()) {
    if (value.empty() || collect_items(path, value, leaves)) return;
  } else if (value.is_object()) {
    for (const auto& [name, member] : value.items()) collect(below(path, name), member, leaves);
    if (!value.empty() || kTextMaps.contains(last_name(path))) return;
  }
  leaves.values[path] = value;
}

bool is_within(const std::string& path, const std::string& above) {
  return path.starts_with(above) &&
         (path.size() == above.size() || path[above.size()] == '.' || path[above.size()] == '[');
}

bool is_same(const std::string& path, const Json& one, const Json& two) {
  if (one == two) return true;
  const bool is_amount = path.find(".resources.limits") != std::string::npos ||
                         path.find(".resources.requests") != std::string::npos;
  return is_amount && one.is_string() && two.is_string() &&
         same_quantity(one.get<std::string>(), two.get<std::string>());
}

/// The names in a path, but those that are in every pod template's; an item's key also whole.
std::set<std::string> names_in(const std::string& path) {
  static const std::set<std::string> kEverywhere = {"spec", "template", "metadata", "", "TCP"};
  std::set<std::string> names;
  std::string name, key;
  for (const char c : path + ".") {
    if (c != '[') key += c;
    if (c == '[') key.clear();
    if (c == ']') names.insert(key.substr(0, key.size() - 1));
    if (std::string_view(".[]/").find(c) == std::string_view::npos) {
      name += c;
      continue;
    }
    if (!kEverywhere.contains(name)) names.insert(name);
    name.clear();
  }
  return names;
}

}  // namespace

Leaves leaves_of(const Json& object) {
  Leaves leaves;
  if (!object.is_null()) collect("", object, leaves);
  leaves.values.erase("");
  return leaves;
}

Leaves with_changes(Leaves leaves, const Json& fields) {
  for (const Json& field : fields) {
    const std::string path = field["path"];
    if (field["op"] == "reorder") {
      leaves.orders[path] = field["after"].get<std::vector<std::string>>();
      continue;
    }
    std::erase_if(leaves.values, [&](const auto& leaf) {
      const bool is_filled = leaf.second == Json::object() && is_within(path, leaf.first);
      return is_filled || is_within(leaf.first, path);
    });
    if (field.contains("after")) collect(path, field["after"], leaves);
  }
  return leaves;
}

std::vector<std::string> changed(const Leaves& one, const Leaves& two) {
  std::vector<std::string> places;
  for (const auto& [path, value] : one.values) {
    const auto other = two.values.find(path);
    if (other == two.values.end() || !is_same(path, value, other->second)) places.push_back(path);
  }
  for (const auto& [path, value] : two.values) {
    if (!one.values.contains(path)) places.push_back(path);
  }
  return places;
}

std::vector<std::string> reordered(const Leaves& one, const Leaves& two) {
  std::vector<std::string> lists;
  for (const auto& [path, keys] : one.orders) {
    const auto other = two.orders.find(path);
    if (other == two.orders.end()) continue;
    const auto common = [](std::vector<std::string> of, const std::vector<std::string>& with) {
      std::erase_if(of, [&](const std::string& key) {
        return std::find(with.begin(), with.end(), key) == with.end();
      });
      return of;
    };
    if (common(keys, other->second) != common(other->second, keys)) lists.push_back(path);
  }
  return lists;
}

std::string astray(const Json& field, const std::vector<std::string>& lines) {
  const auto line = field["origin"].value("line", std::size_t{0});
  if (line == 0 || line > lines.size()) return "no line";
  std::set<std::string> names = names_in(field["origin"].value("field", ""));
  names.merge(names_in(field["path"]));
  if (field["op"] == "reorder") names.insert("mountPath");  // where a volume is not yet named
  const std::size_t end = std::min(lines.size(), lines[line - 1].ends_with("{") ? line + 30 : line);
  for (std::size_t i = line - 1; i < end; ++i) {
    for (const std::string& name : names) {
      const bool is_there = lines[i].find("\"" + name) != std::string::npos ||
                            lines[i].find("/" + name + "\"") != std::string::npos;
      if (is_there) return "";
    }
  }
  return fmt::format("line {} holds no name of it: {}", line, lines[line - 1]);
}

}  // namespace asmgw::e2e
