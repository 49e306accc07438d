// What did the other side send, if it is JSON at all? Where a text that is none is no reason to
// stop.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace asmgw {

struct TriedJson {
  Json json;            ///< null when there is a problem
  std::string problem;  ///< not JSON, or nested deeper than 500; "" = none
};

/// As parse_json, without an exception.
TriedJson try_json(std::string_view text);

}  // namespace asmgw
