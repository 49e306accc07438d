// What must outlive us nowhere? Keys, tokens and passwords, which our memory holds.
#pragma once

namespace asmgw::io {

/// From now on a crash leaves no image of our memory: no core file, and on Linux no other process
/// of this user may look into it (root may). Programs that we start write no core file either.
void keep_memory_private();

}  // namespace asmgw::io
