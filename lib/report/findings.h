// How is a finding shown? The line, a caret under the token, what to do.
#pragma once

#include <string>

#include "base/finding.h"
#include "report/layout.h"

namespace asmgw {

/// With a place: `file:line:col: severity: text [code]`, the source line, a caret, the hint; notes
/// are one line. Without: `severity: text [code]`, why, hint.
std::string finding_text(const Finding& finding, const Screen& screen);

/// All of them, one after the other.
std::string findings_text(const Findings& findings, const Screen& screen);

/// A finding about a place of the screen: indented, `warning: text [code]`, what, why, hint.
std::string indented_finding(const Finding& finding, int indent, const Screen& screen);

/// `hint: text`; nothing without one.
std::string hint_text(const std::string& hint, int indent, const Screen& screen);

/// The lines below its head: server, place, why, hint.
std::string finding_details(const Finding& finding, int indent, const Screen& screen);

/// `5 errors, 1 warning`
std::string findings_count(const Findings& findings);

}  // namespace asmgw
