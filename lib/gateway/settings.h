// What besides the manifest decides how a gateway is rendered? The mesh's version and its proxy.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace asmgw {

/// The first three numbers of `vA.B.C.D[-g…-aliyun]`: Istio's.
struct AsmVersion {
  int major = 0, minor = 0, patch = 0, build = 0;

  friend auto operator<=>(const AsmVersion&, const AsmVersion&) = default;
};

/// `v1.22.2.35`, `1.16`; nothing for anything else.
std::optional<AsmVersion> parse_asm_version(std::string_view text);

struct Settings {
  std::optional<AsmVersion> asm_version;  ///< none = the newest rules
  std::string revision;                   ///< istio.io/rev of the injector, or ""
};

}  // namespace asmgw
