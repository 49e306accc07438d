#include "cmd/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/codes.h"
#include "base/edit_distance.h"
#include "base/error.h"

namespace asmgw::cmd {
namespace {

[[noreturn]] void usage(std::string message, std::string hint) {
  throw Error(finding(kUsage, std::move(message), std::move(hint)));
}

std::string one_of(const std::string& flag, const std::string& value,
                   const std::vector<std::string>& allowed) {
  if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return value;
  const std::vector<std::string_view> words(allowed.begin(), allowed.end());
  const std::string near = nearest(value, words);
  usage(fmt::format("{} cannot be \"{}\"", flag, value),
        near.empty() ? fmt::format("allowed: {}", fmt::join(allowed, ", "))
                     : fmt::format("did you mean {}?", near));
}

bool is_name(const std::string& text) {
  return !text.empty() && !text.starts_with('-') &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isdigit(c) != 0 || (c >= 'a' && c <= 'z') || c == '-';
         });
}

/// The names of gateways that the arguments are, each once.
std::vector<std::string> names_in(const GivenFlags& given, bool with_names) {
  std::vector<std::string> names;
  for (const std::string& argument : given.arguments) {
    const bool is_file = argument == "-" || argument.find_first_of("./") != std::string::npos;
    if (!with_names || !is_name(argument)) {
      usage(fmt::format("unexpected argument \"{}\"", argument),
            with_names && !is_file ? "a gateway's name is of a-z, 0-9 and -"
                                   : fmt::format("a file is given with -f: -f {}", argument));
    }
    if (given.has("filename")) {
      usage(fmt::format("both -f and a gateway's name, \"{}\"", argument),
            "-f FILE reads a manifest, NAME what the mesh holds: give one of them");
    }
    if (std::find(names.begin(), names.end(), argument) == names.end()) names.push_back(argument);
  }
  return names;
}

kube::Impersonation act_as(const GivenFlags& given) {
  kube::Impersonation act_as{
      .user = given.text("as"), .uid = given.text("as-uid"), .groups = given.list("as-group")};
  for (const std::string& extra : given.list("as-user-extra")) {
    const std::size_t equals = extra.find('=');
    if (equals == std::string::npos || equals == 0)
      usage(fmt::format("--as-user-extra cannot be \"{}\"", extra), "--as-user-extra KEY=VALUE");
    act_as.extra[extra.substr(0, equals)].push_back(extra.substr(equals + 1));
  }
  return act_as;
}

}  // namespace

std::vector<Flag> input_flags() {
  return {{"filename", 'f', "FILE", "file, directory or - (repeatable); or NAMEs instead"},
          {"recursive", 'R', "", "look into the folders of a directory as well"},
          {"namespace", 'n', "NS", "where manifests say none; of NAMEs (istio-system)"},
          {"cluster", 0, "ID", "only this cluster (repeatable); a unique prefix"},
          {"asm-version", 0, "V", "rules of this ASM version (the newest)"},
          {"allow-namespace", 0, "", "allow gateways outside istio-system"},
          {"skip-control-plane", 0, "", "go on without the EnvoyFilter of compression"}};
}

std::vector<Flag> connection_flags() {
  return {{"cluster-context", 0, "ID=CONTEXT", "or ID=KUBECONFIG[#CONTEXT] (repeatable)"},
          {"context", 0, "CONTEXT", "kubeconfig context, where one cluster is meant"},
          {"kubeconfig", 0, "FILE", "this kubeconfig alone"},
          {"kubeconfig-dir", 0, "DIR", "one kubeconfig per cluster ID, each loaded alone"},
          {"control-plane-context", 0, "CTX", "the mesh's API server; or FILE[#CTX]"},
          {"config", 0, "FILE", "config file (~/.kube/asmgw.yaml)"},
          {"as", 0, "USER", "act for this user"},
          {"as-group", 0, "GROUP", "and for this group (repeatable)"},
          {"as-uid", 0, "UID", "and with this UID"},
          {"as-user-extra", 0, "K=V", "and with this extra (repeatable)"},
          {"request-timeout", 0, "TIME", "of one request (30s; 0 = none)"},
          {"parallel", 0, "N", "clusters at the same time (32)"},
          {"v", 'v', "LEVEL", "6 shows each request"}};
}

std::vector<Flag> mesh_flags() {
  std::vector<Flag> flags = connection_flags();
  std::erase_if(flags, [](const Flag& flag) {
    return flag.name.starts_with("cluster-context") || flag.name == "context" ||
           flag.name == "kubeconfig-dir" || flag.name == "parallel";
  });
  return flags;
}

std::vector<Flag> output_flags(std::string_view formats) {
  return {{"output", 'o', "FORMAT", formats},
          {"color", 0, "WHEN", "auto, always, never"},
          {"ascii", 0, "", "plain characters only"},
          {"progress", 0, "", "show progress also off a terminal"}};
}

InputOptions input_options(const GivenFlags& given, bool with_names) {
  InputOptions options;
  options.filenames = given.list("filename");
  options.recursive = given.is_on("recursive");
  options.ns_is_given = given.has("namespace");
  options.ns = given.text("namespace", options.ns);
  options.allow_namespace = given.is_on("allow-namespace");
  options.prune = given.is_on("prune");
  options.adopt = given.list("adopt");
  options.adopt_all = given.is_on("adopt-all");
  options.force_conflicts = given.is_on("force-conflicts");
  options.asm_version = given.text("asm-version");
  options.clusters = given.list("cluster");
  options.skip_control_plane = given.is_on("skip-control-plane");
  options.names = names_in(given, with_names);
  return options;
}

ConnectionOptions connection_options(const GivenFlags& given) {
  ConnectionOptions options;
  for (const std::string& mapping : given.list("cluster-context")) {
    const std::size_t equals = mapping.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == mapping.size()) {
      usage(fmt::format("--cluster-context cannot be \"{}\"", mapping),
            "--cluster-context ID=CONTEXT or ID=KUBECONFIG[#CONTEXT]");
    }
    options.cluster_context[mapping.substr(0, equals)] = mapping.substr(equals + 1);
  }
  options.context = given.text("context");
  options.kubeconfig = given.text("kubeconfig");
  options.kubeconfig_dir = given.text("kubeconfig-dir");
  options.control_plane_context = given.text("control-plane-context");
  options.config = given.text("config");
  options.act_as = act_as(given);
  if (given.has("request-timeout")) {
    options.request_timeout = parse_duration("request-timeout", given.text("request-timeout"));
  }
  if (given.has("parallel")) {
    options.parallel = parse_number("parallel", given.text("parallel"), 1, 256);
  }
  if (given.has("v")) options.verbosity = parse_number("v", given.text("v"), 0, 10);
  return options;
}

OutputOptions output_options(const GivenFlags& given, const std::vector<std::string>& allowed) {
  OutputOptions options;
  options.format = one_of("-o", given.text("output", allowed.front()), allowed);
  options.color = one_of("--color", given.text("color", "auto"), {"auto", "always", "never"});
  options.ascii = given.is_on("ascii");
  options.progress = given.is_on("progress");
  return options;
}

std::vector<Flag> joined(std::vector<std::vector<Flag>> groups) {
  std::vector<Flag> all;
  for (const std::vector<Flag>& group : groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

}  // namespace asmgw::cmd
