#include "support/golden/line_diff.h"

#include <dtl/dtl.hpp>
#include <sstream>
#include <vector>

namespace asmgw::test {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  if (!text.empty() && text.back() != '\n') lines.push_back("(no line end)");
  return lines;
}

}  // namespace

std::string line_diff(const std::string& expected, const std::string& actual) {
  if (expected == actual) return {};
  dtl::Diff<std::string> diff(lines_of(expected), lines_of(actual));
  diff.compose();
  diff.composeUnifiedHunks();
  std::ostringstream stream;
  diff.printUnifiedFormat(stream);
  return stream.str();
}

}  // namespace asmgw::test
