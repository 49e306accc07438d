// Files that exist only in a test.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "kube/codes.h"
#include "kube/kubeconfig.h"

namespace asmgw::test {

/// A text that stands for a file which is there but cannot be read.
inline const std::string kUnreadable = "(unreadable)";

/// Files by path. The result refers to `files`.
inline kube::FileAccess memory_files(const std::map<std::string, std::string>& files) {
  kube::FileAccess access;
  access.read = [&files](const std::string& path) -> std::optional<std::string> {
    const auto file = files.find(path);
    if (file == files.end()) return std::nullopt;
    if (file->second == kUnreadable)
      throw Error(finding(kube::kBadKubeconfig, "open " + path + ": permission denied"));
    return file->second;
  };
  access.list = [&files](const std::string& directory) {
    std::vector<std::string> paths;
    for (const auto& [path, text] : files)
      if (path.starts_with(directory + "/")) paths.push_back(path);
    if (paths.empty())
      throw Error(
          finding(kube::kBadKubeconfig, "open " + directory + ": no such file or directory"));
    return paths;
  };
  access.is_program = [&files](const std::string& path) { return files.contains(path); };
  return access;
}

}  // namespace asmgw::test
