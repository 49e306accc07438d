#include "kube/kubeconfig.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "base/tree.h"
#include "kube/codes.h"
#include "kube/kubeconfig_reader.h"

namespace asmgw::kube {
namespace {

/// What stands in quotes may be a secret of the file.
std::string without_quotations(std::string_view message) {
  std::string text;
  bool is_quoted = false;
  for (const char c : message) {
    if (c == '"') text += is_quoted ? "…\"" : "\"";
    if (c == '"') is_quoted = !is_quoted;
    if (!is_quoted && c != '"') text += c;
  }
  return text;
}

/// The file's first document, as kubectl reads it; none when it is empty or not YAML.
std::optional<Node> parse(const Source& source, Findings& findings) {
  Findings syntax;
  std::vector<Node> documents = parse_yaml(source, syntax);
  if (!documents.empty()) return std::move(documents.front());
  for (const Finding& found : syntax.all()) {
    const int line = found.at ? found.at->line : 1;
    findings.add(finding(kBadKubeconfig, fmt::format("{}:{}: not YAML: {}", source.name, line,
                                                     without_quotations(found.message))));
  }
  return std::nullopt;
}

std::optional<std::string> read_text(const std::string& path, bool must_exist,
                                     const FileAccess& files, Findings& findings) {
  try {
    std::optional<std::string> text = files.read(path);
    if (!text && must_exist) {
      findings.add(
          finding(kBadKubeconfig, fmt::format("stat {}: no such file or directory", path)));
    }
    return text;
  } catch (const Error& error) {
    findings.add(finding(kBadKubeconfig, fmt::format("error loading config file \"{}\": {}", path,
                                                     error.finding().message)));
    return std::nullopt;
  }
}

void merge(OneFile&& one, const std::string& file, Kubeconfig& merged) {
  if (merged.current_context.empty()) merged.current_context = one.current_context;
  for (auto& [name, entry] : one.contexts) {
    merged.contexts.try_emplace(name, FromFile<ContextEntry>{file, std::move(entry)});
  }
  for (auto& [name, entry] : one.clusters) {
    merged.all_clusters[{file, name}] = entry;
    merged.clusters.try_emplace(name, FromFile<ClusterEntry>{file, std::move(entry)});
  }
  for (auto& [name, entry] : one.users) {
    merged.all_users[{file, name}] = entry;
    merged.users.try_emplace(name, FromFile<UserEntry>{file, std::move(entry)});
  }
}

}  // namespace

KubeconfigPaths kubeconfig_paths(const std::string& flag, const std::string& kubeconfig_variable,
                                 const std::string& home) {
  if (!flag.empty()) return {.paths = {flag}, .must_exist = true};
  if (kubeconfig_variable.empty()) return {.paths = {home + "/.kube/config"}};
  KubeconfigPaths result;
  for (std::size_t begin = 0; begin <= kubeconfig_variable.size();) {
    const std::size_t end =
        std::min(kubeconfig_variable.find(':', begin), kubeconfig_variable.size());
    std::string path = kubeconfig_variable.substr(begin, end - begin);
    const bool is_new =
        std::find(result.paths.begin(), result.paths.end(), path) == result.paths.end();
    if (!path.empty() && is_new) result.paths.push_back(std::move(path));
    begin = end + 1;
  }
  return result;
}

Kubeconfig read_kubeconfig(const KubeconfigPaths& which, const FileAccess& files,
                           Findings& findings) {
  Kubeconfig merged;
  for (const std::string& path : which.paths) {
    std::optional<std::string> text = read_text(path, which.must_exist, files, findings);
    if (!text) continue;
    const Source source{.name = path, .text = std::move(*text)};
    merged.files.push_back(path);
    const std::optional<Node> root = parse(source, findings);
    if (root) merge(read_one(*root, path, findings), path, merged);
  }
  return merged;
}

std::string beside(const std::string& file, const std::string& path) {
  if (path.empty() || path.starts_with('/')) return path;
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  return (folder / path).lexically_normal().string();
}

}  // namespace asmgw::kube
