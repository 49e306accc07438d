// The laws of base and override, for every valid manifest that bytes can make.
#include <algorithm>

#include "base/error.h"
#include "fuzz/fuzz.h"
#include "gateway/fields.h"
#include "gateway/overrides.h"

using namespace asmgw;  // NOLINT: one file

namespace {

/// Where every field of the spec comes from.
std::vector<std::optional<Range>> places(const GatewaySpec& spec) {
  std::vector<std::optional<Range>> all;
  for (const FieldRow<GatewaySpec>& row : spec_fields()) all.push_back(row.at(spec));
  return all;
}

void check(const Gateway& gateway, const std::string& cluster) {
  const EffectiveGateway merged = effective(gateway, cluster, "istio-system");

  Gateway bare = gateway;
  bare.spec.overrides.reset();
  const EffectiveGateway base = effective(bare, cluster, "istio-system");
  if (!merged.override_used) {
    fuzz::require(places(merged.spec) == places(base.spec), "without an override the base holds");
  }

  Gateway again = gateway;  // merged once more into what was merged
  again.spec = merged.spec;
  again.spec.overrides = gateway.spec.overrides;
  const EffectiveGateway twice = effective(again, cluster, "istio-system");
  fuzz::require(places(twice.spec) == places(merged.spec), "merging twice is merging once");

  for (const FieldRow<GatewaySpec>& row : spec_fields()) {
    const std::optional<Range> at = row.at(merged.spec);
    const bool can = row.doc.overridable != Overridable::No;
    if (at && is_overridden(merged, *at)) fuzz::require(can, "only what may is overridden");
    if (!can) fuzz::require(at == row.at(base.spec) || row.name == "overrides", "the base stays");
    const bool is_set = merged.override_used && row.at(merged.override_used->spec);
    if (is_set && can) fuzz::require(at.has_value(), "what the override sets is set");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    Findings findings;
    for (const Gateway& gateway : fuzz::valid_gateways(data, size, findings)) {
      for (const Located<std::string>& cluster : gateway.spec.cluster_ids->value) {
        check(gateway, cluster.value);
      }
    }
  } catch (const Error& error) {
    fuzz::require(!error.finding().message.empty(), "an error has words");
  }
  return 0;
}
