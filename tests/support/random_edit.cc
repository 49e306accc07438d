#include "tests/support/random_edit.h"

#include <algorithm>
#include <vector>

#include "tests/support/dice.h"

namespace asmgw::test {
namespace {

/// The same amount twice, in spellings that the server keeps apart or not.
const std::vector<std::pair<Json, Json>> kSpellings = {
    {"2", "2000m"},      {2, "2.0"},           {"500m", "0.5"},    {"100m", "0.1"},
    {"1", "1000m"},      {"10m", "0.01"},      {"1e0", "1"},       {"2000m", 2},
    {"1500m", "1.5"},    {"256Mi", 268435456}, {"0.5Gi", "512Mi"}, {"2G", "2e9"},
    {"1Gi", "1024Mi"},   {"1.5G", "1500M"},    {"2048Mi", "2Gi"},  {"129e6", "129M"},
    {"16Mi", "16384Ki"}, {"20M", "20000k"},    {"1024Mi", "1Gi"},  {"0.1", "100m"}};

class Editor {
 public:
  Editor(Json manifest, const Json& other, const std::string& overridden, std::uint32_t seed)
      : manifest_(std::move(manifest)), other_(other), overridden_(overridden), dice_(seed) {}

  Json result() && { return std::move(manifest_); }

  void change() {
    Json& spec = manifest_["spec"];
    switch (dice_.between(0, 9)) {
      case 0:
      case 1:
        return take_into(spec);
      case 2:
        return drop(spec, {"clusterIds", "ports", "overrides"});
      case 3:
        return reorder(pick(lists(spec)));
      case 4:
        return respell(spec);
      case 5:
        return take_into(spec["overrides"][overridden_]);
      case 6:
        if (spec.contains("overrides")) drop(spec["overrides"], {});
        return;
      case 7:
      case 8:
        return touch(pick(leaves(spec)));
      default:
        return dice_.chance(50) ? remove_in(pick(nodes(spec)))
                                : manifest_["metadata"]["annotations"].merge_patch(
                                      other_["metadata"]["annotations"]);
    }
  }

 private:
  using Places = std::vector<Json*>;

  Json* pick(const Places& places) { return places.empty() ? nullptr : dice_.pick(places); }

  std::string name_in(const Json& object, const std::vector<std::string>& but) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.items()) {
      if (std::find(but.begin(), but.end(), name) == but.end()) names.push_back(name);
    }
    return names.empty() ? "" : dice_.pick(names);
  }

  void take_into(Json& place) {
    const std::string name = name_in(other_["spec"], {"clusterIds", "overrides"});
    place[name] = other_["spec"][name];
  }

  void drop(Json& place, const std::vector<std::string>& but) {
    const std::string name = name_in(place, but);
    if (!name.empty()) place.erase(name);
  }

  /// All values below that `wanted` wants; the scaffold of the manifest is left out.
  static void collect(Json& value, const std::function<bool(const Json&)>& wanted, Places& places) {
    if (wanted(value)) places.push_back(&value);
    if (!value.is_structured()) return;
    for (const auto& member : value.items()) {
      if (!value.is_object() || member.key() != "clusterIds") {
        collect(value.is_object() ? value[member.key()] : member.value(), wanted, places);
      }
    }
  }
  static Places lists(Json& spec) {
    Places places;
    collect(
        spec, [](const Json& value) { return value.is_array() && value.size() > 1; }, places);
    return places;
  }
  static Places nodes(Json& spec) {
    Places places;
    collect(
        spec, [](const Json& value) { return value.is_structured() && !value.empty(); }, places);
    return places;
  }
  static Places leaves(Json& spec) {
    Places places;
    collect(
        spec, [](const Json& value) { return value.is_primitive(); }, places);
    return places;
  }

  void reorder(Json* list) {
    if (list == nullptr) return;
    std::rotate(list->begin(), list->begin() + dice_.between(1, std::ssize(*list) - 1),
                list->end());
  }

  void respell(Json& spec) {
    for (Json* leaf : leaves(spec)) {
      for (const auto& [one, two] : kSpellings) {
        if (*leaf != one || !dice_.chance(60)) continue;
        *leaf = two;
        break;
      }
    }
  }

  void touch(Json* leaf) {
    if (leaf == nullptr) return;
    if (leaf->is_boolean()) {
      *leaf = !leaf->get<bool>();
    } else if (leaf->is_number_integer()) {
      *leaf = leaf->get<std::int64_t>() + dice_.between(-1, 2);
    } else if (leaf->is_string()) {
      *leaf = dice_.chance(30) ? Json("") : Json(leaf->get<std::string>() + "x");
    }
  }

  void remove_in(Json* node) {
    if (node == nullptr) return;
    if (node->is_array())
      return node->erase(static_cast<std::size_t>(dice_.between(0, std::ssize(*node) - 1)));
    const std::string name = name_in(*node, {"clusterIds", "ports"});
    if (!name.empty()) node->erase(name);
  }

  Json manifest_;
  const Json& other_;
  std::string overridden_;
  Dice dice_;
};

}  // namespace

Json random_edit(const Json& manifest, const Json& other, const std::string& overridden,
                 std::uint32_t seed, const std::function<bool(const Json&)>& is_valid) {
  Dice dice(seed);
  if (dice.chance(5)) return manifest;
  const auto changes = dice.chance(60) ? 1 : dice.between(2, dice.chance(80) ? 3 : 8);
  for (std::uint32_t attempt = 1; attempt < 50; ++attempt) {
    Editor editor(manifest, other, overridden, seed * 50 + attempt);
    for (auto i = changes; i > 0; --i) editor.change();
    Json edited = std::move(editor).result();
    if (edited != manifest && is_valid(edited)) return edited;
  }
  return manifest;
}

}  // namespace asmgw::test
