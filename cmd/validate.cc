// validate: is the manifest right? Every problem at once. Needs no cluster.
#include <fmt/format.h>

#include <ostream>

#include "cmd/verbs.h"
#include "plan/verdict.h"
#include "render/render.h"
#include "report/findings.h"
#include "report/json.h"

namespace asmgw::cmd {
namespace {

std::string names_of(const Inputs& inputs) {
  std::string names;
  for (const InputFile& file : inputs.files) names += (names.empty() ? "" : ", ") + file.name;
  return names;
}

int show_json(const Inputs& inputs, const Findings& findings, const Deps& deps) {
  const int code = findings.has_errors() ? kExitUsage : kExitDone;
  Json record{{"apiVersion", kApiVersion}, {"kind", "GatewayValidation"},
              {"tool", tool_version()},    {"inputs", Json::array()},
              {"gateways", Json::array()}, {"diagnostics", diagnostics_json(findings)},
              {"exitCode", code}};
  for (const InputFile& file : inputs.files) {
    record["inputs"].push_back({{"file", file.name}, {"digest", "sha256:" + file.digest}});
  }
  for (const Gateway& gateway : inputs.gateways) {
    record["gateways"].push_back({{"name", gateway.name.value}});
  }
  deps.out << record_text(record);
  return code;
}

}  // namespace

std::vector<FlagGroup> validate_flags() {
  return {{"What to validate", input_flags()},
          {"How to show it",
           {{"output", 'o', "FORMAT", "text, json"},
            {"color", 0, "WHEN", "auto, always, never"},
            {"ascii", 0, "", "plain characters only"},
            {"config", 0, "FILE", "config file (~/.kube/asmgw.yaml)"}}}};
}

int run_validate(const GivenFlags& given, const Deps& deps) {
  const InputOptions input = input_options(given);
  const OutputOptions output = output_options(given, {"text", "json"});
  Findings findings;
  const Inputs inputs = read_inputs(input, given.text("config"), deps, findings);
  const std::vector<std::string> ids =
      chosen_ids(named_ids(inputs.gateways), input.clusters, findings);
  for (const std::string& id : ids) {
    if (findings.has_errors()) break;
    for (const EffectiveGateway& gateway : manifest_goal(inputs, id, input.ns).gateways) {
      render(gateway, inputs.settings, {}, findings);
    }
  }
  findings.sort();
  if (output.format == "json") return show_json(inputs, findings, deps);
  deps.out << findings_text(findings, screen_of(output, deps));
  if (!findings.has_errors()) {
    const auto gateways = static_cast<std::int64_t>(inputs.gateways.size());
    deps.out << (findings.all().empty() ? "" : "\n")
             << fmt::format("{}: valid; {} for {}\n", names_of(inputs),
                            counted(gateways, "gateway"),
                            counted(static_cast<std::int64_t>(ids.size()), "cluster"));
    return kExitDone;
  }
  deps.out << fmt::format("\n{}: {}. No cluster was contacted.\n", names_of(inputs),
                          findings_count(findings));
  return kExitUsage;
}

}  // namespace asmgw::cmd
