#include "base/scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <system_error>

namespace asmgw {
namespace {

struct Word {
  std::string_view text;
  enum class Meaning { Null, True, False, Infinity, MinusInfinity, NoNumber } meaning;
};

// Only these spellings: `yEs` is a text.
constexpr std::array kWords = {
    Word{"", Word::Meaning::Null},
    Word{"~", Word::Meaning::Null},
    Word{"null", Word::Meaning::Null},
    Word{"Null", Word::Meaning::Null},
    Word{"NULL", Word::Meaning::Null},
    Word{"true", Word::Meaning::True},
    Word{"True", Word::Meaning::True},
    Word{"TRUE", Word::Meaning::True},
    Word{"yes", Word::Meaning::True},
    Word{"Yes", Word::Meaning::True},
    Word{"YES", Word::Meaning::True},
    Word{"on", Word::Meaning::True},
    Word{"On", Word::Meaning::True},
    Word{"ON", Word::Meaning::True},
    Word{"y", Word::Meaning::True},
    Word{"Y", Word::Meaning::True},
    Word{"false", Word::Meaning::False},
    Word{"False", Word::Meaning::False},
    Word{"FALSE", Word::Meaning::False},
    Word{"no", Word::Meaning::False},
    Word{"No", Word::Meaning::False},
    Word{"NO", Word::Meaning::False},
    Word{"off", Word::Meaning::False},
    Word{"Off", Word::Meaning::False},
    Word{"OFF", Word::Meaning::False},
    Word{"n", Word::Meaning::False},
    Word{"N", Word::Meaning::False},
    Word{".nan", Word::Meaning::NoNumber},
    Word{".NaN", Word::Meaning::NoNumber},
    Word{".NAN", Word::Meaning::NoNumber},
    Word{".inf", Word::Meaning::Infinity},
    Word{".Inf", Word::Meaning::Infinity},
    Word{".INF", Word::Meaning::Infinity},
    Word{"+.inf", Word::Meaning::Infinity},
    Word{"+.Inf", Word::Meaning::Infinity},
    Word{"+.INF", Word::Meaning::Infinity},
    Word{"-.inf", Word::Meaning::MinusInfinity},
    Word{"-.Inf", Word::Meaning::MinusInfinity},
    Word{"-.INF", Word::Meaning::MinusInfinity},
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Json value_of(Word::Meaning meaning) {
  switch (meaning) {
    case Word::Meaning::Null:
      return nullptr;
    case Word::Meaning::True:
      return true;
    case Word::Meaning::False:
      return false;
    case Word::Meaning::Infinity:
      return std::numeric_limits<double>::infinity();
    case Word::Meaning::MinusInfinity:
      return -std::numeric_limits<double>::infinity();
    case Word::Meaning::NoNumber:
      return std::numeric_limits<double>::quiet_NaN();
  }
  return nullptr;
}

/// Takes the prefix of a base away: 0x, 0b, 0o, or the bare 0 of an octal number.
int take_base(std::string_view& digits) {
  if (digits.size() < 2 || digits.front() != '0') return 10;
  const char letter = static_cast<char>(digits[1] | 0x20);
  const int base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
  digits.remove_prefix(base != 8 || letter == 'o' ? 2 : 1);
  return base;
}

/// An integer that fits 64 bits. `text` has no underscores any more.
std::optional<Json> integer(std::string_view text) {
  const bool has_sign = text.starts_with('-') || text.starts_with('+');
  const bool negative = text.starts_with('-');
  if (has_sign) text.remove_prefix(1);
  const int base = take_base(text);
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, base);
  if (text.empty() || stop != end || error != std::errc()) return std::nullopt;
  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (negative) {
    if (value > kMax + 1) return std::nullopt;
    return Json(static_cast<std::int64_t>(~value + 1));
  }
  if (value <= kMax) return Json(static_cast<std::int64_t>(value));
  if (has_sign) return std::nullopt;  // "+" goes with a signed number only
  return Json(value);
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// [-+]? ( "." digits | digits [ "." digits? ] ) ( [eE] [-+]? digits )?
bool looks_like_float(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  std::size_t at = skip_digits(text, 0);
  const std::size_t whole = at;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = at + 1;
    at = skip_digits(text, fraction);
    if (whole == 0 && at == fraction) return false;
  } else if (whole == 0) {
    return false;
  }
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  ++at;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  return at < text.size() && skip_digits(text, at) == text.size();
}

/// A number too large for a double is a text.
std::optional<Json> floating(const std::string& text) {
  if (!looks_like_float(text)) return std::nullopt;
  const double value = std::strtod(text.c_str(), nullptr);
  if (!std::isfinite(value)) return std::nullopt;
  return Json(value);
}

/// Does every underscore stand between two digits?
bool underscores_between_digits(std::string_view text) {
  for (std::size_t i = text.find('_'); i != std::string_view::npos; i = text.find('_', i + 1)) {
    if (i == 0 || i + 1 == text.size()) return false;
    if (!is_digit(text[i - 1]) || !is_digit(text[i + 1])) return false;
  }
  return true;
}

}  // namespace

Json plain_value(std::string_view text) {
  constexpr std::size_t kLongestWord = 5;
  if (text.size() <= kLongestWord) {
    const auto word = std::find_if(kWords.begin(), kWords.end(),
                                   [&](const Word& entry) { return entry.text == text; });
    if (word != kWords.end()) return value_of(word->meaning);
  }
  const char first = text.empty() ? '\0' : text.front();
  const bool is_point = first == '.';
  if (!is_point && !is_digit(first) && first != '-' && first != '+') return Json(std::string(text));

  std::string number(text);
  std::erase(number, '_');  // behind a leading point they have stricter rules
  if (is_point) {
    if (!underscores_between_digits(text)) return Json(std::string(text));
  } else if (std::optional<Json> value = integer(number)) {
    return *std::move(value);
  }
  if (std::optional<Json> value = floating(number)) return *std::move(value);
  return Json(std::string(text));
}

std::string key_name(std::string_view text) {
  const Json value = plain_value(text);
  if (value.is_boolean() || value.is_number_integer()) return value.dump();
  if (!value.is_number_float() || std::isnan(value.get<double>())) return std::string(text);
  const auto number = value.get<float>();  // Kubernetes' reader rounds to 32 bits as well
  if (std::isinf(number)) return number < 0 ? "-.inf" : ".inf";
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                     std::chars_format::general);
  return {buffer.data(), written.ptr};
}

}  // namespace asmgw
