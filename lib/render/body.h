// How is an object's body written? Value and origin in one call, so that no value lacks its reason.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/path.h"
#include "gateway/istio_gateway.h"
#include "object/objects.h"
#include "render/fit.h"

namespace asmgw {

/// The origin of what our own template holds.
Origin built_in();

/// The origin of a value of the manifest (or of the CRD's default, when it has no place).
Origin from_field(const EffectiveGateway& gateway, const Range& at, std::string field);

/// The origin of a value of the config file (or of its default, when it has no place).
Origin from_config(const Range& at, std::string field);

/// A list item's step: {"name":"istio-proxy"}.
PathStep item(std::string_view key, const Json& value);
PathStep item(const Json& keys);

/// One object under construction.
class Body {
 public:
  /// Sets apiVersion, kind, metadata and the four labels that every object of ours carries; on an
  /// object of another manager only our inventory label (page 3). `ns`: "" = the gateway's.
  Body(const EffectiveGateway& gateway, const Fit& fit, std::string group, std::string kind,
       std::string name, std::string ns = {});

  /// Sets the value at the path; what lies above is made, list items with their keys.
  void set(const Path& path, Json value, Origin origin);
  void set(std::initializer_list<std::string_view> path, Json value, Origin origin) {
    set(fields(path), std::move(value), std::move(origin));
  }

  /// Says why the path holds nothing, where a field of the manifest is the reason.
  void leave_out(const Path& path, Origin origin);

  DesiredObject finish() &&;

 private:
  DesiredObject object_;
  Json json_;
};

}  // namespace asmgw
