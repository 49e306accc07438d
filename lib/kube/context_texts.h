// How is a cluster ID that leads nowhere, or astray, told to people?
//
// How the texts of screen 6 are split: `message` is what stands after `error: `. `why` holds the
// lines below it without their indentation of 2; '\n' separates its lines, so that an empty line is
// an empty line of the screen (the ACK trap's `why` begins and ends with one). `hint` is what
// stands after `hint: `; its further lines come without their indentation of 8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"

namespace asmgw::kube {

/// A context that fits, as VALUE of `--cluster-context ID=VALUE`, and its server.
struct Fit {
  std::string value;
  std::string server;
};

/// A merge in which a context gets another file's entry, though its own file has one of that name.
struct Trap {
  std::string id, context, context_file;
  std::string kind;                ///< `cluster` or `user`
  std::string name;                ///< of the entry
  std::string used_file;           ///< whose entry won
  std::string used, meant;         ///< the servers, or both empty
  std::vector<std::string> files;  ///< all that were merged
  std::string landing;             ///< the cluster ID that is rightly there, or empty
  std::string remedy;              ///< VALUE of `--cluster-context ID=VALUE`
};

/// `looked_in`: `~/.kube/config (6 contexts)` …
Finding no_context(const std::string& id, const std::vector<std::string>& looked_in,
                   const std::string& config_file);
/// Something said `name`, but the place (a file, or those looked in) has only `names`.
Finding no_such_context(const std::string& id, const std::string& name, const std::string& said_by,
                        const std::string& place, const std::vector<std::string_view>& names);
Finding ambiguous_context(const std::string& id, const std::vector<Fit>& fits);
Finding ack_merge(const Trap& trap);
Finding same_server(const std::vector<std::string>& ids, const std::string& server, bool has_ca);
Finding context_flag_misused(std::size_t clusters, const std::string& asked_by);

/// `1 context`, `2 contexts`
std::string counted(std::size_t count, std::string_view what);
std::string joined(const std::vector<std::string>& words, std::string_view between);

}  // namespace asmgw::kube
