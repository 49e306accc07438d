// ServiceAccount, Role and RoleBinding: who the proxy is, and that it may read secrets
// (`credentialName` of a Gateway needs it).
#include "render/body.h"
#include "render/kinds.h"

namespace asmgw {
namespace {

constexpr std::string_view kRbac = "rbac.authorization.k8s.io";

std::string account_name(const EffectiveGateway& gateway) {
  return "istio-" + gateway.name + "-service-account";
}
std::string role_name(const EffectiveGateway& gateway) { return "istio-" + gateway.name + "-sds"; }

}  // namespace

DesiredObject render_service_account(const EffectiveGateway& gateway, const Fit& fit) {
  return Body(gateway, fit, "", "ServiceAccount", account_name(gateway)).finish();
}

DesiredObject render_role(const EffectiveGateway& gateway, const Fit& fit) {
  Body body(gateway, fit, std::string(kRbac), "Role", role_name(gateway));
  body.set(
      {"rules"},
      Json::array(
          {{{"apiGroups", {""}}, {"resources", {"secrets"}}, {"verbs", {"get", "watch", "list"}}}}),
      built_in());
  return std::move(body).finish();
}

DesiredObject render_role_binding(const EffectiveGateway& gateway, const Fit& fit) {
  Body body(gateway, fit, std::string(kRbac), "RoleBinding", role_name(gateway));
  body.set({"roleRef"}, {{"apiGroup", kRbac}, {"kind", "Role"}, {"name", role_name(gateway)}},
           built_in());
  body.set({"subjects"},
           Json::array({{{"kind", "ServiceAccount"},
                         {"name", account_name(gateway)},
                         {"namespace", gateway.ns}}}),
           built_in());
  return std::move(body).finish();
}

}  // namespace asmgw
