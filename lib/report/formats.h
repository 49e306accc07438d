// In which formats is a comparison shown? One row per format.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "diff/change_set.h"
#include "plan/verdict.h"
#include "report/head.h"
#include "report/layout.h"

namespace asmgw {

/// Everything that a comparison has to tell.
struct ChangeReport {
  const Subject& subject;
  const Findings& findings;
  const ChangeSet& changes;
  const Verdict& verdict;
  bool show_noise = false;  ///< each difference without effect
};

struct ReportFormat {
  std::string_view name;  ///< of -o
  std::string (*show)(const ChangeReport& report, const Screen& screen);
  bool tells_problems = true;  ///< else they are for standard error: `problems`
};

/// The first is the default.
std::span<const ReportFormat> report_formats();

/// The formats' names, in order.
std::vector<std::string> report_format_names();

/// The comparison in the format of that name, which must be one.
std::string write_changes(std::string_view format, const ChangeReport& report,
                          const Screen& screen);

/// What a format of that name leaves out and nobody must miss: for standard error. "" for none.
std::string problems(std::string_view format, const ChangeReport& report, const Screen& screen);

}  // namespace asmgw
