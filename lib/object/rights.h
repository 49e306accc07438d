// Which right is missing? A verb on a resource, as the server names it.
#pragma once

#include <compare>
#include <optional>
#include <set>
#include <string>

#include "object/exchange.h"

namespace asmgw {

struct Right {
  std::string verb;      ///< patch
  std::string resource;  ///< the plural: services

  friend auto operator<=>(const Right&, const Right&) = default;
};

/// The right that a 403 names: `User "u" cannot patch resource "services" in API group …`. Nothing
/// where it is refused for another reason (quota, escalation, no credentials; page 12, A13).
std::optional<Right> missing_right(const Refused& refused);

/// `create services; patch deployments, services`
std::string to_string(const std::set<Right>& rights);

}  // namespace asmgw
