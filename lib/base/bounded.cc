#include "base/bounded.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace asmgw {

void for_each_bounded(std::size_t count, std::size_t limit,
                      const std::function<void(std::size_t index)>& task) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t index = next++; index < count; index = next++) task(index);
  };
  if (count <= 1 || limit <= 1) return work();  // no thread for one cluster
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < std::min(count, limit); ++i) threads.emplace_back(work);
}

}  // namespace asmgw
