// The law of apply bodies: the API server's YAML 1.1 parser reads back what we meant.
#include "base/json.h"
#include "base/tree.h"
#include "fuzz/fuzz.h"
#include "kube/requests.h"

using namespace asmgw;  // NOLINT: one file, one function

namespace {

/// No body of ours has a key of over 1,024 bytes or a number that is no int64: rendering knows
/// none.
bool is_ours(const Json& json) {
  if (json.is_number_float() || json.is_number_unsigned()) return false;
  if (json.is_object()) {
    for (const auto& [key, value] : json.items())
      if (key.size() > 1000 || !is_ours(value)) return false;
  }
  if (json.is_array()) {
    for (const Json& item : json)
      if (!is_ours(item)) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Json body = Json::parse(data, data + size, nullptr, /*allow_exceptions=*/false);
  if (!body.is_object() || !is_ours(body)) return 0;
  const std::string wire = kube::wire_json(body);
  fuzz::require(wire.find('\n') == std::string::npos, "it is one line");
  fuzz::require(wire.find("\\/") == std::string::npos, "no slash is escaped");
  fuzz::require(Json::parse(wire, nullptr, false) == body, "it is the same JSON");
  Findings findings;
  const Source source{.name = "body", .text = "# \n" + wire};  // not JSON: the YAML parser reads it
  const std::vector<Node> documents = parse_yaml(source, findings);
  fuzz::require(!findings.has_errors() && documents.size() == 1, "YAML 1.1 reads it");
  fuzz::require(to_json(documents.front()) == body, "and reads the same");
  return 0;
}
