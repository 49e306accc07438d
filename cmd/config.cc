#include "cmd/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "base/edit_distance.h"
#include "base/tree.h"
#include "cmd/codes.h"

namespace asmgw::cmd {
namespace {

bool is_nothing(const Node& node) {
  return node.kind == Node::Kind::Null ||
         (node.kind == Node::Kind::Scalar && scalar_type(node) == ScalarType::Null);
}

std::string expanded(const std::string& path, const std::string& home) {
  return path == "~" || path.starts_with("~/") ? home + path.substr(1) : path;
}

/// A key of a mapping that holds a text, and where the text goes. "" changes nothing.
struct TextField {
  TextField(std::string_view name, std::string* text) : key(name), value(text) {}
  TextField(std::string_view name, Located<std::string>* text)
      : key(name), value(&text->value), at(&text->at) {}

  std::string_view key;
  std::string* value;
  Range* at = nullptr;
};

/// Walks the tree and fills a Config.
class Reader {
 public:
  Reader(const std::string& home, Findings& findings) : home_(home), findings_(findings) {}

  void read(const Node& root, Config& config) {
    file_ = expanded(config.file, home_);
    std::string api_version;
    std::string kind;
    const TextField texts[] = {
        {"apiVersion", &api_version},
        {"kind", &kind},
        {"asmVersion", &config.asm_version},
        {"kernelInitImage", &config.kernel_init_image},
    };
    const std::string_view others[] = {"clusters", "controlPlane", "proxy", "ignore"};
    if (!read_texts(root, "the config file", texts, others)) return;
    expect(root, "apiVersion", api_version, "asmgw/v1alpha1");
    expect(root, "kind", kind, "Config");
    if (const Node* node = part(root, "clusters")) clusters(*node, config);
    if (const Node* node = part(root, "controlPlane")) {
      const TextField context[] = {{"context", &config.control_plane_context}};
      read_texts(*node, "controlPlane", context);
    }
    if (const Node* node = part(root, "proxy")) proxy(*node, config.proxy);
    if (const Node* node = part(root, "ignore")) ignore(*node, config);
  }

 private:
  void problem(const Range& at, std::string text, std::string hint = {}) {
    findings_.add(finding(kBadConfig, at, std::move(text), std::move(hint)));
  }

  void wrong_type(const Node& node, std::string_view name, std::string_view wanted,
                  std::string hint = {}) {
    problem(node.at, fmt::format("{} is {}, not {}", name, describe(node), wanted),
            std::move(hint));
  }

  static const Node* part(const Node& mapping, std::string_view key) {
    const Node* node = mapping.find(key);
    return node == nullptr || is_nothing(*node) ? nullptr : node;
  }

  /// Reads the texts of a mapping and reports every key that is neither one of them nor of
  /// `others`. False when it is no mapping.
  bool read_texts(const Node& node, std::string_view name, std::span<const TextField> fields,
                  std::span<const std::string_view> others = {}) {
    if (node.kind != Node::Kind::Mapping) {
      wrong_type(node, name, "a mapping");
      return false;
    }
    std::vector<std::string_view> known;
    for (const TextField& field : fields) known.push_back(field.key);
    known.insert(known.end(), others.begin(), others.end());
    for (const auto& [key, value] : node.members) {
      if (std::find(known.begin(), known.end(), key.value) != known.end()) continue;
      const std::string near = nearest(key.value, known);
      problem(key.at, fmt::format("no field \"{}\" in {}", key.value, name),
              near.empty() ? fmt::format("allowed: {}", fmt::join(known, ", "))
                           : fmt::format("did you mean {}?", near));
    }
    for (const TextField& field : fields) {
      const Node* value = part(node, field.key);
      std::string said = value != nullptr ? text(*value, field.key) : "";
      if (said.empty()) continue;
      *field.value = std::move(said);
      if (field.at != nullptr) *field.at = value->at;
    }
    return true;
  }

  std::string text(const Node& node, std::string_view key) {
    const bool is_scalar = node.kind == Node::Kind::Scalar;
    if (is_scalar && scalar_type(node) == ScalarType::String) return node.text;
    wrong_type(node, key, "text", is_scalar ? fmt::format("{}: \"{}\"", key, node.text) : "");
    return {};
  }

  void expect(const Node& root, std::string_view key, const std::string& found,
              const std::string& wanted) {
    const Node* node = part(root, key);
    const std::string hint = fmt::format("{}: {}", key, wanted);
    if (node == nullptr) {
      problem(root.at, fmt::format("the config file has no {}", key), hint);
    } else if (found != wanted && !found.empty()) {
      problem(node->at, fmt::format("{} is \"{}\"", key, found), hint);
    }
  }

  void clusters(const Node& node, Config& config) {
    if (node.kind != Node::Kind::Mapping) return wrong_type(node, "clusters", "a mapping");
    for (const auto& [id, entry] : node.members) {
      kube::Mapping mapping;
      mapping.said_by = file_line(id.at);
      const TextField fields[] = {{"context", &mapping.context},
                                  {"kubeconfig", &mapping.kubeconfig}};
      const std::size_t before = findings_.all().size();
      if (!is_nothing(entry)) read_texts(entry, fmt::format("clusters.{}", id.value), fields);
      if (findings_.all().size() > before) continue;
      if (mapping.context.empty() && mapping.kubeconfig.empty()) {
        problem(id.at, fmt::format("clusters.{} names neither context nor kubeconfig", id.value),
                fmt::format("{}: {{ context: CONTEXT }}", id.value));
        continue;
      }
      mapping.kubeconfig = kube::beside(file_, expanded(mapping.kubeconfig, home_));
      config.clusters[id.value] = std::move(mapping);
    }
  }

  void proxy(const Node& node, Proxy& proxy) {
    const TextField fields[] = {
        {"image", &proxy.image},
        {"revision", &proxy.revision},
        {"discoveryAddress", &proxy.discovery_address},
        {"meshId", &proxy.mesh_id},
        {"trustDomain", &proxy.trust_domain},
        {"network", &proxy.network},
    };
    read_texts(node, "proxy", fields);
  }

  void ignore(const Node& node, Config& config) {
    if (node.kind != Node::Kind::Sequence) return wrong_type(node, "ignore", "a list");
    for (const Node& item : node.items) {
      IgnoreRule rule;
      const TextField fields[] = {
          {"kind", &rule.kind}, {"path", &rule.path}, {"reason", &rule.reason}};
      if (!read_texts(item, "an entry of ignore", fields)) continue;
      for (const TextField& field : fields) {
        if (part(item, field.key) != nullptr && !is_empty_text(*part(item, field.key))) continue;
        problem(item.at, fmt::format("an entry of ignore has no {}", field.key),
                "{ kind: KIND, path: PATH, reason: TEXT }");
      }
      config.ignore.push_back(std::move(rule));
    }
  }

  static bool is_empty_text(const Node& node) {
    return node.kind == Node::Kind::Scalar && node.text.empty();
  }

  const std::string& home_;
  Findings& findings_;
  std::string file_;
};

}  // namespace

Config read_config(const Source& source, const std::string& home, Findings& findings) {
  Config config;
  config.file = source.name;
  const std::vector<Node> documents = parse_yaml(source, findings);
  if (documents.empty()) return config;
  report_duplicate_keys(documents.front(), findings);
  Reader(home, findings).read(documents.front(), config);
  if (documents.size() > 1)
    findings.add(finding(kBadConfig, documents[1].at, "the config file has a second document",
                         "put everything into one"));
  return config;
}

}  // namespace asmgw::cmd
