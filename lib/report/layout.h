// How does text look on this screen? Width, marks and colour; nothing here knows what it says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/doc.h"
#include "base/harmless.h"
#include "diff/change_set.h"

namespace asmgw {

/// What the other end can show.
struct Screen {
  bool color = false;
  bool ascii = false;
  int width = 80;
};

/// The words that colour repeats (the legend of the screens).
enum class Paint { Plain, Dim, Bold, Good, Changed, Bad, Unknown, Command, Place };

std::string paint(std::string_view text, Paint how, const Screen& screen);
Paint paint_of(Severity severity);
Paint paint_of(Action action);

/// `→ … · ≥ —` and bars as the screen allows: in ASCII `-> ... , >= -`.
std::string marks(std::string_view text, const Screen& screen);

/// Columns that the text takes; wide characters take two. Colour must not be in it yet.
int columns(std::string_view text);

/// Padded with spaces to `width` columns; longer texts stay as they are.
std::string pad(std::string_view text, int width);

/// Breaks at spaces so that no line is longer than `width` (words stay whole).
std::vector<std::string> wrap(std::string_view text, int width);

/// The text broken into lines; the first begins where it is put, further ones `indent` in.
std::string hanging(std::string_view text, int indent, const Screen& screen,
                    Paint how = Paint::Plain);

/// `a, b and c`; of more than `most` words the first, `and 3 more`.
std::string join_and(const std::vector<std::string>& words, std::size_t most = std::string::npos);

/// Rows of cells in columns, two spaces apart; the last column is not padded. The first row is the
/// header, shown dim. `right`: indexes of columns set flush right.
struct Cell {
  std::string text;
  Paint paint = Paint::Plain;
};
std::string table(const std::vector<std::vector<Cell>>& rows, const std::vector<std::size_t>& right,
                  const Screen& screen);

/// A kind in a table's cell: HPA instead of HorizontalPodAutoscaler, as kubectl calls it.
std::string short_kind(const std::string& kind);

/// `1 pod`, `2 pods`
std::string counted(std::int64_t number, std::string_view noun);

/// A cluster ID as displayed: over 14 characters (over 8 among more than 12 clusters) its shortest
/// prefix (≥ 6) that is unique in `all`, and `…`; the whole ID when `all` is empty.
std::string short_id(const std::string& id, const std::vector<std::string>& all);

}  // namespace asmgw
