// What does one kubeconfig file say?
#pragma once

#include <map>
#include <string>

#include "base/finding.h"
#include "base/tree.h"
#include "kube/kubeconfig.h"

namespace asmgw::kube {

/// What one file says.
struct OneFile {
  std::string current_context;
  std::map<std::string, ContextEntry> contexts;
  std::map<std::string, ClusterEntry> clusters;
  std::map<std::string, UserEntry> users;
};

/// Reads a file's tree with the types that kubectl insists on. Every problem is a finding that
/// names file and line and shows no value: it may be a secret.
OneFile read_one(const Node& root, const std::string& file, Findings& findings);

}  // namespace asmgw::kube
