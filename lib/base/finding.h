// What is there to tell? One type for diagnostics, risks, errors of a cluster and refusals.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/doc.h"
#include "base/path.h"
#include "base/source.h"

namespace asmgw {

struct Finding {
  const Code* code = nullptr;  ///< never null in use
  Severity severity = Severity::Error;
  std::string message;  ///< one line, no full stop
  std::string why = {};
  std::string hint = {};         ///< what to do; lines after the first are kept as they are
  std::string server = {};       ///< the other side's own words
  std::optional<Range> at = {};  ///< in a text the user wrote
  PathSet paths = {};            ///< the fields of the object it is about
};

/// A finding of the code's usual severity.
Finding finding(const Code& code, std::string message, std::string hint = {});
Finding finding(const Code& code, const Range& at, std::string message, std::string hint = {});

/// What a run has found in its input, in the order found. Owns the texts that ranges point into.
class Findings {
 public:
  Findings() = default;
  Findings(const Findings&) = delete;  // ranges point into it
  Findings& operator=(const Findings&) = delete;

  /// Keeps the text for as long as this object lives; the reference stays valid.
  const Source& keep(Source source);

  /// What has been said of a place already is not said again: clusters share their manifest.
  void add(Finding finding);
  bool has_errors() const;
  const std::vector<Finding>& all() const { return all_; }

  /// Sorts by text, line and column; what has no place comes last, in the order found.
  void sort();

 private:
  using Said = std::tuple<const Code*, const Source*, int, int, int, std::string>;

  std::deque<Source> sources_;
  std::vector<Finding> all_;
  std::set<Said> said_;  // code, range and message of those with a place
};

}  // namespace asmgw
