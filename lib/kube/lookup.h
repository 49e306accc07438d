// Which contexts may a cluster ID mean? Looks through the rules and reads what they name.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "kube/contexts.h"
#include "kube/kubeconfig.h"

namespace asmgw::kube {

/// A context that an ID may mean, and the config that holds it (owned by the Lookup).
struct Candidate {
  const Kubeconfig* config = nullptr;
  std::string context;
  std::string found_by;
  bool is_alone = false;  ///< `config` is one file, loaded alone
};

/// Reads each file once, and only when a rule needs it. Whatever is wrong goes to `findings`.
class Lookup {
 public:
  /// `is_only`: one ID is looked up in the whole run.
  Lookup(const ContextRules& rules, bool is_only, const FileAccess& files, Findings& findings)
      : rules_(rules), is_only_(is_only), files_(files), findings_(findings) {}

  /// The one context that the rules give for `id`; else a finding says why there is none.
  std::optional<Candidate> choose(const std::string& id);

  /// The file loaded alone, or nullptr when it cannot be used. Says nothing.
  const Kubeconfig* load(const std::string& path);

 private:
  std::optional<Candidate> from_flag(const std::string& id, const std::string& value);
  std::optional<Candidate> from_mapping(const std::string& id, const Mapping& mapping);
  std::optional<Candidate> in_merge(const std::string& id, const std::string& context,
                                    const std::string& said_by);
  std::optional<Candidate> in_file(const std::string& id, const std::string& path,
                                   std::string context, const std::string& said_by);
  std::vector<Candidate> fitting(const std::string& id, const std::vector<const Kubeconfig*>& in,
                                 bool are_alone) const;
  void report_several(const std::string& id, const std::vector<Candidate>& candidates);
  void report_several(const std::string& id, const std::vector<std::string>& paths);
  void report_none(const std::string& id);
  void report(const std::vector<Finding>& problems);

  const Kubeconfig& merged();
  bool is_nothing_else();
  const std::vector<std::string>& listing();
  std::vector<std::string> files_named(const std::string& id);
  std::vector<const Kubeconfig*> directory();
  bool is_file(const std::string& path) const;

  std::string current_server(const std::string& path);
  std::string place(const std::string& path, const Kubeconfig& config) const;
  std::vector<std::string> merged_places();
  std::string shown(const std::string& path) const;

  struct Alone {
    std::optional<Kubeconfig> config;
    std::vector<Finding> problems;
  };

  const ContextRules& rules_;
  const bool is_only_;
  const FileAccess& files_;
  Findings& findings_;
  std::optional<Kubeconfig> merged_;
  std::map<std::string, Alone> alone_;
  std::optional<std::vector<std::string>> listing_;
  bool is_incomplete_ = false;  ///< a file that was to be read is not: what it holds is not missed
  std::set<std::string> reported_;  ///< messages: a file may be read alone and in the merge
};

}  // namespace asmgw::kube
