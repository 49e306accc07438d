// What is still unknown? One pure function of the goal and the answers so far; nothing else knows
// of guesses, rounds or races.
#pragma once

#include <vector>

#include "survey/goal.h"
#include "survey/known.h"

namespace asmgw {

/// The questions of the next batch; none = everything that the goal needs is known.
std::vector<Question> open_questions(const Goal& goal, const Known& known);

}  // namespace asmgw
