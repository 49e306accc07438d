#include "diff/forbidden.h"

#include <fmt/format.h>

#include <algorithm>

namespace asmgw {
namespace {

std::optional<Right> missing_in(const Answer& answer) {
  const auto* refused = std::get_if<Refused>(&answer);
  return refused != nullptr ? missing_right(*refused) : std::nullopt;
}

/// What the cluster refuses to the user, object by object.
struct Forbidden {
  std::set<Right> rights;
  std::set<std::string> verbs;  ///< the first of each object
  std::size_t objects = 0;
  bool may_read = true;
};

Forbidden forbidden_in(const ClusterChanges& changes) {
  Forbidden all;
  for (const ObjectChange& change : changes.objects) {
    const std::optional<Right> to_read = missing_in(change.object.before);
    const std::optional<Right> to_write = missing_in(change.object.after);
    if (to_read) all.may_read = false;
    if (!to_read && !to_write) continue;
    ++all.objects;
    all.verbs.insert((to_read ? to_read : to_write)->verb);
    for (const auto& right : {to_read, to_write}) {
      if (right) all.rights.insert(*right);
    }
  }
  return all;
}

}  // namespace

Finding all_forbidden(const ClusterChanges& changes, const std::set<Right>& elsewhere,
                      Finding first) {
  if (first.code->name != "forbidden") return first;
  Forbidden all = forbidden_in(changes);
  if (all.objects == 0) return first;  // no credentials, or rights that cannot be granted
  all.rights.insert(elsewhere.begin(), elsewhere.end());
  const std::string missing = "missing: " + to_string(all.rights);
  first.message = fmt::format(
      "{} of {} {}", all.objects, changes.objects.size(),
      all.may_read ? "dry runs refused, reading is allowed" : "objects may not be read");
  if (all.objects > 1) {
    const bool is_same = all.verbs.size() == 1;
    first.server += fmt::format(" ({} for {} other{})", is_same ? "the same" : "the like",
                                all.objects - 1, all.objects == 2 ? "" : "s");
  }
  first.why =
      all.may_read ? missing + " (a dry run needs them, though it writes nothing)" : missing;
  first.hint = all.may_read ? "diff --local compares without them and says what it cannot know"
                            : "ask for the rights that are named";
  return first;
}

}  // namespace asmgw
