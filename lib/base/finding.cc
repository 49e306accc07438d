#include "base/finding.h"

#include <algorithm>
#include <tuple>

namespace asmgw {

Finding finding(const Code& code, std::string message, std::string hint) {
  Finding result;
  result.code = &code;
  result.severity = code.severity;
  result.message = std::move(message);
  result.hint = std::move(hint);
  return result;
}

Finding finding(const Code& code, const Range& at, std::string message, std::string hint) {
  Finding result = finding(code, std::move(message), std::move(hint));
  result.at = at;
  return result;
}

const Source& Findings::keep(Source source) { return sources_.emplace_back(std::move(source)); }

void Findings::add(Finding finding) {
  if (const std::optional<Range>& at = finding.at) {
    const bool is_new = said_
                            .emplace(finding.code, at->source, at->line, at->column, at->end_column,
                                     finding.message)
                            .second;
    if (!is_new) return;
  }
  all_.push_back(std::move(finding));
}

bool Findings::has_errors() const {
  return std::any_of(all_.begin(), all_.end(),
                     [](const Finding& finding) { return finding.severity == Severity::Error; });
}

void Findings::sort() {
  const auto order_of = [&](const Source* source) {
    std::size_t index = 0;
    while (index < sources_.size() && &sources_[index] != source) ++index;
    return index;
  };
  const auto key = [&](const Finding& finding) {
    return finding.at
               ? std::make_tuple(order_of(finding.at->source), finding.at->line, finding.at->column)
               : std::make_tuple(sources_.size() + 1, 0, 0);
  };
  std::stable_sort(all_.begin(), all_.end(),
                   [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

}  // namespace asmgw
