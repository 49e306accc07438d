// Are other programs run as a shell would not: with their own words, our environment, and an end?
#include "io/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "io/clock.h"

namespace asmgw::io {
namespace {

using End = ProgramResult::End;
using std::chrono::milliseconds;
using testing::HasSubstr;

Program shell(const std::string& script) { return {.argv = {"sh", "-c", script}}; }

ProgramResult run(const Program& program) { return run_program(program, {}); }

milliseconds time_of(const std::function<void()>& action) {
  const auto started = std::chrono::steady_clock::now();
  action();
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - started);
}

TEST(Process, GivesOutputAndExitCode) {
  const ProgramResult result = run(shell("printf 'a b'; exit 3"));
  EXPECT_EQ(result.end, End::Exited);
  EXPECT_EQ(result.code, 3);
  EXPECT_EQ(result.out, "a b");
}

TEST(Process, MayShowItsOutputItself) {
  Program program = shell("printf shown; exit 1");
  program.shows = true;
  testing::internal::CaptureStdout();
  const ProgramResult result = run(program);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "shown");
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.code, 1);
}

TEST(Process, PassesWordsUnchanged) {
  EXPECT_EQ(run({.argv = {"printf", "[%s]", "a b", "$HOME", "", ";x"}}).out, "[a b][$HOME][][;x]");
}

TEST(Process, ReadsNothingAndHasOurEnvironmentBelowItsOwn) {
  Program program = shell("cat; printf '%s %s' \"$PROBE\" \"${PATH:+path}\"");
  program.environment = {{"PROBE", "x=y"}};
  EXPECT_EQ(run(program).out, "x=y path");
  program.environment = {{"PATH", "/nowhere"}};
  EXPECT_EQ(
      run({.argv = {"/bin/sh", "-c", "printf %s \"$PATH\""}, .environment = {{"PATH", "/nowhere"}}})
          .out,
      "/nowhere");
}

TEST(Process, SaysWhyItDidNotStart) {
  EXPECT_EQ(run({.argv = {"/no/such/program"}}).end, End::NotFound);
  EXPECT_EQ(run({.argv = {"no-such-program-anywhere"}}).end, End::NotFound);
  const ProgramResult folder = run({.argv = {"/tmp"}});
  EXPECT_EQ(folder.end, End::NotStarted);
  EXPECT_EQ(folder.why, "permission denied");
}

TEST(Process, EndsWithItsSignal) {
  const ProgramResult result = run(shell("kill -9 $$"));
  EXPECT_EQ(result.end, End::Killed);
  EXPECT_EQ(result.code, 9);
}

TEST(Process, IsEndedWithWhatItStarted) {
  Program program = shell("sleep 60 & sleep 60");
  program.time_limit = milliseconds(100);
  ProgramResult result;
  EXPECT_LT(time_of([&] { result = run(program); }), milliseconds(5000));
  EXPECT_EQ(result.end, End::TimedOut);
}

TEST(Process, DoesNotWaitForWhatItLeavesBehind) {
  EXPECT_LT(time_of([] { EXPECT_EQ(run(shell("sleep 20 & printf x")).out, "x"); }),
            milliseconds(5000));
}

TEST(Process, MayCloseItsOutputEarly) {
  EXPECT_EQ(run(shell("printf x; exec >&-; sleep 0.1; exit 4")).code, 4);
}

TEST(Process, HasABoundedOutput) {
  EXPECT_EQ(run(shell("head -c 2000000 /dev/zero")).end, End::TooLarge);
  EXPECT_EQ(run(shell("head -c 1000000 /dev/zero")).out.size(), 1'000'000u);
}

TEST(Process, StopsAtOnce) {
  std::stop_source source;
  std::jthread stopper([&] {
    SystemClock().sleep(milliseconds(50), {});
    source.request_stop();
  });
  ProgramResult result;
  EXPECT_LT(time_of([&] { result = run_program(shell("sleep 60"), source.get_token()); }),
            milliseconds(5000));
  EXPECT_EQ(result.end, End::Stopped);
  EXPECT_EQ(run_program(shell("printf x"), source.get_token()).end, End::Stopped);
}

TEST(Process, GetsOurSignalsDefaults) {
  // SIGPIPE is ignored by us; a plugin that writes into a closed pipe must end all the same
  EXPECT_EQ(run(shell("yes | head -n 1")).out, "y\n");
}

}  // namespace
}  // namespace asmgw::io
