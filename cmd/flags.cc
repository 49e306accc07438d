#include "cmd/flags.h"

#define CXXOPTS_VECTOR_DELIMITER '\0'  // a comma in a file's name is part of it
#include <fmt/format.h>

#include <charconv>
#include <cxxopts.hpp>

#include "base/codes.h"
#include "base/edit_distance.h"
#include "base/error.h"

namespace asmgw::cmd {
namespace {

[[noreturn]] void usage(std::string message, std::string hint) {
  throw Error(finding(kUsage, std::move(message), std::move(hint)));
}

/// Every `--name` must be one of ours: cxxopts' own message has no suggestion.
void check_names(const std::string& command, const std::vector<Flag>& flags,
                 const std::vector<std::string>& arguments) {
  std::vector<std::string_view> names;
  for (const Flag& flag : flags) names.push_back(flag.name);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") return;
    if (!argument.starts_with("--")) continue;
    const std::string name = argument.substr(2, argument.find('=') - 2);
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string near = nearest(name, names);
    usage(fmt::format("no flag --{} in {}", name, command),
          near.empty() ? fmt::format("all flags: kubectl asmgw {} --help", command)
                       : fmt::format("did you mean --{}?", near));
  }
}

cxxopts::Options declared(const std::vector<Flag>& flags) {
  cxxopts::Options options("kubectl asmgw");
  for (const Flag& flag : flags) {
    std::string spec(flag.name);
    if (flag.letter != 0 && flag.name.size() > 1) spec = std::string(1, flag.letter) + "," + spec;
    if (flag.value.empty()) {
      options.add_options()(spec, "", cxxopts::value<bool>());
    } else {
      options.add_options()(spec, "", cxxopts::value<std::vector<std::string>>());
    }
  }
  options.add_options()("arguments", "", cxxopts::value<std::vector<std::string>>());
  options.parse_positional("arguments");
  options.positional_help("");
  return options;
}

/// `-v=6`: the letter's value is `6`, as kubectl reads it.
std::string without_equals(const Flag& flag, std::string value) {
  if (flag.letter != 0 && value.starts_with('=')) value.erase(0, 1);
  return value;
}

}  // namespace

std::string GivenFlags::text(const std::string& name, std::string otherwise) const {
  const auto found = values.find(name);
  return found != values.end() ? found->second.back() : std::move(otherwise);
}

std::vector<std::string> GivenFlags::list(const std::string& name) const {
  const auto found = values.find(name);
  return found != values.end() ? found->second : std::vector<std::string>();
}

bool GivenFlags::is_on(const std::string& name, bool otherwise) const {
  const auto found = values.find(name);
  return found != values.end() ? found->second.back() == "true" : otherwise;
}

GivenFlags parse_flags(const std::string& command, const std::vector<Flag>& flags,
                       const std::vector<std::string>& arguments) {
  check_names(command, flags, arguments);
  std::vector<const char*> argv = {"kubectl-asmgw"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  GivenFlags given;
  try {
    cxxopts::Options options = declared(flags);
    const cxxopts::ParseResult result = options.parse(static_cast<int>(argv.size()), argv.data());
    for (const Flag& flag : flags) {
      const std::string name(flag.name);
      if (result.count(name) == 0) continue;
      if (flag.value.empty()) {
        given.values[name] = {result[name].as<bool>() ? "true" : "false"};
        continue;
      }
      for (const std::string& value : result[name].as<std::vector<std::string>>()) {
        given.values[name].push_back(without_equals(flag, value));
      }
    }
    if (result.count("arguments") > 0) {
      given.arguments = result["arguments"].as<std::vector<std::string>>();
    }
  } catch (const cxxopts::exceptions::exception& error) {
    usage(fmt::format("{}: {}", command, error.what()),
          fmt::format("all flags: kubectl asmgw {} --help", command));
  }
  return given;
}

std::chrono::milliseconds parse_duration(const std::string& flag, const std::string& text) {
  if (text == "0") return std::chrono::milliseconds(0);
  double total = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    double number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    const double unit = rest.starts_with("ms")  ? 1
                        : rest.starts_with('s') ? 1000
                        : rest.starts_with('m') ? 60'000
                        : rest.starts_with('h') ? 3'600'000
                                                : 0;
    if (error != std::errc() || unit == 0 || number < 0) {
      usage(fmt::format("--{} cannot be \"{}\"", flag, text),
            fmt::format("a number with a unit: --{} 30s, 2m, 1h30m", flag));
    }
    total += number * unit;
    rest.remove_prefix(rest.starts_with("ms") ? 2 : 1);
  }
  if (text.empty() || total > 1e12) usage(fmt::format("--{} needs a time", flag), "30s, 2m, 1h30m");
  return std::chrono::milliseconds(static_cast<std::int64_t>(total));
}

int parse_number(const std::string& flag, const std::string& text, int least, int most) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < least || number > most) {
    usage(fmt::format("--{} cannot be \"{}\"", flag, text),
          fmt::format("a number from {} to {}", least, most));
  }
  return number;
}

}  // namespace asmgw::cmd
