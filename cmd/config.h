// What does the user's own config file say (`--config`, `~/.kube/asmgw.yaml`)?
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/source.h"
#include "gateway/settings.h"
#include "kube/contexts.h"

namespace asmgw::cmd {

/// `ignore:`: a field of a kind that is never reported, and why.
struct IgnoreRule {
  std::string kind;
  std::string path;  ///< as written: `metadata.annotations["example.com/touched"]`
  std::string reason;
};

/// "" = not said, everywhere but in `proxy`, whose defaults then stand.
struct Config {
  std::map<std::string, kube::Mapping> clusters;  ///< by cluster ID
  std::string control_plane_context;
  std::string asm_version;
  std::string kernel_init_image;
  Proxy proxy;
  std::vector<IgnoreRule> ignore;
  std::string file;  ///< the source's name
};

/// Reads the config file; an empty one says nothing. Unknown keys, wrong types, missing parts are
/// findings [bad-config] with their place. `source` must be kept by `findings`, and its name is the
/// path as the user would write it: `~/…` there and in `kubeconfig:` is below `home`, and a
/// relative `kubeconfig:` is beside the file. A mapping's `said_by` is `NAME:LINE`.
Config read_config(const Source& source, const std::string& home, Findings& findings);

}  // namespace asmgw::cmd
