// What the API server refuses in a pod as a whole: a value of the manifest beside what the style's
// other part holds, ours or the live one's.
#include <fmt/format.h>

#include "gateway/codes.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

/// The pods as they will be: ours over what is live.
struct Pod {
  const Json* ours = nullptr;
  const Json* live = nullptr;  ///< an overlay's

  const Json* member(std::string_view name) const {
    const Json* found = find(*ours, {"spec", "template", "spec", name});
    if (found != nullptr || live == nullptr) return found;
    return find(*live, {"spec", "template", "spec", name});
  }
  bool has_empty_dir(const std::string& volume) const {
    for (const Json* side : {ours, live}) {
      const Json* volumes =
          side != nullptr ? find(*side, {"spec", "template", "spec", "volumes"}) : nullptr;
      if (volumes == nullptr) continue;
      for (const Json& candidate : *volumes) {
        if (text_at(candidate, {"name"}) == volume && candidate.contains("emptyDir")) return true;
      }
    }
    return false;
  }
};

void judge_dns(const GatewaySpec& spec, const Pod& pod, DesiredObject& deployment) {
  if (!spec.dns_policy || spec.dns_policy->value != "None") return;
  if (pod.member("dnsConfig") != nullptr) return;
  deployment.findings.push_back(
      finding(kBadValue, spec.dns_policy->at,
              "dnsPolicy None needs a dnsConfig, which a gateway cannot give",
              "ClusterFirst, ClusterFirstWithHostNet or Default"));
}

void judge_sleep(const GatewaySpec& spec, const Pod& pod, DesiredObject& deployment) {
  if (!spec.lifecycle) return;
  const Json* grace = pod.member("terminationGracePeriodSeconds");
  const std::int64_t most = grace != nullptr ? grace->get<std::int64_t>() : 30;
  for (const auto& [name, handler] : spec.lifecycle->value.tree.members) {
    const Node* sleep = handler.find("sleep");
    const Node* seconds = sleep != nullptr ? sleep->find("seconds") : nullptr;
    if (seconds == nullptr || to_json(*seconds).get<std::int64_t>() <= most) continue;
    deployment.findings.push_back(
        finding(kBadValue, seconds->at, "it sleeps longer than a pod may take to end",
                fmt::format("{} seconds at most, the pods' terminationGracePeriodSeconds", most)));
  }
}

void judge_files(const GatewaySpec& spec, const Pod& pod, DesiredObject& deployment) {
  if (!spec.env) return;
  for (const Located<EnvVar>& variable : spec.env->value) {
    if (!variable.value.value_from) continue;
    const Node* file = variable.value.value_from->value.tree.find("fileKeyRef");
    const Node* volume = file != nullptr ? file->find("volumeName") : nullptr;
    if (volume == nullptr || pod.has_empty_dir(volume->text)) continue;
    deployment.findings.push_back(finding(
        kBadValue, volume->at, fmt::format("the pods have no emptyDir volume \"{}\"", volume->text),
        "fileKeyRef reads from an emptyDir only, and a gateway cannot add one: use "
        "configMapKeyRef or secretKeyRef"));
  }
}

}  // namespace

void judge_pod(DesiredObject& deployment, const EffectiveGateway& gateway, const Fit& fit) {
  Pod pod;
  pod.ours = &*deployment.body;
  if (fit.style == Style::Overlay) {
    if (fit.deployment == nullptr) return;  // nothing is known of the rest
    pod.live = fit.deployment;
  }
  judge_dns(gateway.spec, pod, deployment);
  judge_sleep(gateway.spec, pod, deployment);
  judge_files(gateway.spec, pod, deployment);
}

}  // namespace asmgw
