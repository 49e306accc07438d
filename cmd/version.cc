// version: which asmgw is this?
#include <ostream>

#include "cmd/verbs.h"
#include "plan/verdict.h"

namespace asmgw::cmd {

std::vector<FlagGroup> no_flags() { return {}; }

int run_version(const GivenFlags&, const Deps& deps) {
  deps.out << "kubectl-asmgw " << tool_version() << "\n";
  return kExitDone;
}

}  // namespace asmgw::cmd
