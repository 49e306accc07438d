#include "cmd/inputs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/codes.h"
#include "base/edit_distance.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/tree.h"
#include "cluster/mesh.h"
#include "cmd/codes.h"
#include "cmd/find_changes.h"
#include "cmd/targets.h"
#include "gateway/codes.h"
#include "gateway/read.h"
#include "gateway/validate.h"
#include "kube/codes.h"
#include "report/yaml.h"

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

void add_source(Source text, int& skipped, Inputs& inputs, Findings& findings) {
  const Source& source = findings.keep(std::move(text));
  inputs.files.push_back({source.name, sha256(source.text)});
  for (Gateway& gateway : read_gateways(parse_yaml(source, findings), skipped, findings)) {
    inputs.gateways.push_back(std::move(gateway));
  }
}

/// The gateway as `kubectl get istiogateway NAME -o yaml` shows it, so that lines can be found.
Source source_of(Json object) {
  object["metadata"].erase("managedFields");
  return {"istiogateway/" + text_at(object, {"metadata", "name"}), to_yaml(object)};
}

/// A name that the mesh does not know, and those that it does.
Finding no_such_gateway(const std::string& name, const MeshGateways& mesh, const std::string& ns,
                        const std::string& context) {
  const std::vector<std::string_view> present(mesh.present.begin(), mesh.present.end());
  const std::string near = nearest(name, present);
  return finding(kNoGateway,
                 fmt::format("{} holds no IstioGateway \"{}\" in {}", context, name, ns),
                 !near.empty()     ? fmt::format("did you mean {}?", near)
                 : present.empty() ? "-n NAMESPACE looks in another namespace"
                                   : fmt::format("there are: {}", fmt::join(present, ", ")));
}

/// The gateways that the mesh holds under these names.
void add_named(const InputOptions& options, Ways& ways, int& skipped, Inputs& inputs,
               Findings& findings) {
  if (findings.has_errors()) return;  // of the command line or the config file: nobody is asked
  Finding unnamed = finding(kube::kNoContext,
                            "gateways given by name are in the mesh's control plane, and nothing "
                            "names it",
                            naming_hint(inputs.config));
  const std::optional<Target> mesh =
      control_plane_target(inputs.config, std::move(unnamed), ways, findings);
  if (findings.has_errors() || !mesh) return;
  inputs.names = options.names;
  kube::Client client = connect(*mesh, ways.connection().verbosity, ways.deps());
  try {
    const MeshGateways read = read_mesh(options.names, options.ns, client, ways.deps().stop);
    for (const Json& object : read.objects)
      add_source(source_of(object), skipped, inputs, findings);
    for (const std::string& name : read.missing) {
      findings.add(no_such_gateway(name, read, options.ns, mesh->cluster.context));
    }
  } catch (const Error& error) {
    Finding why = error.finding();
    why.message =
        fmt::format("{}, the control plane, was not read: {}", mesh->cluster.context, why.message);
    throw Error(std::move(why));
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
  settings.prune = options.prune;
  settings.adopt = {options.adopt.begin(), options.adopt.end()};
  settings.adopt_all = options.adopt_all;
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

Inputs read_inputs(const InputOptions& options, Ways& ways, Findings& findings) {
  const Deps& deps = ways.deps();
  if (options.filenames.empty() && options.names.empty()) {
    throw Error(finding(kUsage, "nothing to read",
                        "-f FILE, a directory, or - for standard input; or the NAME of a gateway "
                        "in the mesh"));
  }
  Inputs inputs;
  inputs.config = read_config_file(ways.connection().config, deps, findings);
  inputs.settings = settings_of(options, inputs.config, findings);
  int skipped = 0;
  for (const std::string& filename : options.filenames) {
    for (const std::string& path : expand(filename, options.recursive, deps)) {
      add_source(read_source(path, deps), skipped, inputs, findings);
    }
  }
  if (!options.names.empty()) add_named(options, ways, skipped, inputs, findings);
  check_given_namespace(options, inputs, findings);
  validate(inputs.gateways, {options.ns, options.allow_namespace, inputs.settings.asm_version},
           findings);
  check_found(inputs, skipped, findings);
  findings.sort();
  return inputs;
}

}  // namespace asmgw::cmd
