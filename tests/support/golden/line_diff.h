// How do two texts differ, line by line?
#pragma once

#include <string>

namespace asmgw::test {

/// A unified diff without file names; "" when the texts are equal.
std::string line_diff(const std::string& expected, const std::string& actual);

}  // namespace asmgw::test
