// The laws of quantities, for any text.
#include "fuzz/fuzz.h"
#include "object/quantity.h"

using namespace asmgw;  // NOLINT: one file, one function

namespace {

/// Printing rounds away from zero to thousandths, as a server does.
void check_amounts(Quantity read, Quantity printed) {
  constexpr Int128 kMilli = 1'000'000;
  constexpr Int128 kMost = (Int128(1) << 63) * 1'000'000'000;  // what a Quantity can hold
  const Int128 before = read.nano < 0 ? -read.nano : read.nano;
  const Int128 after = printed.nano < 0 ? -printed.nano : printed.nano;
  if (before == kMost) return;
  fuzz::require((read.nano < 0) == (printed.nano < 0), "printing keeps the sign");
  fuzz::require(after == (before + kMilli - 1) / kMilli * kMilli, "printing rounds up");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::optional<Quantity> amount = parse_quantity(text);
  if (!amount) {
    fuzz::require(!same_quantity(text, text), "what is no quantity equals nothing");
    return 0;
  }
  fuzz::require(same_quantity(text, text), "a quantity equals itself");
  const std::string printed = canonical_quantity(text);
  const std::optional<Quantity> again = parse_quantity(printed);
  fuzz::require(again.has_value(), "what is printed can be read");
  check_amounts(*amount, *again);
  fuzz::require(canonical_quantity(printed) == printed, "printing twice is printing once");
  for (const std::string& shown : {decimal_quantity(*amount), binary_quantity(*amount)})
    fuzz::require(parse_quantity(shown).has_value(), "what is shown to people can be read");
  return 0;
}
