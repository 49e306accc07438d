// In what do our self-contained gateways differ from upstream's classic charts, and why? istioctl
// renders its own charts, we render ours, for equivalent values; every difference has its reason.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/tree.h"

namespace asmgw {
namespace {

/// What a path holds: `Deployment spec.template.spec.containers[istio-proxy].image` → JSON text.
using Values = std::map<std::string, std::string>;

enum class Only { Upstream, Ours, Neither };  // Neither: both have it, with other values

/// A difference and its reason. `*` in the path stands for anything.
struct Reason {
  Only only;
  std::string path, why;
};

const std::string kPod = "Deployment spec.template.spec.";
const std::string kProxy = kPod + "containers[istio-proxy].";
const std::string kChart = "the charts' bookkeeping, of Helm and of its operator";

const std::vector<Reason>& reasons() {
  static const std::vector<Reason> all = {
      {Only::Upstream, "* metadata.labels.app.kubernetes.io/instance", kChart},
      {Only::Upstream, "* metadata.labels.app.kubernetes.io/name", kChart},
      {Only::Upstream, "* metadata.labels.app.kubernetes.io/part-of", kChart},
      {Only::Upstream, "* metadata.labels.app.kubernetes.io/version", kChart},
      {Only::Upstream, "* metadata.labels.helm.sh/chart", kChart},
      {Only::Upstream, "* metadata.labels.install.operator.istio.io/owning-resource", kChart},
      {Only::Upstream, "* metadata.labels.operator.istio.io/component", kChart},
      {Only::Upstream, "* metadata.labels.release", kChart},
      {Only::Upstream, "* metadata.labels.istio.io/rev",
       "the revision chooses who injects pods: our objects carry it in the pods' labels only"},
      {Only::Upstream, "Deployment metadata.labels.istio.io/dataplane-mode",
       "ambient mode looks at pods"},
      {Only::Neither, "* metadata.labels.app.kubernetes.io/managed-by", "we are not Helm"},
      {Only::Ours, "* metadata.labels.asmgw/gateway", "our inventory"},
      {Only::Ours, "Role* metadata.labels.app", "every object of ours has the gateway's labels"},
      {Only::Ours, "Role* metadata.labels.istio", "every object of ours has the gateway's labels"},
      {Only::Ours, "RoleBinding subjects[istio-*].namespace", "the API server does not default it"},
      {Only::Ours, "HorizontalPodAutoscaler spec.metrics[1].*", "the charts have no memory metric"},
      {Only::Upstream, "PodDisruptionBudget *", "an IstioGateway has no such field"},

      {Only::Upstream, "Deployment spec.template.metadata.labels.app.kubernetes.io/*", kChart},
      {Only::Upstream, "Deployment spec.template.metadata.labels.chart", kChart},
      {Only::Upstream, "Deployment spec.template.metadata.labels.helm.sh/chart", kChart},
      {Only::Upstream, "Deployment spec.template.metadata.labels.heritage", kChart},
      {Only::Upstream, "Deployment spec.template.metadata.labels.install.operator*", kChart},
      {Only::Upstream, "Deployment spec.template.metadata.labels.operator.istio.io/*", kChart},
      {Only::Upstream, "Deployment spec.template.metadata.labels.release", kChart},
      {Only::Upstream, "Deployment spec.template.metadata.labels.istio.io/rev",
       "no revision given, no label: `default` is a tag that a mesh need not have"},
      {Only::Upstream, "Deployment spec.template.metadata.labels.*/canonical-revision",
       "telemetry falls back to `latest` by itself"},
      {Only::Upstream, "Deployment spec.template.metadata.annotations.istio.io/rev",
       "the label says it; nothing reads the annotation of pods that are not injected"},
      {Only::Upstream, "Deployment spec.template.metadata.annotations.sidecar.istio.io/inject",
       "the label says it, and the label wins"},

      {Only::Ours, "Deployment spec.strategy.type", "the server's default, written out"},
      {Only::Ours, kPod + "terminationGracePeriodSeconds", "the server's default, written out"},
      {Only::Upstream, kPod + "affinity.nodeAffinity.*", "they make an affinity of nodeSelector"},
      {Only::Ours, kPod + "nodeSelector.*", "they make an affinity of nodeSelector"},
      {Only::Ours, kProxy + "imagePullPolicy",
       "an image tagged `latest`, or not at all, would be pulled at each start"},
      {Only::Neither, kProxy + "resources.*.cpu", "the same amount: Helm turns text into numbers"},
      {Only::Upstream, kProxy + "readinessProbe.httpGet.scheme", "the server's default"},
      {Only::Neither, kProxy + "readinessProbe.timeoutSeconds",
       "3 s as injected gateways have it: a busy node is no reason to take a gateway out"},

      {Only::Upstream, kPod + "securityContext.runAs*", "ours are on the container, in both forms"},
      {Only::Ours, kProxy + "securityContext.runAs*", "on the container, in both forms"},
      {Only::Ours, kProxy + "securityContext.*",
       "as root no less confined, where the charts say nothing"},
      {Only::Ours, kPod + "securityContext.sysctls*", "so that user 1337 binds 80 and 443"},
      {Only::Upstream, kProxy + "env[ISTIO_META_UNPRIVILEGED_POD].*",
       "with it the control plane sends no listener below 1024"},
      {Only::Ours, kProxy + "env[PROXY_CONFIG].*",
       "an address that the config file gives holds for the agent, too"},
      {Only::Ours, kProxy + "env[*].valueFrom.fieldRef.apiVersion",
       "the server's default, which the charts write out for some variables only"},
      {Only::Ours, kPod + "volumes[podinfo].downwardAPI.items[*].fieldRef.apiVersion",
       "the server's default, written out"},
  };
  return all;
}

bool fits(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '*') {
    return fits(pattern.substr(1), text) || (!text.empty() && fits(pattern, text.substr(1)));
  }
  return !text.empty() && pattern.front() == text.front() &&
         fits(pattern.substr(1), text.substr(1));
}

/// What tells a list's items apart; their number where nothing does.
std::string name_of(const Json& item, std::size_t number) {
  if (item.contains("containerPort")) {
    return dump(item["containerPort"]) + "/" + text_at(item, {"protocol"});
  }
  for (const char* key : {"mountPath", "name", "path"}) {
    if (const std::string name = text_at(item, {key}); !name.empty()) return name;
  }
  return std::to_string(number);
}

/// Null is nothing, an empty list or object is a value.
void add_values(const Json& json, const std::string& path, Values& values) {
  if (json.is_null()) return;
  if (json.is_object() && !json.empty()) {
    for (const auto& [key, value] : json.items()) {
      add_values(value, path.ends_with(' ') ? path + key : path + "." + key, values);
    }
  } else if (json.is_array() && !json.empty() && json.front().is_object()) {
    for (std::size_t i = 0; i < json.size(); ++i) {
      add_values(json[i], path + "[" + name_of(json[i], i) + "]", values);
    }
  } else {
    EXPECT_TRUE(values.emplace(path, dump(json)).second) << path << " stands twice";
  }
}

void add_object(const Json& object, Values& values) {
  add_values(object, text_at(object, {"kind"}) + " ", values);
}

std::string output_of(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  std::array<char, 4096> buffer;
  while (const std::size_t got = fread(buffer.data(), 1, buffer.size(), pipe)) {
    text.append(buffer.data(), got);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  return text;
}

const std::string kFolder = ASMGW_SOURCE_DIR "/tests/mesh/";

Values upstream(const std::string& gateway) {
  const std::string istioctl =
      "\"$(" ASMGW_SOURCE_DIR "/tests/devcluster/build mesh)/istioctl\" manifest generate";
  Findings findings;
  const Source& source = findings.keep(
      {"istioctl", output_of(istioctl + " -f " + kFolder + gateway + "/operator.yaml")});
  Values values;
  for (const Node& document : parse_yaml(source, findings)) add_object(to_json(document), values);
  EXPECT_TRUE(findings.all().empty());
  return values;
}

Values ours(const std::string& gateway) {
  const std::string folder = kFolder + gateway;
  const Json record = parse_json(output_of(ASMGW_PLUGIN " render -o json -f " + folder +
                                           "/gateway.yaml --config " + folder + "/config.yaml"));
  Values values;
  for (const Json& object : record["clusters"][0]["objects"]) add_object(object, values);
  return values;
}

struct Difference {
  Only only;
  std::string path, text;
};

std::vector<Difference> differences(const Values& theirs, const Values& ours) {
  std::vector<Difference> all;
  for (const auto& [path, value] : theirs) {
    const auto found = ours.find(path);
    if (found == ours.end()) {
      all.push_back({Only::Upstream, path, path + ": only upstream has it: " + value});
    } else if (found->second != value) {
      all.push_back(
          {Only::Neither, path, path + ": upstream " + value + ", ours " + found->second});
    }
  }
  for (const auto& [path, value] : ours) {
    if (!theirs.contains(path)) {
      all.push_back({Only::Ours, path, path + ": only ours has it: " + value});
    }
  }
  return all;
}

TEST(Upstream, EveryDifferenceHasItsReason) {
  std::vector<bool> used(reasons().size());
  for (const std::string gateway : {"ingress", "egress"}) {
    SCOPED_TRACE(gateway);
    const Values theirs = upstream(gateway);
    const Values own = ours(gateway);
    EXPECT_GT(own.size(), 100U);
    for (const Difference& difference : differences(theirs, own)) {
      bool is_explained = false;
      for (std::size_t i = 0; i < reasons().size() && !is_explained; ++i) {
        const Reason& reason = reasons()[i];
        is_explained = reason.only == difference.only && fits(reason.path, difference.path);
        if (is_explained) used[i] = true;
      }
      EXPECT_TRUE(is_explained) << difference.text;
    }
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    EXPECT_TRUE(used[i]) << "a reason for no difference: " << reasons()[i].path;
  }
}

}  // namespace
}  // namespace asmgw
