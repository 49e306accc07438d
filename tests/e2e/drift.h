// What do others do to a gateway's objects? As people and controllers do it: with real kubectl.
#pragma once

#include <string>

#include "tests/support/dice.h"

namespace asmgw::e2e {

/// One such thing, at random. What was done; the server may have refused it.
std::string drift(const std::string& cluster, const std::string& gateway, test::Dice& dice);

/// A Deployment, and sometimes a Service, as a mesh's own operator makes them.
void make_foreign(const std::string& cluster, const std::string& gateway, test::Dice& dice);

}  // namespace asmgw::e2e
