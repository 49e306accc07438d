#include "survey/questions.h"

#include <set>

#include "render/render.h"
#include "survey/adopted.h"
#include "survey/around.h"
#include "survey/observed.h"
#include "survey/race.h"
#include "survey/rights.h"
#include "survey/wanted.h"

namespace asmgw {
namespace {

/// What an object needs: a GET and a preview of one moment; of a conflict, what force would do.
std::vector<Question> about(const DesiredObject& desired, Foresight foresight, const Known& known) {
  if (is_refused(desired)) return {Get{desired.ref}};  // to show what is there
  if (desired.stays || foresight == Foresight::Ours) return {Get{desired.ref}};
  if (!desired.adopted.empty()) return adoption_questions(desired, known);
  const Write write = write_of(desired);
  const Pairing pairing = pair_up(write, known);
  if (!pairing.open.empty()) return pairing.open;
  if (!std::holds_alternative<Conflict>(*pairing.after)) return {};
  return pair_up(forced(write), known).open;
}

std::vector<Question> surroundings(const Goal& goal, const Known& known) {
  std::vector<Question> open = autoscaler_lists(goal);
  const AsManifest* manifest = std::get_if<AsManifest>(&goal.what);
  for (const EffectiveGateway& gateway :
       manifest != nullptr ? manifest->gateways : std::vector<EffectiveGateway>()) {
    const Answer* list = known.answer(List{autoscalers_of(gateway.ns), ""});
    if (list != nullptr && is_unlistable(*list)) open.push_back(Get{autoscaler_ref(gateway)});
  }
  if (const Look* look = std::get_if<Look>(&goal.what)) {
    open.push_back(Version{});
    open.push_back(Get{kube_system()});
    open.insert(open.end(), look->rights.begin(), look->rights.end());
  }
  return open;
}

}  // namespace

std::vector<Question> open_questions(const Goal& goal, const Known& known) {
  std::vector<Question> open = surroundings(goal, known);
  Findings ignored;  // the last rendering's count, in observed()
  for (const DesiredObject& desired : wanted(goal, known, ignored)) {
    for (Question& question : about(desired, goal.foresight, known)) {
      open.push_back(std::move(question));
    }
    for (Question& question : questions_around(desired, known)) {
      open.push_back(std::move(question));
    }
  }
  for (const MayI& right : unproved_rights(goal, known)) open.push_back(right);
  std::set<std::string> asked;
  std::erase_if(open, [&](const Question& question) {
    return known.answer(question) != nullptr || !asked.insert(identity(question)).second;
  });
  return open;
}

}  // namespace asmgw
