#include "object/defaults.h"

#include <algorithm>
#include <array>

#include "object/owners.h"

namespace asmgw {
namespace {

/// The members of one struct. `struct_name`: its path of fields, without the items' keys.
/// `defaults`: JSON; null says that the field has no default.
struct Defaults {
  std::string_view kind;
  std::string_view struct_path;
  std::string_view defaults;
};

// k8s.io/kubernetes pkg/apis/{core,apps,autoscaling}; `null` = the field simply goes
constexpr Defaults kDefaults[] = {
    {"Deployment", "spec",
     R"({"replicas":1,"progressDeadlineSeconds":600,"revisionHistoryLimit":10,
         "strategy":null,"minReadySeconds":null,"paused":null})"},
    {"Deployment", "spec.strategy", R"({"type":"RollingUpdate","rollingUpdate":null})"},
    {"Deployment", "spec.strategy.rollingUpdate", R"({"maxSurge":"25%","maxUnavailable":"25%"})"},
    {"Deployment", "spec.template.spec",
     R"({"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":"default-scheduler",
         "terminationGracePeriodSeconds":30,"securityContext":{},"hostNetwork":null,
         "nodeSelector":null,"affinity":null,"tolerations":null,"volumes":null,
         "initContainers":null})"},
    {"Deployment", "spec.template.spec.securityContext", R"({"sysctls":null,"fsGroup":null})"},
    {"Deployment", "spec.template.spec.affinity",
     R"({"nodeAffinity":null,"podAffinity":null,"podAntiAffinity":null})"},
    {"Deployment", "spec.template.spec.volumes.configMap", R"({"defaultMode":420})"},
    {"Deployment", "spec.template.spec.volumes.secret", R"({"defaultMode":420})"},
    {"Deployment", "spec.template.spec.volumes.projected", R"({"defaultMode":420})"},
    {"Deployment", "spec.template.spec.volumes.downwardAPI", R"({"defaultMode":420})"},
    {"Deployment", "spec.template.spec.volumes.downwardAPI.items.fieldRef",
     R"({"apiVersion":"v1"})"},
    {"Deployment", "spec.template.spec.*ontainers",
     R"({"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File",
         "resources":{},"securityContext":null,"lifecycle":null,"readinessProbe":null,"env":null,
         "ports":null,"volumeMounts":null})"},
    {"Deployment", "spec.template.spec.*ontainers.resources", R"({"limits":null,"requests":null})"},
    {"Deployment", "spec.template.spec.*ontainers.securityContext",
     R"({"capabilities":null,"runAsUser":null,"runAsGroup":null,"runAsNonRoot":null,
         "privileged":null,"allowPrivilegeEscalation":null,"readOnlyRootFilesystem":null})"},
    {"Deployment", "spec.template.spec.*ontainers.securityContext.capabilities",
     R"({"add":null,"drop":null})"},
    {"Deployment", "spec.template.spec.*ontainers.env", R"({"value":null,"valueFrom":null})"},
    {"Deployment", "spec.template.spec.*ontainers.env.valueFrom",
     R"({"fieldRef":null,"resourceFieldRef":null,"configMapKeyRef":null,"secretKeyRef":null})"},
    {"Deployment", "spec.template.spec.*ontainers.env.valueFrom.fieldRef",
     R"({"apiVersion":"v1"})"},
    {"Deployment", "spec.template.spec.*ontainers.env.valueFrom.resourceFieldRef",
     R"({"divisor":"0"})"},
    {"Deployment", "spec.template.spec.*ontainers.env.valueFrom.fileKeyRef",
     R"({"optional":false})"},
    {"Deployment", "spec.template.spec.*ontainers.readinessProbe",
     R"({"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3,
         "initialDelaySeconds":null})"},
    {"Deployment", "spec.template.spec.*ontainers.readinessProbe.httpGet",
     R"({"scheme":"HTTP","path":"/"})"},
    {"Deployment", "spec.template.spec.*ontainers.lifecycle",
     R"({"postStart":null,"preStop":null,"stopSignal":null})"},
    {"Deployment", "spec.template.spec.*ontainers.lifecycle.p*St*",
     R"({"exec":null,"httpGet":null,"sleep":null,"tcpSocket":null})"},
    {"Deployment", "spec.template.spec.*ontainers.lifecycle.p*St*.httpGet",
     R"({"scheme":"HTTP","path":"/","host":null,"httpHeaders":null})"},
    {"Deployment", "spec.template.spec.*ontainers.lifecycle.p*St*.httpGet.httpHeaders",
     R"({"value":""})"},
    {"Deployment",
     "spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution",
     R"({"preference":{}})"},
    {"Service", "spec",
     R"({"type":"ClusterIP","sessionAffinity":"None","internalTrafficPolicy":"Cluster",
         "loadBalancerIP":null,"externalTrafficPolicy":null})"},
    {"Service", "spec.ports", R"({"protocol":"TCP","name":null,"nodePort":null})"},
    {"HorizontalPodAutoscaler", "spec",
     R"({"minReplicas":1,"behavior":null,"metrics":[{"type":"Resource","resource":{"name":"cpu",
         "target":{"type":"Utilization","averageUtilization":80}}}]})"},
};

/// A member whose zero value the server does not store; where Go has a pointer, it does.
struct ZeroIsAbsent {
  std::string_view struct_path, member;
};

constexpr ZeroIsAbsent kZeros[] = {
    {"spec.template.spec", "hostNetwork"},
    {"spec.template.spec.tolerations", "key"},
    {"spec.template.spec.tolerations", "operator"},
    {"spec.template.spec.tolerations", "value"},
    {"spec.template.spec.tolerations", "effect"},
    {"spec.template.spec.*ontainers.env", "value"},
    {"spec.template.spec.*ontainers.readinessProbe", "initialDelaySeconds"},
    {"spec.template.spec.*ontainers.lifecycle.p*St*.httpGet", "host"},
    {"spec.template.spec.*ontainers.lifecycle.p*St*.tcpSocket", "host"},
};

constexpr std::array<std::string_view, 6> kTextMaps = {"labels", "annotations", "nodeSelector",
                                                       "limits", "requests",    "matchLabels"};

/// Does `text` fit `pattern`, in which `*` stands for any letters but a dot?
bool fits(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    for (std::size_t taken = 0; taken <= text.size(); ++taken) {
      if (fits(pattern.substr(1), text.substr(taken))) return true;
      if (taken < text.size() && text[taken] == '.') return false;
    }
    return false;
  }
  return !text.empty() && pattern.front() == text.front() &&
         fits(pattern.substr(1), text.substr(1));
}

bool is_zero(const Json& value) { return value == "" || value == 0 || value == false; }

const Json* defaults_of(const Kind& kind, std::string_view struct_path) {
  static const std::vector<Json> kParsed = [] {
    std::vector<Json> all;
    for (const Defaults& row : kDefaults) all.push_back(parse_json(row.defaults));
    return all;
  }();
  for (std::size_t i = 0; i < std::size(kDefaults); ++i) {
    const Defaults& row = kDefaults[i];
    if (row.kind == kind.kind && fits(row.struct_path, struct_path)) return &kParsed[i];
  }
  return nullptr;
}

/// `imagePullPolicy` hangs on the image's tag: without one, or with `latest`, it is Always.
void complete_container(Json& container) {
  if (container.contains("imagePullPolicy")) return;
  const std::string image = text_at(container, {"image"});
  const std::string name = image.substr(image.rfind('/') + 1);  // npos + 1 = 0
  const bool has_digest = name.find('@') != std::string::npos;
  const bool is_moving = name.find(':') == std::string::npos || name.ends_with(":latest");
  container["imagePullPolicy"] = is_moving && !has_digest ? "Always" : "IfNotPresent";
}

/// Puts in what lacks, and takes zeros out, in a struct and all below it.
void complete_struct(const Kind& kind, const std::string& path, Json& value) {
  if (value.is_array()) {
    for (Json& item : value) complete_struct(kind, path, item);
    return;
  }
  if (!value.is_object()) return;
  const std::string name = path.substr(path.rfind('.') + 1);
  if (std::find(kTextMaps.begin(), kTextMaps.end(), name) != kTextMaps.end()) return;
  if (const Json* defaults = defaults_of(kind, path)) {
    for (const auto& [member, given] : defaults->items()) {
      const Json* there = find(value, {member});
      const bool lacks = there == nullptr || (member == "path" && *there == "");
      if (lacks && !given.is_null()) value[member] = given;
    }
  }
  for (const auto& [struct_path, member] : kZeros) {
    const Json* there = find(value, {member});
    if (there == nullptr || !is_zero(*there) || !fits(struct_path, path)) continue;
    value.erase(std::string(member));
  }
  if (name.ends_with("ontainers")) complete_container(value);
  for (auto& [member, below] : value.items()) complete_struct(kind, path + "." + member, below);
}

/// What only some types of a Service have.
void settle_service(Json& spec) {
  const std::string type = text_at(spec, {"type"});
  const bool has_node_ports = type == "NodePort" || type == "LoadBalancer";
  if (has_node_ports && !spec.contains("externalTrafficPolicy")) {
    spec["externalTrafficPolicy"] = "Cluster";
  }
  if (!has_node_ports) {
    spec.erase("externalTrafficPolicy");
    if (spec.contains("ports")) {
      for (Json& port : spec["ports"]) port.erase("nodePort");
    }
  }
  if (text_at(spec, {"externalTrafficPolicy"}) != "Local") spec.erase("healthCheckNodePort");
  if (type != "LoadBalancer") {
    spec.erase("allocateLoadBalancerNodePorts");
    spec.erase("loadBalancerClass");
  } else if (!spec.contains("allocateLoadBalancerNodePorts")) {
    spec["allocateLoadBalancerNodePorts"] = true;
  }
}

}  // namespace

void complete(const Kind& kind, Json& object) {
  if (!object.contains("spec")) return;
  Json& spec = object["spec"];
  if (kind.group == "networking.istio.io") return;  // its schema has none, and keeps zeros
  if (kind.kind == "Deployment" && text_at(spec, {"strategy", "type"}) != "Recreate") {
    spec["strategy"].emplace("type", "RollingUpdate");
    spec["strategy"].emplace("rollingUpdate", Json::object());
  }
  complete_struct(kind, "spec", spec);
  if (kind.kind == "Service") settle_service(spec);
}

bool is_default_known(const Kind& kind, const Path& path) {
  if (path.steps.empty()) return false;
  if (path.steps.back().kind != PathStep::Kind::Field) return true;  // an item goes
  if (path.steps.front().text == "metadata") return true;            // maps of texts
  std::string struct_path;
  for (std::size_t i = 0; i + 1 < path.steps.size(); ++i) {
    if (path.steps[i].kind != PathStep::Kind::Field) continue;
    struct_path += (struct_path.empty() ? "" : ".") + path.steps[i].text;
  }
  const std::string name = struct_path.substr(struct_path.rfind('.') + 1);
  const bool is_text = std::find(kTextMaps.begin(), kTextMaps.end(), name) != kTextMaps.end();
  const Json* defaults = defaults_of(kind, struct_path);
  return is_text || (defaults != nullptr && defaults->contains(path.steps.back().text));
}

}  // namespace asmgw
