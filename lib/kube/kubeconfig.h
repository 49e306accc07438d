// What do the kubeconfig files say? Read and merged by kubectl's rules, remembering which file
// each entry came from.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/finding.h"

namespace asmgw::kube {

/// One `clusters:` entry. Relative paths are already resolved against the file that defines it.
/// Entries are equal when they say the same.
struct ClusterEntry {
  std::string server = {};
  std::string ca_data = {};  ///< base64, as written
  std::string ca_file = {};
  std::string tls_server_name = {};
  std::string proxy_url = {};
  bool insecure = false;
  bool disable_compression = false;
  std::string exec_config = {};  ///< JSON of the extension that a credential plugin is given

  friend bool operator==(const ClusterEntry&, const ClusterEntry&) = default;
};

/// How a credential plugin is run (`exec:`).
struct ExecConfig {
  std::string api_version = {};
  std::string command = {};  ///< a name that PATH resolves, or a resolved path
  std::vector<std::string> args = {};
  std::vector<std::pair<std::string, std::string>> env = {};
  std::string interactive_mode = {};  ///< Never, IfAvailable (the default of v1beta1), Always
  std::string install_hint = {};
  bool provide_cluster_info = false;

  friend bool operator==(const ExecConfig&, const ExecConfig&) = default;
};

/// Whom a user acts for.
struct Impersonation {
  std::string user = {}, uid = {};
  std::vector<std::string> groups = {};
  std::map<std::string, std::vector<std::string>> extra = {};

  friend bool operator==(const Impersonation&, const Impersonation&) = default;
};

/// One `users:` entry.
struct UserEntry {
  std::string token = {}, token_file = {};
  std::string username = {}, password = {};
  std::string cert_data = {}, cert_file = {}, key_data = {}, key_file = {};  ///< as ca_*
  std::optional<ExecConfig> exec = {};
  bool has_auth_provider = false;
  Impersonation impersonation = {};

  friend bool operator==(const UserEntry&, const UserEntry&) = default;
};

struct ContextEntry {
  std::string cluster, user, ns;
};

/// An entry and the file that defines it.
template <class T>
struct FromFile {
  std::string file;
  T value;
};

/// One file, or several merged: the first file that names an entry wins the whole entry, the first
/// non-empty current-context wins. The losers are kept: the ACK trap is seen by them.
struct Kubeconfig {
  std::vector<std::string> files;  ///< in the order read
  std::string current_context;
  std::map<std::string, FromFile<ContextEntry>> contexts;
  std::map<std::string, FromFile<ClusterEntry>> clusters;
  std::map<std::string, FromFile<UserEntry>> users;
  /// (file, name) → entry, of every file, also where another file's entry won.
  std::map<std::pair<std::string, std::string>, ClusterEntry> all_clusters;
  std::map<std::pair<std::string, std::string>, UserEntry> all_users;
};

/// Reads files for this room; how, is the caller's business.
struct FileAccess {
  /// The text of a file, or nullopt when it does not exist. Throws Error when it cannot be read.
  std::function<std::optional<std::string>(const std::string& path)> read;
  /// The paths of the regular files in a directory, sorted. Throws Error.
  std::function<std::vector<std::string>(const std::string& directory)> list;
  /// Is it a program that we may run?
  std::function<bool(const std::string& path)> is_program;
};

/// Which files are read.
struct KubeconfigPaths {
  std::vector<std::string> paths;
  bool must_exist = false;  ///< named one by one (--kubeconfig): a missing file is an error
};

/// The files kubectl would read: `flag` alone when it is not empty; else the entries of
/// `kubeconfig_variable` (`:`; empty ones skipped); else `home`/.kube/config.
KubeconfigPaths kubeconfig_paths(const std::string& flag, const std::string& kubeconfig_variable,
                                 const std::string& home);

/// Reads and merges the files in their order; missing ones are skipped unless they must exist. What
/// kubectl refuses (undecodable text, a name twice in one file, an unquoted number as token) is a
/// finding [bad-kubeconfig] whose message names file and line. It has no range: a kubeconfig's
/// lines hold secrets and are never shown. Does not throw.
Kubeconfig read_kubeconfig(const KubeconfigPaths& which, const FileAccess& files,
                           Findings& findings);

/// `path` as a file that holds it means it: relative to the folder of `file`. "" stays "".
std::string beside(const std::string& file, const std::string& path);

}  // namespace asmgw::kube
