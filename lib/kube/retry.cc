#include "kube/retry.h"

#include <algorithm>
#include <charconv>

namespace asmgw::kube {
namespace {

constexpr int kMostRetries = 10;
constexpr int kMostReconnects = 3;
constexpr std::chrono::milliseconds kLongestWait{30'000};

}  // namespace

std::optional<std::chrono::milliseconds> retry_after(const Request& request,
                                                     const Response& response, int sent) {
  if (response.failure == Response::Failure::Cut) {
    const bool is_harmless =
        request.method == "GET" || request.target.find("dryRun=All") != std::string::npos;
    if (!is_harmless || sent > kMostReconnects) return std::nullopt;
    return std::chrono::milliseconds(1000);
  }
  if (response.failure != Response::Failure::None || sent > kMostRetries) return std::nullopt;
  if (response.status != 429 && response.status < 500) return std::nullopt;
  for (const auto& [name, value] : response.headers) {
    int seconds = 0;
    if (name != "retry-after") continue;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc() || seconds < 0) return std::nullopt;
    return std::min(kLongestWait, std::chrono::milliseconds(seconds * 1000LL));
  }
  return std::nullopt;
}

}  // namespace asmgw::kube
