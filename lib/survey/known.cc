#include "survey/known.h"

#include "base/error.h"

namespace asmgw {

void Known::add(const std::vector<Question>& questions, std::vector<Answer> answers) {
  if (questions.size() != answers.size()) ASMGW_BUG("a batch has one answer per question");
  for (std::size_t i = 0; i < questions.size(); ++i) {
    answers_.insert_or_assign(identity(questions[i]), std::move(answers[i]));
  }
}

const Answer* Known::answer(const Question& question) const {
  const auto found = answers_.find(identity(question));
  return found != answers_.end() ? &found->second : nullptr;
}

const Json* Known::object(const Question& question) const {
  const Found* found = std::get_if<Found>(answer(question));
  return found != nullptr ? &found->object : nullptr;
}

}  // namespace asmgw
