#include "cmd/options.h"

#include <fmt/format.h>

#include <algorithm>

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

}  // namespace

std::vector<Flag> input_flags() {
  return {{"filename", 'f', "FILE", "file, directory or - (repeatable)"},
          {"recursive", 'R', "", "look into the folders of a directory as well"},
          {"namespace", 'n', "NS", "of manifests that say none (istio-system)"},
          {"cluster", 0, "ID", "only this cluster (repeatable); a unique prefix"},
          {"asm-version", 0, "V", "rules of this ASM version (the newest)"},
          {"allow-namespace", 0, "", "allow gateways outside istio-system"}};
}

std::vector<Flag> connection_flags() {
  return {{"cluster-context", 0, "ID=CONTEXT", "or ID=KUBECONFIG[#CONTEXT] (repeatable)"},
          {"context", 0, "CONTEXT", "kubeconfig context, where one cluster is meant"},
          {"kubeconfig", 0, "FILE", "this kubeconfig alone"},
          {"kubeconfig-dir", 0, "DIR", "one kubeconfig per cluster ID, each loaded alone"},
          {"config", 0, "FILE", "config file (~/.kube/asmgw.yaml)"},
          {"request-timeout", 0, "TIME", "of one request (30s; 0 = none)"},
          {"parallel", 0, "N", "clusters at the same time (32)"},
          {"v", 'v', "LEVEL", "6 shows each request"}};
}

std::vector<Flag> output_flags() {
  return {{"output", 'o', "FORMAT", "how to show it"},
          {"color", 0, "WHEN", "auto, always, never"},
          {"ascii", 0, "", "plain characters only"},
          {"progress", 0, "", "show progress also off a terminal"}};
}

InputOptions input_options(const GivenFlags& given) {
  InputOptions options;
  options.filenames = given.list("filename");
  options.recursive = given.is_on("recursive");
  options.ns_is_given = given.has("namespace");
  options.ns = given.text("namespace", options.ns);
  options.allow_namespace = given.is_on("allow-namespace");
  options.asm_version = given.text("asm-version");
  options.clusters = given.list("cluster");
  if (!given.arguments.empty()) {
    usage(fmt::format("unexpected argument \"{}\"", given.arguments.front()),
          fmt::format("a file is given with -f: -f {}", given.arguments.front()));
  }
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
  options.config = given.text("config");
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
