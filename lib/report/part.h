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
  int more_places = 0;     ///< of clusters told of together: in how many it has another origin

  friend auto operator<=>(const Item&, const Item&) = default;
};

/// A risk, laid out.
struct Block {
  std::string text;
  std::string gist;  ///< the same but for lines of the manifest, which differ between overrides

  friend bool operator==(const Block&, const Block&) = default;
};

/// One object of one cluster, as shown.
struct Part {
  std::string title;           ///< `Deployment/istio-web`
  std::string mark;            ///< + ~ ! ?
  Paint paint = Paint::Plain;  ///< of the mark
  Action action = Action::Update;
  bool restarts = false;
  std::string remark = {};  ///< behind the title
  std::vector<Item> items = {};
  std::vector<Item> overridden = {};  ///< what an override sets, changed or not; mark `=`
  std::vector<Block> blocks = {};     ///< risks
};

Part part_of(const ObjectChange& change, const Screen& screen);

/// The risk's message; of what comes only when a conflict is taken: `if taken, …`.
std::string message_of(const Finding& risk, const ObjectChange& change);

/// `gateway.yaml:31`, `gone from manifest`, `default` …
std::string origin_text(const Origin& origin);

/// A value as a reader expects it: text in quotes where any text may stand.
std::string value_text(const Json& value, bool quoted);

}  // namespace asmgw
