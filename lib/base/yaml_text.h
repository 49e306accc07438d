// Where does a token of a YAML text stand? The parser names only the byte where one begins.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "base/source.h"

namespace asmgw {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// A piece of the text, in bytes.
struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;  ///< exclusive; in the line of `begin`
  bool closed = true;   ///< not a quoted scalar whose closing quote is missing
};

/// Is it within a character of UTF-8 that began before?
inline bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80;
}

/// Reads one text. Cheap for offsets that mostly grow: it remembers the last place
/// (a line may hold megabytes of JSON).
class YamlText {
 public:
  explicit YamlText(const Source& source);

  /// The text without its byte order mark; every offset counts in it.
  std::string_view text() const { return text_; }

  /// The token at `offset`: a scalar with its quotes, an alias, an indicator. In a flow collection
  /// a plain scalar ends earlier.
  Token token_at(std::size_t offset, bool in_flow);

  /// The place of the first byte behind the anchors and tags at `offset`, and the space and
  /// comments that follow them; `offset` if there are none.
  std::size_t skip_properties(std::size_t offset, bool only_this_line);

  /// A token's range; at least one column. What lies behind the text becomes the end of its last
  /// line that is not blank.
  Range range(const Token& token);
  Range range(std::size_t offset) { return range(Token{offset, offset}); }

 private:
  void seek(std::size_t offset);
  std::size_t line_end(std::size_t offset);
  std::size_t skip_space(std::size_t offset, bool only_this_line);
  Token quoted(std::size_t begin);
  std::size_t plain_end(std::size_t begin, bool in_flow);

  const Source& source_;
  std::string_view text_;
  std::size_t offset_ = 0;  // the last place: byte, line, column
  int line_ = 1;
  int column_ = 1;
  std::size_t line_from_ = 1;  // between these two offsets no line ends; now: none
  std::size_t line_to_ = 0;
};

/// What no text may hold [syntax]: invalid UTF-8.
std::optional<Finding> find_bad_utf8(YamlText& text);

/// What YAML does not allow [syntax], or what looks otherwise than it is read: control characters,
/// ends of lines that no editor shows (lone carriage returns, U+0085, U+2028, U+2029), a byte order
/// mark at the beginning of a further line; the first one.
std::optional<Finding> find_forbidden_characters(YamlText& text, const Token& document);

}  // namespace asmgw
