// resources: which amounts does the API server refuse, alone or beside others?
#include <fmt/format.h>

#include <array>
#include <string_view>

#include "base/in_quotes.h"
#include "gateway/codes.h"
#include "gateway/kubernetes_names.h"
#include "gateway/validate_rules.h"
#include "object/quantity.h"

namespace asmgw {
namespace {

constexpr Int128 kOne = 1'000'000'000;  // in billionths
constexpr std::string_view kHugePages = "hugepages-";

bool is_extended(std::string_view name) {
  return name.find('/') != std::string_view::npos &&
         name.find("kubernetes.io/") == std::string_view::npos;
}
bool is_huge_pages(std::string_view name) { return name.starts_with(kHugePages); }

bool is_resource(std::string_view name) {
  if (name.find('/') == std::string_view::npos) {
    return name == "cpu" || name == "memory" || name == "ephemeral-storage" ||
           (is_huge_pages(name) && is_label_key(name));
  }
  return is_label_key(name) &&
         (!is_extended(name) ||
          (!name.starts_with("requests.") && is_label_key(fmt::format("requests.{}", name))));
}

/// Is the amount made of pages of the size that the name tells?
bool is_whole_pages(std::string_view name, const Quantity& amount) {
  const auto size = parse_quantity(name.substr(kHugePages.size()));
  if (!size || size->nano <= 0 || size->nano % kOne != 0) return false;
  const Int128 bytes = (amount.nano + kOne - 1) / kOne;
  return bytes % (size->nano / kOne) == 0;
}

void refuse(const Range& at, std::string message, std::string hint, Findings& findings) {
  findings.add(finding(kBadValue, at, std::move(message), std::move(hint)));
}

void check_amount(const std::string& name, const Located<std::string>& text, Findings& findings) {
  if (!is_resource(name)) {
    refuse(text.key, fmt::format("a container has no resource {}", in_quotes(name)),
           "cpu, memory, ephemeral-storage, hugepages-SIZE, or one with a prefix, as in "
           "example.com/device",
           findings);
    return;
  }
  const auto amount = parse_quantity(text.value);
  if (!amount) return;  // which has been said
  if (amount->nano < 0) {
    refuse(text.at, fmt::format("{} cannot be negative", name), "0 or more", findings);
  } else if (is_extended(name) && amount->nano % kOne != 0) {
    refuse(text.at, fmt::format("{} is counted in whole numbers", name), "as in 1", findings);
  } else if (is_huge_pages(name) && !is_whole_pages(name, *amount)) {
    refuse(text.at, fmt::format("{} is not a number of whole {}", in_quotes(text.value), name),
           fmt::format("a multiple of {}", name.substr(kHugePages.size())), findings);
  }
}

void check_request(const std::string& name, const Located<std::string>& request,
                   const TextMap& limits, Findings& findings) {
  const bool must_be_equal = is_extended(name) || is_huge_pages(name);
  const auto limit = limits.find(name);
  if (limit == limits.end()) {
    if (!must_be_equal) return;
    refuse(request.at, fmt::format("a request of {} without a limit", name),
           fmt::format("limits: {{{}: {}}}", name, request.value), findings);
    return;
  }
  const auto wanted = parse_quantity(request.value);
  const auto most = parse_quantity(limit->second.value);
  if (!wanted || !most) return;
  if (must_be_equal && wanted->nano != most->nano) {
    refuse(request.at, fmt::format("request and limit of {} differ", name),
           fmt::format("{}, as the limit", limit->second.value), findings);
  } else if (wanted->nano > most->nano) {
    refuse(request.at, fmt::format("the request of {} is above its limit", name),
           fmt::format("{} at most", limit->second.value), findings);
  }
}

}  // namespace

void validate_resources(const Field<Resources>& resources, Findings& findings) {
  if (!resources) return;
  static const TextMap kNone;
  const Resources& value = resources->value;
  const TextMap& limits = value.limits ? value.limits->value.amounts : kNone;
  const TextMap& requests = value.requests ? value.requests->value.amounts : kNone;
  for (const auto& [name, amount] : limits) check_amount(name, amount, findings);
  for (const auto& [name, amount] : requests) check_amount(name, amount, findings);
  for (const auto& [name, amount] : requests) check_request(name, amount, limits, findings);
  const auto has = [&](std::string_view name) {
    const std::string key(name);
    return limits.contains(key) || requests.contains(key);
  };
  if (has("cpu") || has("memory")) return;
  for (const TextMap* amounts : {&limits, &requests}) {
    for (const auto& [name, amount] : *amounts) {
      if (!is_huge_pages(name)) continue;
      refuse(amount.key, fmt::format("{} without cpu and memory", name),
             "add a limit or a request of one of the two", findings);
      return;
    }
  }
}

}  // namespace asmgw
