// Which word was probably meant? For "did you mean".
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace asmgw {

/// The candidate nearest to `word` (insertions, deletions, replacements, swaps of neighbours, case
/// ignored), or "" when none is near enough: more than a third of the word's length, at least 2.
/// Equally near ones: the first. An exact match is a match.
std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace asmgw
