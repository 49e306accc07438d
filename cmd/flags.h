// Which flags were given? A table per command, and what the command line said of them.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"

namespace asmgw::cmd {

/// One flag, with kubectl's name and meaning wherever kubectl has one.
struct Flag {
  std::string_view name;        ///< without the dashes
  char letter = 0;              ///< -f; 0 = none
  std::string_view value = {};  ///< FILE; "" = a switch
  std::string_view help = {};
};

/// What was given. A flag that was not is absent.
class GivenFlags {
 public:
  std::map<std::string, std::vector<std::string>> values;  ///< a switch: "true" or "false"
  std::vector<std::string> arguments;                      ///< that belong to no flag

  bool has(const std::string& name) const { return values.contains(name); }
  /// The last value, or `otherwise`.
  std::string text(const std::string& name, std::string otherwise = {}) const;
  /// All values of a repeatable flag.
  std::vector<std::string> list(const std::string& name) const;
  bool is_on(const std::string& name, bool otherwise = false) const;
};

/// Reads a command line. An unknown flag or a missing value is an Error [usage]; a misspelt flag is
/// never taken for an argument.
GivenFlags parse_flags(const std::string& command, const std::vector<Flag>& flags,
                       const std::vector<std::string>& arguments);

/// A Go duration (30s, 2m, 1h30m, 500ms; 0 = none). Throws Error [usage] naming the flag.
std::chrono::milliseconds parse_duration(const std::string& flag, const std::string& text);

/// A number in [least, most]. Throws Error [usage] naming the flag.
int parse_number(const std::string& flag, const std::string& text, int least, int most);

}  // namespace asmgw::cmd
