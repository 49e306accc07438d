#include "cmd/explain_topic.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/codes.h"
#include "base/edit_distance.h"
#include "base/error.h"
#include "cmd/all_codes.h"

namespace asmgw::cmd {
namespace {

[[noreturn]] void usage(std::string message, std::string hint) {
  throw Error(finding(kUsage, std::move(message), std::move(hint)));
}

/// `spec.ports[https].targetPort` → `ports.targetPort`; an annotation's name stays as it is.
std::string normal_path(std::string word) {
  for (const std::string_view above : {"metadata.annotations.", "metadata.annotations", "spec."}) {
    if (!word.starts_with(above)) continue;
    word.erase(0, above.size());
    if (above.ends_with('s') && word.starts_with('[') && word.ends_with(']')) {
      return word.substr(1, word.size() - 2);
    }
    break;
  }
  std::string path;
  int depth = 0;
  for (const char c : word) {
    if (c == '[') ++depth;
    if (depth == 0) path += c;
    if (c == ']') --depth;
  }
  return path;
}

/// Is `name` the last part of the path: `window_bits`, `gzip.window_bits`?
bool ends_in(const std::string& path, const std::string& name) {
  if (!path.ends_with(name) || path.size() == name.size()) return false;
  const char before = path[path.size() - name.size() - 1];
  return before == '.' || before == '/';
}

/// `kernel.parameters.vm.swappiness`, `vm.swappiness`: a key of a map.
bool is_key_of(const FieldPlace& place, const std::string& path) {
  const FieldView& field = *place.chain.back();
  if (field.type.form != FieldForm::MapOfText) return false;
  const auto names = [&](std::string_view key) {
    return path == key || path == fmt::format("{}.{}", place.path, key);
  };
  return std::any_of(field.doc.words.begin(), field.doc.words.end(), names);
}

std::vector<FieldPlace> all_places(const FieldLists& lists) {
  std::vector<FieldPlace> places = places_of(lists.spec);
  for (FieldPlace& place : places_of(lists.annotations)) places.push_back(std::move(place));
  return places;
}

/// The field of that path, else the one whose path ends so; nullptr when there is none.
const FieldPlace* find_field(const std::string& path, const std::vector<FieldPlace>& places) {
  std::vector<const FieldPlace*> found;
  for (const FieldPlace& place : places) {
    if (place.path == path || is_key_of(place, path)) return &place;
    if (ends_in(place.path, path)) found.push_back(&place);
  }
  if (found.size() < 2) return found.empty() ? nullptr : found.front();
  constexpr std::size_t kShown = 6;
  std::string paths;
  for (std::size_t i = 0; i < std::min(found.size(), kShown); ++i) {
    paths += (i == 0 ? "" : ", ") + found[i]->path;
  }
  usage(fmt::format("{} fields are called \"{}\"", found.size(), path),
        fmt::format("one of {}{}", paths, found.size() > kShown ? ", …" : ""));
}

[[noreturn]] void refuse(const std::string& word, const std::string& path,
                         const std::vector<FieldPlace>& places) {
  std::vector<std::string_view> names = {"overrides", "annotations", "codes"};
  for (const FieldPlace& place : places) names.push_back(place.path);
  for (const FieldPlace& place : places) names.push_back(place.chain.back()->name);
  for (const PlacedCode& code : all_codes()) names.push_back(code.code->name);
  const std::string near = nearest(path, names);
  usage(fmt::format("no field and no code \"{}\"", word),
        near.empty() ? "all fields: kubectl asmgw explain\nall codes:  kubectl asmgw explain codes"
                     : fmt::format("did you mean {}?", near));
}

}  // namespace

Topic find_topic(const std::string& word, const FieldLists& lists) {
  const std::string path = normal_path(word);
  if (word.empty() || word == "spec") return EveryField{};
  if (path == "overrides") return OverrideRules{};
  if (word == "annotations" || word == "metadata.annotations") return EveryAnnotation{};
  if (word == "codes") return EveryCode{};
  for (const PlacedCode& code : all_codes()) {
    if (code.code->name == word) return code;
  }
  const std::vector<FieldPlace> places = all_places(lists);
  const FieldPlace* field = find_field(path, places);
  if (field != nullptr) return *field;
  refuse(word, path, places);
}

}  // namespace asmgw::cmd
