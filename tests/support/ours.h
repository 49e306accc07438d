// What does a live object need so that it counts as made by us?
#pragma once

#include "base/json.h"

namespace asmgw {

/// The object with an Apply entry of ours that owns the selector and the managed-by label.
inline Json ours(Json object) {
  object["metadata"]["managedFields"] = Json::array(
      {{{"manager", "kubectl-asmgw"},
        {"operation", "Apply"},
        {"fieldsV1",
         {{"f:metadata", {{"f:labels", {{"f:app.kubernetes.io/managed-by", Json::object()}}}}},
          {"f:spec", {{"f:selector", Json::object()}}}}}}});
  return object;
}

}  // namespace asmgw
