#include "kube/kubeconfig_reader.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

#include "base/json.h"
#include "kube/codes.h"

namespace asmgw::kube {
namespace {

bool is_nothing(const Node& node) {
  return node.kind == Node::Kind::Null ||
         (node.kind == Node::Kind::Scalar && scalar_type(node) == ScalarType::Null);
}

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

  /// The list of that name, or nullptr.
  const Node* list(const Node& mapping, std::string_view key) {
    const Node* node = mapping.find(key);
    if (node == nullptr || is_nothing(*node)) return nullptr;
    if (node->kind == Node::Kind::Sequence) return node;
    wrong_type(*node, key, "a list");
    return nullptr;
  }

  std::vector<std::string> texts(const Node& mapping, std::string_view key) {
    std::vector<std::string> result;
    const Node* node = list(mapping, key);
    if (node == nullptr) return result;
    for (const Node& item : node->items)
      result.push_back(text_of(item, fmt::format("an entry of {}", key)));
    return result;
  }

  /// The items of the list of that name that are mappings, as all should be.
  std::vector<const Node*> mappings(const Node& mapping, std::string_view key) {
    std::vector<const Node*> result;
    const Node* node = list(mapping, key);
    if (node == nullptr) return result;
    for (const Node& item : node->items)
      if (is_mapping(item, fmt::format("an entry of {}", key))) result.push_back(&item);
    return result;
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
    const Node* all = list(root, key);
    if (all == nullptr) return;
    std::map<std::string, int> lines;
    for (const Node& item : all->items) {
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
        .disable_compression = flag(entry, "disable-compression"),
        .exec_config = exec_config(entry),
    };
  }

  /// Of `extensions:` the one that is for credential plugins.
  std::string exec_config(const Node& entry) {
    for (const Node* item : mappings(entry, "extensions")) {
      const Node* extension = item->find("extension");
      if (extension != nullptr && text(*item, "name") == "client.authentication.k8s.io/exec")
        return to_json(*extension).dump();
    }
    return {};
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
        .exec = exec(entry),
        .has_auth_provider = is_set(entry, "auth-provider"),
        .impersonation = {.user = text(entry, "as"),
                          .uid = text(entry, "as-uid"),
                          .groups = texts(entry, "as-groups"),
                          .extra = extra(entry)},
    };
  }

  static bool is_set(const Node& mapping, std::string_view key) {
    const Node* node = mapping.find(key);
    return node != nullptr && !is_nothing(*node);
  }

  std::map<std::string, std::vector<std::string>> extra(const Node& entry) {
    std::map<std::string, std::vector<std::string>> result;
    const Node* extra = entry.find("as-user-extra");
    if (extra == nullptr || !is_mapping(*extra, "as-user-extra")) return result;
    for (const auto& [key, values] : extra->members) result[key.value] = texts(*extra, key.value);
    return result;
  }

  /// A command without a separator is looked up in PATH, so only one with a separator is a path;
  /// client-go cleans it by its letters, whatever its folders are.
  std::string program(const std::string& command) const {
    if (command.find('/') == std::string::npos) return command;
    std::string path = std::filesystem::path(beside(file_, command)).lexically_normal().string();
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    return path;
  }

  std::optional<ExecConfig> exec(const Node& entry) {
    const Node* node = entry.find("exec");
    if (node == nullptr || !is_mapping(*node, "exec")) return std::nullopt;
    ExecConfig exec{
        .api_version = text(*node, "apiVersion"),
        .command = program(text(*node, "command")),
        .args = texts(*node, "args"),
        .env = variables(*node),
        .interactive_mode = text(*node, "interactiveMode"),
        .install_hint = text(*node, "installHint"),
        .provide_cluster_info = flag(*node, "provideClusterInfo"),
    };
    if (exec.interactive_mode.empty() && exec.api_version.ends_with("/v1beta1"))
      exec.interactive_mode = "IfAvailable";
    return exec;
  }

  std::vector<std::pair<std::string, std::string>> variables(const Node& exec) {
    std::vector<std::pair<std::string, std::string>> result;
    for (const Node* item : mappings(exec, "env"))
      result.emplace_back(text(*item, "name"), text(*item, "value"));
    return result;
  }

  const std::string& file_;
  Findings& findings_;
};

}  // namespace

OneFile read_one(const Node& root, const std::string& file, Findings& findings) {
  return Reader(file, findings).read(root);
}

}  // namespace asmgw::kube
