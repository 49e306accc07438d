#include "object/rights.h"

namespace asmgw {

std::optional<Right> missing_right(const Refused& refused) {
  constexpr std::string_view kCannot = "\" cannot ", kResource = " resource \"";
  const std::string& words = refused.server;
  const bool is_anonymous = words.find("\"system:anonymous\"") != std::string::npos;
  if (refused.kind != Refused::Kind::Forbidden || is_anonymous) return std::nullopt;
  const std::size_t cannot = words.find(kCannot);
  if (cannot == std::string::npos) return std::nullopt;
  const std::size_t verb = cannot + kCannot.size();
  const std::size_t resource = words.find(kResource, verb);
  if (resource == std::string::npos) return std::nullopt;
  const std::size_t name = resource + kResource.size();
  const std::size_t end = words.find('"', name);
  if (end == std::string::npos) return std::nullopt;
  return Right{words.substr(verb, resource - verb), words.substr(name, end - name)};
}

std::string to_string(const std::set<Right>& rights) {
  std::string text, verb;
  for (const Right& right : rights) {
    if (right.verb == verb) {
      text += ", " + right.resource;
      continue;
    }
    text += (text.empty() ? "" : "; ") + right.verb + " " + right.resource;
    verb = right.verb;
  }
  return text;
}

}  // namespace asmgw
