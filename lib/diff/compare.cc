#include "diff/compare.h"

#include <algorithm>

#include "diff/forbidden.h"
#include "diff/noise.h"
#include "diff/origins.h"
#include "diff/ownership.h"
#include "diff/restart.h"
#include "diff/risk.h"
#include "diff/values.h"

namespace asmgw {
namespace {

/// Refused by the server: ours against live, without the server's defaults.
std::vector<FieldChange> what_we_know(const ObservedObject& object, Hidden& hidden) {
  const Json* before = live(object);
  if (before == nullptr || !object.desired.body) return {};
  std::vector<FieldChange> fields =
      differences(kind_of(object.desired.ref), *before, *object.desired.body, hidden);
  // what is live only may be a default, unless it is in a map that we set as a whole
  const auto is_ours_whole = [&](const Path& path) {
    for (Path at = path; at.steps.size() > 1;) {
      at.steps.pop_back();
      if (is_string_map(at.steps.back().text) && object.desired.origins.contains(at)) return true;
    }
    return false;
  };
  std::erase_if(fields, [&](const FieldChange& field) {
    return field.op == FieldChange::Op::Remove && !is_ours_whole(field.path);
  });
  return fields;
}

Action removal_of(const ObservedObject& object) {
  const bool is_there = std::holds_alternative<Found>(object.before);
  return is_there && !object.desired.stays ? Action::Delete : Action::Unchanged;
}

Action action_of(const ObservedObject& object, const std::vector<FieldChange>& fields) {
  if (std::holds_alternative<Unread>(object.before) ||
      std::holds_alternative<Unread>(object.after)) {
    return Action::Unknown;
  }
  if (std::holds_alternative<Refused>(object.before)) return Action::Unknown;
  const bool is_new = std::holds_alternative<Absent>(object.before) && object.desired.body;
  if (object.foresight == Foresight::Ours && is_new) return Action::Create;
  if (std::holds_alternative<Refused>(object.after)) return Action::Refused;
  if (std::holds_alternative<Conflict>(object.after)) {
    return object.forced ? Action::Update : Action::Conflict;
  }
  if (!object.desired.body) return removal_of(object);
  if (std::holds_alternative<Absent>(object.before)) return Action::Create;
  if (!fields.empty()) return Action::Update;
  return object.desired.handover ? Action::Handover : Action::Unchanged;
}

bool is_in_missing_namespace(const ObservedObject& object) {
  const auto* refused = std::get_if<Refused>(&object.after);
  return object.foresight == Foresight::Ours && refused != nullptr &&
         refused->kind == Refused::Kind::NoNamespace;
}

/// Why there is no comparison, or a note about it.
std::vector<Finding> troubles(const ObservedObject& object, const Wording& wording) {
  if (is_in_missing_namespace(object)) return {};  // said once, of the cluster
  if (is_refused(object.desired)) return {};       // rendering has said why
  std::vector<const Answer*> answers = {&object.before, &object.after};
  if (object.if_forced) answers.push_back(&*object.if_forced);
  for (const Answer* answer : answers) {
    if (const auto* refused = std::get_if<Refused>(answer)) return {wording.refused(*refused)};
    if (const auto* unread = std::get_if<Unread>(answer)) return {wording.unread(*unread)};
  }
  return {};
}

/// Not where the field is in, or holds, what only the server can tell.
bool is_decided(const FieldChange& field, const ObservedObject& object) {
  return std::none_of(object.undecided.begin(), object.undecided.end(), [&](const Path& undecided) {
    return is_within(field.path, undecided) || is_within(undecided, field.path);
  });
}

/// What explains the server's words takes the place of what only quotes them.
void add_risk(Finding risk, std::vector<Finding>& risks) {
  const bool explains = !risk.server.empty() && !risks.empty() &&
                        risks.front().severity == Severity::Error &&
                        risks.front().server == risk.server;
  if (explains) {
    risks.front() = std::move(risk);
  } else {
    risks.push_back(std::move(risk));
  }
}

ObjectChange compare_object(ObservedObject object, const Wording& wording) {
  ObjectChange change;
  const Json* before = live(object);
  const Json* after = foreseen(object);
  if (before != nullptr && after != nullptr) {
    change.fields = differences(kind_of(object.desired.ref), *before, *after, change.hidden);
  } else if (before != nullptr) {
    change.fields = what_we_know(object, change.hidden);
  }
  change.claims = claims_of(object);
  for (FieldChange& field : change.fields) {
    field.origin = origin_of(field, object);
    field.owner = owner_of(field, change.claims);
    field.decided = is_decided(field, object);
  }
  hide_allocated(object, change.fields, change.hidden);
  change.action = action_of(object, change.fields);
  change.restart = predict_restart(object, change.fields);
  change.risks = troubles(object, wording);
  if (change.action != Action::Unchanged) {  // what is as it shall be needs no advice
    const std::vector<Finding>& found = object.desired.findings;
    change.risks.insert(change.risks.end(), found.begin(), found.end());
  }
  change.object = std::move(object);
  for (Finding& risk : risks_of(change)) add_risk(std::move(risk), change.risks);
  return change;
}

/// One line for all that a missing namespace means.
void note_missing_namespace(const Wording& wording, ClusterChanges& changes) {
  for (const ObjectChange& change : changes.objects) {
    if (!is_in_missing_namespace(change.object)) continue;
    Finding note = wording.refused(std::get<Refused>(change.object.after));
    note.message = "namespace " + change.object.desired.ref.ns + " is missing in " +
                   changes.cluster.id + "; created objects are computed here";
    changes.notes.push_back(std::move(note));
    return;
  }
}

bool is_compared(const ObjectChange& change) {
  if (change.action == Action::Conflict && foreseen(change.object) == nullptr) return false;
  return change.action != Action::Unknown && change.action != Action::Refused;
}

/// Foreseen only because its Role would be made: alone it says nothing.
bool is_behind_role(const ObjectChange& change) {
  const auto* refused = std::get_if<Refused>(&change.object.after);
  return refused != nullptr && refused->kind == Refused::Kind::RoleMissing;
}

ClusterChanges::State state_of(const Finding& error) {
  if (error.code->name == "unreachable") return ClusterChanges::State::Unreachable;
  if (error.code->name == "forbidden") return ClusterChanges::State::Forbidden;
  return ClusterChanges::State::Error;
}

/// A cluster in which no object could be compared has one error: the first.
void judge(const std::set<Right>& missing, ClusterChanges& changes) {
  const auto compared = std::count_if(changes.objects.begin(), changes.objects.end(), is_compared);
  if (static_cast<std::size_t>(compared) == changes.objects.size()) return;
  for (const ObjectChange& change : changes.objects) {
    if (is_compared(change) || change.risks.empty()) continue;
    changes.error = change.risks.front();
    break;
  }
  const auto by_themselves = std::count_if(
      changes.objects.begin(), changes.objects.end(),
      [](const ObjectChange& change) { return is_compared(change) && !is_behind_role(change); });
  const bool is_partial = by_themselves > 0 || !changes.error;
  changes.state = is_partial ? ClusterChanges::State::Partial : state_of(*changes.error);
  if (!is_partial) changes.error = all_forbidden(changes, missing, std::move(*changes.error));
}

}  // namespace

ClusterChanges compare(const Cluster& cluster, std::vector<ObservedObject> objects,
                       const Wording& wording, const std::set<Right>& missing) {
  ClusterChanges changes;
  changes.cluster = cluster;
  for (ObservedObject& object : objects) {
    const Found* found = std::get_if<Found>(&object.after);
    if (found != nullptr) changes.warnings.insert(found->warnings.begin(), found->warnings.end());
    changes.objects.push_back(compare_object(std::move(object), wording));
  }
  note_missing_namespace(wording, changes);
  judge(missing, changes);
  return changes;
}

ClusterChanges not_compared(const Cluster& cluster, Finding error) {
  ClusterChanges changes;
  changes.cluster = cluster;
  changes.state = state_of(error);
  changes.error = std::move(error);
  return changes;
}

ChangeSet side_by_side(std::vector<ClusterChanges> clusters) { return {std::move(clusters)}; }

}  // namespace asmgw
