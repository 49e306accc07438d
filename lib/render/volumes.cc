// What stands beside the proxy's container: volumes of the manifest, and the init container that
// sets kernel parameters.
#include <fmt/format.h>

#include "render/kinds.h"

namespace asmgw {
namespace {

/// `source`: {"configMap": {…}} or {"secret": {…}} of the volume.
void set_volume(Body& body, const EffectiveGateway& gateway, const Volume& volume,
                std::string_view list, std::string_view kind, std::string_view name_field) {
  const std::string& name = volume.name->value;
  const std::string field = fmt::format("{}[{}]", list, name);
  const Origin named = from_field(gateway, volume.name->at, field);
  const Path at = pod_spec() / "volumes" / item("name", name);
  body.set(at, Json::object(), named);
  body.set(at / kind / "optional", true, named);  // a missing source must not keep pods away
  body.set(at / kind / name_field, volume.source->value,
           from_field(gateway, volume.source->at, field));
  const Origin mounted = from_field(gateway, volume.mount_path->at, field);
  const Path mount =
      proxy_container() / "volumeMounts" / item("mountPath", volume.mount_path->value);
  body.set(mount, {{"readOnly", true}}, mounted);
  body.set(mount / "name", name, named);
}

}  // namespace

void set_volumes(Body& body, const EffectiveGateway& gateway) {
  const GatewaySpec& spec = gateway.spec;
  if (spec.config_volumes) {
    for (const Located<ConfigVolume>& volume : spec.config_volumes->value) {
      set_volume(body, gateway, volume.value, "configVolumes", "configMap", "name");
    }
  }
  if (spec.secret_volumes) {
    for (const Located<SecretVolume>& volume : spec.secret_volumes->value) {
      set_volume(body, gateway, volume.value, "secretVolumes", "secret", "secretName");
    }
  }
}

void set_kernel(Body& body, const EffectiveGateway& gateway, const Settings& settings) {
  const Field<Kernel>& kernel = gateway.spec.kernel;
  if (!kernel || !kernel->value.enabled || !kernel->value.enabled->value) return;
  if (!kernel->value.parameters) return;  // nothing to set
  Json command = Json::array({"sysctl", "-w"});
  for (const auto& [name, value] : kernel->value.parameters->value.values) {  // sorted
    command.push_back(fmt::format("{}={}", name, value.value));
  }
  const Origin enabled = from_field(gateway, kernel->value.enabled->at, "kernel.enabled");
  const Path at = pod_spec() / "initContainers" / item("name", "kernel-parameters");
  body.set(at, {{"image", settings.kernel_init_image}}, enabled);
  body.set(at / "command", std::move(command),
           from_field(gateway, kernel->value.parameters->at, "kernel.parameters"));
  body.set(at / "securityContext",
           {{"privileged", true}, {"runAsNonRoot", false}, {"runAsUser", 0}}, enabled);
}

}  // namespace asmgw
