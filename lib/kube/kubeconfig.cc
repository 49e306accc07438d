#include "kube/kubeconfig.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "base/tree.h"
#include "kube/codes.h"

namespace asmgw::kube {
namespace {

/// What one file says.
struct OneFile {
  std::string current_context;
  std::map<std::string, ContextEntry> contexts;
  std::map<std::string, ClusterEntry> clusters;
  std::map<std::string, UserEntry> users;
};

bool is_nothing(const Node& node) {
  return node.kind == Node::Kind::Null ||
         (node.kind == Node::Kind::Scalar && scalar_type(node) == ScalarType::Null);
}

/// Reads one file's tree with the types that kubectl insists on. Every problem is a finding that
/// names file and line and shows no value: it may be a secret.
class Reader {
 public:
  Reader(const std::string& file, Findings& findings) : file_(file), findings_(findings) {}

  OneFile read(const Node& root) {
    OneFile result;
    if (!is_mapping(root, "a kubeconfig")) return result;
    expect(root, "apiVersion", "v1");
    expect(root, "kind", "Config");
    result.current_context = text(root, "current-context");
    entries(root, "clusters", "cluster", [&](const std::string& name, const Node& entry) {
      result.clusters[name] = cluster(entry);
    });
    entries(root, "users", "user",
            [&](const std::string& name, const Node& entry) { result.users[name] = user(entry); });
    entries(root, "contexts", "context", [&](const std::string& name, const Node& entry) {
      result.contexts[name] = {
          .cluster = text(entry, "cluster"),
          .user = text(entry, "user"),
          .ns = text(entry, "namespace"),
      };
    });
    return result;
  }

 private:
  void problem(int line, const std::string& text, const std::string& hint = {}) {
    findings_.add(finding(kBadKubeconfig, fmt::format("{}:{}: {}", file_, line, text), hint));
  }

  void wrong_type(const Node& node, std::string_view what, std::string_view wanted) {
    const bool wants_quotes = wanted == "text" && node.kind == Node::Kind::Scalar;
    problem(node.at.line, fmt::format("{} is {}, not {}", what, describe(node), wanted),
            wants_quotes ? "put it in quotes" : "");
  }

  bool is_mapping(const Node& node, std::string_view what) {
    if (node.kind == Node::Kind::Mapping) return true;
    if (!is_nothing(node)) wrong_type(node, what, "a mapping");
    return false;
  }

  /// The scalar's text; null is "", anything but a text is a problem.
  std::string text_of(const Node& node, std::string_view what) {
    if (is_nothing(node)) return {};
    if (node.kind == Node::Kind::Scalar && scalar_type(node) == ScalarType::String)
      return node.text;
    wrong_type(node, what, "text");
    return {};
  }

  std::string text(const Node& mapping, std::string_view key) {
    const Node* node = mapping.find(key);
    return node == nullptr ? std::string() : text_of(*node, key);
  }

  std::string path(const Node& mapping, std::string_view key) {
    return beside(file_, text(mapping, key));
  }

  bool flag(const Node& mapping, std::string_view key) {
    const Node* node = mapping.find(key);
    if (node == nullptr || is_nothing(*node)) return false;
    if (node->kind == Node::Kind::Scalar && scalar_type(*node) == ScalarType::Bool)
      return to_json(*node).get<bool>();
    wrong_type(*node, key, "true or false");
    return false;
  }

  void expect(const Node& root, std::string_view key, std::string_view wanted) {
    const std::string found = text(root, key);
    if (found.empty() || found == wanted) return;
    problem(root.find(key)->at.line,
            fmt::format("{} is {}, so this is no kubeconfig ({})", key, found, wanted));
  }

  /// Calls `keep(name, entry)` for each item {name: …, KIND: entry} of the list `key`.
  template <class Keep>
  void entries(const Node& root, std::string_view key, std::string_view kind, Keep keep) {
    const Node* list = root.find(key);
    if (list == nullptr || is_nothing(*list)) return;
    if (list->kind != Node::Kind::Sequence) return wrong_type(*list, key, "a list");
    std::map<std::string, int> lines;
    for (const Node& item : list->items) {
      if (!is_mapping(item, fmt::format("an entry of {}", key)) && !is_nothing(item)) continue;
      const std::string name = text(item, "name");
      const auto [seen, is_new] = lines.emplace(name, item.at.line);
      if (!is_new) {
        problem(item.at.line,
                fmt::format("{} \"{}\" is already defined in line {}", kind, name, seen->second));
        continue;
      }
      const Node* entry = item.find(kind);
      keep(name, entry != nullptr && is_mapping(*entry, kind) ? *entry : Node{});
    }
  }

  ClusterEntry cluster(const Node& entry) {
    return {
        .server = text(entry, "server"),
        .ca_data = text(entry, "certificate-authority-data"),
        .ca_file = path(entry, "certificate-authority"),
        .tls_server_name = text(entry, "tls-server-name"),
        .proxy_url = text(entry, "proxy-url"),
        .insecure = flag(entry, "insecure-skip-tls-verify"),
    };
  }

  UserEntry user(const Node& entry) {
    return {
        .token = text(entry, "token"),
        .token_file = path(entry, "tokenFile"),
        .username = text(entry, "username"),
        .password = text(entry, "password"),
        .cert_data = text(entry, "client-certificate-data"),
        .cert_file = path(entry, "client-certificate"),
        .key_data = text(entry, "client-key-data"),
        .key_file = path(entry, "client-key"),
        .exec_command = exec_command(entry),
        .has_auth_provider = is_set(entry, "auth-provider"),
        .impersonates = is_set(entry, "as") || is_set(entry, "as-uid") ||
                        is_set(entry, "as-groups") || is_set(entry, "as-user-extra"),
    };
  }

  static bool is_set(const Node& mapping, std::string_view key) {
    const Node* node = mapping.find(key);
    if (node == nullptr || is_nothing(*node)) return false;
    return !node->text.empty() || !node->items.empty() || !node->members.empty();
  }

  /// A command without a separator is looked up in PATH, so only one with a separator is a path.
  std::vector<std::string> exec_command(const Node& entry) {
    const Node* exec = entry.find("exec");
    if (exec == nullptr || !is_mapping(*exec, "exec")) return {};
    const std::string command = text(*exec, "command");
    std::vector<std::string> result = {
        command.find('/') == std::string::npos ? command : beside(file_, command)};
    const Node* args = exec->find("args");
    if (args == nullptr || is_nothing(*args)) return result;
    if (args->kind != Node::Kind::Sequence) {
      wrong_type(*args, "args", "a list");
      return result;
    }
    for (const Node& arg : args->items) result.push_back(text_of(arg, "an entry of args"));
    return result;
  }

  const std::string& file_;
  Findings& findings_;
};

/// The file's first document, as kubectl reads it; none when it is empty or not YAML.
std::optional<Node> parse(const Source& source, Findings& findings) {
  Findings syntax;
  std::vector<Node> documents = parse_yaml(source, syntax);
  if (!documents.empty()) return std::move(documents.front());
  for (const Finding& found : syntax.all()) {
    const int line = found.at ? found.at->line : 1;
    findings.add(finding(kBadKubeconfig,
                         fmt::format("{}:{}: not YAML: {}", source.name, line, found.message)));
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
    if (root) merge(Reader(path, findings).read(*root), path, merged);
  }
  return merged;
}

std::string beside(const std::string& file, const std::string& path) {
  if (path.empty() || path.starts_with('/')) return path;
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  return (folder / path).lexically_normal().string();
}

}  // namespace asmgw::kube
