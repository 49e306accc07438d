// Where does each gateway go? One target per cluster, and one for the mesh's control plane, each
// with its goal and its endpoint.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/finding.h"
#include "cmd/access.h"
#include "cmd/deps.h"
#include "cmd/inputs.h"
#include "cmd/options.h"
#include "object/cluster.h"
#include "survey/goal.h"

namespace asmgw::cmd {

struct Target : Reach {
  Goal goal;
};

using Targets = std::vector<Target>;

/// The cluster IDs that the gateways name, in their order, each once.
std::vector<std::string> named_ids(const std::vector<Gateway>& gateways);

/// Of `ids` only those that `chosen` names (full IDs or unique prefixes, as displayed); all when it
/// names none. A name that fits none, or several, is a finding [usage].
std::vector<std::string> chosen_ids(std::vector<std::string> ids,
                                    const std::vector<std::string>& chosen, Findings& findings);

/// All gateways of one cluster, and what they become there.
Goal manifest_goal(const Inputs& inputs, const std::string& cluster, const std::string& ns);

/// What goes to the control plane: the gateways of which something does. Where the run leaves it
/// out, because only some of the clusters are chosen (`ids`), a note says so.
Goal control_plane_goal(const Inputs& inputs, const InputOptions& input,
                        const std::vector<std::string>& ids, Findings& findings);

/// The mesh's own API server, as --control-plane-context or the config file names it. Nothing, and
/// a finding, when it does not resolve: `unnamed`, where nothing names it.
std::optional<Target> control_plane_target(const Config& config, Finding unnamed, Ways& ways,
                                           Findings& findings);

/// How the control plane is named: a flag, or a line of the config file.
std::string naming_hint(const Config& config);

/// Adds what rendering finds where it needs no cluster for it.
void check_rendering(const Inputs& inputs, const std::vector<std::string>& ids,
                     const std::string& ns, Findings& findings);

/// Resolves every cluster to its context and credentials, last the control plane when something of
/// the gateways goes there; all that is wrong is in `findings`. Nothing is contacted.
Targets make_targets(const Inputs& inputs, const InputOptions& input, Ways& ways,
                     Findings& findings);

}  // namespace asmgw::cmd
