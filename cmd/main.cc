// The program: the real outside world, handed to the commands.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cmd/commands.h"
#include "cmd/verbs.h"
#include "io/clock.h"
#include "io/core_dump.h"
#include "io/curl_transport.h"
#include "io/files.h"
#include "io/log.h"
#include "io/process.h"
#include "io/signals.h"
#include "io/terminal.h"

namespace {

using asmgw::Endpoint;
namespace io = asmgw::io;

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value != nullptr ? std::optional<std::string>(value) : std::nullopt;
}

std::unique_ptr<asmgw::Transport> connect(const Endpoint& endpoint, int verbosity) {
  return io::connect_with_curl(
      endpoint,
      {.user_agent = "kubectl-asmgw/" + asmgw::cmd::tool_version() + " (" ASMGW_PLATFORM ")",
       .verbosity = verbosity,
       .log = io::log_to_stderr(verbosity)});
}

}  // namespace

int main(int argc, char** argv) {
  io::keep_memory_private();
  const io::StopOnSignal signals;  // before any other thread
  std::ios::sync_with_stdio(false);
  io::SystemClock clock;
  const std::stop_token stop = signals.token();
  const asmgw::cmd::Deps deps{
      std::cout,
      std::cerr,
      environment,
      environment("HOME").value_or("/"),
      {io::read_file, io::list_directory, io::is_directory, io::is_program, io::is_exposed,
       [stop] { return io::read_stdin(stop); },
       [] { return io::make_private_directory(environment("TMPDIR").value_or("/tmp")); },
       io::write_new_file, io::remove_directory},
      {io::stdin_is_terminal(), io::stdout_is_terminal(), io::stderr_is_terminal(),
       io::terminal_columns(), io::is_utf8_locale(environment),
       [stop] { return io::read_line(stop); }},
      connect,
      io::run_program,
      clock,
      stop};
  try {
    const int code = asmgw::cmd::run_program({argv + 1, argv + argc}, deps);
    std::cout.flush();
    return code;
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << " (a bug of asmgw; please report it)\n";
  } catch (...) {
    std::cerr << "error: an unknown exception (a bug of asmgw; please report it)\n";
  }
  return 2;
}
