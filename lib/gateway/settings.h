// What besides the manifest decides how a gateway is rendered? The mesh's version, its proxy, and
// whether left-overs go.
#pragma once

#include <compare>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/source.h"

namespace asmgw {

/// The first three numbers of `vA.B.C.D[-g…-aliyun]`: Istio's.
struct AsmVersion {
  int major = 0, minor = 0, patch = 0, build = 0;

  friend auto operator<=>(const AsmVersion&, const AsmVersion&) = default;
};

/// `v1.22.2.35`, `1.16`; nothing for anything else.
std::optional<AsmVersion> parse_asm_version(std::string_view text);

/// Is a version given, and is it older than `wanted`?
bool is_older(const std::optional<AsmVersion>& given, const AsmVersion& wanted);

inline constexpr AsmVersion kAsm116{1, 16, 0, 0};  ///< overrides of HPA fields; ports: no restart
inline constexpr AsmVersion kAsm118{1, 18, 0, 0};  ///< NLB
inline constexpr AsmVersion kAsm119{1, 19, 0, 0};  ///< replicas-managed-by-asm
inline constexpr AsmVersion kAsm120{1, 20, 0, 0};  ///< enable-canary-deployment
inline constexpr AsmVersion kAsm126{1, 26, 0, 0};  ///< gateway-drain-timeout-seconds
inline constexpr AsmVersion kAsmProtocols{1, 9, 7, 107};  ///< other protocols than TCP

/// What our own pods need to know of the mesh: the config file's `proxy:`, with the defaults of
/// page 3. A range without a source: the default, which no line says.
struct Proxy {
  Located<std::string> image = {};     ///< "" or `auto`: the mesh's webhook puts the proxy in
  Located<std::string> revision = {};  ///< istio.io/rev of the mesh, or ""
  Located<std::string> discovery_address = {.value = "istiod.istio-system.svc:15012"};
  Located<std::string> mesh_id = {.value = "cluster.local"};
  Located<std::string> trust_domain = {.value = "cluster.local"};
  Located<std::string> network = {};  ///< "" = none
};

/// Does the mesh's webhook put the proxy into the pods? Otherwise the Deployment carries it.
bool is_injected(const Proxy& proxy);

struct Settings {
  std::optional<AsmVersion> asm_version;  ///< none = the newest rules
  Proxy proxy = {};
  std::string kernel_init_image = "busybox:1.36";
  bool overlay = false;  ///< the style of a Deployment about which nothing is known (page 3)
  bool prune = false;    ///< what is ours and no longer asked for goes; else it stays
  std::set<std::string> adopt = {};  ///< managers whose fields pass to us (--adopt)
  bool adopt_all = false;            ///< those of every manager
};

}  // namespace asmgw
