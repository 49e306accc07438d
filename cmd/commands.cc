#include "cmd/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/codes.h"
#include "base/edit_distance.h"
#include "base/error.h"
#include "cmd/help.h"
#include "cmd/verbs.h"
#include "plan/verdict.h"
#include "report/findings.h"

namespace asmgw::cmd {
namespace {

constexpr Command kCommands[] = {
    {"validate", "Before you merge", "find every mistake in a manifest, without a cluster",
     "Find every mistake in a manifest at once, each with its line. Asks no cluster.",
     "  # Every problem of one file\n"
     "  kubectl asmgw validate -f gateway.yaml\n"
     "  # In CI: every manifest of the folder, as data\n"
     "  kubectl asmgw validate -f gateways/ -R -o json\n",
     validate_flags, "Exit: 0 valid · 2 not.\n", run_validate},
    {"render", "Before you merge", "print the objects a manifest stands for, per cluster",
     "Print the objects that a manifest stands for in each cluster, and what goes once\n"
     "to the mesh's control plane. Asks no cluster.",
     "  # Everything, as YAML\n"
     "  kubectl asmgw render -f gateway.yaml\n"
     "  # What one cluster's override makes of it\n"
     "  kubectl asmgw render -f gateway.yaml --cluster c9f3e7\n"
     "  # Of the gateway that the mesh holds under this name\n"
     "  kubectl asmgw render web --control-plane-context asm-prod\n",
     render_flags, "Exit: 0 rendered · 2 wrong input.\n", run_render},
    {"diff", "Before you merge", "show what would change, where, and what that does",
     "Show what would change in each cluster, and what that would do. Writes nothing.",
     "  # Everything that gateway.yaml asks for, in every cluster it names\n"
     "  kubectl asmgw diff -f gateway.yaml\n"
     "  # In CI: fail (exit 4) on a restart or a conflict\n"
     "  kubectl asmgw diff -f gateways/ -R --fail-on restart,conflict\n"
     "  # One cluster only, as data\n"
     "  kubectl asmgw diff -f gateway.yaml --cluster c9f3e7 -o json\n"
     "  # The comment of a pull request\n"
     "  kubectl asmgw diff -f gateway.yaml -o markdown > comment.md\n",
     diff_flags,
     "Exit: 0 no change · 1 changes · 2 wrong input · 3 a cluster not read ·\n"
     "      4 a --fail-on gate met · 130 interrupted.   3 wins over 4, 4 over 1.\n",
     run_diff},
    {"apply", "Roll out", "carry it out, safely",
     "Make each cluster as the manifest says, one after the other, after showing what\n"
     "that changes and does.",
     "  # Show, ask, apply, follow each rollout\n"
     "  kubectl asmgw apply -f gateway.yaml\n"
     "  # In CI: no question; pods may be replaced\n"
     "  kubectl asmgw apply -f gateway.yaml --yes --allow-restart\n",
     apply_flags,
     "Exit: 0 done · 2 wrong input · 3 a cluster failed or was left out · 4 refused\n"
     "      before the first write · 130 interrupted.\n",
     run_apply},
    {"clusters", "Look", "which context does each cluster ID mean, and does it answer?",
     "Show which context each cluster ID means, why, whether it answers, and whether\n"
     "diff and apply may work there.",
     "  # Every cluster of a manifest\n"
     "  kubectl asmgw clusters -f gateway.yaml\n"
     "  # One kubeconfig file per cluster; ask nobody\n"
     "  kubectl asmgw clusters -f gateway.yaml --kubeconfig-dir ~/.kube/ack --offline\n",
     clusters_flags, "Exit: 0 all answer · 2 one does not resolve · 3 one does not answer.\n",
     run_clusters},
    {"explain", "Look", "fields and codes: type, default, override, restart",
     "Explain a field of the manifest, or the code of a message: explain [FIELD or\n"
     "CODE]; also explain overrides, explain annotations, explain codes.",
     "  # Every field of the spec, then one of them\n"
     "  kubectl asmgw explain\n"
     "  kubectl asmgw explain compression.gzip.window_bits\n"
     "  # What a message's code means, and what to do\n"
     "  kubectl asmgw explain rolling-restart\n"
     "  # Let the editor complete and check manifests\n"
     "  kubectl asmgw explain -o json-schema > istiogateway.schema.json\n",
     explain_flags, "Exit: 0 explained · 2 no such field or code.\n", run_explain},
    {"version", "Other", "which asmgw is this?", "Print the version.", "  kubectl asmgw version\n",
     no_flags, "", run_version},
    {"help", "Other", "of a command; also: help exit-codes, help connection",
     "Print help of a command or a topic.",
     "  kubectl asmgw help diff\n  kubectl asmgw help exit-codes\n", no_flags, "", run_help},
};

[[noreturn]] void usage(std::string message, std::string hint) {
  throw Error(finding(kUsage, std::move(message), std::move(hint)));
}

/// `asmgw --context x diff …`: says the right order.
[[noreturn]] void refuse_early_flags(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto is_command = [&](const Command& command) { return command.name == arguments[i]; };
    if (!std::any_of(std::begin(kCommands), std::end(kCommands), is_command)) continue;
    std::string right = "kubectl asmgw " + arguments[i];
    for (std::size_t j = 0; j < arguments.size(); ++j) {
      if (j != i) right += " " + arguments[j];
    }
    usage("flags come after the command", right);
  }
  usage(fmt::format("no command, but \"{}\"", arguments.front()),
        "all commands: kubectl asmgw --help");
}

const Command& find_command(const std::vector<std::string>& arguments) {
  const std::string& name = arguments.front();
  if (name.starts_with('-')) refuse_early_flags(arguments);
  std::vector<std::string_view> names;
  for (const Command& command : kCommands) {
    if (command.name == name) return command;
    names.push_back(command.name);
  }
  const std::string near = nearest(name, names);
  usage(fmt::format("no command \"{}\"", name),
        near.empty() ? "all commands: kubectl asmgw --help"
                     : fmt::format("did you mean {}?   All commands: kubectl asmgw --help", near));
}

int run_command(const std::vector<std::string>& arguments, const Deps& deps) {
  const std::string first = arguments.empty() ? "--help" : arguments.front();
  if (first == "--help" || first == "-h") {
    deps.out << overview();
    return kExitDone;
  }
  const Command& command = find_command(arguments);
  const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  const auto asks_help = [](const std::string& argument) {
    return argument == "--help" || argument == "-h";
  };
  if (std::any_of(rest.begin(), rest.end(), asks_help)) {
    deps.out << help_of(command);
    return kExitDone;
  }
  std::vector<Flag> flags;
  for (const FlagGroup& group : command.flags()) {
    flags.insert(flags.end(), group.flags.begin(), group.flags.end());
  }
  return command.run(parse_flags(std::string(command.name), flags, rest), deps);
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

int run_program(const std::vector<std::string>& arguments, const Deps& deps) {
  try {
    return run_command(arguments, deps);
  } catch (const Error& error) {
    Screen screen;
    screen.ascii = !deps.terminal.utf8;
    if (deps.stop.stop_requested()) return kExitInterrupted;
    deps.err << finding_text(error.finding(), screen);
    return exit_code(error.finding());
  }
}

}  // namespace asmgw::cmd
