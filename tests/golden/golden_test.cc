// Does each command print what its folder says? One test per folder; support/golden/case.h says
// what a folder holds. UPDATE_GOLDEN=1 writes what is printed into the folders and skips the tests.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "support/golden/case.h"
#include "support/golden/line_diff.h"

namespace asmgw::test {
namespace {

namespace fs = std::filesystem;

void expect_text(const GoldenCase& golden, const std::string& name, const std::string& actual) {
  const std::string difference = line_diff(file_text(golden.folder / name), actual);
  if (!difference.empty()) {
    ADD_FAILURE() << (golden.folder / name).string() << " (- expected, + printed)\n" << difference;
  }
}

/// No file stands for an empty text.
void update(const GoldenCase& golden, const std::string& name, const std::string& text) {
  fs::remove(golden.folder / name);
  if (!text.empty()) std::ofstream(golden.folder / name, std::ios::binary) << text;
}

class GoldenTest : public testing::Test {
 public:
  explicit GoldenTest(fs::path folder) : folder_(std::move(folder)) {}

  void TestBody() override {
    GoldenCase golden;
    try {
      golden = read_case(folder_);
    } catch (const std::runtime_error& error) {
      FAIL() << error.what();
    }
    const Outcome outcome = replay_case(golden);
    for (const std::string& problem : outcome.problems) ADD_FAILURE() << problem;
    if (HasFailure()) {  // what is printed of such a run means nothing
      FAIL() << "if that is meant: scripts/update-golden --record " << folder_.filename().string();
    }
    const std::string code = std::to_string(outcome.exit_code) + "\n";
    if (std::getenv("UPDATE_GOLDEN") == nullptr) {
      expect_text(golden, "stdout", outcome.out);
      expect_text(golden, "stderr", outcome.err);
      expect_text(golden, "exit", code);
      return;
    }
    update(golden, "stdout", outcome.out);
    update(golden, "stderr", outcome.err);
    update(golden, "exit", code);
    GTEST_SKIP() << "written, not tested: " << folder_.string();
  }

 private:
  const fs::path folder_;
};

/// `Screen.screen_01_first_run`, `Golden.diff_conflict`: a dash means something in a test filter.
void register_case(const fs::path& folder) {
  std::string name = folder.filename().string();
  const bool is_screen = name.starts_with("screen-");
  std::replace(name.begin(), name.end(), '-', '_');
  testing::RegisterTest(is_screen ? "Screen" : "Golden", name.c_str(), nullptr, nullptr, __FILE__,
                        __LINE__, [folder]() -> GoldenTest* { return new GoldenTest(folder); });
}

}  // namespace
}  // namespace asmgw::test

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  std::vector<std::filesystem::path> folders;
  for (const auto& entry : std::filesystem::directory_iterator(ASMGW_GOLDEN_DIR)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  for (const std::filesystem::path& folder : folders) asmgw::test::register_case(folder);
  return RUN_ALL_TESTS();
}
