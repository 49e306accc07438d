// Cluster × object × action × restart × risk: the table above the last sentence.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "diff/change_set.h"
#include "report/layout.h"

namespace asmgw {

/// One cluster, or several that are alike in all that the table says.
struct SummaryRow {
  std::string name;                         ///< the ID as displayed, or the letter of the group
  std::size_t clusters = 1;                 ///< 0: the control plane, which is none
  const ClusterChanges* cluster = nullptr;  ///< the first of them
};

enum class RowsOf {
  Clusters,
  Groups,        ///< says how many clusters each row stands for
  ClustersWide,  ///< says contexts, and every risk, whatever the width
};

/// The header and a line for each row. Up to three changed kinds are columns; more are one column
/// OBJECTS.
std::vector<std::vector<Cell>> summary_cells(const std::vector<SummaryRow>& rows, RowsOf of,
                                             const Screen& screen);

/// The same, laid out.
std::string summary_table(const std::vector<SummaryRow>& rows, RowsOf of, const Screen& screen);

}  // namespace asmgw
