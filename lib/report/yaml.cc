#include "report/yaml.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace asmgw {
namespace {

// Words that some YAML reader takes for something other than text.
constexpr std::array<std::string_view, 12> kWords = {"true", "false", "yes", "no", "on",   "off",
                                                     "null", "~",     "y",   "n",  ".inf", ".nan"};

/// Plain text only where no reader can take it for anything else.
bool is_plain(const std::string& text) {
  if (text.empty() || text.front() == '-' || text.back() == ':') return false;
  const bool starts_as_text =
      std::isalpha(static_cast<unsigned char>(text[0])) != 0 || text[0] == '/' || text[0] == '_';
  if (!starts_as_text) return false;
  std::string lower;
  for (const char c : text) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (std::find(kWords.begin(), kWords.end(), lower) != kWords.end()) return false;
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '/' || c == '_' || c == '-';
  });
}

std::string scalar(const Json& json) {
  if (json.is_string() && is_plain(json.get_ref<const std::string&>())) {
    return json.get<std::string>();
  }
  return dump_for_yaml(json);
}

void write(const Json& json, const std::string& indent, std::string& text);

void write_value(const Json& value, const std::string& indent, std::string& text) {
  const bool is_block = (value.is_object() || value.is_array()) && !value.empty();
  if (!is_block) {
    text += " " + scalar(value) + "\n";
    return;
  }
  text += "\n";
  write(value, value.is_array() ? indent : indent + "  ", text);
}

void write(const Json& json, const std::string& indent, std::string& text) {
  if (json.is_object() && !json.empty()) {
    for (const auto& [key, value] : json.items()) {
      text += indent + scalar(Json(key)) + ":";
      write_value(value, indent, text);
    }
  } else if (json.is_array() && !json.empty()) {
    for (const Json& item : json) {
      std::string block;
      write(item, indent + "  ", block);
      if (!block.starts_with(indent + "  ")) block.insert(0, indent + "  ");
      text += indent + "- " + block.substr(indent.size() + 2);
    }
  } else {
    text += indent + scalar(json) + "\n";
  }
}

}  // namespace

std::string to_yaml(const Json& json) {
  std::string text;
  write(json, "", text);
  return text;
}

}  // namespace asmgw
