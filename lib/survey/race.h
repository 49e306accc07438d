// Do a GET and a preview show the same moment? If not, what must be asked again?
#pragma once

#include <optional>
#include <vector>

#include "object/exchange.h"
#include "survey/known.h"

namespace asmgw {

/// What is known about one preview and the object it is about.
struct Pairing {
  std::optional<Answer> before;  ///< both set: the pair is settled
  std::optional<Answer> after;
  std::vector<Question> open;  ///< else: what must be asked next
};

/// A dry-run answer keeps the live resourceVersion, so equal versions are one moment. A pair from
/// one batch has no order: there preview again, then GET, so that two GETs enclose the preview.
/// When the two GETs differ only in status, only status moved and the pair stands. Otherwise again,
/// at most 3 times; then the object is Unread: it never holds still.
Pairing pair_up(const Write& write, const Known& known);

/// Do two readings of an object differ in nothing but its status?
bool only_status_moved(const Answer& one, const Answer& two);

}  // namespace asmgw
