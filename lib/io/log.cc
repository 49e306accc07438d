#include "io/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>

namespace asmgw::io {

Log log_to_stderr(int verbosity) {
  if (verbosity <= 0) return [](int, std::string_view) {};
  auto logger =
      std::make_shared<spdlog::logger>("asmgw", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%H:%M:%S.%e %v");
  logger->flush_on(spdlog::level::info);
  return [logger, verbosity](int level, std::string_view line) {
    if (level <= verbosity) logger->info("{}", line);
  };
}

}  // namespace asmgw::io
