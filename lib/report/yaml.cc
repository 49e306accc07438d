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

/// Text of several lines that can stand as a block: nothing in it must be escaped, and no line ends
/// in a space.
bool is_block_text(const Json& json) {
  if (!json.is_string()) return false;
  const std::string& text = json.get_ref<const std::string&>();
  if (text.find('\n') == std::string::npos || text.front() == ' ' || text.front() == '\n') {
    return false;
  }
  const auto is_control = [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7F; };
  return std::none_of(text.begin(), text.end(), is_control) && text.back() != ' ' &&
         text.find(" \n") == std::string::npos &&
         dump_for_yaml(json).find("\\u") == std::string::npos;
}

/// `|`, and each line indented.
std::string block_text(std::string_view text, const std::string& indent) {
  std::string block = !text.ends_with('\n') ? "|-\n" : text.ends_with("\n\n") ? "|+\n" : "|\n";
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    block += (line.empty() ? "" : indent) + std::string(line) + "\n";
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return block;
}

void write(const Json& json, const std::string& indent, std::string& text);

void write_value(const Json& value, const std::string& indent, std::string& text) {
  const bool is_block = (value.is_object() || value.is_array()) && !value.empty();
  if (is_block_text(value)) {
    text += " " + block_text(value.get_ref<const std::string&>(), indent + "  ");
    return;
  }
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
  } else if (is_block_text(json)) {
    text += indent + block_text(json.get_ref<const std::string&>(), indent + "  ");
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
