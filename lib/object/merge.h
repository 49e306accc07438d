// What would server-side apply make of a live object? Foreseen by us, where no server is asked.
#pragma once

#include <vector>

#include "base/json.h"
#include "base/path.h"
#include "object/exchange.h"
#include "object/kinds.h"

namespace asmgw {

/// Has the value at the path one owner as a whole? Not an object or a list of which each part has
/// its own, nor an item of such a list.
bool is_one_value(const Kind& kind, const Path& path, const Json& value);

/// What our last apply set, `ours` no longer holds, and nobody else owns: it goes. A struct, and a
/// list item, in which nobody owns anything else goes as a whole, with the server's defaults in it.
PathSet dropped_fields(const Json& live, const Json& ours);

/// `ours` applied onto `live`, which loses `dropped`: lists by the identity of their items and in
/// the server's order, one value as a whole, and the API's own defaults where something lacks.
/// What the server writes anew each time (generation, managedFields) is left out.
Json merged(const Kind& kind, const Json& live, const Json& ours, const PathSet& dropped);

/// The fields that the apply would change and that other managers own, as a conflict names them.
std::vector<Ownership> foreseen_conflicts(const Kind& kind, const Json& live, const Json& ours);

/// Where the merge may be wrong: what the API defaults by rules that we do not know, what it does
/// not let change, what another version of the API owns, items that no key tells apart.
PathSet undecided_fields(const Kind& kind, const Json& live, const Json& ours,
                         const PathSet& dropped);

}  // namespace asmgw
