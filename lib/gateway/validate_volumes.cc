// What is mounted, and which kernel parameters are set.
#include <fmt/format.h>

#include <array>
#include <map>
#include <vector>

#include "gateway/codes.h"
#include "gateway/reserved.h"
#include "gateway/validate_rules.h"

namespace asmgw {
namespace {

/// Without `.`, `..`, double and trailing slashes: what the mount really is.
std::string cleaned(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  std::string clean;
  for (const std::string_view part : parts) clean += "/" + std::string(part);
  return clean.empty() ? "/" : clean;
}

/// A path of the proxy's that is the mount, or lies below it; or "".
std::string_view reserved_by(const std::string& mount) {
  for (const std::string_view path : kReservedPaths) {
    if (path == mount || mount == "/" || path.starts_with(mount + "/")) return path;
  }
  return {};
}

class Seen {
 public:
  explicit Seen(Findings& findings) : findings_(findings) {}

  void add(const Volume& volume) {
    check(names_, volume.name->value, volume.name->at, "volume");
    const std::string mount = cleaned(volume.mount_path->value);
    check(mounts_, mount, volume.mount_path->at, "mount of");
    if (holds(kReservedVolumes, volume.name->value)) {
      findings_.add(finding(kVolumeReserved, volume.name->at,
                            fmt::format("{} is a volume of the proxy's own", volume.name->value),
                            "give it another name"));
    }
    if (const std::string_view path = reserved_by(mount); !path.empty()) {
      findings_.add(finding(kVolumeReserved, volume.mount_path->at,
                            fmt::format("this would hide the proxy's own {}", path),
                            "mount it elsewhere"));
    }
  }

 private:
  void check(std::map<std::string, int>& seen, const std::string& value, const Range& at,
             std::string_view what) {
    const auto [first, is_new] = seen.emplace(value, at.line);
    if (is_new) return;
    findings_.add(
        finding(kVolumeDuplicate, at, fmt::format("a second {} {}", what, value),
                fmt::format("the first is on line {}; give each its own", first->second)));
  }

  Findings& findings_;
  std::map<std::string, int> names_, mounts_;
};

constexpr std::array<std::string_view, 4> kNodeWide = {
    "net.core.netdev_max_backlog", "net.ipv4.tcp_max_orphans", "kernel.printk", "vm.swappiness"};

}  // namespace

void validate_volumes(const GatewaySpec& spec, Findings& findings) {
  Seen seen(findings);
  if (spec.config_volumes) {
    for (const Located<ConfigVolume>& volume : spec.config_volumes->value) seen.add(volume.value);
  }
  if (spec.secret_volumes) {
    for (const Located<SecretVolume>& volume : spec.secret_volumes->value) seen.add(volume.value);
  }
}

void validate_kernel(const GatewaySpec& spec, Findings& findings) {
  if (!spec.kernel || !spec.kernel->value.parameters) return;
  for (const auto& [name, value] : spec.kernel->value.parameters->value.values) {
    if (name == "net.ipv4.tcp_tw_recycle") {
      findings.add(finding(kKernelGone, value.key, "no kernel since Linux 4.12 has this parameter",
                           "take it out: sysctl fails, and the pod does not start"));
    } else if (name == "net.ipv4.tcp_tw_timeout") {
      findings.add(finding(kKernelGone, value.key, "only vendor kernels have this parameter",
                           "take it out, unless all nodes run such a kernel"));
    } else if (holds(kNodeWide, name)) {
      findings.add(finding(kKernelNodeWide, value.key, "it changes the whole node",
                           "take it out, or set it for the nodes themselves"));
    }
  }
}

}  // namespace asmgw
