// What must hold for whatever bytes come in? Shared by the fuzz targets.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/tree.h"
#include "gateway/istio_gateway.h"
#include "gateway/read.h"
#include "gateway/validate.h"

namespace asmgw::fuzz {

/// Ends the process when it does not hold: that is what the fuzzer looks for.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// The valid gateways of a text. Every finding must have a code and words.
inline std::vector<Gateway> valid_gateways(const std::uint8_t* data, std::size_t size,
                                           Findings& findings) {
  const Source& source =
      findings.keep({"fuzz", std::string(reinterpret_cast<const char*>(data), size)});
  int skipped = 0;
  std::vector<Gateway> gateways = read_gateways(parse_yaml(source, findings), skipped, findings);
  Rules rules;
  rules.allow_namespace = true;
  validate(gateways, rules, findings);
  for (const Finding& finding : findings.all()) {
    require(finding.code != nullptr, "a finding has a code");
    require(!finding.message.empty(), "a finding has words");
  }
  return findings.has_errors() ? std::vector<Gateway>() : gateways;
}

}  // namespace asmgw::fuzz
