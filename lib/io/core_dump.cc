#include "io/core_dump.h"

#include <sys/resource.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace asmgw::io {

void keep_memory_private() {
  rlimit limit{};
  getrlimit(RLIMIT_CORE, &limit);
  limit.rlim_cur = 0;
  setrlimit(RLIMIT_CORE, &limit);
#ifdef __linux__
  prctl(PR_SET_DUMPABLE, 0);  // a core_pattern that is a pipe ignores the limit
#endif
}

}  // namespace asmgw::io
