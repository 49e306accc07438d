// The rules that find a context are in lookup.h; the texts of what is found wrong, and how they are
// split into a finding's parts, in context_texts.h.
#include "kube/contexts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/base64.h"
#include "base/error.h"
#include "kube/codes.h"
#include "kube/context_texts.h"
#include "kube/lookup.h"
#include "kube/url.h"

namespace asmgw::kube {
namespace {

/// An ID's context with its entries, and whether the merge led it astray.
struct Found {
  Resolved resolved;
  std::optional<Trap> trap;
};

/// The entry of that name, or nullptr and a finding: kubectl would go on with an empty one, that is
/// ask for a user name, or talk to localhost:8080.
template <class T>
const FromFile<T>* entry_of(const std::map<std::string, FromFile<T>>& entries,
                            std::string_view kind, const std::string& name, const Resolved& owner,
                            Findings& findings) {
  const auto entry = entries.find(name);
  if (entry != entries.end() && !name.empty()) return &entry->second;
  Finding problem = finding(
      kBadKubeconfig, name.empty() ? fmt::format("{}: {} was not specified for context \"{}\"",
                                                 owner.id, kind, owner.context)
                                   : fmt::format("{}: {} \"{}\" was not found for context \"{}\"",
                                                 owner.id, kind, name, owner.context));
  problem.why = fmt::format("{}, context \"{}\"", owner.file, owner.context);
  findings.add(std::move(problem));
  return nullptr;
}

/// The trap of one kind of entry: `won` comes from another file than the context, whose own file
/// has an entry of that name that says something else.
template <class T>
std::optional<Trap> trap_of(const FromFile<T>& won, const std::string& name,
                            const std::map<std::pair<std::string, std::string>, T>& all,
                            const Resolved& owner) {
  const auto own = all.find({owner.file, name});
  if (won.file == owner.file || own == all.end() || own->second == won.value) return std::nullopt;
  Trap trap;
  trap.id = owner.id;
  trap.context = owner.context;
  trap.context_file = owner.file;
  trap.name = name;
  trap.used_file = won.file;
  if constexpr (std::is_same_v<T, ClusterEntry>) {
    trap.kind = "cluster";
    trap.used = won.value.server;
    trap.meant = own->second.server;
  } else {
    trap.kind = "user";
  }
  return trap;
}

std::optional<Found> complete(const std::string& id, const Candidate& candidate,
                              Findings& findings) {
  const Kubeconfig& config = *candidate.config;
  const FromFile<ContextEntry>& context = config.contexts.at(candidate.context);
  Found found;
  Resolved& resolved = found.resolved;
  resolved.id = id;
  resolved.context = candidate.context;
  resolved.file = context.file;
  resolved.found_by = candidate.found_by;
  resolved.cluster_name = context.value.cluster;
  resolved.user_name = context.value.user;
  const auto* cluster =
      entry_of(config.clusters, "cluster", resolved.cluster_name, resolved, findings);
  const bool needs_nobody = cluster != nullptr && resolved.user_name.empty() &&
                            !lower(cluster->value.server).starts_with("https://");
  static const FromFile<UserEntry> kNobody;
  const auto* user = needs_nobody
                         ? &kNobody
                         : entry_of(config.users, "user", resolved.user_name, resolved, findings);
  if (cluster == nullptr || user == nullptr) return std::nullopt;
  resolved.cluster_file = cluster->file;
  resolved.user_file = user->file;
  resolved.cluster = cluster->value;
  resolved.user = user->value;
  found.trap = trap_of(*cluster, resolved.cluster_name, config.all_clusters, resolved);
  if (!found.trap && !needs_nobody)
    found.trap = trap_of(*user, resolved.user_name, config.all_users, resolved);
  if (found.trap) found.trap->files = config.files;
  return found;
}

/// A server's URL as it is compared: scheme and host in lower case, the port written out. Without a
/// scheme it is http, as for kubectl.
std::string normalised(const std::string& server) {
  std::optional<Url> url =
      parse_url(server.find("://") == std::string::npos ? "http://" + server : server);
  if (!url) return server;  // access_of says what is wrong with it
  url->host = lower(url->host);
  url->port = port_of(*url);
  return text_of(*url);
}

/// The CA's bytes, wherever they are kept; what cannot be read stands for itself.
std::string ca_of(const ClusterEntry& cluster, const FileAccess& files) {
  if (!cluster.ca_data.empty()) return decode_base64(cluster.ca_data).value_or(cluster.ca_data);
  if (cluster.ca_file.empty()) return {};
  try {
    return files.read(cluster.ca_file).value_or(cluster.ca_file);
  } catch (const Error&) {
    return cluster.ca_file;  // access_of says what is wrong with it
  }
}

/// Reports the traps and takes them out.
std::vector<Resolved> without_traps(const std::vector<Found>& found, Lookup& lookup,
                                    Findings& findings) {
  std::vector<Resolved> sound;
  for (const Found& one : found)
    if (!one.trap) sound.push_back(one.resolved);
  for (const Found& one : found) {
    if (!one.trap) continue;
    Trap trap = *one.trap;
    for (const Resolved& other : sound)
      if (trap.landing.empty() && other.cluster == one.resolved.cluster) trap.landing = other.id;
    const Kubeconfig* alone = lookup.load(trap.context_file);
    const bool is_current = alone != nullptr && alone->current_context == trap.context;
    trap.remedy = is_current ? trap.context_file : trap.context_file + "#" + trap.context;
    findings.add(ack_merge(trap));
  }
  return sound;
}

/// Reports the IDs that lead to one server, one finding per server, and takes them out.
std::vector<Resolved> without_twins(std::vector<Resolved> resolved, const FileAccess& files,
                                    Findings& findings) {
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> servers;
  std::vector<const std::vector<std::size_t>*> in_order;  // of their first ID
  for (std::size_t i = 0; i < resolved.size(); ++i) {
    const ClusterEntry& cluster = resolved[i].cluster;
    if (cluster.server.empty()) continue;  // access_of says so
    const auto [group, is_new] =
        servers.try_emplace({normalised(cluster.server), ca_of(cluster, files)});
    group->second.push_back(i);
    if (is_new) in_order.push_back(&group->second);
  }
  std::vector<bool> is_twin(resolved.size());
  for (const std::vector<std::size_t>* group : in_order) {
    if (group->size() < 2) continue;
    std::vector<std::string> ids;  // the later one is what is wrong with an earlier one
    for (auto index = group->rbegin(); index != group->rend(); ++index) {
      ids.push_back(resolved[*index].id);
      is_twin[*index] = true;
    }
    const ClusterEntry& first = resolved[group->front()].cluster;
    findings.add(same_server(ids, first.server, !first.ca_data.empty() || !first.ca_file.empty()));
  }
  std::vector<Resolved> apart;
  for (std::size_t i = 0; i < resolved.size(); ++i)
    if (!is_twin[i]) apart.push_back(std::move(resolved[i]));
  return apart;
}

}  // namespace

std::vector<Resolved> resolve_contexts(const std::vector<std::string>& ids,
                                       const ContextRules& rules, const FileAccess& files,
                                       Findings& findings) {
  std::vector<std::string> wanted;
  for (const std::string& id : ids)
    if (std::find(wanted.begin(), wanted.end(), id) == wanted.end()) wanted.push_back(id);
  if (!rules.context_flag.empty() && wanted.size() > 1) {
    findings.add(context_flag_misused(wanted.size(), rules.asked_by));
    return {};
  }
  Lookup lookup(rules, wanted.size() == 1, files, findings);
  std::vector<Found> found;
  for (const std::string& id : wanted) {
    const std::optional<Candidate> candidate = lookup.choose(id);
    if (!candidate) continue;
    if (std::optional<Found> one = complete(id, *candidate, findings))
      found.push_back(std::move(*one));
  }
  return without_twins(without_traps(found, lookup, findings), files, findings);
}

}  // namespace asmgw::kube
