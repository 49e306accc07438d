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

/// Did we make the object? Then our last apply holds one of its standard labels; that somebody has
/// taken another of them makes it no other's. (Onto what others made we only put the inventory
/// key.)
bool is_made_by_us(const Json& object);

/// Who owns exactly this field, in the order of managedFields.
std::vector<std::string> managers_of(const Json& object, const Path& path);

/// Is it the entry of our applies?
bool is_our_apply(const OwnerEntry& owner);

/// A field, and the entry that holds it.
struct OwnedField {
  OwnerEntry owner;
  Path path;
};

/// The field of a manager that a conflict names so, if the manager owns it.
std::optional<OwnedField> owned_field(const Json& object, const std::string& manager,
                                      const std::string& conflict_field);

/// `.spec.template.spec.containers[name="istio-proxy"].env`, as a conflict's cause writes a path.
std::string conflict_text(const Path& path);

}  // namespace asmgw
