// What is common to the clusters, and how does each one differ? What is alike is said once.
#pragma once

#include <string>
#include <vector>

#include "report/part.h"

namespace asmgw {

/// What is shown of one cluster.
struct ClusterParts {
  std::string cluster;  ///< ID as displayed
  std::vector<Part> parts;
};

/// An item of the common part, and the clusters that lack it.
struct CommonItem {
  Item item;
  std::vector<std::string> lacking;
};

struct CommonPart {
  Part part;  ///< its items are in `items`
  std::vector<CommonItem> items;
  std::vector<std::string> lacking;  ///< clusters in which the object does not change
};

/// How some clusters differ in one object.
struct DifferingPart {
  Part part;                  ///< `items`: only its own (`plus`)
  std::vector<Item> without;  ///< common items that are not here; mark `=`: overridden
  bool is_whole = false;      ///< nothing of the object is common
};

/// Clusters that differ in the same way.
struct Section {
  std::vector<std::string> clusters;
  std::vector<DifferingPart> parts;
};

struct Folded {
  std::vector<CommonPart> common;
  std::vector<Section> sections;
};

/// How alike are clusters that share a section?
enum class Alike {
  InAll,    ///< in every line
  InValues  ///< but for the lines of the manifest that say it
};

/// Something stands in the common part when it is found in at least half of the clusters and in
/// two. One cluster is never folded: all is common to it.
Folded fold(const std::vector<ClusterParts>& clusters, Alike alike = Alike::InAll);

}  // namespace asmgw
