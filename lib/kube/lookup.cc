#include "kube/lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/codes.h"
#include "base/error.h"
#include "kube/codes.h"
#include "kube/context_texts.h"

namespace asmgw::kube {
namespace {

/// The rules by which a context's name or user says which cluster it is for, strongest first.
enum class Rule { Name, Ending, Exec };

bool has_cluster_id(const std::vector<std::string>& args, const std::string& id) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "--cluster-id=" + id) return true;
    if (args[i] == "--cluster-id" && i + 1 < args.size() && args[i + 1] == id) return true;
  }
  return false;
}

/// The user that the context's own file means, though another file's may have won the merge.
const UserEntry* meant_user(const Kubeconfig& config, const FromFile<ContextEntry>& context) {
  const auto own = config.all_users.find({context.file, context.value.user});
  if (own != config.all_users.end()) return &own->second;
  const auto any = config.users.find(context.value.user);
  return any == config.users.end() ? nullptr : &any->second.value;
}

bool fits(const Kubeconfig& config, const std::string& name, const FromFile<ContextEntry>& context,
          const std::string& id, Rule rule) {
  switch (rule) {
    case Rule::Name:
      return name == id;
    case Rule::Ending:
      return name.ends_with("-" + id);
    case Rule::Exec: {
      const UserEntry* user = meant_user(config, context);
      return user != nullptr && user->exec && has_cluster_id(user->exec->args, id);
    }
  }
  return false;
}

std::string server_of(const Candidate& candidate) {
  const auto context = candidate.config->contexts.find(candidate.context);
  if (context == candidate.config->contexts.end()) return "no current context";
  const auto cluster = candidate.config->clusters.find(context->second.value.cluster);
  return cluster == candidate.config->clusters.end() ? "no server" : cluster->second.value.server;
}

std::string file_name(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

std::vector<std::string_view> names_of(const Kubeconfig& config) {
  std::vector<std::string_view> names;
  for (const auto& [name, context] : config.contexts) names.push_back(name);
  return names;
}

}  // namespace

std::optional<Candidate> Lookup::choose(const std::string& id) {
  if (const auto flag = rules_.flags.find(id); flag != rules_.flags.end())
    return from_flag(id, flag->second);
  if (!rules_.context_flag.empty()) return in_merge(id, rules_.context_flag, "--context");
  if (const auto said = rules_.configured.find(id); said != rules_.configured.end())
    return from_mapping(id, said->second);
  std::vector<Candidate> found;
  if (!rules_.kubeconfig_dir.empty()) {
    const std::vector<std::string> own = files_named(id);
    if (own.size() == 1) return in_file(id, own.front(), "", shown(own.front()));
    if (own.size() > 1) {
      report_several(id, own);
      return std::nullopt;
    }
    found = fitting(id, directory(), true);
  }
  if (found.empty()) found = fitting(id, {&merged()}, false);
  if (found.size() == 1) return found.front();
  if (is_only_ && rules_.in_cluster && is_nothing_else())
    return Candidate{&*rules_.in_cluster, rules_.in_cluster->current_context, "in-cluster", true};
  found.empty() ? report_none(id) : report_several(id, found);
  return std::nullopt;
}

/// VALUE of ID=VALUE: FILE#CONTEXT; a file, when it has a `/`; else a context, or a file.
std::optional<Candidate> Lookup::from_flag(const std::string& id, const std::string& value) {
  const std::string flag = "--cluster-context";
  const std::size_t hash = value.find('#');
  if (hash != std::string::npos) {
    if (hash > 0 && hash + 1 < value.size())
      return in_file(id, value.substr(0, hash), value.substr(hash + 1), flag);
    findings_.add(finding(kUsage,
                          fmt::format("{} {}={} lacks the file or the context", flag, id, value),
                          fmt::format("{} {}=FILE#CONTEXT", flag, id)));
    return std::nullopt;
  }
  if (value.find('/') != std::string::npos) return in_file(id, value, "", flag);
  const auto context = merged().contexts.find(value);
  if (context == merged().contexts.end())
    return is_file(value) ? in_file(id, value, "", flag) : in_merge(id, value, flag);
  if (!is_file(value)) return in_merge(id, value, flag);
  findings_.add(ambiguous_context(
      id, {{fmt::format("{}#{}", context->second.file, value), server_of({&merged(), value, flag})},
           {"./" + value, current_server(value)}}));
  return std::nullopt;
}

std::optional<Candidate> Lookup::from_mapping(const std::string& id, const Mapping& mapping) {
  if (mapping.kubeconfig.empty()) return in_merge(id, mapping.context, mapping.said_by);
  return in_file(id, mapping.kubeconfig, mapping.context, mapping.said_by);
}

/// The context of that name in the merged kubeconfig.
std::optional<Candidate> Lookup::in_merge(const std::string& id, const std::string& context,
                                          const std::string& said_by) {
  if (merged().contexts.contains(context)) return Candidate{&merged(), context, said_by};
  if (is_incomplete_) return std::nullopt;
  findings_.add(
      no_such_context(id, context, said_by, joined(merged_places(), ", "), names_of(merged())));
  return std::nullopt;
}

/// The context of that name in that file alone; its current one when `context` is "", and when it
/// has no current one: the only one, else the one that the name rules give.
std::optional<Candidate> Lookup::in_file(const std::string& id, const std::string& path,
                                         std::string context, const std::string& said_by) {
  const Kubeconfig* config = load(path);
  if (config == nullptr) {
    report(alone_[path].problems);
    return std::nullopt;
  }
  if (context.empty()) context = config->current_context;
  if (context.empty() && config->contexts.size() == 1) context = config->contexts.begin()->first;
  if (context.empty()) {
    const std::vector<Candidate> found = fitting(id, {config}, true);
    if (found.size() > 1) {
      report_several(id, found);
      return std::nullopt;
    }
    if (found.size() == 1) context = found.front().context;
  }
  if (config->contexts.contains(context)) return Candidate{config, context, said_by, true};
  findings_.add(no_such_context(id, context, said_by, place(path, *config), names_of(*config)));
  return std::nullopt;
}

/// The contexts that fit by the strongest rule by which any fits.
std::vector<Candidate> Lookup::fitting(const std::string& id,
                                       const std::vector<const Kubeconfig*>& in,
                                       bool are_alone) const {
  std::vector<Candidate> found;
  for (const Rule rule : {Rule::Name, Rule::Ending, Rule::Exec}) {
    for (const Kubeconfig* config : in) {
      for (const auto& [name, context] : config->contexts) {
        if (!fits(*config, name, context, id, rule)) continue;
        const std::string found_by = rule == Rule::Exec ? "exec --cluster-id" : shown(context.file);
        found.push_back({config, name, found_by, are_alone});
      }
    }
    if (!found.empty()) break;
  }
  return found;
}

void Lookup::report_several(const std::string& id, const std::vector<Candidate>& candidates) {
  std::vector<Fit> fits;
  for (const Candidate& candidate : candidates) {
    const std::string& file = candidate.config->contexts.at(candidate.context).file;
    fits.push_back({candidate.is_alone ? file + "#" + candidate.context : candidate.context,
                    server_of(candidate)});
  }
  findings_.add(ambiguous_context(id, fits));
}

void Lookup::report_several(const std::string& id, const std::vector<std::string>& paths) {
  std::vector<Fit> fits;
  for (const std::string& path : paths) fits.push_back({path, current_server(path)});
  findings_.add(ambiguous_context(id, fits));
}

/// A file of --kubeconfig-dir that cannot be used may be the one that is missed.
void Lookup::report_none(const std::string& id) {
  std::vector<std::string> places;
  if (!rules_.kubeconfig_dir.empty()) {
    for (const std::string& path : listing()) report(alone_[path].problems);
    places.push_back(
        fmt::format("{} ({})", shown(rules_.kubeconfig_dir), counted(listing().size(), "file")));
  }
  for (std::string& path : merged_places()) places.push_back(std::move(path));
  if (!rules_.config_file.empty()) {
    places.push_back(
        fmt::format("{} ({})", rules_.config_file, counted(rules_.configured.size(), "cluster")));
  }
  if (!is_incomplete_) findings_.add(no_context(id, places, rules_.config_file));
}

void Lookup::report(const std::vector<Finding>& problems) {
  for (const Finding& problem : problems)
    if (reported_.insert(problem.message).second) findings_.add(problem);
}

const Kubeconfig& Lookup::merged() {
  if (!merged_) {
    Findings problems;
    merged_ = read_kubeconfig(rules_.kubeconfig, files_, problems);
    is_incomplete_ = is_incomplete_ || problems.has_errors();
    report(problems.all());
  }
  return *merged_;
}

/// No kubeconfig says anything: then client-go looks whether it runs in a pod.
bool Lookup::is_nothing_else() {
  const Kubeconfig& config = merged();
  return rules_.kubeconfig_dir.empty() && !is_incomplete_ && config.current_context.empty() &&
         config.contexts.empty() && config.clusters.empty() && config.users.empty();
}

const Kubeconfig* Lookup::load(const std::string& path) {
  const auto [entry, is_new] = alone_.try_emplace(path);
  Alone& file = entry->second;
  if (is_new) {
    Findings problems;
    Kubeconfig config = read_kubeconfig({.paths = {path}, .must_exist = true}, files_, problems);
    file.problems = problems.all();
    if (!problems.has_errors()) file.config = std::move(config);
  }
  return file.config ? &*file.config : nullptr;
}

/// The paths in --kubeconfig-dir. Hidden files are no kubeconfigs.
const std::vector<std::string>& Lookup::listing() {
  if (listing_) return *listing_;
  listing_.emplace();
  try {
    for (const std::string& path : files_.list(rules_.kubeconfig_dir))
      if (!file_name(path).starts_with('.')) listing_->push_back(path);
  } catch (const Error& error) {
    is_incomplete_ = true;
    findings_.add(finding(
        kBadKubeconfig,
        fmt::format("--kubeconfig-dir {}: {}", rules_.kubeconfig_dir, error.finding().message)));
  }
  return *listing_;
}

std::vector<std::string> Lookup::files_named(const std::string& id) {
  std::vector<std::string> own;
  for (const std::string& path : listing()) {
    const std::string name = file_name(path);
    if (name == id || name.substr(0, name.rfind('.')) == id) own.push_back(path);
  }
  return own;
}

std::vector<const Kubeconfig*> Lookup::directory() {
  std::vector<const Kubeconfig*> configs;
  for (const std::string& path : listing())
    if (const Kubeconfig* config = load(path)) configs.push_back(config);
  return configs;
}

/// A folder, say, is none: it does not make the context of that name ambiguous.
bool Lookup::is_file(const std::string& path) const {
  try {
    return files_.read(path).has_value();
  } catch (const Error&) {
    return false;
  }
}

std::string Lookup::current_server(const std::string& path) {
  const Kubeconfig* config = load(path);
  if (config == nullptr) return "cannot be used";
  return server_of({config, config->current_context, "", true});
}

/// `~/.kube/config (6 contexts)`
std::string Lookup::place(const std::string& path, const Kubeconfig& config) const {
  if (std::count(config.files.begin(), config.files.end(), path) == 0)
    return shown(path) + " (missing)";
  const auto is_here = [&](const auto& entry) { return entry.second.file == path; };
  const auto contexts = std::count_if(config.contexts.begin(), config.contexts.end(), is_here);
  return fmt::format("{} ({})", shown(path),
                     counted(static_cast<std::size_t>(contexts), "context"));
}

std::vector<std::string> Lookup::merged_places() {
  std::vector<std::string> places;
  for (const std::string& path : rules_.kubeconfig.paths) places.push_back(place(path, merged()));
  return places;
}

/// A path as shown to people.
std::string Lookup::shown(const std::string& path) const {
  const bool is_below = !rules_.home.empty() && path.starts_with(rules_.home + "/");
  return is_below ? "~" + path.substr(rules_.home.size()) : path;
}

}  // namespace asmgw::kube
