#include "object/quantity.h"

#include <array>
#include <cctype>
#include <charconv>
#include <string>

namespace asmgw {
namespace {

constexpr Int128 kNano = 1'000'000'000;
constexpr Int128 kMilli = 1'000'000;                    // nano in a thousandth
constexpr Int128 kLargest = (Int128(1) << 63) * kNano;  // beyond int64 the server caps as well

struct Suffix {
  std::string_view text;
  int exponent;  ///< of 10 (decimal) or of 2 (binary)
};
constexpr std::array kDecimal = {Suffix{"E", 18}, Suffix{"P", 15}, Suffix{"T", 12}, Suffix{"G", 9},
                                 Suffix{"M", 6},  Suffix{"k", 3},  Suffix{"", 0},   Suffix{"m", -3},
                                 Suffix{"u", -6}, Suffix{"n", -9}};
constexpr std::array kBinary = {Suffix{"Ei", 60}, Suffix{"Pi", 50}, Suffix{"Ti", 40},
                                Suffix{"Gi", 30}, Suffix{"Mi", 20}, Suffix{"Ki", 10}};

enum class Family { Decimal, Binary, Exponent };

struct Parts {
  bool negative = false;
  std::string whole, fraction;  ///< decimal digits
  Family family = Family::Decimal;
  int exponent = 0;
};

/// "" | one of the suffixes | e/E and an integer.
bool read_suffix(std::string_view text, Parts& parts) {
  for (const Suffix& suffix : kDecimal) {
    if (text == suffix.text) return parts.exponent = suffix.exponent, true;
  }
  for (const Suffix& suffix : kBinary) {
    if (text != suffix.text) continue;
    parts.family = Family::Binary;
    parts.exponent = suffix.exponent;
    return true;
  }
  if (text.empty() || (text[0] != 'e' && text[0] != 'E')) return false;
  text.remove_prefix(1);
  if (text.starts_with("+-")) return false;
  if (text.starts_with('+')) text.remove_prefix(1);
  parts.family = Family::Exponent;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parts.exponent);
  return error == std::errc() && end == text.data() + text.size() && parts.exponent >= -18 &&
         parts.exponent <= 18;
}

/// The server reads a quantity without the white space around it.
std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\v\f\r";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
}

std::optional<Parts> split(std::string_view text) {
  Parts parts;
  text = trimmed(text);
  if (text.starts_with('-') || text.starts_with('+')) {
    parts.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  std::size_t end = 0;
  bool dot = false;
  for (; end < text.size(); ++end) {
    const char c = text[end];
    if (c == '.' && !dot) {
      dot = true;
    } else if (c >= '0' && c <= '9') {
      (dot ? parts.fraction : parts.whole) += c;
    } else {
      break;
    }
  }
  if (parts.whole.empty() && parts.fraction.empty()) return std::nullopt;
  if (parts.whole.size() > 28 || parts.fraction.size() > 28) return std::nullopt;
  if (!read_suffix(text.substr(end), parts)) return std::nullopt;
  return parts;
}

/// digits × 10^exponent10 × 2^exponent2 in nano, rounded away from zero; capped.
Int128 scale(const Parts& parts) {
  Int128 value = 0;
  int tens = 9 - static_cast<int>(parts.fraction.size());
  if (parts.family != Family::Binary) tens += parts.exponent;
  for (const char c : parts.whole + parts.fraction) {
    if (value > kLargest * 8) {
      ++tens;  // far beyond any real amount: keep the size, drop digits
    } else {
      value = value * 10 + (c - '0');
    }
  }
  if (parts.family == Family::Binary) {
    for (int i = 0; i < parts.exponent; ++i) {
      if (value > kLargest) return kLargest;
      value *= 2;
    }
  }
  for (; tens > 0 && value <= kLargest; --tens) value *= 10;
  bool lost = false;
  for (; tens < 0; ++tens) {
    lost = lost || value % 10 != 0;
    value /= 10;
  }
  if (lost) ++value;
  return value < kLargest ? value : kLargest;
}

std::string digits(Int128 value) {
  const bool negative = value < 0;
  if (negative) value = -value;
  std::string text;
  do {
    text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value != 0);
  return negative ? "-" + text : text;
}

Int128 power(int base, int exponent) {
  Int128 value = 1;
  for (int i = 0; i < exponent; ++i) value *= base;
  return value;
}

std::string in_binary(Int128 nano) {
  for (const Suffix& suffix : kBinary) {
    const Int128 unit = kNano * power(2, suffix.exponent);
    if (nano != 0 && nano % unit == 0) return digits(nano / unit) + std::string(suffix.text);
  }
  return digits(nano / kNano);
}

std::string in_decimal(Int128 nano, int smallest, bool as_exponent) {
  for (const Suffix& suffix : kDecimal) {
    if (suffix.exponent < smallest) break;
    const Int128 unit = power(10, suffix.exponent + 9);
    if (nano == 0 || nano % unit != 0) continue;
    if (!as_exponent || suffix.exponent == 0) return digits(nano / unit) + std::string(suffix.text);
    return digits(nano / unit) + "e" + std::to_string(suffix.exponent);
  }
  return "0";
}

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text) {
  const std::optional<Parts> parts = split(text);
  if (!parts) return std::nullopt;
  const Int128 value = scale(*parts);
  return Quantity{parts->negative ? -value : value};
}

bool same_quantity(std::string_view a, std::string_view b) {
  const std::optional<Quantity> left = parse_quantity(a), right = parse_quantity(b);
  return left && right && left->nano == right->nano;
}

std::string canonical_quantity(std::string_view text) {
  const std::optional<Parts> parts = split(text);
  if (!parts) return std::string(text);
  const Int128 exact = parse_quantity(text)->nano;
  // the server rounds the amounts of limits and requests up to thousandths
  const Int128 nano = (exact < 0 ? exact : exact + kMilli - 1) / kMilli * kMilli;
  const Int128 size = nano < 0 ? -nano : nano;
  const bool has_suffix = nano % (1024 * kNano) == 0;
  if (parts->family == Family::Binary && size >= 1024 * kNano && has_suffix) return in_binary(nano);
  // a binary amount that is no multiple of Ki is printed in decimal
  return in_decimal(nano, -3, parts->family == Family::Exponent);
}

std::string decimal_quantity(Quantity quantity) {
  return in_decimal((quantity.nano + kMilli - 1) / kMilli * kMilli, -3, false);
}

std::string binary_quantity(Quantity quantity) { return in_binary(quantity.nano); }

}  // namespace asmgw
