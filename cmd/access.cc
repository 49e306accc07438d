#include "cmd/access.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/error.h"
#include "kube/codes.h"
#include "kube/in_cluster.h"
#include "report/findings.h"

namespace asmgw::cmd {
namespace {

kube::FileAccess files_of(const Deps& deps) {
  return {[&deps](const std::string& path) { return deps.files.read(path); },
          [&deps](const std::string& path) { return deps.files.list(path, false); },
          deps.files.is_program};
}

/// The first that is not empty, as Go programs read them.
std::string either(const Deps& deps, const std::string& upper, const std::string& lower) {
  const std::string value = deps.environment(upper).value_or("");
  return value.empty() ? deps.environment(lower).value_or("") : value;
}

kube::ProxyRules proxies_of(const Deps& deps) {
  return {.https = either(deps, "HTTPS_PROXY", "https_proxy"),
          .http = either(deps, "HTTP_PROXY", "http_proxy"),
          .none = either(deps, "NO_PROXY", "no_proxy")};
}

kube::PluginWorld plugin_world(const Deps& deps, std::string stdin_taken_by) {
  return {.run = deps.run_program,
          .files = files_of(deps),
          .clock = deps.clock,
          .path = deps.environment("PATH").value_or(""),
          .has_terminal = deps.terminal.in,
          .stdin_taken_by = std::move(stdin_taken_by)};
}

bool reads_stdin(const InputOptions& input) {
  return std::find(input.filenames.begin(), input.filenames.end(), "-") != input.filenames.end();
}

}  // namespace

Ways::Ways(const ConnectionOptions& connection, const InputOptions& input, const Deps& deps)
    : connection_(connection),
      deps_(deps),
      files_(files_of(deps)),
      plugins_(plugin_world(deps, reads_stdin(input) ? "-f -" : ""), [&deps](Findings& findings) {
        return kube::read_plugin_policy(deps.environment, deps.home, files_of(deps), findings);
      }) {}

kube::ContextRules Ways::rules() const {
  kube::ContextRules rules;
  rules.kubeconfig = kube::kubeconfig_paths(
      connection_.kubeconfig, deps_.environment("KUBECONFIG").value_or(""), deps_.home);
  rules.in_cluster = kube::in_cluster_config(deps_.environment, files_);
  rules.home = deps_.home;
  return rules;
}

std::vector<Reach> Ways::find(const std::vector<std::string>& ids, const kube::ContextRules& rules,
                              Findings& findings) {
  const kube::AccessRules access{files_, deps_.clock, plugins_, proxies_of(deps_),
                                 connection_.act_as};
  std::vector<Reach> found;
  for (const kube::Resolved& resolved : kube::resolve_contexts(ids, rules, files_, findings)) {
    warn_of_exposed(resolved);
    found.push_back(
        {{resolved.id, resolved.context, resolved.file, resolved.cluster.server, resolved.found_by},
         kube::access_of(resolved, access, findings)});
    found.back().access.endpoint.request_timeout = connection_.request_timeout;
  }
  return found;
}

void Ways::warn_of_exposed(const kube::Resolved& resolved) {
  const std::string& file = resolved.user_file;
  if (!deps_.files.is_exposed(file) || !warned_of_.insert(file).second) return;
  Screen screen;
  screen.ascii = !deps_.terminal.utf8;
  deps_.err << finding_text(
      finding(kube::kExposedKubeconfig, fmt::format("{} may be read by others", file),
              fmt::format("chmod 600 {}", file)),
      screen);
}

}  // namespace asmgw::cmd
