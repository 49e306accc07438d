// What does a field, a rule or a code mean? The pages of `explain`, written from the lists.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/doc.h"
#include "base/field_view.h"
#include "report/layout.h"

namespace asmgw {

/// A code and where it is found: diff (by comparing with a cluster), input (by reading the
/// manifest), config (by flags, config file, kubeconfig), read (by asking a cluster), apply.
struct PlacedCode {
  const Code* code = nullptr;
  std::string_view where;
};

/// Every field of the spec, one row each.
std::string overview_text(const std::vector<FieldView>& spec, const Screen& screen);

/// One field: type, default, what is to say of it, its members, its arithmetic. `spec`: all fields,
/// for those that it works together with.
std::string field_text(const FieldPlace& place, const std::vector<FieldView>& spec,
                       const Screen& screen);

/// The rules of `spec.overrides`.
std::string overrides_text(const std::vector<FieldView>& spec, const Screen& screen);

/// The annotations of an IstioGateway that mean something.
std::string annotations_text(const std::vector<FieldView>& annotations, const Screen& screen);

/// By where, gravity, name: the order of every list of codes.
std::vector<PlacedCode> in_order(std::span<const PlacedCode> codes);

/// Every code, a row each.
std::string codes_text(std::span<const PlacedCode> codes, const Screen& screen);
std::string code_text(const PlacedCode& code, const Screen& screen);

/// kind FieldDocs, kind CodeDocs: the same as data. A missing key means none.
std::string fields_json(std::span<const FieldPlace> places, const std::string& tool);
std::string codes_json(std::span<const PlacedCode> codes, const std::string& tool);

}  // namespace asmgw
