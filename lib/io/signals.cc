#include "io/signals.h"

#include <unistd.h>

namespace asmgw::io {
namespace {

constexpr int kInterrupted = 130;

bool is_ignored(int number) {
  struct sigaction action {};
  return sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// A plain thread and sigwait: no code of ours runs inside a signal handler.
void wait_for_signals(const std::stop_token& quit, const sigset_t& awaited,
                      std::stop_source source) {
  for (;;) {
    int number = 0;
    if (sigwait(&awaited, &number) != 0) return;
    if (quit.stop_requested()) return;  // the destructor's own signal
    if (!source.request_stop()) _exit(kInterrupted);
  }
}

}  // namespace

StopOnSignal::StopOnSignal() {
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
  sigset_t awaited;
  sigemptyset(&awaited);
  sigaddset(&awaited, SIGUSR2);  // the destructor's own
  for (const int number : {SIGINT, SIGTERM})
    if (!is_ignored(number)) sigaddset(&awaited, number);
  pthread_sigmask(SIG_BLOCK, &awaited, &mask_before_);
  waiter_ = std::jthread([awaited, source = source_](const std::stop_token& quit) {
    wait_for_signals(quit, awaited, source);
  });
}

StopOnSignal::~StopOnSignal() {
  waiter_.request_stop();
  pthread_kill(waiter_.native_handle(), SIGUSR2);
  waiter_.join();
  pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
}

}  // namespace asmgw::io
