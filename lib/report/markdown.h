// -o markdown: a comparison as the comment of a pull request. Same input, same text, so that a bot
// can update one comment.
#pragma once

#include <cstddef>
#include <string>

#include "base/finding.h"
#include "diff/change_set.h"
#include "plan/verdict.h"
#include "report/head.h"

namespace asmgw {

/// Characters (bytes) that a comment may have: GitHub takes 65,536.
inline constexpr std::size_t kMostMarkdown = 60'000;

/// The worst first: a headline, a table, what is to be decided, then details that open. What would
/// be over `most` is left out, the last details first, with a line saying so.
std::string changes_markdown(const Subject& subject, const Findings& findings,
                             const ChangeSet& changes, const Verdict& verdict,
                             std::size_t most = kMostMarkdown);

/// Text that Markdown shows as it is: nothing in it is a mark, a table's cell, HTML or a mention.
std::string markdown_text(std::string_view text);

}  // namespace asmgw
