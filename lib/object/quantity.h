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
  Int128 nano =
      0;  ///< billionths of the unit (cores, bytes), rounded away from 0; at most 2^63 units
};

/// Reads `200m`, `2`, `1.5G`, `256Mi`, `2e9`. Nothing for what the server refuses (`2g`, `2GB`, "")
/// and, stricter than the server, for powers of ten beyond 1000 (they keep it busy for minutes) and
/// for no digit at all: it takes `m` and `-` for 0, but they are what a template leaves of a number
/// that is not there.
std::optional<Quantity> parse_quantity(std::string_view text);

/// Is it a quantity for both, and the same amount? `2000m` and `2` are.
bool same_quantity(std::string_view a, std::string_view b);

/// The spelling in which the API server keeps it as a limit or request of a container, rounded up
/// to thousandths: the largest suffix of the same family that needs no fraction (`2000m` → `2`,
/// `1024Mi` → `1Gi`, `0.5` → `500m`). What the server takes for such a spelling stays as written:
/// `01Gi`, `+1`, `1.500`, `1E3`. From 1000E on it loses the suffix; ours is `1e21`. `text` must be
/// a quantity.
std::string canonical_quantity(std::string_view text);

/// An amount in decimal (cores) or binary (bytes) suffixes, for people: `1800m`, `2304Mi`.
std::string decimal_quantity(Quantity quantity);
std::string binary_quantity(Quantity quantity);

}  // namespace asmgw
