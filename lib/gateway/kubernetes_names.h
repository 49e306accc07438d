// Which texts does Kubernetes take as a name, a key or a label? As its API server (1.36) does.
#pragma once

#include <string>
#include <string_view>

#include "base/finding.h"

namespace asmgw {

/// A kind of text, and how to write it.
struct Syntax {
  bool (*fits)(std::string_view text);
  std::string_view rule;  ///< for people: a hint
};

bool is_label_key(std::string_view text);
bool is_annotation_key(std::string_view text);
bool is_label_value(std::string_view text);
bool is_dns_label(std::string_view text);
bool is_dns_name(std::string_view text);
bool is_env_name(std::string_view text);
bool is_port_name(std::string_view text);
bool is_config_key(std::string_view text);
bool is_header_name(std::string_view text);
bool is_path_inside(std::string_view text);

/// Keys of labels, of nodeSelector, of taints; topology keys; a loadBalancerClass.
inline constexpr Syntax kLabelKey{
    is_label_key,
    "at most 63 letters, digits, -, _ and ., with a letter or digit at both ends; "
    "before it a DNS name and / if you like, as in example.com/team"};
/// As a label's, but for upper case before the /.
inline constexpr Syntax kAnnotationKey{is_annotation_key, kLabelKey.rule};
inline constexpr Syntax kLabelValue{
    is_label_value,
    "nothing, or at most 63 letters, digits, -, _ and ., with a letter or digit at "
    "both ends"};
/// Names of volumes, namespaces, Service ports.
inline constexpr Syntax kDnsLabel{
    is_dns_label, "at most 63 lower-case letters, digits and -, with no - at either end"};
/// Names of ConfigMaps, Secrets, nodes.
inline constexpr Syntax kDnsName{
    is_dns_name,
    "at most 253 lower-case letters, digits, - and ., with a letter or digit at both "
    "ends and beside each ."};
inline constexpr Syntax kEnvName{is_env_name, "printable ASCII characters without ="};
/// A container port's name.
inline constexpr Syntax kContainerPortName{
    is_port_name,
    "1 to 65535, or a port's name: at most 15 lower-case letters, digits and single "
    "-, one letter at least"};
/// Keys of ConfigMaps and Secrets.
inline constexpr Syntax kConfigKey{
    is_config_key, "at most 253 letters, digits, -, _ and .; it does not begin with .."};
inline constexpr Syntax kHeaderName{is_header_name, "letters, digits and -"};
inline constexpr Syntax kPathInside{is_path_inside, "a path without .. in it"};

/// Reports a text that does not fit, at the place: `NAME cannot be "TEXT"` [bad-value].
bool check_syntax(const Range& at, std::string_view name, std::string_view text,
                  const Syntax& syntax, Findings& findings);

}  // namespace asmgw
