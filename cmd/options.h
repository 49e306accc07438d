// Which options do several commands share? What to read, which clusters, how to show it.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/flags.h"
#include "kube/kubeconfig.h"

namespace asmgw::cmd {

struct InputOptions {
  std::vector<std::string> filenames = {};  ///< files, directories, `-`
  std::vector<std::string> names = {};      ///< of gateways in the mesh, instead of files
  bool recursive = false;
  std::string ns = "istio-system";
  bool ns_is_given = false;
  bool allow_namespace = false;
  bool prune = false;
  bool force_conflicts = false;
  std::vector<std::string> adopt = {};  ///< managers
  bool adopt_all = false;
  std::string asm_version = {};            ///< "" = the config file's, else the newest rules
  std::vector<std::string> clusters = {};  ///< only these; full IDs or unique prefixes
  bool skip_control_plane = false;
};

struct ConnectionOptions {
  std::map<std::string, std::string> cluster_context = {};  ///< ID → VALUE
  std::string context = {};
  std::string kubeconfig = {};
  std::string kubeconfig_dir = {};
  std::string control_plane_context = {};  ///< "" = the config file's
  std::string config = {};
  kube::Impersonation act_as = {};  ///< --as …: before what the kubeconfig says
  std::chrono::milliseconds request_timeout{30'000};
  int parallel = 32;
  int verbosity = 0;
};

struct OutputOptions {
  std::string format = "text";  ///< one of those the command allows
  std::string color = "auto";
  bool ascii = false;
  bool progress = false;
};

std::vector<Flag> input_flags();
std::vector<Flag> connection_flags();
/// Of the connection's flags those that lead to the mesh, where gateways given by name are.
std::vector<Flag> mesh_flags();
/// `formats`: those of -o, in words.
std::vector<Flag> output_flags(std::string_view formats);

/// Each throws Error [usage] for a value that is not allowed.
/// `with_names`: arguments are names of gateways in the mesh.
InputOptions input_options(const GivenFlags& given, bool with_names);
ConnectionOptions connection_options(const GivenFlags& given);
/// `allowed`: the formats of the command, the first is the default.
OutputOptions output_options(const GivenFlags& given, const std::vector<std::string>& allowed);

/// The flags of several groups as one table.
std::vector<Flag> joined(std::vector<std::vector<Flag>> groups);

}  // namespace asmgw::cmd
