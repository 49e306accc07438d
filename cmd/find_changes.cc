#include "cmd/find_changes.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bounded.h"
#include "base/error.h"
#include "cluster/observe.h"
#include "diff/compare.h"
#include "kube/answers.h"
#include "kube/codes.h"
#include "survey/observed.h"
#include "survey/rights.h"

namespace asmgw::cmd {
namespace {

constexpr Wording kWording{[](const Refused& refused) { return kube::finding_of(refused); },
                           [](const Unread& unread) { return kube::finding_of(unread); }};

/// What is known of rights beside the previews.
std::set<Right> lacking(const std::optional<Refused>& unlisted, const MissingRights& missing) {
  std::set<Right> rights = missing.to_write;
  if (const auto list = unlisted ? missing_right(*unlisted) : std::nullopt) rights.insert(*list);
  return rights;
}

/// Of missing rights those to write close a gate; those to read cost detail only, said once.
void add_missing(const MissingRights& missing, ClusterChanges& changes) {
  changes.missing = missing.to_write;
  const bool is_followed =
      std::any_of(changes.objects.begin(), changes.objects.end(), [](const ObjectChange& change) {
        return change.object.desired.ref.kind == "Deployment" && has_changes(change);
      });
  if (missing.to_follow.empty() || !is_followed || !is_read(changes)) return;
  Finding note = finding(kube::kForbidden,
                         fmt::format("no right in {} to {}; rollouts are followed with less detail",
                                     changes.cluster.id, to_string(missing.to_follow)));
  note.severity = Severity::Note;
  changes.notes.push_back(std::move(note));
}

void note_unlisted(const std::optional<Refused>& refused, ClusterChanges& changes) {
  if (!refused || !is_read(changes)) return;
  Finding note = kWording.refused(*refused);
  note.severity = Severity::Note;
  note.message = "autoscalers may not be listed in " + changes.cluster.id +
                 "; one of another name than the Deployment's is not seen";
  changes.notes.push_back(std::move(note));
}

}  // namespace

kube::Client connect(const Target& target, int verbosity, const Deps& deps) {
  return {
      target.access,
      [&deps, verbosity](const Endpoint& endpoint) { return deps.connect(endpoint, verbosity); },
      deps.clock};
}

ChangeSet find_changes(const Targets& targets, const ConnectionOptions& options, const Deps& deps) {
  std::vector<ClusterChanges> clusters(targets.size());
  for_each_bounded(targets.size(), static_cast<std::size_t>(options.parallel), [&](std::size_t i) {
    const Target& target = targets[i];
    try {
      kube::Client client = connect(target, options.verbosity, deps);
      const Known known = observe(target.goal, client, deps.stop);  // the only I/O
      Findings findings;  // what rendering finds has been said before anything was contacted
      const MissingRights missing = missing_rights(target.goal, known);
      const std::optional<Refused> unlisted = unlisted_autoscalers(target.goal, known);
      clusters[i] = compare(target.cluster, observed(target.goal, known, findings), kWording,
                            lacking(unlisted, missing));
      note_unlisted(unlisted, clusters[i]);
      add_missing(missing, clusters[i]);
    } catch (const Error& error) {
      clusters[i] = not_compared(target.cluster, error.finding());
    } catch (const std::exception& error) {  // one cluster's trouble never hides the others
      clusters[i] = not_compared(target.cluster, finding(kube::kServerError, error.what()));
    }
  });
  return side_by_side(std::move(clusters));
}

}  // namespace asmgw::cmd
