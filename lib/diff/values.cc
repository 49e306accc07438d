#include "diff/values.h"

#include <algorithm>
#include <array>
#include <set>

#include "object/quantity.h"

namespace asmgw {
namespace {

// metadata that the server keeps for itself
constexpr std::array<std::string_view, 6> kServerMetadata = {
    "managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink"};

constexpr std::array<std::string_view, 6> kStringMaps = {"labels", "annotations", "nodeSelector",
                                                         "limits", "requests",    "matchLabels"};

bool is_empty(const Path& path, const Json* value) {
  if (value == nullptr || value->is_null()) return true;
  if (!value->empty() || path.steps.empty()) return false;
  return value->is_array() || (value->is_object() && is_string_map(path.steps.back().text));
}

template <class Items>
bool has_duplicates(const Items& items) {
  std::set<std::string_view> keys;
  for (const auto& [key, item] : items) {
    if (!keys.insert(key).second) return true;
  }
  return false;
}

class Comparison {
 public:
  Comparison(const Kind& kind, Hidden& hidden) : kind_(kind), hidden_(hidden) {}

  void compare(const Path& path, const Json* before, const Json* after) {
    if (is_empty(path, before) && is_empty(path, after)) {
      if ((before == nullptr) != (after == nullptr)) hide("empty", path, before, after);
      return;
    }
    if (before != nullptr && after != nullptr && *before == *after) return;
    const bool objects =
        (before == nullptr || before->is_object()) && (after == nullptr || after->is_object());
    const bool arrays =
        (before == nullptr || before->is_array()) && (after == nullptr || after->is_array());
    const bool is_item = !path.steps.empty() && path.steps.back().kind == PathStep::Kind::Key;
    if (objects && (before != nullptr && after != nullptr ? true : !is_item)) {
      compare_objects(path, before, after);
    } else if (arrays && identity_at(path) != nullptr) {
      compare_lists(path, *identity_at(path), before, after);
    } else if (before != nullptr && after != nullptr && is_quantity(path) && before->is_string() &&
               after->is_string() &&
               same_quantity(before->get<std::string>(), after->get<std::string>())) {
      hide("spelling", path, before, after);
    } else {
      add(path, before, after);
    }
  }

  std::vector<FieldChange> take() { return std::move(changes_); }

 private:
  const ListIdentity* identity_at(const Path& path) const {
    if (path.steps.empty() || path.steps.back().kind != PathStep::Kind::Field) return nullptr;
    return list_identity(kind_, path.steps.back().text);
  }

  void add(const Path& path, const Json* before, const Json* after) {
    changes_.push_back(change_of(path, before, after));
  }

  void hide(const std::string& reason, const Path& path, const Json* before, const Json* after) {
    hidden_[reason].push_back(change_of(path, before, after));
  }

  /// Values of the server's own that changed. An object that is read and then foreseen has both.
  void hide_servers_own(const Path& path, const std::string& name, const Json* before,
                        const Json* after) {
    if (before == nullptr || after == nullptr || *before == *after) return;
    const std::string reason = name == "creationTimestamp" ? "timestamps" : name;
    hide(reason, path / name, before, after);
    FieldChange& change = hidden_[reason].back();
    if (before->is_structured()) change.before.reset();
    if (after->is_structured()) change.after.reset();
  }

  static FieldChange change_of(const Path& path, const Json* before, const Json* after) {
    FieldChange change;
    change.path = path;
    if (before != nullptr) change.before = *before;
    if (after != nullptr) change.after = *after;
    change.op = before == nullptr  ? FieldChange::Op::Add
                : after == nullptr ? FieldChange::Op::Remove
                                   : FieldChange::Op::Change;
    return change;
  }

  void compare_objects(const Path& path, const Json* before, const Json* after) {
    const Json none = Json::object();
    const Json& old_members = before != nullptr ? *before : none;
    const Json& new_members = after != nullptr ? *after : none;
    if (old_members.empty() && new_members.empty()) return add(path, before, after);
    const std::size_t shown = changes_.size();
    std::set<std::string> names;
    for (const auto& [name, value] : old_members.items()) names.insert(name);
    for (const auto& [name, value] : new_members.items()) names.insert(name);
    for (const std::string& name : names) {
      if (is_servers_own(path, name)) {
        hide_servers_own(path, name, find(old_members, {name}), find(new_members, {name}));
        continue;
      }
      compare(path / name, find(old_members, {name}), find(new_members, {name}));
    }
    // an object that comes or goes is a value, though all in it counts as absent
    const bool is_one_sided = before == nullptr || after == nullptr;
    if (is_one_sided && changes_.size() == shown) add(path, before, after);
  }

  static bool is_servers_own(const Path& path, const std::string& name) {
    if (path.steps.empty()) return name == "status";
    return path.steps.size() == 1 && path.steps[0].text == "metadata" &&
           std::find(kServerMetadata.begin(), kServerMetadata.end(), name) != kServerMetadata.end();
  }

  static Json keys_of(const ListIdentity& identity, const Json& item) {
    Json keys = Json::object();
    for (const std::string_view key : identity.keys) {
      if (key.empty()) continue;
      const Json* value = find(item, {key});
      // an absent protocol is TCP
      keys[std::string(key)] = value != nullptr ? *value : key == "protocol" ? Json("TCP") : Json();
    }
    return keys;
  }

  void compare_lists(const Path& path, const ListIdentity& identity, const Json* before,
                     const Json* after) {
    std::vector<std::pair<std::string, const Json*>> old_items, new_items;
    const auto collect = [&](const Json* list, auto& items) {
      if (list == nullptr) return;
      for (const Json& item : *list) items.emplace_back(dump(keys_of(identity, item)), &item);
    };
    collect(before, old_items);
    collect(after, new_items);
    // a key that stands twice (a live env may) tells no item apart: the list is one value
    if (has_duplicates(old_items) || has_duplicates(new_items)) return add(path, before, after);
    const auto item_in = [](const auto& items, const std::string& keys) -> const Json* {
      for (const auto& [candidate, item] : items) {
        if (candidate == keys) return item;
      }
      return nullptr;
    };
    std::vector<std::string> old_order, new_order;
    for (const auto& [keys, item] : old_items) {
      if (item_in(new_items, keys) != nullptr) old_order.push_back(keys);
      compare(path / PathStep{PathStep::Kind::Key, keys}, item, item_in(new_items, keys));
    }
    for (const auto& [keys, item] : new_items) {
      if (item_in(old_items, keys) != nullptr) {
        new_order.push_back(keys);
      } else {
        compare(path / PathStep{PathStep::Kind::Key, keys}, nullptr, item);
      }
    }
    if (old_order != new_order) add_reorder(path, old_order, new_order);
  }

  void add_reorder(const Path& path, const std::vector<std::string>& before,
                   const std::vector<std::string>& after) {
    const auto names = [](const std::vector<std::string>& order) {
      Json list = Json::array();
      for (const std::string& keys : order) {
        const std::string text = to_string(PathStep{PathStep::Kind::Key, keys});
        list.push_back(text.substr(1, text.size() - 2));  // without the brackets
      }
      return list;
    };
    const Json old_names = names(before), new_names = names(after);
    add(path, &old_names, &new_names);
    changes_.back().op = FieldChange::Op::Reorder;
  }

  const Kind& kind_;
  Hidden& hidden_;
  std::vector<FieldChange> changes_;
};

}  // namespace

bool is_string_map(std::string_view name) {
  return std::find(kStringMaps.begin(), kStringMaps.end(), name) != kStringMaps.end();
}

bool is_quantity(const Path& path) {
  if (path.steps.size() < 3) return false;
  const std::string& list = path.steps[path.steps.size() - 2].text;
  return path.steps[path.steps.size() - 3].text == "resources" &&
         (list == "limits" || list == "requests");
}

std::vector<FieldChange> differences(const Kind& kind, const Json& before, const Json& after,
                                     Hidden& hidden) {
  Comparison comparison(kind, hidden);
  comparison.compare({}, &before, &after);
  return comparison.take();
}

}  // namespace asmgw
