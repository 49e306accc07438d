#include "gateway/kubernetes_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/in_quotes.h"
#include "gateway/codes.h"

namespace asmgw {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_lower(c) || is_upper(c) || is_digit(c); }
bool is_lower_or_digit(char c) { return is_lower(c) || is_digit(c); }
bool is_name_part(char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; }

bool all_of(std::string_view text, bool (*is_good)(char)) {
  return std::all_of(text.begin(), text.end(), is_good);
}

/// One part of a DNS name, of any length.
bool is_dns_part(std::string_view text) {
  return !text.empty() && is_lower_or_digit(text.front()) && is_lower_or_digit(text.back()) &&
         all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

/// The name of a label, without its prefix.
bool is_label_name(std::string_view text) {
  return !text.empty() && text.size() <= 63 && is_alphanumeric(text.front()) &&
         is_alphanumeric(text.back()) && all_of(text, is_name_part);
}

}  // namespace

bool is_label_key(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return is_label_name(text);
  return is_dns_name(text.substr(0, slash)) && is_label_name(text.substr(slash + 1));
}

bool is_annotation_key(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return is_label_key(lower);
}

bool is_label_value(std::string_view text) { return text.empty() || is_label_name(text); }

bool is_dns_label(std::string_view text) { return text.size() <= 63 && is_dns_part(text); }

bool is_dns_name(std::string_view text) {
  if (text.size() > 253) return false;
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_dns_part(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_env_name(std::string_view text) {
  return !text.empty() && all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '='; });
}

bool is_port_name(std::string_view text) {
  return !text.empty() && text.size() <= 15 && text.front() != '-' && text.back() != '-' &&
         text.find("--") == std::string_view::npos &&
         all_of(text, [](char c) { return is_lower_or_digit(c) || c == '-'; }) &&
         std::any_of(text.begin(), text.end(), is_lower);
}

bool is_config_key(std::string_view text) {
  return !text.empty() && text.size() <= 253 && text != "." && !text.starts_with("..") &&
         all_of(text, is_name_part);
}

bool is_header_name(std::string_view text) {
  return !text.empty() && all_of(text, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_path_inside(std::string_view text) {
  while (true) {
    const std::size_t slash = text.find('/');
    if (text.substr(0, slash) == "..") return false;
    if (slash == std::string_view::npos) return true;
    text.remove_prefix(slash + 1);
  }
}

bool check_syntax(const Range& at, std::string_view name, std::string_view text,
                  const Syntax& syntax, Findings& findings) {
  if (syntax.fits(text)) return true;
  findings.add(finding(kBadValue, at, fmt::format("{} cannot be {}", name, in_quotes(text)),
                       std::string(syntax.rule)));
  return false;
}

}  // namespace asmgw
