#include "base/in_quotes.h"

#include "base/json.h"
#include "base/yaml_text.h"

namespace asmgw {

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMost = 60;  // bytes
  if (text.size() <= kMost) return dump(Json(text));
  std::size_t end = kMost;
  while (is_continuation(text[end])) --end;
  return dump(Json(std::string(text.substr(0, end)) + "…"));
}

}  // namespace asmgw
