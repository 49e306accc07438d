// What does a reviewer ask about an object that is made? A few lines, not the whole of it.
#pragma once

#include <string>
#include <vector>

#include "diff/change_set.h"
#include "report/layout.h"

namespace asmgw {

/// What stands below a created object; nothing for kinds without anything to ask about. Values that
/// may differ between clusters are in `settings_of`.
std::vector<std::string> created_lines(const ObjectChange& change, const Screen& screen);

/// `2 to 8 pods, cpu 80%`
std::string autoscaler_text(const Json& autoscaler);

/// Is it an item of an autoscaler's metrics? And all of them, in words: `cpu 80%, memory 60%`.
bool is_metric(const Json& value);
std::string metrics_text(const Json& metrics);

/// `handover: spec.replicas stays 4 and passes to the autoscaler (3 steps)`
std::string handover_text(const ObjectChange& change);

/// An effective value of a created object: replicas, resources, load-balancer annotations.
struct Setting {
  std::string name;  ///< `requests.cpu`, `…loadbalancer-spec`
  std::string value;
  std::string line;  ///< `:66`; "" = a default
  int rank = 0;      ///< order on the screen
};

std::vector<Setting> settings_of(const ObjectChange& change);

/// Is it a Service that gets a load balancer with a public address? With an internal one?
bool has_public_balancer(const Json& service);
bool has_internal_balancer(const Json& service);

}  // namespace asmgw
