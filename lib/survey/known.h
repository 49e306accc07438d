// What has one cluster told so far?
#pragma once

#include <map>
#include <string>
#include <vector>

#include "object/exchange.h"

namespace asmgw {

/// Questions with their answers, by the questions' identity.
class Known {
 public:
  /// Adds the answers of one batch, in the questions' order, one each.
  void add(const std::vector<Question>& questions, std::vector<Answer> answers);

  /// The answer, or nullptr when the question has not been asked.
  const Answer* answer(const Question& question) const;

  /// The object that answers it, or nullptr: not asked, or another answer.
  const Json* object(const Question& question) const;

 private:
  std::map<std::string, Answer> answers_;
};

}  // namespace asmgw
