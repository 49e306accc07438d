// Are two spellings one amount? Kubernetes quantities, by value and as the API server prints them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace asmgw {

__extension__ typedef __int128 Int128;  // a compiler extension, in g++ and clang alike

/// An amount as the server understands it.
struct Quantity {
  Int128 nano = 0;  ///< billionths of the unit (cores, bytes); finer fractions round up
};

/// Reads `200m`, `2`, `1.5G`, `256Mi`, `2e9`. Nothing for what the server refuses (`2g`, `2GB`,
/// "").
std::optional<Quantity> parse_quantity(std::string_view text);

/// Is it a quantity for both, and the same amount? `2000m` and `2` are.
bool same_quantity(std::string_view a, std::string_view b);

/// The spelling that the API server answers with: the largest suffix of the same family that needs
/// no fraction (`2000m` → `2`, `1024Mi` → `1Gi`, `0.5` → `500m`). `text` must be a quantity.
std::string canonical_quantity(std::string_view text);

/// An amount in decimal (cores) or binary (bytes) suffixes, for people: `1800m`, `2304Mi`.
std::string decimal_quantity(Quantity quantity);
std::string binary_quantity(Quantity quantity);

}  // namespace asmgw
