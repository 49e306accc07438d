// Which differences have no effect? Their number by reason, or each of them.
#pragma once

#include <string>
#include <vector>

#include "diff/change_set.h"
#include "report/layout.h"

namespace asmgw {

enum class Noise {
  Counted,
  Offered,  ///< counted, and how to list them
  Listed,
};

/// `Hidden: 24 differences without effect (managedFields 16, …)`; "" for none. Listed: below it, by
/// object, path, before, after and reason; clusters with the same ones share them.
std::string hidden_text(const std::vector<ClusterChanges>& clusters, Noise noise,
                        const std::vector<std::string>& all_ids, const Screen& screen);

/// How many there are, and by reason.
std::size_t count_hidden(const Hidden& hidden);
Json hidden_json(const Hidden& hidden, bool listed);

}  // namespace asmgw
