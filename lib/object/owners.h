// Who owns which field? metadata.managedFields as sets of paths.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/path.h"

namespace asmgw {

/// The managers under which we apply; the second holds spec.replicas only, on behalf of an
/// autoscaler.
inline constexpr std::string_view kManager = "kubectl-asmgw";
inline constexpr std::string_view kReplicasManager = "kubectl-asmgw-replicas";

/// One entry of managedFields.
struct OwnerEntry {
  std::string manager;
  std::string operation;    ///< Apply, Update
  std::string subresource;  ///< "", status, scale
  std::string time;         ///< as recorded, UTC; "" where the server recorded none
  std::string api_version;  ///< in which the paths are written
  PathSet paths;            ///< every leaf, and every list item that is owned as such
};

/// The entries of an object, in their order; malformed ones are left out.
std::vector<OwnerEntry> owners_of(const Json& object);

/// Do we (manager kubectl-asmgw, operation Apply) own `path` itself or something below it?
bool is_ours(const Json& object, const Path& path);

/// Who owns exactly this field, in the order of managedFields.
std::vector<std::string> managers_of(const Json& object, const Path& path);

/// The entry of the manager that owns the field as a conflict names it, if one does.
std::optional<OwnerEntry> owner_entry(const Json& object, const std::string& manager,
                                      const std::string& conflict_field);

/// `.spec.template.spec.containers[name="istio-proxy"].env`, as a conflict's cause writes a path.
std::string conflict_text(const Path& path);

}  // namespace asmgw
