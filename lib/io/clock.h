// What time is it, and how does one wait? For real.
#pragma once

#include "base/seams.h"

namespace asmgw::io {

/// The system's clock. `sleep` ends at once when stopped.
class SystemClock final : public Clock {
 public:
  std::chrono::system_clock::time_point now() override;
  void sleep(std::chrono::milliseconds time, std::stop_token stop) override;
};

}  // namespace asmgw::io
