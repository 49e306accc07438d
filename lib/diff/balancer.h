// Which load balancer does a Service stand for, and what do its annotations say of it? As Alibaba
// Cloud's controller reads them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "diff/change_set.h"

namespace asmgw {

struct Balancer {
  enum class Kind {
    None,   ///< the Service is of another type
    Clb,    ///< no class
    Nlb,    ///< alibabacloud.com/nlb
    Other,  ///< of another class: another controller's
  };
  Kind kind = Kind::None;
  /// The annotations by what follows the prefix, `bandwidth`; of the vendor's two prefixes the
  /// newer wins. An empty value is absent, as it is to the controller.
  std::map<std::string, std::string> settings;
  std::string addresses;  ///< that it has now: `203.0.113.20, nlb.example.com`, or ""
};

Balancer balancer_of(const Json& service);

/// The value of a setting, or "".
std::string setting(const Balancer& balancer, const std::string& name);

/// It has the user's own load balancer, whose listeners the controller leaves alone.
bool keeps_listeners(const Balancer& balancer);

struct SettingChange {
  std::string name;           ///< `bandwidth`
  std::string before, after;  ///< "" = absent
};

/// What differs in effect: a prefix alone does not.
std::vector<SettingChange> setting_changes(const Balancer& before, const Balancer& after);

/// The changed fields that are this setting, in either prefix.
PathSet setting_paths(const ObjectChange& change, const std::string& name);

/// `bandwidth` of `metadata.annotations[service.beta…/alibaba-cloud-loadbalancer-bandwidth]`, or
/// "".
std::string setting_name(const Path& path);

}  // namespace asmgw
