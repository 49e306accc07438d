// How is one task run per cluster? Fork, join, at most so many at a time.
#pragma once

#include <cstddef>
#include <functional>

namespace asmgw {

/// Calls `task(i)` once for each i in [0, count), on at most `limit` threads, and returns when all
/// are done. A task handles its own Errors; what escapes it ends the process. The order in which
/// tasks start is that of the indexes.
void for_each_bounded(std::size_t count, std::size_t limit,
                      const std::function<void(std::size_t index)>& task);

}  // namespace asmgw
