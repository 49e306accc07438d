#include "base/error.h"

#include <cstdio>
#include <cstdlib>

namespace asmgw {

void bug(const char* what, const char* file, int line) {
  std::fprintf(stderr, "kubectl-asmgw: a bug: %s (%s:%d)\n", what, file, line);
  std::abort();
}

}  // namespace asmgw
