#include "object/quantity.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace asmgw {
namespace {

constexpr int kNano = -9;  // powers of ten
constexpr int kMilli = -3;
constexpr int kMostExponent = 1000;
constexpr std::string_view kMostBinary = "9223372036854775807";  // the server caps at int64

struct Suffix {
  std::string_view text;
  int exponent;  ///< of 10 (decimal) or of 1024 (binary)
};
constexpr std::array kDecimal = {Suffix{"n", -9}, Suffix{"u", -6}, Suffix{"m", -3}, Suffix{"", 0},
                                 Suffix{"k", 3},  Suffix{"M", 6},  Suffix{"G", 9},  Suffix{"T", 12},
                                 Suffix{"P", 15}, Suffix{"E", 18}};
constexpr std::array kBinary = {Suffix{"", 0},   Suffix{"Ki", 1}, Suffix{"Mi", 2}, Suffix{"Gi", 3},
                                Suffix{"Ti", 4}, Suffix{"Pi", 5}, Suffix{"Ei", 6}};

enum class Family { Decimal, Binary, Exponent };

/// A spelling, taken apart.
struct Parts {
  bool negative = false;
  std::string whole, fraction;  ///< decimal digits; of the whole ones no leading zeros
  Family family = Family::Decimal;
  int exponent = 0;  ///< of 1024 in the binary family, else of 10
};

/// An amount, exactly: ±digits × 10^exponent. The digits neither begin nor end with 0; none is 0.
struct Amount {
  bool negative = false;
  std::string digits;
  int exponent = 0;

  friend bool operator==(const Amount&, const Amount&) = default;
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
  if (text[0] != 'e' && text[0] != 'E') return false;
  text.remove_prefix(1);
  if (text.starts_with("+-")) return false;
  if (text.starts_with('+')) text.remove_prefix(1);
  parts.family = Family::Exponent;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parts.exponent);
  return error == std::errc() && end == text.data() + text.size() &&
         std::abs(parts.exponent) <= kMostExponent;
}

/// The server trims a JSON text: other white space than this is an escape there.
std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::optional<Parts> split(std::string_view text) {
  Parts parts;
  text = trimmed(text);
  if (text.starts_with('-') || text.starts_with('+')) {
    parts.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  const auto take_digits = [&] {
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string digits(text.substr(0, end));
    text.remove_prefix(end);
    return digits;
  };
  parts.whole = take_digits();
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    parts.fraction = take_digits();
  }
  if (parts.whole.empty() && parts.fraction.empty()) return std::nullopt;
  parts.whole.erase(0, parts.whole.find_first_not_of('0'));
  if (!read_suffix(text, parts)) return std::nullopt;
  return parts;
}

void normalise(Amount& amount) {
  amount.digits.erase(0, amount.digits.find_first_not_of('0'));
  const std::size_t size = amount.digits.find_last_not_of('0') + 1;  // npos + 1 is 0
  amount.exponent += static_cast<int>(amount.digits.size() - size);
  amount.digits.resize(size);
  if (amount.digits.empty()) amount = {};
}

void multiply(std::string& digits, int factor) {
  int carry = 0;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    carry += (*digit - '0') * factor;
    *digit = static_cast<char>('0' + carry % 10);
    carry /= 10;
  }
  if (carry > 0) digits.insert(0, std::to_string(carry));
}

/// Away from zero, to a multiple of 10^exponent.
void round_away(Amount& amount, int exponent) {
  if (amount.digits.empty() || amount.exponent >= exponent) return;
  const auto dropped = static_cast<std::size_t>(exponent - amount.exponent);
  amount.digits.resize(amount.digits.size() - std::min(dropped, amount.digits.size()));
  amount.exponent = exponent;
  std::size_t at = amount.digits.find_last_not_of('9') + 1;  // behind the digit that grows
  if (at == 0) amount.digits.insert(0, "0"), at = 1;
  ++amount.digits[at - 1];
  std::fill(amount.digits.begin() + static_cast<std::ptrdiff_t>(at), amount.digits.end(), '0');
  normalise(amount);
}

/// How many digits stand before the point; 0 or less: it is smaller than 1.
int whole_digits(const Amount& amount) {
  return static_cast<int>(amount.digits.size()) + amount.exponent;
}

Amount amount_of(const Parts& parts) {
  Amount amount{parts.negative, parts.whole + parts.fraction,
                -static_cast<int>(parts.fraction.size())};
  if (parts.family != Family::Binary) {
    amount.exponent += parts.exponent;
  } else {
    for (int i = 0; i < parts.exponent; ++i) multiply(amount.digits, 1024);
  }
  normalise(amount);
  round_away(amount, kNano);
  const auto most = static_cast<int>(kMostBinary.size());
  const int size = whole_digits(amount);
  if (parts.family == Family::Binary &&
      (size > most || (size == most && amount.digits > kMostBinary))) {
    amount = {parts.negative, std::string(kMostBinary), 0};
  }
  return amount;
}

/// Does the server take the spelling itself for canonical? It looks at short ones only, and at
/// powers of ten without making the number smaller first.
bool is_kept(const Parts& parts) {
  const std::string digits = (parts.whole.empty() ? "0" : parts.whole) + parts.fraction;
  const auto size = static_cast<int>(digits.size());
  if (parts.family == Family::Binary) {
    const bool is_short = parts.fraction.empty() && size <= 14 - 3 * parts.exponent;
    return is_short && std::stoll(digits) % 8 != 0;
  }
  const int exponent = parts.exponent - static_cast<int>(parts.fraction.size());
  return size <= 18 && exponent % 3 == 0 && exponent >= kMilli && digits.front() != '0' &&
         !digits.ends_with("000");
}

std::string sign_of(const Amount& amount) { return amount.negative ? "-" : ""; }

std::string in_decimal(Amount amount, Family family) {
  if (amount.digits.empty()) return "0";
  for (; amount.exponent % 3 != 0; --amount.exponent) amount.digits += '0';
  std::string text = sign_of(amount) + amount.digits;
  if (amount.exponent == 0) return text;
  for (const Suffix& suffix : kDecimal) {
    if (family == Family::Decimal && suffix.exponent == amount.exponent)
      return text.append(suffix.text);
  }
  return text + "e" + std::to_string(amount.exponent);  // the server has nothing beyond E
}

/// Nothing when it needs no suffix.
std::optional<std::string> in_binary(const Amount& amount) {
  std::string digits = amount.digits + std::string(static_cast<std::size_t>(amount.exponent), '0');
  std::uint64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc() || value % 1024 != 0) return std::nullopt;
  std::size_t suffix = 0;
  for (; value % 1024 == 0; ++suffix) value /= 1024;
  return sign_of(amount) + std::to_string(value) + std::string(kBinary[suffix].text);
}

/// The server prints a binary amount in decimal when it is small or no multiple of 1024. (Of 62.5Ki
/// it makes 64000 at first, but of that 64k.)
std::string printed(const Amount& amount, Family family) {
  if (family == Family::Binary) {
    const bool may_be_binary = !amount.digits.empty() && amount.exponent >= 0;
    const std::optional<std::string> text = may_be_binary ? in_binary(amount) : std::nullopt;
    if (text) return *text;
    family = Family::Decimal;
  }
  return in_decimal(amount, family);
}

std::optional<Amount> read_amount(std::string_view text) {
  const std::optional<Parts> parts = split(text);
  if (!parts) return std::nullopt;
  const Amount amount = amount_of(*parts);
  if (whole_digits(amount) > kMostExponent) return std::nullopt;
  return amount;
}

Amount amount_of(Quantity quantity) {
  Amount amount{quantity.nano < 0, "", kNano};
  for (Int128 rest = quantity.nano; rest != 0; rest /= 10) {
    const int digit = static_cast<int>(rest % 10);
    amount.digits += static_cast<char>('0' + std::abs(digit));
  }
  std::reverse(amount.digits.begin(), amount.digits.end());
  normalise(amount);
  return amount;
}

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text) {
  const std::optional<Amount> amount = read_amount(text);
  if (!amount) return std::nullopt;
  constexpr Int128 kMost = (Int128(1) << 63) * 1'000'000'000;
  Int128 nano = 0;
  for (const char digit : amount->digits) {
    nano = std::min(nano * 10 + (digit - '0'), kMost);
  }
  for (int i = kNano; i < amount->exponent; ++i) nano = std::min(nano * 10, kMost);
  return Quantity{amount->negative ? -nano : nano};
}

bool same_quantity(std::string_view a, std::string_view b) {
  const std::optional<Amount> left = read_amount(a), right = read_amount(b);
  return left && right && *left == *right;
}

std::string canonical_quantity(std::string_view text) {
  const std::optional<Parts> parts = split(text);
  if (!parts) return std::string(text);
  Amount amount = amount_of(*parts);
  if (!amount.digits.empty() && is_kept(*parts)) return std::string(trimmed(text));
  round_away(amount, kMilli);
  return printed(amount, parts->family);
}

std::string decimal_quantity(Quantity quantity) {
  Amount amount = amount_of(quantity);
  round_away(amount, kMilli);
  return in_decimal(amount, Family::Decimal);
}

std::string binary_quantity(Quantity quantity) {
  return printed(amount_of(quantity), Family::Binary);
}

}  // namespace asmgw
