#include "io/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "io/descriptor.h"

extern char** environ;

namespace asmgw::io {
namespace {

using End = ProgramResult::End;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kMostOutput = std::size_t{1} << 20;

/// In ms: how late a stop, and an end without an end of the output, are seen.
constexpr int kLongestPoll = 20;

/// Our environment, with the program's own on top, in the form that exec wants.
class Environment {
 public:
  explicit Environment(const std::vector<std::pair<std::string, std::string>>& own) {
    for (const auto& [name, value] : own) texts_.push_back(name + "=" + value);
    const auto is_ours = [&](std::string_view entry) {
      return std::none_of(own.begin(), own.end(), [&](const auto& variable) {
        return entry.starts_with(variable.first + "=");
      });
    };
    for (char** entry = environ; *entry != nullptr; ++entry)
      if (is_ours(*entry)) texts_.emplace_back(*entry);
    for (std::string& text : texts_) pointers_.push_back(text.data());
    pointers_.push_back(nullptr);
  }

  char** get() { return pointers_.data(); }

 private:
  std::vector<std::string> texts_;
  std::vector<char*> pointers_;
};

/// How it is started: its output into a pipe, if it is to be kept; our signals not blocked; off the
/// terminal no input and a process group of its own.
class Start {
 public:
  Start(const Program& program, int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    if (!program.shows) posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    for (const int number : {SIGPIPE, SIGINT, SIGTERM}) sigaddset(&defaults, number);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &defaults);
    int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (!program.interactive) {
      posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
      flags |= POSIX_SPAWN_SETPGROUP;
    }
    posix_spawnattr_setflags(&attributes_, static_cast<short>(flags));
  }
  ~Start() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;

  /// 0, or why not (errno).
  int run(const Program& program, pid_t& pid) const {
    std::vector<std::string> words = program.argv;
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    Environment environment(program.environment);
    return posix_spawnp(&pid, argv[0], &actions_, &attributes_, argv.data(), environment.get());
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

/// A program that runs; ended at the latest with this object.
class Running {
 public:
  Running(pid_t pid, bool has_group) : pid_(pid), has_group_(has_group) {}
  ~Running() {
    if (pid_ == 0) return;
    kill(has_group_ ? -pid_ : pid_, SIGKILL);
    while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) continue;
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// How it ended, once it has.
  std::optional<ProgramResult> ended() {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
    pid_ = 0;
    if (WIFSIGNALED(status)) return ProgramResult{.end = End::Killed, .code = WTERMSIG(status)};
    return ProgramResult{.end = End::Exited, .code = WEXITSTATUS(status)};
  }

 private:
  pid_t pid_;
  bool has_group_;
};

/// Takes what the pipe has now. False at its end.
bool drain(int pipe, std::string& text) {
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t count = read(pipe, buffer.data(), buffer.size());
    if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
    if (count == 0) return false;
    if (count < 0 && errno != EINTR) return errno == EAGAIN;
    if (text.size() > kMostOutput) return true;
  }
}

ProgramResult follow(Running& running, int output, const Program& program,
                     const std::stop_token& stop) {
  const auto deadline = SteadyClock::now() + program.time_limit;
  std::string out;
  bool is_open = true;
  for (;;) {
    pollfd watched{.fd = is_open ? output : -1, .events = POLLIN, .revents = 0};
    poll(&watched, 1, is_open || program.shows ? kLongestPoll : 1);
    std::optional<ProgramResult> ended = running.ended();  // before the last look at its output
    if (is_open) is_open = drain(output, out);
    if (out.size() > kMostOutput) return {.end = End::TooLarge};
    if (ended) {
      ended->out = std::move(out);
      return *ended;
    }
    if (stop.stop_requested()) return {.end = End::Stopped};
    if (!program.interactive && SteadyClock::now() > deadline) return {.end = End::TimedOut};
  }
}

}  // namespace

ProgramResult run_program(const Program& program, std::stop_token stop) {
  if (stop.stop_requested()) return {.end = End::Stopped};
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {.end = End::NotStarted, .why = words_of(errno)};
  const Descriptor output(ends[0]);
  Descriptor input(ends[1]);
  fcntl(output.get(), F_SETFL, O_NONBLOCK);
  pid_t pid = 0;
  const int error = Start(program, input.get()).run(program, pid);
  if (error == ENOENT) return {.end = End::NotFound};
  if (error != 0) return {.end = End::NotStarted, .why = words_of(error)};
  Running running(pid, !program.interactive);
  input = Descriptor();  // else its output would never end
  return follow(running, output.get(), program, stop);
}

}  // namespace asmgw::io
