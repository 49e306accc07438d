// Which texts shall be read as kubectl reads them? Made at random, the same for the same seed.
#pragma once

#include <random>
#include <string>

namespace asmgw::test {

/// YAML, JSON, nearly YAML or nearly JSON.
std::string generate_text(std::mt19937& random);

}  // namespace asmgw::test
