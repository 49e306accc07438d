#include "io/clock.h"

#include <condition_variable>
#include <mutex>

namespace asmgw::io {

std::chrono::system_clock::time_point SystemClock::now() {
  return std::chrono::system_clock::now();
}

void SystemClock::sleep(std::chrono::milliseconds time, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any wakes;
  std::unique_lock lock(mutex);
  wakes.wait_for(lock, stop, time, [] { return false; });  // only a stop or the time ends it
}

}  // namespace asmgw::io
