#include "kube/plugins.h"

#include <fmt/format.h>

#include "base/error.h"
#include "kube/codes.h"

namespace asmgw::kube {
namespace {

/// Credentials that are about to expire would expire on the way.
constexpr std::chrono::seconds kLeeway{10};

/// Whoever shares a plugin that has just failed shares the failure.
constexpr std::chrono::seconds kFailureAge{30};

[[noreturn]] void fail(const std::string& text, const std::string& hint = {}) {
  throw Error(finding(kUnauthorized, "getting credentials: " + text, hint));
}

std::string install_hint(const ExecConfig& config) {
  const std::string general = fmt::format("install the credential plugin {}", config.command);
  return config.install_hint.empty() ? general : general + "\n" + config.install_hint;
}

}  // namespace

struct Plugins::Shared {
  Shared(PluginWorld the_world, std::function<PluginPolicy(Findings&)> the_reader)
      : world(std::move(the_world)), read_policy(std::move(the_reader)) {}

  PluginWorld world;
  std::function<PluginPolicy(Findings&)> read_policy;
  std::optional<PluginPolicy> policy = {};
  std::mutex terminal = {};  ///< held while a plugin may read it
};

/// One configuration. Waiting for the lock is waiting for the run of another cluster's task.
class Plugin {
 public:
  Plugin(ExecConfig config, ExecCluster cluster, const PluginWorld& world,
         const PluginPolicy& policy, std::mutex& terminal)
      : config_(std::move(config)),
        cluster_(std::move(cluster)),
        world_(world),
        policy_(policy),
        terminal_(terminal) {}

  Proof current(const std::stop_token& stop) {
    const std::scoped_lock lock(mutex_);
    if (!credential_ || is_expired(*credential_)) refresh(stop);
    return credential_->proof;
  }

  /// Newer than `refused`: another task may have run it meanwhile.
  std::optional<Proof> renew(const Proof& refused, const std::stop_token& stop) {
    const std::scoped_lock lock(mutex_);
    if (!credential_ || credential_->proof == refused) refresh(stop);
    return credential_->proof;
  }

 private:
  bool is_expired(const ExecCredential& credential) const {
    return credential.expires && world_.clock.now() + kLeeway > *credential.expires;
  }

  void refresh(const std::stop_token& stop) {
    if (failure_ && world_.clock.now() - failed_at_ < kFailureAge) throw *failure_;
    try {
      credential_ = run(stop);
      failure_.reset();
    } catch (const Error& error) {
      credential_.reset();
      failure_ = error;
      failed_at_ = world_.clock.now();
      throw;
    }
  }

  bool is_interactive() const {
    const bool may_read = world_.has_terminal && world_.stdin_taken_by.empty();
    if (config_.interactive_mode == "Always" && !may_read) {
      fail("exec plugin cannot support interactive mode: " +
           (world_.stdin_taken_by.empty()
                ? std::string("standard input is not a terminal")
                : "standard input is unavailable: used by " + world_.stdin_taken_by));
    }
    return may_read && config_.interactive_mode != "Never";
  }

  /// A command with a separator names a file; there is one, which need be no program.
  bool is_there() const {
    try {
      return config_.command.find('/') != std::string::npos &&
             world_.files.read(config_.command).has_value();
    } catch (const Error&) {
      return true;  // a folder, or not for us
    }
  }

  /// The path of the program; throws when it is not there or must not run.
  std::string program() const {
    const std::optional<std::string> found =
        find_program(config_.command, world_.path, world_.files);
    if (!found && is_there())
      fail(fmt::format("exec: {}: permission denied", config_.command), "chmod +x it");
    if (!found)
      fail(fmt::format("exec: executable {} not found", config_.command), install_hint(config_));
    const std::string refusal =
        refusal_of(policy_, config_.command, *found, world_.path, world_.files);
    if (!refusal.empty()) fail(refusal, "the policy is that of " + policy_.file);
    return *found;
  }

  ExecCredential run(const std::stop_token& stop) const {
    Program program{.interactive = is_interactive()};
    program.argv = {this->program()};
    program.argv.insert(program.argv.end(), config_.args.begin(), config_.args.end());
    program.environment = config_.env;
    program.environment.emplace_back("KUBERNETES_EXEC_INFO",
                                     exec_info(config_, program.interactive,
                                               config_.provide_cluster_info ? &cluster_ : nullptr));
    std::unique_lock<std::mutex> terminal(terminal_, std::defer_lock);
    if (program.interactive) terminal.lock();
    ProgramResult result = world_.run(program, stop);
    check(result, program);
    return read_exec_credential(config_, result.out);
  }

  void check(const ProgramResult& result, const Program& program) const {
    using End = ProgramResult::End;
    const std::string& name = config_.command;
    const std::string by_hand = "run the plugin by hand: " + name;
    switch (result.end) {
      case End::Exited:
        if (result.code == 0) return;
        fail(fmt::format("exec: executable {} failed with exit code {}", name, result.code),
             "what it printed stands above");
      case End::NotFound:
        fail(fmt::format("exec: executable {} not found", name), install_hint(config_));
      case End::NotStarted:
        fail(fmt::format("exec: {}: {}", name, result.why), by_hand);
      case End::Killed:
        fail(fmt::format("exec: executable {} was ended by signal {}", name, result.code), by_hand);
      case End::TimedOut:
        fail(fmt::format("exec: executable {} gave nothing within {}s", name,
                         program.time_limit.count() / 1000),
             by_hand + "; it may wait for something");
      case End::TooLarge:
        fail(fmt::format("exec: executable {} printed more than 1 MiB", name), by_hand);
      case End::Stopped:
        fail("stopped");
    }
  }

  const ExecConfig config_;
  const ExecCluster cluster_;
  const PluginWorld& world_;
  const PluginPolicy& policy_;
  std::mutex& terminal_;
  std::mutex mutex_;
  std::optional<ExecCredential> credential_;
  std::optional<Error> failure_;
  std::chrono::system_clock::time_point failed_at_;
};

Plugins::Plugins(PluginWorld world, std::function<PluginPolicy(Findings&)> read_policy)
    : shared_(std::make_shared<Shared>(std::move(world), std::move(read_policy))) {}

Login Plugins::login(const ExecConfig& config, const ExecCluster& cluster, Findings& findings) {
  if (!shared_->policy) shared_->policy = shared_->read_policy(findings);
  const std::string info =
      exec_info(config, false, config.provide_cluster_info ? &cluster : nullptr);
  std::string key = info + config.interactive_mode;
  for (const std::string& word : config.args) key += '\0' + word;
  for (const auto& [name, value] : config.env) key += '\0' + name + '=' + value;
  std::shared_ptr<Plugin>& plugin = by_config_[key + '\0' + config.command];
  if (plugin == nullptr) {
    plugin = std::make_shared<Plugin>(config, cluster, shared_->world, *shared_->policy,
                                      shared_->terminal);
  }
  return {[plugin, shared = shared_](std::stop_token stop) { return plugin->current(stop); },
          [plugin, shared = shared_](const Proof& refused, std::stop_token stop) {
            return plugin->renew(refused, stop);
          }};
}

}  // namespace asmgw::kube
