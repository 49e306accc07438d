#include "cmd/inputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/codes.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/tree.h"
#include "cmd/codes.h"
#include "gateway/codes.h"
#include "gateway/read.h"
#include "gateway/validate.h"

namespace asmgw::cmd {
namespace {

bool is_manifest_name(const std::string& path) {
  return path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".json");
}

/// The files that one -f means; a directory means its manifests, as in kubectl.
std::vector<std::string> expand(const std::string& filename, bool recursive, const Deps& deps) {
  if (filename == "-" || !deps.files.is_directory(filename)) return {filename};
  std::vector<std::string> files = deps.files.list(filename, recursive);
  std::erase_if(files, [](const std::string& path) { return !is_manifest_name(path); });
  if (files.empty()) {
    throw Error(finding(kUsage, fmt::format("{}: no .yaml, .yml or .json file in it", filename),
                        recursive ? "" : "-R looks into its folders as well"));
  }
  return files;
}

Source read_source(const std::string& path, const Deps& deps) {
  std::optional<std::string> text = path == "-" ? deps.files.read_stdin() : deps.files.read(path);
  if (!text) {
    throw Error(finding(kUsage, fmt::format("the path \"{}\" does not exist", path),
                        "give the manifest's file or directory with -f"));
  }
  return {path, std::move(*text)};
}

void add_file(const std::string& path, const Deps& deps, int& skipped, Inputs& inputs,
              Findings& findings) {
  const Source& source = findings.keep(read_source(path, deps));
  inputs.files.push_back({source.name, sha256(source.text)});
  for (Gateway& gateway : read_gateways(parse_yaml(source, findings), skipped, findings)) {
    inputs.gateways.push_back(std::move(gateway));
  }
}

void check_found(const Inputs& inputs, int skipped, Findings& findings) {
  if (inputs.gateways.empty() && !findings.has_errors()) {
    findings.add(finding(kNoGateway, "the input holds no IstioGateway",
                         skipped == 0 ? "the files are empty"
                                      : fmt::format("{} other document{} skipped", skipped,
                                                    skipped == 1 ? " was" : "s were")));
  } else if (skipped > 0) {
    findings.add(finding(kSkippedDocuments,
                         fmt::format("{} document{} of other kinds {} skipped", skipped,
                                     skipped == 1 ? "" : "s", skipped == 1 ? "is" : "are")));
  }
}

/// -n and a manifest that names another namespace, as in kubectl.
void check_given_namespace(const InputOptions& options, const Inputs& inputs, Findings& findings) {
  if (!options.ns_is_given) return;
  for (const Gateway& gateway : inputs.gateways) {
    if (!gateway.ns || gateway.ns->value == options.ns) continue;
    findings.add(
        finding(kUsage, gateway.ns->at,
                fmt::format("the namespace {} is not -n {}", gateway.ns->value, options.ns),
                "leave -n out, or take the namespace out of the manifest"));
  }
}

Settings settings_of(const InputOptions& options, const Config& config, Findings& findings) {
  Settings settings;
  settings.proxy = config.proxy;
  if (config.kernel_init_image == "auto") {
    findings.add(finding(kKernelImage, fmt::format("{}: kernelInitImage is auto", config.file),
                         "nothing injects an init container: name an image"));
  } else if (!config.kernel_init_image.empty()) {
    settings.kernel_init_image = config.kernel_init_image;
  }
  const std::string version =
      options.asm_version.empty() ? config.asm_version : options.asm_version;
  if (!version.empty()) {
    settings.asm_version = parse_asm_version(version);
    if (!settings.asm_version) {
      findings.add(finding(kUsage, fmt::format("\"{}\" is not an ASM version", version),
                           "as in v1.22.2.35"));
    }
  }
  return settings;
}

}  // namespace

Config read_config_file(const std::string& flag, const Deps& deps, Findings& findings) {
  const std::string named = flag.empty() ? deps.environment("ASMGW_CONFIG").value_or("") : flag;
  const std::string path = named.empty() ? deps.home + "/.kube/asmgw.yaml" : named;
  std::optional<std::string> text = deps.files.read(path);
  if (!text && !named.empty()) {
    throw Error(finding(kUsage, fmt::format("the config file \"{}\" does not exist", named),
                        flag.empty() ? "it is named by $ASMGW_CONFIG" : "it is named by --config"));
  }
  if (!text) return {};
  const std::string shown = named.empty() ? "~/.kube/asmgw.yaml" : named;
  return read_config(findings.keep({shown, std::move(*text)}), deps.home, findings);
}

Inputs read_inputs(const InputOptions& options, const std::string& config_flag, const Deps& deps,
                   Findings& findings) {
  if (options.filenames.empty()) {
    throw Error(
        finding(kUsage, "nothing to read", "-f FILE, a directory, or - for standard input"));
  }
  Inputs inputs;
  inputs.config = read_config_file(config_flag, deps, findings);
  inputs.settings = settings_of(options, inputs.config, findings);
  int skipped = 0;
  for (const std::string& filename : options.filenames) {
    for (const std::string& path : expand(filename, options.recursive, deps)) {
      add_file(path, deps, skipped, inputs, findings);
    }
  }
  check_given_namespace(options, inputs, findings);
  validate(inputs.gateways, {options.ns, options.allow_namespace, inputs.settings.asm_version},
           findings);
  check_found(inputs, skipped, findings);
  findings.sort();
  return inputs;
}

}  // namespace asmgw::cmd
