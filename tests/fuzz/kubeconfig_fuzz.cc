// The laws of kubeconfigs, for any text: what resolves can be asked, and what does not is told.
#include <algorithm>

#include "fuzz/fuzz.h"
#include "kube/contexts.h"
#include "kube/credentials.h"

using namespace asmgw;  // NOLINT: one file, one function

namespace {

class StillClock : public Clock {
 public:
  std::chrono::system_clock::time_point now() override { return {}; }
  void sleep(std::chrono::milliseconds, std::stop_token) override {}
};

void require_words(const Findings& findings) {
  for (const Finding& finding : findings.all()) {
    fuzz::require(finding.code != nullptr, "a finding has a code");
    fuzz::require(!finding.message.empty(), "a finding has words");
  }
}

void require_usable(const kube::Access& access) {
  const Endpoint& endpoint = access.endpoint;
  fuzz::require(endpoint.url.starts_with("http://") || endpoint.url.starts_with("https://"),
                "an endpoint is http or https");
  fuzz::require(!endpoint.insecure || endpoint.ca_pem.empty(), "a CA is never ignored");
  for (const auto& [name, value] : endpoint.headers)
    fuzz::require(kube::is_header_value(name) && kube::is_header_value(value), "headers are lines");
  const bool is_secure = endpoint.url.starts_with("https://");
  const kube::Proof proof = access.login.current({});
  fuzz::require(kube::is_header_value(proof.authorization), "so is the authorization");
  fuzz::require(is_secure || proof == kube::Proof{}, "nothing secret without TLS");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const kube::FileAccess files{[&](const std::string& path) -> std::optional<std::string> {
                                 if (path == "k") return text;
                                 return path.ends_with(".pem") ? std::optional("-----BEGIN X-----")
                                                               : std::nullopt;
                               },
                               [](const std::string&) { return std::vector<std::string>(); },
                               [](const std::string&) { return false; }};
  const kube::ContextRules rules{.kubeconfig = {.paths = {"k"}, .must_exist = true}};
  StillClock clock;
  kube::Plugins plugins({.run = {}, .files = files, .clock = clock},
                        [](Findings&) { return kube::PluginPolicy{}; });
  Findings findings;
  const auto resolved = kube::resolve_contexts({"c1", "c2"}, rules, files, findings);
  fuzz::require(resolved.size() == 2 || !findings.all().empty(), "what is missing is told");
  for (const kube::Resolved& one : resolved) {
    Findings own;
    const kube::Access access = kube::access_of(one, {files, clock, plugins}, own);
    require_words(own);
    fuzz::require(access.endpoint.url.empty() == own.has_errors(), "refused and told, or usable");
    if (!own.has_errors() && !one.user.exec) require_usable(access);
  }
  require_words(findings);
  return 0;
}
