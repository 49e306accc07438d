// What is shown of one changed object in one cluster? Lines that can be compared across clusters.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "diff/change_set.h"
#include "report/layout.h"

namespace asmgw {

/// One changed field, or a line that describes a created object (then only `value` is set).
struct Item {
  std::string heading;     ///< the longest common parent that reads well
  std::string mark;        ///< + ~ -
  std::string leaf;        ///< the rest of the path
  std::string value;       ///< `200m → 400m`
  std::string origin;      ///< gateway.yaml:31, or why there is no line
  std::string owner = {};  ///< in a conflict: who owns it
  std::string doubt = {};  ///< why the change is not certain

  friend auto operator<=>(const Item&, const Item&) = default;
};

/// One object of one cluster, as shown.
struct Part {
  std::string title;           ///< `Deployment/istio-web`
  std::string mark;            ///< + ~ ! ?
  Paint paint = Paint::Plain;  ///< of the mark
  bool restarts = false;
  std::string remark = {};  ///< behind the title
  std::vector<Item> items = {};
  std::vector<Item> overridden = {};     ///< what an override sets, changed or not; mark `=`
  std::vector<std::string> blocks = {};  ///< risks, laid out already
};

Part part_of(const ObjectChange& change, const Screen& screen);

/// `gateway.yaml:31`, `gone from manifest`, `default` …
std::string origin_text(const Origin& origin);

/// A value as a reader expects it: text in quotes where any text may stand.
std::string value_text(const Json& value, bool quoted);

}  // namespace asmgw
