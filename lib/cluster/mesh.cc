#include "cluster/mesh.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "kube/answers.h"
#include "kube/codes.h"

namespace asmgw {
namespace {

const std::string kGroup = "istio.alibabacloud.com";

/// The object, or nothing when it is absent; throws for every other answer.
const Json* object_in(const Answer& answer) {
  if (const auto* found = std::get_if<Found>(&answer)) return &found->object;
  if (const auto* refused = std::get_if<Refused>(&answer)) throw Error(kube::finding_of(*refused));
  if (const auto* unread = std::get_if<Unread>(&answer)) throw Error(kube::finding_of(*unread));
  return nullptr;
}

Finding no_control_plane(std::string why) {
  Finding result = finding(kube::kNotServed, "this server is no mesh control plane",
                           "name the mesh's own API server: --control-plane-context CONTEXT");
  result.why = std::move(why);
  return result;
}

std::string served_version(kube::Client& client, std::stop_token stop) {
  const Answer answer = client.ask({Served{kGroup}}, stop).front();
  const auto* refused = std::get_if<Refused>(&answer);
  if (refused != nullptr && refused->kind == Refused::Kind::NotServed) {
    throw Error(no_control_plane("it does not serve the API group " + kGroup));
  }
  const Json* group = object_in(answer);
  const Json* versions = group != nullptr ? find(*group, {"versions"}) : nullptr;
  for (const std::string_view wanted : {"v1beta1", "v1"}) {
    for (const Json& version : versions != nullptr ? *versions : Json::array()) {
      if (text_at(version, {"version"}) == wanted) return std::string(wanted);
    }
  }
  throw Error(no_control_plane("of " + kGroup + " it serves neither v1beta1 nor v1"));
}

std::vector<std::string> names_in(const Answer& answer) {
  std::vector<std::string> names;
  const auto* found = std::get_if<Found>(&answer);
  const Json* items = found != nullptr ? find(found->object, {"items"}) : nullptr;
  if (items == nullptr) return names;
  for (const Json& item : *items) names.push_back(text_at(item, {"metadata", "name"}));
  return names;
}

}  // namespace

MeshGateways read_mesh(const std::vector<std::string>& names, const std::string& ns,
                       kube::Client& client, std::stop_token stop) {
  const std::string version = served_version(client, stop);
  std::vector<Question> questions;
  for (const std::string& name : names) {
    questions.push_back(Get{{kGroup, "IstioGateway", ns, name}, 0, version});
  }
  const std::vector<Answer> answers = client.ask(questions, stop);
  MeshGateways gateways;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Json* object = object_in(answers[i]);
    if (object != nullptr) {
      gateways.objects.push_back(*object);
    } else {
      gateways.missing.push_back(names[i]);
    }
  }
  if (!gateways.missing.empty()) {
    const List all{{kGroup, "IstioGateway", ns, ""}, "", version};
    gateways.present = names_in(client.ask({all}, stop).front());
  }
  return gateways;
}

}  // namespace asmgw
