#include "cluster/observe.h"

#include "survey/questions.h"

namespace asmgw {

Known observe(const Goal& goal, kube::Client& client, std::stop_token stop) {
  Known known;
  for (auto open = open_questions(goal, known); !open.empty(); open = open_questions(goal, known)) {
    known.add(open, client.ask(open, stop));
  }
  return known;
}

}  // namespace asmgw
