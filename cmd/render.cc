// render: which objects does a manifest stand for, per cluster? Needs no cluster.
#include "render/render.h"

#include <fmt/format.h>

#include <ostream>

#include "cmd/verbs.h"
#include "plan/verdict.h"
#include "report/findings.h"
#include "report/json.h"
#include "report/yaml.h"

namespace asmgw::cmd {
namespace {

struct ClusterObjects {
  std::string cluster;
  std::vector<DesiredObject> objects;
};

std::string objects_json(const std::vector<ClusterObjects>& clusters, const Findings& findings) {
  Json record{{"apiVersion", kApiVersion},
              {"kind", "GatewayObjects"},
              {"tool", tool_version()},
              {"diagnostics", diagnostics_json(findings)},
              {"clusters", Json::array()}};
  for (const ClusterObjects& cluster : clusters) {
    Json bodies = Json::array();
    for (const DesiredObject& object : cluster.objects) bodies.push_back(*object.body);
    record["clusters"].push_back({{"id", cluster.cluster}, {"objects", bodies}});
  }
  return record_text(record);
}

std::string objects_yaml(const std::vector<ClusterObjects>& clusters) {
  std::string text;
  for (const ClusterObjects& cluster : clusters) {
    text += fmt::format("# cluster {}\n", cluster.cluster);
    for (const DesiredObject& object : cluster.objects) text += "---\n" + to_yaml(*object.body);
  }
  return text;
}

}  // namespace

std::vector<FlagGroup> render_flags() {
  return {
      {"What to render",
       joined({input_flags(), {{"overlay", 0, "", "as onto a Deployment of another manager"}}})},
      {"How to show it",
       {{"output", 'o', "FORMAT", "yaml, json"},
        {"color", 0, "WHEN", "auto, always, never"},
        {"ascii", 0, "", "plain characters only"},
        {"config", 0, "FILE", "config file (~/.kube/asmgw.yaml)"}}}};
}

int run_render(const GivenFlags& given, const Deps& deps) {
  const InputOptions input = input_options(given);
  const OutputOptions output = output_options(given, {"yaml", "json"});
  Findings findings;
  Inputs inputs = read_inputs(input, given.text("config"), deps, findings);
  inputs.settings.overlay = given.is_on("overlay");
  std::vector<ClusterObjects> clusters;
  for (const std::string& id : chosen_ids(named_ids(inputs.gateways), input.clusters, findings)) {
    if (findings.has_errors()) break;
    ClusterObjects cluster{id, {}};
    for (const EffectiveGateway& gateway : manifest_goal(inputs, id, input.ns).gateways) {
      for (DesiredObject& object : render(gateway, inputs.settings, {}, findings)) {
        cluster.objects.push_back(std::move(object));
      }
    }
    clusters.push_back(std::move(cluster));
  }
  if (findings.has_errors()) return refuse_input(inputs, findings, output, deps);
  if (output.format == "json") {
    deps.out << objects_json(clusters, findings);
    return kExitDone;
  }
  deps.err << findings_text(findings, screen_of(output, deps));
  deps.out << objects_yaml(clusters);
  return kExitDone;
}

}  // namespace asmgw::cmd
