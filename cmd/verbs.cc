#include "cmd/verbs.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/codes.h"
#include "plan/verdict.h"
#include "report/findings.h"
#include "report/json.h"

namespace asmgw::cmd {
namespace {

/// Is the gateway of that name one of the goal's?
bool is_about(const Goal& goal, const std::string& gateway) {
  const auto& gateways = std::get<AsManifest>(goal.what).gateways;
  return std::any_of(gateways.begin(), gateways.end(),
                     [&](const EffectiveGateway& own) { return own.name == gateway; });
}

}  // namespace

std::string tool_version() { return ASMGW_VERSION; }

Screen screen_of(const OutputOptions& options, const Deps& deps) {
  const std::string term = deps.environment("TERM").value_or("");
  const bool is_dumb = term == "dumb";
  Screen screen;
  screen.width = deps.terminal.out ? std::min(deps.terminal.columns, 120) : 80;
  screen.ascii = options.ascii || !deps.terminal.utf8 || is_dumb;
  screen.color =
      options.color == "always" || (options.color == "auto" && deps.terminal.out && !is_dumb &&
                                    !deps.environment("NO_COLOR").has_value());
  return screen;
}

Subject subject_of(const Inputs& inputs, const Targets& targets, const std::string& ns) {
  Subject subject;
  subject.tool = tool_version();
  subject.names = inputs.names;
  for (const InputFile& file : inputs.files) subject.files.push_back({file.name, file.digest});
  for (const Gateway& gateway : inputs.gateways) {
    GatewayHead head{
        gateway.name.value, gateway.ns ? gateway.ns->value : ns, gateway.name.at, {}, false};
    for (const Located<std::string>& id : gateway.spec.cluster_ids->value) {
      const bool is_target = std::any_of(targets.begin(), targets.end(), [&](const Target& target) {
        return !is_control_plane(target.cluster) && target.cluster.id == id.value;
      });
      if (is_target) head.clusters.push_back(id.value);
    }
    head.in_control_plane = std::any_of(targets.begin(), targets.end(), [&](const Target& target) {
      return is_control_plane(target.cluster) && is_about(target.goal, gateway.name.value);
    });
    subject.gateways.push_back(std::move(head));
  }
  return subject;
}

void write_warnings(const ChangeSet& changes, const Deps& deps) {
  const bool writes_in_mesh = std::any_of(
      changes.clusters.begin(), changes.clusters.end(), [](const ClusterChanges& cluster) {
        return is_control_plane(cluster.cluster) &&
               std::any_of(cluster.objects.begin(), cluster.objects.end(), has_changes);
      });
  for (const std::string& warning : warnings_of(changes)) {
    // the mesh says so of every EnvoyFilter, on every write: nothing to decide (page 3)
    const bool is_expected =
        warning.find("EnvoyFilter exposes internal implementation details") != std::string::npos;
    if (is_expected && !writes_in_mesh) continue;
    deps.err << (is_expected ? "note: the mesh says of every EnvoyFilter: " : "Warning: ")
             << harmless(warning) << "\n";
  }
}

std::string validation_json(const Inputs& inputs, const Findings& findings) {
  Json record{{"apiVersion", kApiVersion},
              {"kind", "GatewayValidation"},
              {"tool", tool_version()},
              {"inputs", Json::array()},
              {"gateways", Json::array()},
              {"diagnostics", diagnostics_json(findings)},
              {"exitCode", findings.has_errors() ? kExitUsage : kExitDone}};
  for (const InputFile& file : inputs.files) {
    record["inputs"].push_back({{"file", file.name}, {"digest", "sha256:" + file.digest}});
  }
  for (const Gateway& gateway : inputs.gateways) {
    record["gateways"].push_back({{"name", gateway.name.value}});
  }
  return record_text(record);
}

std::string nobody_else_text(const Inputs& inputs) {
  return inputs.names.empty() ? "no cluster was contacted"
                              : "no cluster but the mesh was contacted";
}

int refuse_input(const Inputs& inputs, const Findings& findings, const OutputOptions& output,
                 const Deps& deps) {
  if (output.format == "json") {
    deps.out << validation_json(inputs, findings);
    return kExitUsage;
  }
  const Screen screen = screen_of(output, deps);
  bool about_input = false;
  for (const Finding& finding : findings.all()) {
    const bool is_usage = finding.code->name == kUsage.name && !finding.at;  // the command line's
    about_input = about_input || !is_usage;
    (is_usage ? deps.err : deps.out) << finding_text(finding, screen);
  }
  if (about_input) {
    deps.out << fmt::format("\n{}; {}.\n", findings_count(findings), nobody_else_text(inputs));
  }
  return kExitUsage;
}

}  // namespace asmgw::cmd
