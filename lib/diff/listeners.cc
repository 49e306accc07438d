#include "diff/listeners.h"

namespace asmgw {

WholePort whole_port(const FieldChange& field) {
  static const Path kPorts = fields({"spec", "ports"});
  const bool is_whole =
      field.path.steps.size() == kPorts.steps.size() + 1 && is_within(field.path, kPorts);
  if (!is_whole) return {};
  const std::string text = to_string(field.path.steps.back());  // [443/TCP]
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return {};
  return {text.substr(1, slash - 1), text.substr(slash + 1, text.size() - slash - 2)};
}

std::vector<PortChange> port_changes(const ObjectChange& change) {
  std::vector<PortChange> gone;
  for (const FieldChange& field : change.fields) {
    const WholePort port = whole_port(field);
    if (port.number.empty() || field.op != FieldChange::Op::Remove) continue;
    gone.push_back({port.number, port.protocol, {}, {field.path}});
    for (const FieldChange& other : change.fields) {
      const WholePort now = whole_port(other);
      if (now.number != port.number || other.op != FieldChange::Op::Add) continue;
      gone.back().protocol_now = now.protocol;
      gone.back().paths.insert(other.path);
    }
  }
  return gone;
}

}  // namespace asmgw
