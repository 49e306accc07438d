// How is a part of a comparison written? The lines of an object: what is common, what differs.
#pragma once

#include <string>
#include <vector>

#include "report/fold.h"
#include "report/groups.h"
#include "report/layout.h"

namespace asmgw {

/// How clusters are named beside what only some of them have.
struct Naming {
  const std::vector<Group>* groups = nullptr;  ///< by their groups; none: by their IDs
  bool all = false;                            ///< every ID, not only the first
};

/// `left`, and `right` flush at the screen's edge; two spaces apart at least. No colour in `left`.
std::string flush(const std::string& left, const std::string& right, const Screen& screen,
                  Paint how);

/// `MARK leaf  before → after  origin`; a long leaf or value moves to the next line, 4 further in.
std::string item_text(const Item& item, int indent, const Screen& screen);

/// `c1, c2 and 7 more`: the first six, or all.
std::string join_ids(const std::vector<std::string>& ids, bool all);

/// An object of the common part; `clusters`: how many were compared.
std::string common_text(const CommonPart& common, std::size_t clusters, const Naming& naming,
                        const Screen& screen);

/// ` differs (its override)`, ` differ (their overrides; blocked by a conflict)`: behind the name
/// of one cluster, or the names of several.
std::string differing_words(const Section& section);

/// How they differ, object by object.
std::string section_text(const Section& section, const Screen& screen);

}  // namespace asmgw
