// Which object is meant? Group, kind, namespace and name; an identity has no version.
#pragma once

#include <compare>
#include <string>

namespace asmgw {

struct ObjectRef {
  std::string group;  ///< "" for the core group
  std::string kind;   ///< Deployment
  std::string ns;
  std::string name;

  friend auto operator<=>(const ObjectRef&, const ObjectRef&) = default;
};

/// `Deployment/istio-web`
std::string to_string(const ObjectRef& ref);

}  // namespace asmgw
