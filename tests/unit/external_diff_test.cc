#include "cmd/external_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "base/error.h"

namespace asmgw::cmd {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

class NoClock final : public Clock {
 public:
  std::chrono::system_clock::time_point now() override { return {}; }
  void sleep(std::chrono::milliseconds, std::stop_token) override {}
};

/// A disk and a program in memory.
class ExternalDiff : public testing::Test {
 protected:
  void run(const std::string& command, const std::vector<ObjectFiles>& files) {
    Files disk;
    disk.make_private_directory = [] { return "/private"; };
    disk.write_new = [this](const std::string& path, const std::string& text) {
      EXPECT_TRUE(disk_.emplace(path, text).second) << path;
    };
    disk.remove_directory = [this](const std::string& path) {
      std::erase_if(disk_, [&](const auto& file) { return file.first.starts_with(path + "/"); });
    };
    const RunProgram run_program = [this](const Program& program, std::stop_token) {
      program_ = program;
      seen_ = disk_;
      return result_;
    };
    const Deps deps{out_, out_, {}, "/", disk, {}, {}, run_program, clock_, {}};
    run_external_diff(command, files, deps);
  }

  std::string error_of(const std::string& command) {
    try {
      run(command, {{"c1", "v1.Service.n.a", "x\n", "y\n"}});
    } catch (const Error& error) {
      EXPECT_EQ(error.finding().code->name, "external-diff");
      return error.finding().message;
    }
    return "none";
  }

  ProgramResult result_;
  std::optional<Program> program_;
  std::map<std::string, std::string> disk_, seen_;
  std::ostringstream out_;
  NoClock clock_;
};

TEST_F(ExternalDiff, GetsTwoDirectoriesAndItsOwnWordsAsTheyAre) {
  run("my/tool.sh  -r --style=a.b/c",
      {{"c1", "v1.Service.n.a", "x\n", "y\n"}, {"../c2", "v1.Service.n.a", "", "z\n"}});
  EXPECT_THAT(program_->argv,
              ElementsAre("my/tool.sh", "-r", "--style=a.b/c", "/private/live", "/private/after"));
  EXPECT_TRUE(program_->shows);
  EXPECT_FALSE(program_->interactive);  // there is no terminal
  EXPECT_THAT(seen_, ElementsAre(Pair("/private/after/_._c2.v1.Service.n.a", "z\n"),
                                 Pair("/private/after/c1.v1.Service.n.a", "y\n"),
                                 Pair("/private/live/_._c2.v1.Service.n.a", ""),
                                 Pair("/private/live/c1.v1.Service.n.a", "x\n")));
  EXPECT_THAT(disk_, IsEmpty());
}

TEST_F(ExternalDiff, IsNotRunWithoutAChange) {
  run("diff", {});
  EXPECT_FALSE(program_.has_value());
}

TEST_F(ExternalDiff, MaySayThatThereAreDifferences) {
  result_.code = 1;
  EXPECT_EQ(error_of("diff"), "none");
}

TEST_F(ExternalDiff, ThatFailsIsAnErrorAndLeavesNothing) {
  result_.code = 2;
  EXPECT_EQ(error_of("diff -r"), "diff ended with code 2");
  result_ = {.end = ProgramResult::End::NotFound};
  EXPECT_EQ(error_of("difff"), "difff was not found");
  result_ = {.end = ProgramResult::End::Killed, .code = 9};
  EXPECT_EQ(error_of("diff"), "diff was ended by signal 9");
  EXPECT_THAT(disk_, IsEmpty());
}

}  // namespace
}  // namespace asmgw::cmd
