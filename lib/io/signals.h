// What happens on Ctrl-C? The first one asks to stop, the second one ends the process.
#pragma once

#include <signal.h>

#include <stop_token>
#include <thread>

namespace asmgw::io {

/// SIGINT and SIGTERM as a request to stop; a second one ends the process at once with 130.
/// Create it in main before any other thread: threads inherit that these signals are blocked, and
/// one thread of ours waits for them. So do child processes: whoever starts one resets its signal
/// mask. A signal that was ignored before (nohup, a background job) stays so. SIGPIPE is ignored
/// from then on, for good: writing to a closed pipe is an error, not the end.
class StopOnSignal {
 public:
  StopOnSignal();
  ~StopOnSignal();  ///< restores the signal mask
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  std::stop_token token() const { return source_.get_token(); }

 private:
  sigset_t mask_before_;
  std::stop_source source_;
  std::jthread waiter_;
};

}  // namespace asmgw::io
