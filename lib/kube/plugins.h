// How does a credential plugin get run, and how often? Once for all that have the same one.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/program.h"
#include "kube/exec_credential.h"
#include "kube/kuberc.h"
#include "kube/login.h"

namespace asmgw::kube {

/// What running a plugin takes of the outside world.
struct PluginWorld {
  RunProgram run;
  FileAccess files;
  Clock& clock;
  std::string path = {};            ///< $PATH
  bool has_terminal = false;        ///< standard input is one
  std::string stdin_taken_by = {};  ///< `-f -`: a plugin cannot have it then; or empty
};

class Plugin;

/// The plugins of a run. A plugin is run when its credentials are first needed, again when they
/// have expired (10 s before) and once after a 401. Contexts whose configuration is the same share
/// it, and wait for one run; only one at a time may use the terminal.
class Plugins {
 public:
  /// `read_policy` is called when there is a plugin at all.
  Plugins(PluginWorld world, std::function<PluginPolicy(Findings&)> read_policy);

  /// `cluster` is told to the plugin where the configuration asks for it. To be called by one
  /// thread; the logins may be used by several. A policy that cannot be read is a finding.
  Login login(const ExecConfig& config, const ExecCluster& cluster, Findings& findings);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
  std::map<std::string, std::shared_ptr<Plugin>> by_config_;
};

}  // namespace asmgw::kube
