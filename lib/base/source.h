// Where does a value come from? Texts that were read, and ranges in them.
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace asmgw {

/// One text that was read: a file, standard input, an answer.
struct Source {
  std::string name;  ///< as the user wrote it: `gateway.yaml`, `-`
  std::string text;  ///< UTF-8
};

/// A piece of one line of a source. Positions count from 1; columns count code points.
struct Range {
  const Source* source = nullptr;  ///< owned by the run's Findings; never null in a range in use
  int line = 0;
  int column = 0;
  int end_column = 0;  ///< exclusive

  friend bool operator==(const Range&, const Range&) = default;
};

/// A value together with where it stands.
template <class T>
struct Located {
  T value = {};
  Range at = {};
  Range key = {};  ///< of a mapping's member: where its key stands
};

/// `gateway.yaml:31`
std::string file_line(const Range& range);

/// Line `number` (from 1) of the source, without its line end; "" beyond the end.
std::string_view line_of(const Source& source, int number);

}  // namespace asmgw
