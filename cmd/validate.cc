// validate: is the manifest right? Every problem at once. Needs no cluster.
#include <fmt/format.h>

#include <ostream>

#include "cmd/verbs.h"
#include "plan/verdict.h"
#include "report/findings.h"

namespace asmgw::cmd {
namespace {

std::string names_of(const Inputs& inputs) {
  std::string names;
  for (const InputFile& file : inputs.files) names += (names.empty() ? "" : ", ") + file.name;
  return names;
}

}  // namespace

std::vector<FlagGroup> validate_flags() {
  return {
      {"What to validate",
       joined({input_flags(), {{"overlay", 0, "", "as onto a Deployment of another manager"}}})},
      {"How to show it",
       {{"output", 'o', "FORMAT", "text, json"},
        {"color", 0, "WHEN", "auto, always, never"},
        {"ascii", 0, "", "plain characters only"}}},
      {"Config file, and where gateways given by name are read", mesh_flags()}};
}

int run_validate(const GivenFlags& given, const Deps& deps) {
  const InputOptions input = input_options(given, /*with_names=*/true);
  const OutputOptions output = output_options(given, {"text", "json"});
  Findings findings;
  const ConnectionOptions connection = connection_options(given);
  Ways ways(connection, input, deps);
  Inputs inputs = read_inputs(input, ways, findings);
  if (inputs.files.empty()) return refuse_input(inputs, findings, output, deps);
  inputs.settings.overlay = given.is_on("overlay");
  const std::vector<std::string> ids =
      chosen_ids(named_ids(inputs.gateways), input.clusters, findings);
  check_rendering(inputs, ids, input.ns, findings);
  if (output.format == "json") {
    deps.out << validation_json(inputs, findings);
    return findings.has_errors() ? kExitUsage : kExitDone;
  }
  deps.out << findings_text(findings, screen_of(output, deps));
  if (!findings.has_errors()) {
    const auto gateways = static_cast<std::int64_t>(inputs.gateways.size());
    deps.out << (findings.all().empty() ? "" : "\n")
             << fmt::format("{}: valid; {} for {}\n", names_of(inputs),
                            counted(gateways, "gateway"),
                            counted(static_cast<std::int64_t>(ids.size()), "cluster"));
    return kExitDone;
  }
  std::string contacted = nobody_else_text(inputs);
  contacted[0] = 'N';
  deps.out << fmt::format("\n{}: {}. {}.\n", names_of(inputs), findings_count(findings), contacted);
  return kExitUsage;
}

}  // namespace asmgw::cmd
