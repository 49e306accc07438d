// What do the programs under test talk to? Servers and proxies on loopback that note who comes to
// them and how (recorder/main.go).
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

namespace asmgw::test {

/// One running recorder; ends with this object.
class Recorder {
 public:
  Recorder();
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Ports by listener (`good`, `mtls`, `proxy` …), certificates and keys as PEM (`ca`, `alice` …).
  const nlohmann::json& values() const { return values_; }

  /// What was noted since the last call. A note that has only a `listener` is a connection.
  nlohmann::json take();

 private:
  nlohmann::json read_line();

  pid_t process_ = -1;
  FILE* questions_ = nullptr;
  FILE* answers_ = nullptr;
  nlohmann::json values_;
};

}  // namespace asmgw::test
