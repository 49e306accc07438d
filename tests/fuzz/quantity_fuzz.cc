// The laws of quantities, for any text.
#include "fuzz/fuzz.h"
#include "object/quantity.h"

using namespace asmgw;  // NOLINT: one file, one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::optional<Quantity> amount = parse_quantity(text);
  if (!amount) {
    fuzz::require(!same_quantity(text, text), "what is no quantity equals nothing");
    return 0;
  }
  const std::string printed = canonical_quantity(text);
  const std::optional<Quantity> again = parse_quantity(printed);
  fuzz::require(again.has_value(), "what is printed can be read");
  const Int128 rounded =
      again->nano - amount->nano;  // the server rounds up, to whole bytes at most
  fuzz::require(rounded >= 0 && rounded < 1'000'000'000, "printing keeps the amount");
  fuzz::require(canonical_quantity(printed) == printed, "printing twice is printing once");
  return 0;
}
