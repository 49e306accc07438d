// Any text as a manifest: read, judged, and when it is valid rendered in every style.
#include "base/error.h"
#include "fuzz/fuzz.h"
#include "gateway/overrides.h"
#include "render/render.h"

using namespace asmgw;  // NOLINT: one file, one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    Findings findings;
    for (const Gateway& gateway : fuzz::valid_gateways(data, size, findings)) {
      for (const Located<std::string>& cluster : gateway.spec.cluster_ids->value) {
        for (const bool overlay : {false, true}) {
          Settings settings;
          settings.overlay = overlay;
          Findings found;
          const EffectiveGateway there =
              effective(gateway, cluster.value, "istio-system", settings);
          for (const DesiredObject& object : render(there, settings, {}, found)) {
            if (object.body) fuzz::require(!dump_for_yaml(*object.body).empty(), "a body is JSON");
          }
        }
      }
    }
  } catch (const Error& error) {
    fuzz::require(!error.finding().message.empty(), "an error has words");
  }
  return 0;
}
