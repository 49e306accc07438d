// Do files, standard input, clock, log and signals behave as their headers say?
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <future>
#include <map>
#include <thread>

#include "base/error.h"
#include "io/clock.h"
#include "io/codes.h"
#include "io/core_dump.h"
#include "io/files.h"
#include "io/log.h"
#include "io/signals.h"
#include "io/terminal.h"

namespace asmgw::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

/// A folder of its own for each test.
class Files : public testing::Test {
 protected:
  Files() {
    std::string pattern = (fs::temp_directory_path() / "asmgw-test-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  ~Files() override { fs::remove_all(root_); }

  std::string path(const std::string& name) const { return root_ + "/" + name; }

  std::string root_;
};

mode_t mode_of(const std::string& path) {
  struct stat status {};
  stat(path.c_str(), &status);
  return status.st_mode & 0777u;
}

TEST_F(Files, ForAMomentArePrivateAndGoWithTheirDirectory) {
  const std::string first = io::make_private_directory(root_);
  const std::string second = io::make_private_directory(root_);
  EXPECT_NE(first, second);
  EXPECT_EQ(mode_of(first), 0700u);
  io::write_new_file(first + "/live/a", "x");
  EXPECT_EQ(io::read_file(first + "/live/a"), "x");
  EXPECT_EQ(mode_of(first + "/live/a"), 0600u);
  EXPECT_EQ(mode_of(first + "/live"), 0700u);
  EXPECT_THROW(io::write_new_file(first + "/live/a", "y"), Error);
  fs::create_symlink(second, first + "/link");
  io::remove_directory(first);
  EXPECT_FALSE(fs::exists(first));
  EXPECT_TRUE(fs::exists(second));
  EXPECT_THROW(io::make_private_directory(path("absent")), Error);
}

TEST_F(Files, WritesAndReads) {
  const std::string text("a\0b\n", 4);
  io::write_private_file(path("new/folder/file"), text);
  EXPECT_EQ(io::read_file(path("new/folder/file")), text);
  EXPECT_EQ(mode_of(path("new/folder/file")), 0600u);
  EXPECT_EQ(mode_of(path("new/folder")), 0700u);
  EXPECT_EQ(mode_of(path("new")), 0700u);
  io::write_private_file(path("new/folder/file"), "other");
  EXPECT_EQ(io::read_file(path("new/folder/file")), "other");
  EXPECT_THAT(io::list_directory(path("new/folder"), false), ElementsAre(path("new/folder/file")));
}

TEST_F(Files, SaysWhatCannotBeRead) {
  EXPECT_EQ(io::read_file(path("none")), std::nullopt);
  io::write_private_file(path("file"), "");
  EXPECT_EQ(io::read_file(path("file")), "");
  EXPECT_EQ(io::read_file(path("file/below")), std::nullopt);
  try {
    io::read_file(root_);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.finding().code, &io::kUnreadableFile);
    EXPECT_EQ(error.finding().message, "cannot read " + root_ + ": is a directory");
  }
}

TEST_F(Files, LeavesNothingBehindWhenItCannotWrite) {
  fs::create_directories(path("taken/by"));
  EXPECT_THROW(io::write_private_file(path("taken"), "x"), Error);
  EXPECT_THAT(io::list_directory(root_, true), IsEmpty());
  io::write_private_file(path("file"), "");
  EXPECT_THROW(io::write_private_file(path("file/below"), "x"), Error);
}

TEST_F(Files, ListsRegularFilesSorted) {
  for (const char* name : {"b.yaml", "a.yaml", "sub/c.yaml"})
    io::write_private_file(path(name), "");
  fs::create_symlink("b.yaml", path("link.yaml"));
  fs::create_symlink("nowhere", path("broken"));
  fs::create_directory_symlink("sub", path("sub2"));
  EXPECT_THAT(io::list_directory(root_, false),
              ElementsAre(path("a.yaml"), path("b.yaml"), path("link.yaml")));
  EXPECT_THAT(io::list_directory(root_, true),
              ElementsAre(path("a.yaml"), path("b.yaml"), path("link.yaml"), path("sub/c.yaml")));
  EXPECT_THROW(io::list_directory(path("none"), false), Error);
  EXPECT_TRUE(io::is_directory(root_));
  EXPECT_FALSE(io::is_directory(path("a.yaml")));
}

TEST(Home, IsExpandedOnlyInFront) {
  EXPECT_EQ(io::expand_home("~", "/h"), "/h");
  EXPECT_EQ(io::expand_home("~/x", "/h"), "/h/x");
  EXPECT_EQ(io::expand_home("~x", "/h"), "~x");
  EXPECT_EQ(io::expand_home("a/~/x", "/h"), "a/~/x");
}

/// Standard input is a pipe.
class Input : public testing::Test {
 protected:
  Input() : before_(dup(STDIN_FILENO)) {
    if (pipe2(ends_.data(), O_CLOEXEC) == 0) dup2(ends_[0], STDIN_FILENO);
  }
  ~Input() override {
    dup2(before_, STDIN_FILENO);
    close(before_);
    close(ends_[0]);
    end();
  }
  void type(const std::string& text) {
    EXPECT_EQ(write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void end() {
    if (ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }

  int before_;
  std::array<int, 2> ends_{-1, -1};
};

TEST_F(Input, IsReadLineByLine) {
  type("yes\r\n\nlast");
  EXPECT_EQ(io::read_line(), "yes");
  EXPECT_EQ(io::read_line(), "");
  end();
  EXPECT_EQ(io::read_line(), "last");
  EXPECT_EQ(io::read_line(), std::nullopt);
  EXPECT_FALSE(io::stdin_is_terminal());
}

TEST_F(Input, IsReadWhole) {
  type("a\nb");
  end();
  EXPECT_EQ(io::read_stdin(), "a\nb");
}

TEST_F(Input, IsAwaitedOnlyUntilAStop) {
  type("half");
  std::stop_source source;
  const std::jthread stopper([&] { source.request_stop(); });
  EXPECT_EQ(io::read_line(source.get_token()), std::nullopt);
  EXPECT_EQ(io::read_stdin(source.get_token()), std::nullopt);
}

TEST(Locale, FirstVariableThatIsSetDecides) {
  std::map<std::string, std::string> variables;
  const auto environment = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
  EXPECT_FALSE(io::is_utf8_locale(environment));
  variables["LANG"] = "en_US.UTF-8";
  EXPECT_TRUE(io::is_utf8_locale(environment));
  variables["LC_ALL"] = "";
  variables["LC_CTYPE"] = "C";
  EXPECT_FALSE(io::is_utf8_locale(environment));
  variables["LC_ALL"] = "zh_CN.utf8";
  EXPECT_TRUE(io::is_utf8_locale(environment));
}

TEST(Clock, SleepsUntilAStop) {
  io::SystemClock clock;
  std::stop_source source;
  const auto start = std::chrono::steady_clock::now();
  const std::jthread stopper([&] { source.request_stop(); });
  clock.sleep(1h, source.get_token());
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1min);
  const auto before = clock.now();
  clock.sleep(5ms, {});
  EXPECT_GE(clock.now(), before);
  EXPECT_GE(std::chrono::steady_clock::now() - start, 5ms);
}

TEST(Log, WritesUpToItsVerbosity) {
  testing::internal::CaptureStderr();
  io::log_to_stderr(0)(1, "never");
  const io::Log log = io::log_to_stderr(6);
  log(7, "detail");
  log(6, "GET {} 200 OK");
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::MatchesRegex("[0-9:.]+ GET \\{\\} 200 OK\n"));
}

TEST(MemoryDeathTest, IsLeftToNobody) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        io::keep_memory_private();
        rlimit limit{};
        getrlimit(RLIMIT_CORE, &limit);
        _exit(limit.rlim_cur == 0 && prctl(PR_GET_DUMPABLE) == 0 ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

int pipe_that_holds(const std::string& text) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return -1;
  const bool is_written = write(ends[1], text.data(), text.size()) > 0;
  close(ends[1]);
  return is_written ? ends[0] : -1;
}

/// As `diff -f <(command)` does: the kernel must not hide our own descriptors from us.
TEST(MemoryDeathTest, ThatIsPrivateLetsUsReadADescriptorByItsPath) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        const uid_t nobody = 65534;  // root may do anything
        if (getuid() == 0 && setuid(nobody) != 0) _exit(3);
        const int pipe = pipe_that_holds("text");
        io::keep_memory_private();
        _exit(io::read_file("/dev/fd/" + std::to_string(pipe)) == "text" ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(Signals, TheFirstAsksToStop) {
  const io::StopOnSignal signals;
  std::promise<void> stopped;
  const std::stop_callback callback(signals.token(), [&] { stopped.set_value(); });
  kill(getpid(), SIGINT);
  EXPECT_EQ(stopped.get_future().wait_for(10s), std::future_status::ready);
}

TEST(Signals, NoneIsNoStop) {
  const io::StopOnSignal signals;
  EXPECT_FALSE(signals.token().stop_requested());
}

TEST(SignalsDeathTest, TheSecondEndsTheProcess) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        const io::StopOnSignal signals;
        std::promise<void> stopped;
        const std::stop_callback callback(signals.token(), [&] { stopped.set_value(); });
        kill(getpid(), SIGTERM);
        stopped.get_future().wait();
        kill(getpid(), SIGINT);
        std::promise<void>().get_future().wait();
      },
      testing::ExitedWithCode(130), "");
}

TEST(SignalsDeathTest, AnIgnoredOneStaysIgnored) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(
      {
        signal(SIGINT, SIG_IGN);
        const io::StopOnSignal signals;
        kill(getpid(), SIGINT);
        _exit(signals.token().stop_requested() ? 1 : 0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace asmgw::test
