#include "report/formats.h"

#include "base/error.h"
#include "report/besides.h"
#include "report/json.h"
#include "report/markdown.h"
#include "report/names.h"
#include "report/object_files.h"
#include "report/text.h"
#include "report/yaml.h"

namespace asmgw {
namespace {

Telling telling_of(const ChangeReport& report) {
  return {.noise = report.show_noise ? Noise::Listed : Noise::Offered};
}

constexpr ReportFormat kFormats[] = {
    {"text",
     [](const ChangeReport& report, const Screen& screen) {
       return changes_text(report.subject, report.findings, report.changes, telling_of(report),
                           screen);
     }},
    {"wide",
     [](const ChangeReport& report, const Screen& screen) {
       Telling telling = telling_of(report);
       telling.wide = true;
       return changes_text(report.subject, report.findings, report.changes, telling, screen);
     }},
    {"json",
     [](const ChangeReport& report, const Screen&) {
       return record_text(changes_json(report.subject, report.findings, report.changes,
                                       report.verdict, report.show_noise));
     }},
    {"yaml",
     [](const ChangeReport& report, const Screen&) {
       return to_yaml(changes_json(report.subject, report.findings, report.changes, report.verdict,
                                   report.show_noise));
     }},
    {"name",
     [](const ChangeReport& report, const Screen&) {
       return changed_names(report.changes.clusters);
     },
     /*tells_problems=*/false},
    {"diff",
     [](const ChangeReport& report, const Screen&) {
       return unified_diff(object_files(report.changes.clusters));
     },
     /*tells_problems=*/false},
    {"markdown",
     [](const ChangeReport& report, const Screen&) {
       return changes_markdown(report.subject, report.findings, report.changes, report.verdict);
     }},
};

const ReportFormat& format_of(std::string_view name) {
  for (const ReportFormat& format : kFormats) {
    if (format.name == name) return format;
  }
  ASMGW_BUG("a format without a row in formats.cc");
}

}  // namespace

std::span<const ReportFormat> report_formats() { return kFormats; }

std::vector<std::string> report_format_names() {
  std::vector<std::string> names;
  for (const ReportFormat& format : kFormats) names.emplace_back(format.name);
  return names;
}

std::string write_changes(std::string_view format, const ChangeReport& report,
                          const Screen& screen) {
  return format_of(format).show(report, screen);
}

std::string problems(std::string_view format, const ChangeReport& report, const Screen& screen) {
  if (format_of(format).tells_problems) return {};
  return problems_text(report.findings, report.changes.clusters, screen);
}

}  // namespace asmgw
