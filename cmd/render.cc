// render: which objects does a manifest stand for, per cluster? Needs no cluster.
#include <fmt/format.h>

#include <ostream>

#include "cmd/verbs.h"
#include "plan/verdict.h"
#include "report/findings.h"
#include "report/json.h"
#include "report/yaml.h"
#include "survey/wanted.h"

namespace asmgw::cmd {
namespace {

struct ClusterObjects {
  std::string cluster;  ///< full ID
  std::vector<DesiredObject> objects;
};

/// What a manifest stands for: in each cluster, and once in the control plane.
struct Rendered {
  std::vector<ClusterObjects> clusters;
  std::vector<DesiredObject> control_plane;
};

Json bodies_of(const std::vector<DesiredObject>& objects) {
  Json bodies = Json::array();
  for (const DesiredObject& object : objects) bodies.push_back(*object.body);
  return bodies;
}

std::string objects_json(const Rendered& rendered, const Findings& findings) {
  Json record{{"apiVersion", kApiVersion},
              {"kind", "GatewayObjects"},
              {"tool", tool_version()},
              {"diagnostics", diagnostics_json(findings)},
              {"clusters", Json::array()}};
  for (const ClusterObjects& cluster : rendered.clusters) {
    record["clusters"].push_back(
        {{"id", cluster.cluster}, {"objects", bodies_of(cluster.objects)}});
  }
  if (!rendered.control_plane.empty()) {
    record["controlPlane"] = {{"objects", bodies_of(rendered.control_plane)}};
  }
  return record_text(record);
}

std::string objects_yaml(const Rendered& rendered) {
  std::string text;
  const auto add = [&](const std::string& heading, const std::vector<DesiredObject>& objects) {
    text += fmt::format("# {}\n", heading);
    for (const DesiredObject& object : objects) text += "---\n" + to_yaml(*object.body);
  };
  for (const ClusterObjects& cluster : rendered.clusters) {
    add("cluster " + cluster.cluster, cluster.objects);
  }
  if (!rendered.control_plane.empty()) add("control plane", rendered.control_plane);
  return text;
}

/// Nothing when the input is wrong.
Rendered rendered(const Inputs& inputs, const InputOptions& input, Findings& findings) {
  const std::vector<std::string> ids =
      chosen_ids(named_ids(inputs.gateways), input.clusters, findings);
  Rendered result;
  for (const std::string& id : ids) {
    if (findings.has_errors()) return {};
    result.clusters.push_back({id, wanted(manifest_goal(inputs, id, input.ns), {}, findings)});
  }
  Findings said;  // of the clusters' objects already
  result.control_plane = wanted(control_plane_goal(inputs, input, ids, findings), {}, said);
  findings.sort();
  return result;
}

}  // namespace

std::vector<FlagGroup> render_flags() {
  return {
      {"What to render",
       joined({input_flags(), {{"overlay", 0, "", "as onto a Deployment of another manager"}}})},
      {"How to show it",
       {{"output", 'o', "FORMAT", "yaml, json"},
        {"color", 0, "WHEN", "auto, always, never"},
        {"ascii", 0, "", "plain characters only"}}},
      {"Config file, and where gateways given by name are read", mesh_flags()}};
}

int run_render(const GivenFlags& given, const Deps& deps) {
  const InputOptions input = input_options(given, /*with_names=*/true);
  const OutputOptions output = output_options(given, {"yaml", "json"});
  Findings findings;
  const ConnectionOptions connection = connection_options(given);
  Ways ways(connection, input, deps);
  Inputs inputs = read_inputs(input, ways, findings);
  inputs.settings.overlay = given.is_on("overlay");
  const Rendered objects = rendered(inputs, input, findings);
  if (findings.has_errors()) return refuse_input(inputs, findings, output, deps);
  if (output.format == "json") {
    deps.out << objects_json(objects, findings);
    return kExitDone;
  }
  deps.err << findings_text(findings, screen_of(output, deps));
  deps.out << objects_yaml(objects);
  return kExitDone;
}

}  // namespace asmgw::cmd
