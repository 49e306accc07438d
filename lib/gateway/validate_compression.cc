// Compression: what the mesh accepts without a word, and Envoy refuses or never matches.
#include <fmt/format.h>

#include "base/in_quotes.h"
#include "gateway/codes.h"
#include "gateway/validate_rules.h"

namespace asmgw {
namespace {

void check_content_type(const Located<std::string>& type, Findings& findings) {
  const std::string& text = type.value;
  const std::size_t slash = text.find('/');
  const bool is_exact = slash != std::string::npos && slash > 0 && slash + 1 < text.size() &&
                        text.find_first_of("*; ,\t") == std::string::npos &&
                        text.find('/', slash + 1) == std::string::npos;
  if (is_exact) return;
  const std::string bare = text.substr(0, text.find_first_of("; ,"));
  const bool has_bare =
      bare != text && bare.find('*') == std::string::npos && bare.find('/') != std::string::npos;
  findings.add(finding(kContentType, type.at, fmt::format("{} never matches", in_quotes(text)),
                       has_bare ? bare : "the exact type, as in text/html"));
}

}  // namespace

void validate_compression(const GatewaySpec& spec, Findings& findings) {
  if (!spec.compression) return;
  const Compression& compression = spec.compression->value;
  if (compression.content_type) {
    for (const Located<std::string>& type : compression.content_type->value) {
      check_content_type(type, findings);
    }
  }
  if (compression.min_content_length && compression.min_content_length->value == 0) {
    findings.add(finding(kNotRendered, compression.min_content_length->at,
                         "min_content_length 0 means 30, as in Envoy"));
  }
  if (!compression.enabled || !compression.enabled->value) return;
  if (spec.gateway_type && spec.gateway_type->value == "egress") {
    findings.add(finding(kCompressionEgress, spec.compression->key,
                         "an egress gateway does not compress", "take compression out"));
  }
  if (!compression.gzip) {
    findings.add(finding(kCompressionNeedsGzip, compression.enabled->at,
                         "compression is enabled without gzip",
                         "add gzip: {} below compression; it means all defaults"));
  }
}

}  // namespace asmgw
