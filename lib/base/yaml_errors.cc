#include "base/yaml_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/codes.h"
#include "base/in_quotes.h"

namespace asmgw {
namespace {

enum class Place { Problem, Context };

struct Saying {
  std::string_view theirs;  ///< the problem, or else the context
  Place place;
  std::string_view ours;
  std::string_view hint;
};
constexpr std::array kSayings = {
    Saying{"mapping values are not allowed in this context", Place::Problem,
           "a \":\" cannot stand here",
           "check the indentation; a text with \": \" in it needs quotes"},
    Saying{"found unexpected ':'", Place::Problem, "a \":\" cannot stand here",
           "put the text in quotes"},
    Saying{"mapping keys are not allowed in this context", Place::Problem,
           "a \"?\" cannot stand here", "a text that begins with it needs quotes"},
    Saying{"block sequence entries are not allowed in this context", Place::Problem,
           "a \"-\" cannot stand here", "begin the list on a line of its own"},
    Saying{"did not find expected key", Place::Problem, "this does not fit the mapping above it",
           "check its indentation, and the quotes before it"},
    Saying{"did not find expected '-' indicator", Place::Problem,
           "this does not fit the list above it",
           "check its indentation, and the quotes before it"},
    Saying{"did not find expected node content", Place::Problem, "a value is missing here", ""},
    Saying{"found character that cannot start any token", Place::Problem,
           "a text cannot begin with this character", "put it in quotes"},
    Saying{"found a tab character", Place::Problem, "a tab stands in the indentation",
           "YAML does not allow tabs for indentation"},
    Saying{"found unexpected end of stream", Place::Context, "this quote is never closed",
           "close it, or double it inside"},
    Saying{"found unexpected document indicator", Place::Context, "this quote is never closed",
           "close it, or double it inside"},
    Saying{"found unknown escape character", Place::Problem, "there is no such escape",
           "double the backslash, or use single quotes"},
    Saying{"did not find expected hexdecimal number", Place::Problem,
           "this escape needs hexadecimal digits", "double the backslash, or use single quotes"},
    Saying{"found invalid Unicode character escape code", Place::Problem,
           "this escape is no character", "write the character itself"},
    Saying{"did not find expected comment or line break", Place::Problem,
           "only a comment may stand here", "the text of a block begins on the next line"},
    Saying{"found an indentation indicator equal to 0", Place::Problem,
           "an indentation must be 1 to 9", "leave the number out"},
    Saying{"while scanning an anchor", Place::Context, "this is no name of an anchor",
           "letters, digits, - and _; a text that begins with & needs quotes"},
    Saying{"while scanning an alias", Place::Context, "this is no name of an anchor",
           "letters, digits, - and _; a text that begins with * needs quotes"},
    Saying{"while scanning a tag", Place::Context, "this is no tag",
           "a text that begins with ! needs quotes"},
    Saying{"while parsing a tag", Place::Context, "this is no tag",
           "a text that begins with ! needs quotes"},
    Saying{"found undefined tag handle", Place::Problem, "there is no such tag",
           "a text that begins with ! needs quotes"},
    Saying{"while scanning a directive", Place::Context, "kubectl reads no directives",
           "a text that begins with % needs quotes"},
};

bool is_flow(const YamlError& error) { return error.context.starts_with("while parsing a flow "); }

bool is_unclosed_quote(const YamlError& error) {
  return error.context == "while scanning a quoted scalar";
}

/// The tab in the indentation of the line, or npos.
std::size_t tab_before(std::string_view text, std::size_t offset) {
  const std::size_t begin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
  const std::size_t end = std::min(text.find_first_not_of(" \t", begin), text.size());
  const std::size_t tab = text.find('\t', begin);
  return tab < end ? tab : std::string_view::npos;
}

/// "could not find expected ':'": a key goes no further than its line and 1024 characters.
Finding explain_key(YamlText& text, const YamlError& error) {
  const Token token = text.token_at(error.began, false);
  const std::string_view key = text.text().substr(token.begin, token.end - token.begin);
  return finding(kSyntax, text.range(token), fmt::format("expected \":\" after {}", in_quotes(key)),
                 key.find(':') == std::string_view::npos
                     ? "a text that goes on stands deeper than its key"
                     : "a \":\" needs a space behind it");
}

Finding explain_bracket(YamlText& text, const Token& document, const YamlError& error) {
  const char bracket = text.text()[error.began];
  const Range opened = text.range(error.began);
  const std::string_view rest = text.text().substr(0, document.end);
  if (rest.find_first_not_of(" \t\r\n", error.at) == std::string_view::npos)
    return finding(kSyntax, opened, fmt::format("this \"{}\" is never closed", bracket));
  return finding(kSyntax, text.range(error.at),
                 bracket == '{' ? "expected \",\" or \"}\"" : "expected \",\" or \"]\"",
                 fmt::format("the \"{}\" of line {} is still open", bracket, opened.line));
}

/// What libyaml says in the same words, told apart by the character that it stopped at.
std::optional<Saying> saying_of(const YamlError& error, char stopped_at) {
  if (error.problem == "did not find expected key" && stopped_at == ':')
    return Saying{"", Place::Problem, "a key is missing here", ""};
  if (error.problem != "did not find expected node content") return std::nullopt;
  if (stopped_at == '}' || stopped_at == ']') {
    return Saying{"", Place::Problem, "this bracket closes nothing",
                  "remove it, or put the text in quotes"};
  }
  if (stopped_at != ',') return std::nullopt;
  if (is_flow(error))
    return Saying{"", Place::Problem, "a value is missing here", "remove one of the commas"};
  return Saying{"", Place::Problem, "a text cannot begin with this character", "put it in quotes"};
}

Finding explain_rest(YamlText& text, const Token& document, const YamlError& error) {
  const std::string_view before = text.text().substr(0, error.at);
  const std::size_t begin = text.text().find_first_not_of(" \t\r\n", document.begin);
  if (begin < document.end && text.text()[begin] == '%') {
    const std::size_t end = text.text().find_first_of("\r\n", begin);
    return finding(kSyntax, text.range(Token{begin, end}), "kubectl reads no directives",
                   "a text that begins with % needs quotes");
  }
  const std::size_t end_mark = before.rfind("\n...");
  if (end_mark != std::string_view::npos && end_mark >= document.begin) {
    return finding(kSyntax, text.range(error.at), "kubectl reads nothing behind a line ...",
                   "a further document begins with a line ---");
  }
  return finding(kSyntax, text.range(error.at), "this does not belong to the value above it",
                 "check its indentation; a further document begins with a line ---");
}

}  // namespace

Finding explain_yaml_error(YamlText& text, const Token& document, const YamlError& error) {
  const std::size_t tab = tab_before(text.text(), error.at);
  if (tab != std::string_view::npos && !is_flow(error) && !is_unclosed_quote(error)) {
    return finding(kSyntax, text.range(tab), "a tab stands in the indentation",
                   "YAML does not allow tabs for indentation");
  }
  if (error.problem == "could not find expected ':'") return explain_key(text, error);
  if (error.problem.starts_with("did not find expected ',' or"))
    return explain_bracket(text, document, error);
  if (error.problem == kRest) return explain_rest(text, document, error);
  std::optional<Saying> saying =
      saying_of(error, error.at < text.text().size() ? text.text()[error.at] : '\0');
  for (const Saying& entry : kSayings) {
    if (saying) break;
    if (error.problem.starts_with(entry.theirs) || error.context == entry.theirs) saying = entry;
  }
  if (!saying) return finding(kSyntax, text.range(error.at), error.problem);
  const Range at = saying->place == Place::Problem ? text.range(error.at)
                                                   : text.range(text.token_at(error.began, false));
  return finding(kSyntax, at, std::string(saying->ours), std::string(saying->hint));
}

}  // namespace asmgw
