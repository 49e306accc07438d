#include "kube/kuberc.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/json.h"
#include "base/tree.h"
#include "kube/codes.h"

namespace asmgw::kube {
namespace {

/// Reads the policy out of one kuberc document. What is wrong with it denies all.
class Reader {
 public:
  Reader(const std::string& file, Findings& findings) : file_(file), findings_(findings) {}

  PluginPolicy read(const Json& preference) {
    PluginPolicy policy{.file = file_};
    const Json* given = find(preference, {"credentialPluginPolicy"});
    if (given != nullptr && !given->is_null() && !given->is_string())
      return refused("credentialPluginPolicy is no text");
    const std::string word = text_at(preference, {"credentialPluginPolicy"});
    const Json* list = find(preference, {"credentialPluginAllowlist"});
    if (list != nullptr && list->is_null()) list = nullptr;
    if (word == "Allowlist") {
      policy.kind = PluginPolicy::Kind::Allowlist;
      if (list == nullptr || !list->is_array() || list->empty())
        return refused(
            "credentialPluginPolicy is Allowlist, and credentialPluginAllowlist is "
            "missing or empty");
      for (const Json& entry : *list) {
        const std::string command = text_at(entry, {"command"}), name = text_at(entry, {"name"});
        const std::string& program = command.empty() ? name : command;
        if (program.empty() || (!name.empty() && name != program))
          return refused("an entry of credentialPluginAllowlist needs one command");
        policy.allowed.push_back(program);
      }
      return policy;
    }
    if (word != "" && word != "AllowAll" && word != "DenyAll")
      return refused(fmt::format("unknown credentialPluginPolicy \"{}\"", word));
    if (list != nullptr)
      return refused(
          "there is a credentialPluginAllowlist, but credentialPluginPolicy is not "
          "Allowlist");
    if (word == "DenyAll") policy.kind = PluginPolicy::Kind::DenyAll;
    return policy;
  }

  PluginPolicy refused(const std::string& text) {
    findings_.add(finding(kBadKubeconfig, fmt::format("{}: {}", file_, text),
                          "AllowAll, DenyAll, or Allowlist with credentialPluginAllowlist"));
    return {.kind = PluginPolicy::Kind::DenyAll, .file = file_};
  }

 private:
  const std::string& file_;
  Findings& findings_;
};

bool is_preference(const Node& document) {
  if (document.kind != Node::Kind::Mapping) return false;
  const Node* version = document.find("apiVersion");
  const Node* kind = document.find("kind");
  return version != nullptr && version->text.starts_with("kubectl.config.k8s.io/") &&
         kind != nullptr && kind->text == "Preference";
}

}  // namespace

PluginPolicy read_plugin_policy(const Environment& environment, const std::string& home,
                                const FileAccess& files, Findings& findings) {
  const std::string named = environment("KUBERC").value_or("");
  const std::string gate = environment("KUBECTL_KUBERC").value_or("");
  if (named == "off" || gate == "false") return {};
  const std::string file = named.empty() ? home + "/.kube/kuberc" : named;
  Reader reader(file, findings);
  try {
    const std::optional<std::string> text = files.read(file);
    if (!text && named.empty()) return {};
    if (!text) return reader.refused("no such file");
    Findings syntax;
    const Source source{.name = file, .text = *text};
    const std::vector<Node> documents = parse_yaml(source, syntax);
    if (syntax.has_errors()) return reader.refused("not YAML: " + syntax.all().front().message);
    const auto preference = std::find_if(documents.begin(), documents.end(), is_preference);
    if (preference != documents.end()) return reader.read(to_json(*preference));
    return documents.empty() ? PluginPolicy{} : reader.refused("it is no Preference of kubectl");
  } catch (const Error& error) {
    return reader.refused(error.finding().message);
  }
}

std::optional<std::string> find_program(const std::string& name, const std::string& path,
                                        const FileAccess& files) {
  if (name.find('/') != std::string::npos)
    return files.is_program(name) ? std::optional(name) : std::nullopt;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const std::string folder = path.substr(begin, end - begin);
    const std::string candidate = folder + "/" + name;
    // as Go: a program of the working directory is run only when it is named so
    if (folder.starts_with('/') && files.is_program(candidate)) return candidate;
    begin = end + 1;
  }
  return std::nullopt;
}

std::string refusal_of(const PluginPolicy& policy, const std::string& command,
                       const std::string& program, const std::string& path,
                       const FileAccess& files) {
  if (policy.kind == PluginPolicy::Kind::AllowAll) return {};
  if (policy.kind == PluginPolicy::Kind::DenyAll)
    return fmt::format("plugin \"{}\" not allowed: policy set to \"DenyAll\"", command);
  const auto is_meant = [&](const std::string& entry) {
    return entry == command || entry == program || find_program(entry, path, files) == program;
  };
  if (std::any_of(policy.allowed.begin(), policy.allowed.end(), is_meant)) return {};
  return fmt::format("plugin path \"{}\" is not permitted by the credential plugin allowlist",
                     program);
}

}  // namespace asmgw::kube
