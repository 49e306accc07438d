#include "report/formats.h"

#include "base/error.h"
#include "report/json.h"
#include "report/text.h"

namespace asmgw {
namespace {

constexpr ReportFormat kFormats[] = {
    {"text",
     [](const ChangeReport& report, const Screen& screen) {
       return changes_text(report.subject, report.findings, report.changes, true, screen);
     }},
    {"json",
     [](const ChangeReport& report, const Screen&) {
       return changes_json(report.subject, report.findings, report.changes, report.verdict);
     }},
};

}  // namespace

std::span<const ReportFormat> report_formats() { return kFormats; }

std::vector<std::string> report_format_names() {
  std::vector<std::string> names;
  for (const ReportFormat& format : kFormats) names.emplace_back(format.name);
  return names;
}

std::string write_changes(std::string_view format, const ChangeReport& report,
                          const Screen& screen) {
  for (const ReportFormat& candidate : kFormats) {
    if (candidate.name == format) return candidate.show(report, screen);
  }
  ASMGW_BUG("a format without a row in formats.cc");
}

}  // namespace asmgw
