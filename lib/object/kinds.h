// What must be known of a Kubernetes kind? THE table: one row per kind that we render or look at.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "object/cluster.h"
#include "object/ref.h"

namespace asmgw {

/// How the items of a list are told apart; lists that no row names are one value as a whole.
struct ListIdentity {
  std::string_view list;     ///< the list's field name
  std::string_view keys[2];  ///< the fields that identify an item; the second may be ""
  bool owned_whole = false;  ///< the server keeps one owner for all of it (an atomic list)
};

struct Kind {
  std::string_view group, version, kind;
  std::string_view resource;  ///< the plural of the URL
  int order;                  ///< apply order inside a cluster; 0 = only looked at
  Place place;
  std::span<const ListIdentity> lists;
  /// Fields below spec that the server allocates; a dry run invents them (page 4, page 12 A11).
  std::span<const std::string_view> allocated;
  /// Objects with one owner and one value as a whole, by their field's name (page 12, D).
  std::span<const std::string_view> atomic = {};
};

/// All rows, in apply order.
std::span<const Kind> kinds();

/// The row of a kind. A kind without a row is a bug.
const Kind& kind_of(const ObjectRef& ref);

/// `v1`, `apps/v1`
std::string api_version(const Kind& kind);

/// `/apis/apps/v1/namespaces/NS/deployments/NAME`; without a name that of all objects, without a
/// namespace that of an object beside them. `version`: one that the server serves instead of the
/// row's.
std::string url_path(const ObjectRef& ref, std::string_view version = {});

/// The identity of a list's items, or nullptr when the list is one value.
const ListIdentity* list_identity(const Kind& kind, std::string_view list);

/// Is an object of that name one value: applied, it takes the place of the live one?
bool is_atomic(const Kind& kind, std::string_view field);

/// Does the server allocate the field by itself?
bool is_allocated(const Kind& kind, std::string_view field);

}  // namespace asmgw
