// Which listeners of a Service go, and which speak another protocol from now on?
#pragma once

#include <string>
#include <vector>

#include "diff/change_set.h"

namespace asmgw {

struct PortChange {
  std::string number, protocol;   ///< 443, TCP: that there will not be
  std::string protocol_now = {};  ///< UDP: that the number has instead, new; "" = it goes
  PathSet paths = {};
};

/// One for each port that goes, in the order of the Service's fields.
std::vector<PortChange> port_changes(const ObjectChange& change);

/// A whole port of the Service comes or goes: `443`, `TCP`; else "".
struct WholePort {
  std::string number, protocol;
};
WholePort whole_port(const FieldChange& field);

}  // namespace asmgw
