// Defaults and views of the one list; its rows: spec_fields.cc, part_fields.cc.
#include "gateway/fields.h"

#include "base/error.h"
#include "gateway/field_row.h"

namespace asmgw {
namespace {

/// Takes the places out of a tree: defaults have none.
void forget_places(Node& node) {
  node.at = {};
  for (Node& item : node.items) forget_places(item);
  for (auto& [key, value] : node.members) {
    key.at = {};
    forget_places(value);
  }
}

template <class Struct>
void read_default(Struct& out, const FieldRow<Struct>& row) {
  if (row.doc.default_value.empty()) return;
  Findings findings;
  std::vector<Node> documents = parse_yaml(
      findings.keep({std::string(row.name), std::string(row.doc.default_value)}), findings);
  if (documents.size() != 1) ASMGW_BUG("a default of the one list is not YAML");
  forget_places(documents[0]);
  row.read(out, {}, documents[0], row, findings);
  if (findings.has_errors()) ASMGW_BUG("a default of the one list is not valid");
}

GatewaySpec read_defaults() {
  GatewaySpec spec;
  for (const FieldRow<GatewaySpec>& row : spec_fields()) read_default(spec, row);
  ReadinessProbe probe;
  for (const FieldRow<ReadinessProbe>& row : probe_fields()) read_default(probe, row);
  spec.readiness_probe = Located<ReadinessProbe>{probe, {}, {}};
  return spec;
}

}  // namespace

std::vector<FieldView> spec_views() { return views_of(spec_fields()); }
std::vector<FieldView> annotation_views() { return views_of(annotation_fields()); }

const GatewaySpec& default_spec() {
  static const GatewaySpec spec = read_defaults();
  return spec;
}

}  // namespace asmgw
