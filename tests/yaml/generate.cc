#include "yaml/generate.h"

#include <array>
#include <span>
#include <string_view>

namespace asmgw::test {
namespace {

// The distributions of <random> differ between libraries; the generator's numbers do not.
std::size_t below(std::mt19937& random, std::size_t limit) { return random() % limit; }

bool one_in(std::mt19937& random, std::size_t count) { return below(random, count) == 0; }

std::string_view pick(std::mt19937& random, std::span<const std::string_view> words) {
  return words[below(random, words.size())];
}

constexpr std::array<std::string_view, 58> kTokens = {
    "a",      "b",    "k",  "1",    "yes",  ":",      ": ",   ": ",   ": ",    " ",
    "\n",     "\n",   "\n", "  ",   "    ", "- ",     "-",    "{",    "}",     "[",
    "]",      ",",    ", ", "'",    "\"",   "#",      " # c", "&x ",  "*x",    "*x ",
    "!!str ", "!t ",  "!",  "|",    "|\n",  "|-\n",   " >\n", "\t",   "---\n", "...\n",
    "? ",     "<<: ", "<<", "%",    "@",    "`",      "\\",   "\\n",  "~",     "null",
    "''",     "\"\"", "é",  "\r\n", "=",    "k: v\n", "k:\n", "- i\n"};

/// Tokens in a row: most are not YAML, and few mistakes are left out.
std::string soup(std::mt19937& random) {
  std::string text;
  for (std::size_t count = 2 + below(random, 13); count > 0; --count) text += pick(random, kTokens);
  return text;
}

constexpr std::string_view kNumberLetters = "0123456789001+-.._eExXobnaif:yYtTrRuUlL~<=";

/// Words that may be numbers, as values and as keys.
std::string words(std::mt19937& random) {
  std::string text;
  for (std::size_t count = 1 + below(random, 6); count > 0; --count) {
    std::string word;
    for (std::size_t letters = 1 + below(random, 8); letters > 0; --letters)
      word += kNumberLetters[below(random, kNumberLetters.size())];
    text += one_in(random, 3) ? "- {" + word + ": 1}\n" : "- " + word + "\n";
  }
  return text;
}

constexpr std::array<std::string_view, 24> kScalars = {
    "a",         "b c",        "1",    "-2.5", "0x1F",    "010", "yes",     "'no'",
    "\"x\\ty\"", "~",          "''",   "1.10", "200m",    "a:b", "a#b",     "http://x/y",
    "\"é\"",     "2001-12-14", "&x a", "*x",   "!!str 1", "! 2", "&y null", "*y"};
constexpr std::array<std::string_view, 12> kKeys = {"a", "b",   "c",  "d",  "\"e\"", "'f g'",
                                                    "1", "yes", "<<", "<<", "h",     "i"};

/// A value in a random style. `indent`: of the lines of a block.
class Writer {
 public:
  explicit Writer(std::mt19937& random) : random_(random) {}

  std::string flow(int depth) {
    if (depth == 0 || one_in(random_, 2)) return std::string(pick(random_, kScalars));
    const bool is_mapping = one_in(random_, 2);
    std::string text = properties() + (is_mapping ? "{" : "[");
    for (std::size_t count = below(random_, 4); count > 0; --count) {
      if (is_mapping) text += std::string(pick(random_, kKeys)) + ": ";
      text += flow(depth - 1) + (count > 1 ? ", " : "");
    }
    return text + (is_mapping ? "}" : "]");
  }

  /// What stands behind `key:` or `-`, with the end of its line.
  std::string value(std::size_t indent, int depth) {
    if (depth == 0 || one_in(random_, 3)) return " " + flow(2) + end();
    if (one_in(random_, 6)) return block_text(indent);
    if (one_in(random_, 10)) return end();
    return (one_in(random_, 4) ? " &" + anchor() : "") + end() + block(indent, depth);
  }

  std::string block(std::size_t indent, int depth) {
    const bool is_mapping = !one_in(random_, 3);
    std::string text;
    for (std::size_t count = 1 + below(random_, 4); count > 0; --count) {
      text += std::string(indent, ' ');
      text += is_mapping ? std::string(pick(random_, kKeys)) + ":" : "-";
      text += value(indent + 1 + below(random_, 3), depth - 1);
      if (one_in(random_, 12)) text += one_in(random_, 2) ? end() : "# c" + end();
    }
    return text;
  }

  std::string end() {
    if (one_in(random_, 15)) return " # c\n";
    return one_in(random_, 30) ? "\r\n" : "\n";
  }

 private:
  std::string anchor() { return one_in(random_, 2) ? "x" : "y"; }
  std::string properties() { return one_in(random_, 8) ? "&" + anchor() + " " : ""; }

  std::string block_text(std::size_t indent) {
    std::string text = one_in(random_, 2) ? " |" : " >";
    if (one_in(random_, 2)) text += one_in(random_, 2) ? "-" : "+";
    text += "\n";
    for (std::size_t count = 1 + below(random_, 4); count > 0; --count) {
      if (!one_in(random_, 4)) text += std::string(indent + below(random_, 2), ' ') + "t u";
      text += "\n";
    }
    return text;
  }

  std::mt19937& random_;
};

std::string documents(std::mt19937& random) {
  Writer writer(random);
  std::string text = one_in(random, 4) ? "---\n" : "";
  for (std::size_t count = 1 + below(random, 3) / 2; count > 0; --count) {
    text += one_in(random, 5) ? writer.flow(3) + writer.end() : writer.block(0, 3);
    if (count > 1) text += "---" + writer.end();
  }
  return text;
}

constexpr std::array<std::string_view, 14> kJsonScalars = {"null",
                                                           "true",
                                                           "-1",
                                                           "2.5e3",
                                                           "0",
                                                           "\"a\"",
                                                           "\"\\u00e9\\/\"",
                                                           "\"\\ud83d\\ude00\"",
                                                           "\"\"",
                                                           "9223372036854775808",
                                                           "\"\t\"",
                                                           "\"yes\"",
                                                           "1.0",
                                                           "\"\\n\""};

std::string json_value(std::mt19937& random, int depth) {
  if (depth == 0 || one_in(random, 3)) return std::string(pick(random, kJsonScalars));
  const bool is_mapping = one_in(random, 2);
  const std::string_view space = one_in(random, 3) ? "\n  " : "";
  std::string text = is_mapping ? "{" : "[";
  for (std::size_t count = below(random, 4); count > 0; --count) {
    text += space;
    if (is_mapping) text += "\"k" + std::to_string(count) + "\":";
    text += json_value(random, depth - 1);
    if (count > 1) text += ",";
  }
  return text + (is_mapping ? "}" : "]");
}

std::string json(std::mt19937& random) {
  constexpr std::array<std::string_view, 6> kBetween = {"", "\n", " ", "\n---\n", "\n", "# c\n"};
  std::string text;
  for (std::size_t count = 1 + below(random, 4); count > 0; --count) {
    text += "{\"a\":" + json_value(random, 3) + "}";
    text += pick(random, kBetween);
  }
  return text;
}

/// Takes away, doubles or puts in a few characters.
void spoil(std::string& text, std::mt19937& random) {
  for (std::size_t count = 1 + below(random, 3); count > 0 && !text.empty(); --count) {
    const std::size_t at = below(random, text.size());
    if (one_in(random, 3)) {
      text.erase(at, 1 + below(random, 3));
    } else if (one_in(random, 2)) {
      text.insert(at, text.substr(at, 1 + below(random, 8)));
    } else {
      text.insert(at, pick(random, kTokens));
    }
  }
}

}  // namespace

std::string generate_text(std::mt19937& random) {
  switch (below(random, 5)) {
    case 0:
      return soup(random);
    case 1:
      return words(random);
    case 2: {
      std::string text = json(random);
      if (one_in(random, 2)) spoil(text, random);
      return text;
    }
    default: {
      std::string text = documents(random);
      if (one_in(random, 3)) spoil(text, random);
      return text;
    }
  }
}

}  // namespace asmgw::test
