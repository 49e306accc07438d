// Which options do several commands share? What to read, which clusters, how to show it.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "cmd/flags.h"

namespace asmgw::cmd {

struct InputOptions {
  std::vector<std::string> filenames = {};  ///< files, directories, `-`
  bool recursive = false;
  std::string ns = "istio-system";
  bool ns_is_given = false;
  bool allow_namespace = false;
  std::string asm_version = {};            ///< "" = the config file's, else the newest rules
  std::vector<std::string> clusters = {};  ///< only these; full IDs or unique prefixes
};

struct ConnectionOptions {
  std::map<std::string, std::string> cluster_context = {};  ///< ID → VALUE
  std::string context = {};
  std::string kubeconfig = {};
  std::string kubeconfig_dir = {};
  std::string config = {};
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
std::vector<Flag> output_flags();

/// Each throws Error [usage] for a value that is not allowed.
InputOptions input_options(const GivenFlags& given);
ConnectionOptions connection_options(const GivenFlags& given);
/// `allowed`: the formats of the command, the first is the default.
OutputOptions output_options(const GivenFlags& given, const std::vector<std::string>& allowed);

/// The flags of several groups as one table.
std::vector<Flag> joined(std::vector<std::vector<Flag>> groups);

}  // namespace asmgw::cmd
