#include "gateway/overrides.h"

#include <tuple>

#include "gateway/fields.h"

namespace asmgw {

Overrides::Overrides() = default;
Overrides::Overrides(const Overrides&) = default;
Overrides::Overrides(Overrides&&) noexcept = default;
Overrides& Overrides::operator=(const Overrides&) = default;
Overrides& Overrides::operator=(Overrides&&) noexcept = default;
Overrides::~Overrides() = default;

EffectiveGateway effective(const Gateway& gateway, const std::string& cluster,
                           const std::string& ns, const Settings& settings) {
  EffectiveGateway result{gateway.name.value,
                          gateway.ns ? gateway.ns->value : ns,
                          cluster,
                          gateway.annotations,
                          gateway.spec,
                          std::nullopt};
  if (gateway.spec.overrides) {
    for (const Override& override : gateway.spec.overrides->value.list) {
      if (override.cluster.value == cluster) result.override_used = override;
    }
  }
  result.spec.overrides.reset();
  const bool is_old = is_older(settings.asm_version, kAsm116);
  for (const FieldRow<GatewaySpec>& row : spec_fields()) {
    const bool is_allowed = row.doc.overridable == Overridable::Yes ||
                            (row.doc.overridable == Overridable::FromAsm116 && !is_old);
    if (result.override_used && is_allowed) {
      row.merge(result.spec, result.override_used->spec);
    }
    if (!row.at(result.spec)) row.merge(result.spec, default_spec());
  }
  return result;
}

bool is_overridden(const EffectiveGateway& gateway, const Range& at) {
  if (!gateway.override_used || at.source == nullptr) return false;
  const Range& first = gateway.override_used->cluster.at;
  const Range& last = gateway.override_used->last;
  const auto place = [](const Range& range) { return std::make_tuple(range.line, range.column); };
  return at.source == first.source && place(first) <= place(at) && place(at) <= place(last);
}

bool is_autoscaler_off(const GatewaySpec& spec) {
  return spec.autoscale_enabled && !spec.autoscale_enabled->value;
}

}  // namespace asmgw
