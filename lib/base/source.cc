#include "base/source.h"

#include <fmt/format.h>

namespace asmgw {

std::string file_line(const Range& range) {
  return fmt::format("{}:{}", range.source->name, range.line);
}

std::string_view line_of(const Source& source, int number) {
  std::string_view rest = source.text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);  // columns do not count a BOM
  for (int line = 1; line < number; ++line) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  std::string_view line = rest.substr(0, rest.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace asmgw
