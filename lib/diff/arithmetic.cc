#include "diff/arithmetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "object/quantity.h"
#include "object/rolling.h"

namespace asmgw {
namespace {

std::string amount_text(const Json* amount, std::string_view otherwise) {
  if (amount == nullptr) return std::string(otherwise);
  return amount->is_string() ? amount->get<std::string>() : dump(*amount);
}

/// Surge is rounded up, unavailable down, by the Deployment controller.
RollingPart part_of(const std::string& text, std::int64_t replicas, bool round_up) {
  const std::optional<RollingAmount> amount = parse_rolling(text);
  RollingPart part{text, replicas, 0};
  if (!amount) return part;
  part.pods =
      amount->is_percent ? (replicas * amount->number + (round_up ? 99 : 0)) / 100 : amount->number;
  return part;
}

/// What the pods of a template request: the larger of the containers' sum and the largest init
/// container.
std::optional<Quantity> requested(const Json& deployment, std::string_view resource) {
  Quantity sum, largest_init;
  bool any = false;
  const auto each = [&](std::string_view list, const auto& add) {
    const Json* containers = find(deployment, {"spec", "template", "spec", list});
    if (containers == nullptr) return;
    for (const Json& container : *containers) {
      const auto amount = parse_quantity(text_at(container, {"resources", "requests", resource}));
      if (!amount) continue;
      any = true;
      add(*amount);
    }
  };
  each("containers", [&](Quantity amount) { sum.nano += amount.nano; });
  each("initContainers",
       [&](Quantity amount) { largest_init.nano = std::max(largest_init.nano, amount.nano); });
  if (!any) return std::nullopt;
  return Quantity{std::max(sum.nano, largest_init.nano)};
}

struct Counts {
  std::int64_t old_replicas, new_replicas, surge;
};

std::optional<Requested> requests_of(const Json& before, const Json& after,
                                     std::string_view resource, const Counts& counts) {
  const auto old_pod = requested(before, resource), new_pod = requested(after, resource);
  if (!old_pod && !new_pod) return std::nullopt;
  const Int128 old_amount = old_pod ? old_pod->nano : 0, new_amount = new_pod ? new_pod->nano : 0;
  const std::int64_t most = std::max(counts.old_replicas, counts.new_replicas);
  const Int128 peak = std::max(most * new_amount + counts.surge * old_amount,
                               most * old_amount + counts.surge * new_amount);
  const auto text = [&](Int128 nano) {
    return resource == "cpu" ? decimal_quantity({nano}) : binary_quantity({nano});
  };
  return Requested{text(counts.old_replicas * old_amount), text(peak),
                   text(counts.new_replicas * new_amount)};
}

}  // namespace

Arithmetic rollout_arithmetic(const Json& before, const Json& after) {
  const std::int64_t old_replicas = int_at(before, {"spec", "replicas"}, 1);
  const std::int64_t new_replicas = int_at(after, {"spec", "replicas"}, 1);
  const Json* rolling = find(after, {"spec", "strategy", "rollingUpdate"});
  const Json none = Json::object();
  const Json& strategy = rolling != nullptr ? *rolling : none;
  Arithmetic result;
  result.replicas = old_replicas;
  const std::int64_t most = std::max(old_replicas, new_replicas);
  const std::int64_t fewest = std::min(old_replicas, new_replicas);
  const std::string surge = amount_text(find(strategy, {"maxSurge"}), "25%");
  const std::string unavailable = amount_text(find(strategy, {"maxUnavailable"}), "25%");
  const auto parts = [&](std::int64_t more, std::int64_t fewer) {
    std::pair<RollingPart, RollingPart> both{part_of(surge, more, true),
                                             part_of(unavailable, fewer, false)};
    if (both.first.pods == 0 && both.second.pods == 0) both.second.pods = 1;
    return both;
  };
  std::tie(result.surge, result.unavailable) = parts(most, fewest);
  result.floor = std::max<std::int64_t>(0, fewest - result.unavailable.pods);
  result.peak = most + result.surge.pods;
  const auto [new_surge, new_unavailable] = parts(new_replicas, new_replicas);
  const std::int64_t step = new_surge.pods + new_unavailable.pods;  // as the controller goes
  result.waves = (new_replicas + step - 1) / step;
  const Counts counts{old_replicas, new_replicas, result.surge.pods};
  result.cpu = requests_of(before, after, "cpu", counts);
  result.memory = requests_of(before, after, "memory", counts);
  return result;
}

}  // namespace asmgw
