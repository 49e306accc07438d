#include "cmd/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "base/codes.h"
#include "base/edit_distance.h"
#include "base/error.h"
#include "cmd/verbs.h"
#include "plan/verdict.h"

namespace asmgw::cmd {
namespace {

constexpr std::string_view kConnection =
    R"(Clusters and connection

Each ID of clusterIds must mean exactly one kubeconfig context. In this order:
  --cluster-context ID=CONTEXT   a context of that name, or
  --cluster-context ID=FILE      a kubeconfig (FILE#CONTEXT: that context of it)
  --context CONTEXT              where one cluster is meant
  clusters: in the config file   ~/.kube/asmgw.yaml, $ASMGW_CONFIG or --config
  --kubeconfig-dir DIR           the file named ID, loaded alone; else by name
  the kubeconfig                 a context named ID or ending in -ID, or whose
                                 exec user has --cluster-id ID
  in a pod, without a kubeconfig its service account, where one cluster is meant
Nothing found, several found: an error, never a guess. See where each one goes:
  kubectl asmgw clusters -f gateway.yaml

The mesh's own API server holds the gateways given by NAME instead of -f, and
what is not of one cluster: the EnvoyFilter of compression (--skip-control-plane
goes on without it). It is no cluster of clusterIds; it is named by
  --control-plane-context CTX    a context, or KUBECONFIG[#CONTEXT]
  controlPlane: in the config file

The config file:
  apiVersion: asmgw/v1alpha1
  kind: Config
  clusters:
    c8a4b2xxxxxx: { context: prod-hangzhou }
    c9f3e7xxxxxx: { kubeconfig: ~/.kube/ack/c9f3e7.yaml }
  controlPlane: { context: asm-prod }

ACK's kubeconfigs all call their cluster entry "kubernetes". Merged with
KUBECONFIG=a:b, the first file's entry wins for both; asmgw refuses that.

Credentials, proxies and TLS are those of the kubeconfig, by kubectl's rules:
  exec:           a credential plugin is run when first needed, once for all that
                  have the same one, again when its credentials expire and once
                  after a 401. It has 60 s, unless it talks to a terminal.
                  ~/.kube/kuberc ($KUBERC) says which plugins may run.
  tokenFile:      read again after a minute, and after a 401
  proxy-url:      http, https, socks5; else HTTPS_PROXY, HTTP_PROXY, NO_PROXY
  as:             and --as, --as-group, --as-uid, --as-user-extra K=V
A certificate must name the server among its subjectAltNames. Nothing secret is
written to a file, a log (-v) or a message.
)";

constexpr std::string_view kExitCodes =
    R"(CODE  DIFF                                  APPLY, OTHERS
0     no change                             done
1     there are changes                     -
2     wrong usage or input, a cluster ID    the same; nothing was changed
      that does not resolve
3     a cluster was not read, or refused a  a cluster failed, was partly
      preview (the rest is still printed)   applied, or left out
4     a --fail-on gate is met               refused before the first write
130   interrupted                           interrupted

When several hold: 130, then 2, 3, 4, 1, 0. What writes decides 4 before the
first write, and then 4 stands alone.
)";

std::string flag_text(const Flag& flag) {
  const std::string letter = flag.letter != 0 ? fmt::format("-{}, ", flag.letter) : "    ";
  const std::string name = flag.name.size() == 1 ? std::string() : fmt::format("--{}", flag.name);
  std::string left = flag.name.size() == 1 ? fmt::format("-{}", flag.letter) : letter + name;
  if (!flag.value.empty()) left += fmt::format(" {}", flag.value);
  constexpr std::size_t kColumn = 26;
  if (left.size() + 2 > kColumn) return fmt::format("  {}  {}\n", left, flag.help);
  return fmt::format("  {:<26}{}\n", left, flag.help);
}

}  // namespace

std::string overview() {
  std::string text =
      "Preview and roll out ASM gateways over several clusters.\n\n"
      "Examples:\n"
      "  # What would this edit change, where, and which pods restart?\n"
      "  kubectl asmgw diff -f gateway.yaml\n"
      "  # Roll it out, one cluster after the other, after one question\n"
      "  kubectl asmgw apply -f gateway.yaml\n";
  std::string_view group;
  for (const Command& command : commands()) {
    if (command.group != group) text += fmt::format("\n{}:\n", command.group);
    group = command.group;
    text += fmt::format("  {:<12}{}\n", command.name, command.summary);
  }
  return text +
         "\nFlags come after the command: kubectl asmgw diff --context x (kubectl itself\n"
         "refuses them before asmgw). Exit codes: kubectl asmgw help exit-codes\n"
         "More: kubectl asmgw COMMAND --help\n";
}

std::string help_of(const Command& command) {
  std::string text = fmt::format("{}\n\nExamples:\n{}", command.about, command.examples);
  for (const FlagGroup& group : command.flags()) {
    text += fmt::format("\n{}:\n", group.title);
    for (const Flag& flag : group.flags) text += flag_text(flag);
  }
  if (!command.exit_codes.empty()) text += fmt::format("\n{}", command.exit_codes);
  return text;
}

int run_help(const GivenFlags& given, const Deps& deps) {
  if (given.arguments.empty()) {
    deps.out << overview();
    return kExitDone;
  }
  const std::string& topic = given.arguments.front();
  if (topic == "exit-codes") {
    deps.out << kExitCodes;
    return kExitDone;
  }
  if (topic == "connection") {
    deps.out << kConnection;
    return kExitDone;
  }
  std::vector<std::string_view> names = {"exit-codes", "connection"};
  for (const Command& command : commands()) {
    names.push_back(command.name);
    if (command.name != topic) continue;
    deps.out << help_of(command);
    return kExitDone;
  }
  const std::string near = nearest(topic, names);
  throw Error(finding(
      kUsage, fmt::format("no help about \"{}\"", topic),
      near.empty() ? "all commands: kubectl asmgw --help" : fmt::format("did you mean {}?", near)));
}

}  // namespace asmgw::cmd
